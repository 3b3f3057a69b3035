package views

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ietf-tools/bibxml/app/search"
)

func TestReading(t *testing.T) {
	reading := search.Reading{
		Section: "4.2",
		Terms: []search.Term{
			{Text: "key"},
			{Text: "exchange"},
			{Text: "forward secrecy", Phrase: true},
			{Text: "dtls", Or: true},
			{Text: "draft", Not: true},
			{Text: "rescorla", Field: search.FieldAuthor},
			{Text: "tls", Field: search.FieldTitle},
			{Text: "sctp", Field: search.FieldTitle, Not: true},
		},
		Chosen: map[search.Facet][]string{search.FacetYear: {"2018..2022"}},
	}
	assert.Equal(t, []readPart{
		{"identifier", "RFC 8446"},
		{"section", "4.2"},
		{"words", "key exchange “forward secrecy”"},
		{"or words", "dtls"},
		{"without", "draft"},
		{"author", "rescorla"},
		{"in the title", "tls"},
		{"not in the title", "sctp"},
		{"year", "2018–2022"},
	}, readingOf(reading, "RFC 8446"))
	assert.Empty(t, readingOf(search.Reading{}, ""))
	whole := search.Reading{Identifiers: []string{"RFC 9000"}, Whole: true, Terms: []search.Term{{Text: "RFC"}, {Text: "9000"}}}
	assert.Equal(t, []readPart{{"identifier", "RFC 9000"}}, readingOf(whole, "RFC 9000"))
	assert.Equal(t, []readPart{{"words", "RFC 9000"}}, readingOf(whole, ""), "there is no such document")
}
