package search

import (
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
		{"words", "websearch", `"secure transport" -tls`, ""},
		{"containment", "json_struct", `{"docid": [{"id": "RFC 2119"}]}`, ""},
		{"a JSON scalar is JSON", "json_struct", `5`, ""},
		{"path", "json_path", `$.ext.stream == "IRTF"`, ""},
		{"broken JSON", "json_struct", `{"docid":`, "not JSON"},
		{"unknown format", "sql", "x", "websearch"},
		{"no format", "", "x", "no query format"},
		{"blank", "websearch", " \t", "empty"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			q, err := Parse(test.format, test.text)
			if test.refusal == "" {
				if err != nil || q.Text != test.text || string(q.Format) != test.format {
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
