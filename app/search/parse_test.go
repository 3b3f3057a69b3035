package search

import (
	"slices"
	"strings"
	"testing"

	"github.com/ietf-tools/bibxml/app/fault"
)

func TestParse(t *testing.T) {
	tests := []struct {
		name, format, text string
		refusal            string // part of the message; empty: accepted
	}{
		{"identifier", "docid_regex", "rfc 9000", ""},
		{"identifier with punctuation", "docid_regex", "rfc.*[(?+", ""},
		{"identifier with a hyphen", "docid_regex", "I-D.abarth-cookie -", ""},
		{"identifier with the word in it", "docid_regex", "draft-or-FOREST", ""},
		{"identifier, two of them", "docid_regex", "rfc OR bcp", "websearch"},
		{"identifier, quoted", "docid_regex", `"rfc9000"`, "websearch"},
		{"identifier, and not another", "docid_regex", "rfc -bcp", "websearch"},
		{"identifier, a path", "docid_regex", `$.docid[*].id == "x"`, "json_path"},
		{"identifier, JSON", "docid_regex", `{"id": "x"}`, "json_struct"},
		{"words", "websearch", `"secure transport" -tls`, ""},
		{"containment", "json_struct", `{"docid": [{"id": "RFC 2119"}]}`, ""},
		{"a JSON scalar is JSON", "json_struct", `5`, ""},
		{"path", "json_path", `$.ext.stream == "IRTF"`, ""},
		{"any text", "json_repr", "RFC 2119", ""},
		{"broken JSON", "json_struct", `{"docid":`, "not JSON"},
		{"capitals", "WebSearch", "x", ""},
		{"unknown format", "sql", "x", "websearch"},
		{"unknown format, no query", "sql", "", "websearch"},
		{"no format", "", "x", "no query format"},
		{"blank", "json_struct", " \t", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q, err := Parse(test.format, test.text)
			if test.refusal == "" {
				if err != nil || q.Text != strings.TrimSpace(test.text) || string(q.Format) != strings.ToLower(test.format) {
					t.Errorf("Parse = %+v, %v", q, err)
				}
				return
			}
			if !fault.Is(err, fault.Invalid) || !strings.Contains(fault.Message(err), test.refusal) {
				t.Errorf("error = %v, want a refusal that mentions %q", err, test.refusal)
			}
		})
	}
}

func TestParseAny(t *testing.T) {
	tests := []struct {
		name, format, text string
		want               []Format
	}{
		{"an identifier", "docid_regex", "rfc 9000", []Format{DocIDRegex, WebSearch, JSONRepr}},
		{"JSON", "docid_regex", `{"id": 5}`, []Format{JSONStruct, WebSearch, JSONRepr}},
		{"a JSON number", "docid_regex", "5", []Format{DocIDRegex, JSONStruct, WebSearch, JSONRepr}},
		{"a path", "docid_regex", `$.id == "x"`, []Format{JSONPath, WebSearch, JSONRepr}},
		{"words only", "docid_regex", "tls OR dtls", []Format{WebSearch, JSONRepr}},
		{"from the middle", "websearch", `$.id == "x"`, []Format{WebSearch, JSONRepr}},
		{"from the end", "JSON_REPR", "x", []Format{JSONRepr}},
		{"what it is not", "json_struct", "x", []Format{WebSearch, JSONRepr}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			queries, err := ParseAny(test.format, test.text)
			var got []Format
			for _, q := range queries {
				got = append(got, q.Format)
			}
			if err != nil || !slices.Equal(got, test.want) {
				t.Errorf("ParseAny = %v, %v, want %v", got, err, test.want)
			}
		})
	}
	if _, err := ParseAny("sql", "x"); !fault.Is(err, fault.Invalid) {
		t.Errorf("an unknown format: %v", err)
	}
}
