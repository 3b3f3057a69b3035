package views

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// The page shows what few records have, and markup in none of its texts.
func TestDocumentOfUnevenRecords(t *testing.T) {
	item, _, err := relaton.Decode([]byte(`
schema_version: v1.5.6
docidentifier: [{content: TR 7, type: ACME, primary: true}]
title: [{content: "R&amp;amp;D of Gels<sup>TM</sup>: the <link> element, a < b"}]
abstract: [{content: "H<sub>2</sub>O &amp; more"}]
keyword: [{vocab: {content: "Q&amp;A"}, taxon: [{content: gels}]}]
note: [{content: "see &lt;x&gt;<br>below"}]
edition: {content: Third edition, number: "3"}
version: [{revision_date: "2019-10-31"}]
series: [{title: [{content: "Foams &amp; Gels"}], number: "7"}]
source: [{content: "javascript:alert(1)", type: src}, {content: pdfs/x.pdf, type: pdf}, {content: "https://example.org/x.pdf", type: pdf}]
contributor:
- role: [{type: author}]
  person:
    name: {completename: {content: "J&ouml;rg Doe"}}
    identifier: [{type: orcid, content: "https://orcid.org/0000-0002-1825-0097"}, {type: uri, content: "javascript:alert(2)"}]
    affiliation: [{organization: {name: [{content: "Acme &amp; Sons"}], subdivision: [{name: [{content: Optics}]}]}}]
- {role: [{type: publisher}], organization: {name: [{content: AT&T}], identifier: [{type: isni, content: 0000 0001 2345 6789}]}}
`))
	require.NoError(t, err)
	m := DocumentOf(merge.Records([]merge.Record{{Dataset: "misc", Ref: "x", Item: item}}))
	assert.Equal(t, "R&D of GelsTM: the <link> element, a < b", m.Titles[0].Text)
	assert.Equal(t, []string{"H2O & more"}, m.Abstracts[0].Paragraphs)
	assert.Equal(t, []string{"Q&A", "gels"}, m.Keywords)
	assert.Equal(t, "see <x> below", m.Notes[0].Text)
	facts := map[string]string{}
	for _, fact := range m.Facts {
		facts[fact.Term] = fact.Values[0].Text
	}
	assert.Equal(t, "Third edition", facts["Edition"])
	assert.Equal(t, "revised 31 October 2019", facts["Version"])
	assert.Equal(t, "Foams & Gels 7", facts["Series"])
	assert.Equal(t, []Link{{URL: "https://example.org/x.pdf", Label: "PDF"}}, m.Links)
	assert.Equal(t, "Jörg Doe", m.People[0].Name.Text)
	assert.Equal(t, "Acme & Sons, Optics", m.People[0].Affiliations[0].Text)
	assert.Equal(t, []Link{{"https://orcid.org/0000-0002-1825-0097", "ORCID 0000-0002-1825-0097"}, {"", "URI javascript:alert(2)"}}, m.People[0].Identifiers)
	assert.Equal(t, []Link{{"", "ISNI 0000 0001 2345 6789"}}, m.People[1].Identifiers)
}
