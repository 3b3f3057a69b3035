package views

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestFacts(t *testing.T) {
	object := func(key string, value any) map[string]any { return map[string]any{key: value} }
	ext := func(key string, value any) relaton.Item {
		return relaton.Item{Extra: map[string]any{"ext": object(key, value)}}
	}
	tests := []struct {
		name string
		item relaton.Item
		want []Fact
	}{
		{"nothing", relaton.Item{}, nil},
		{"stage", relaton.Item{Extra: object("docstatus", object("stage", object("value", "withdrawn")))}, []Fact{{Term: "Status", Values: []Phrase{{Text: "Withdrawn"}}}}},
		{"status of IEEE", ext("standard_status", "Superseded"), []Fact{{Term: "Status", Values: []Phrase{{Text: "Superseded"}}}}},
		{"type", ext("doctype", object("type", "internet-draft")), []Fact{{Term: "Type", Values: []Phrase{{Text: "Internet draft"}}}}},
		{"versions, each once", relaton.Item{Version: []relaton.Version{{Draft: "1.0"}, {Draft: "1.0"}, {Draft: ""}}}, []Fact{{Term: "Version", Values: []Phrase{{Text: "1.0"}}}}},
		{"edition by its number", relaton.Item{Edition: &relaton.Edition{Number: "2"}}, []Fact{{Term: "Edition", Values: []Phrase{{Text: "2"}}}}},
		{"edition in words", relaton.Item{Edition: &relaton.Edition{Content: "Second", Number: "2"}}, []Fact{{Term: "Edition", Values: []Phrase{{Text: "Second"}}}}},
		{"stream", ext("stream", "Legacy"), []Fact{{Term: "Stream", Values: []Phrase{{Text: "Legacy"}}}}},
		{"groups", relaton.Item{Extra: object("editorialgroup", []any{object("name", "quic")})}, []Fact{{Term: "Group", Values: []Phrase{{Text: "quic"}}}}},
		{"series", relaton.Item{Series: []relaton.Series{{Title: &relaton.Text{Content: "BCP"}, Number: "195"}, {FormattedRef: &relaton.Text{Content: "Internal"}}}}, []Fact{{Term: "Series", Values: []Phrase{{Text: "BCP 195"}, {Text: "Internal"}}}}},
		{
			"extent",
			relaton.Item{Extent: []relaton.Locality{
				{Type: "container-title", ReferenceFrom: "Journal"},
				{Type: "volume", ReferenceFrom: "3"},
				{Type: "issue", ReferenceFrom: "2", ReferenceTo: "2"},
				{Type: "page", ReferenceFrom: "7", ReferenceTo: "19"},
			}},
			[]Fact{{Term: "Part of", Values: []Phrase{{Text: "Journal, vol. 3, no. 2, pp. 7–19"}}}},
		},
		{"places of both shapes", relaton.Item{Place: []any{"Paris", object("city", "Gaithersburg")}}, []Fact{{Term: "Place", Values: []Phrase{{Text: "Paris"}, {Text: "Gaithersburg"}}}}},
		{
			"copyright",
			relaton.Item{Copyright: []relaton.Copyright{{From: 1937, To: 1940, Owner: []relaton.Organization{{Name: []relaton.Text{{Content: "AIEE"}}}, {}}}}},
			[]Fact{{Term: "Copyright", Values: []Phrase{{Text: "1937–1940 AIEE"}}}},
		},
		{"subjects", ext("ics", []any{object("text", "Health care technology")}), []Fact{{Term: "Subject", Values: []Phrase{{Text: "Health care technology"}}}}},
		{"English goes without saying", relaton.Item{Language: []string{"en"}}, nil},
		{"other languages", relaton.Item{Language: []string{"en", "fr"}}, []Fact{{Term: "Language", Values: []Phrase{{Text: "en"}, {Text: "fr"}}}}},
		{"numbers and objects of an unknown shape", ext("stream", []any{float64(5), object("odd", "x"), ""}), []Fact{{Term: "Stream", Values: []Phrase{{Text: "5"}}}}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, factsOf(&test.item))
		})
	}
}
