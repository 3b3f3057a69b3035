package db_test

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// shelves index a few documents of several kinds.
func shelves(t *testing.T) *db.DB {
	t.Helper()
	d := dbtest.Open(t)
	rfc := func(number, title, year, more string) string {
		return fmt.Sprintf("docid: [{id: RFC %[1]s, type: IETF, primary: true}, {id: 10.17487/RFC%[1]s, type: DOI}]\ntitle: %[2]q\n"+
			"date: [{type: published, value: %[3]s-05}]\n%[4]s\n", number, title, year, more)
	}
	index(t, d, "rfcs", files{
		"data/RFC9000.yaml": rfc("9000", "QUIC: A Secure Transport", "2021", "contributor: [{role: editor, person: {name: {completename: J. Iyengar}}}]\n"+
			"editorialgroup: [{name: quic}]\nabstract: Streams for many applications."),
		"data/RFC9113.yaml": rfc("9113", "HTTP/2", "2022", "relation: [{type: obsoletes, bibitem: {docid: [{id: RFC 7540, type: IETF, primary: true}]}}]\n"+
			"abstract: An alternative to what RFC 9000 carries. Multiplexed streams."),
		"data/RFC7540.yaml": rfc("7540", "Hypertext Transfer Version 2", "2015", "keyword: [multiplexed]"),
		"data/RFC768.yaml":  rfc("768", "User Datagram Protocol", "1980", "contributor: [{role: author, person: {name: {given: {forename: [{content: Jon}]}, surname: Postel}}}]"),
	})
	index(t, d, "ids", files{
		"data/a.yaml": "docid: [{id: draft-ietf-quic-http-34, type: Internet-Draft, primary: true}]\ntitle: HTTP over QUIC\ndate: [{type: published, value: 2021-02-02}]\n",
	})
	index(t, d, "ieee", files{
		"data/a.yaml": "docid: [{id: IEEE Std 754-2019, type: IEEE, primary: true}, {id: 978-1-5044-5924-2, type: ISBN}]\ntitle: Floating-Point Arithmetic\n" +
			"date: [{type: published, value: 2019}]\ndocstatus: {stage: {value: withdrawn}}\next: {editorialgroup: {committee: [\"Micro's \\\\ Committee\"]}}\n",
		"data/b.yaml": "docid: [{id: IEEE P754/D3, type: IEEE, primary: true}]\ntitle: Draft of Floating-Point Arithmetic\n",
	})
	require.NoError(t, d.Derive(t.Context()))
	return d
}

func find(t *testing.T, d *db.DB, r search.Request) map[string]search.Hit {
	t.Helper()
	hits, more, err := d.Find(t.Context(), r)
	require.NoError(t, err)
	require.False(t, more)
	found := make(map[string]search.Hit)
	for _, hit := range hits {
		found[hit.ID.ID] = hit
	}
	require.Len(t, found, len(hits), "each document once")
	for _, facet := range search.Facets {
		counted, more, err := d.Matches(t.Context(), r, facet)
		require.NoError(t, err)
		require.False(t, more)
		require.Equal(t, search.Counts(facet, search.Each(hits), nil), search.Counts(facet, counted, nil), "what is counted is what is found")
	}
	return found
}

func TestFind(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	for text, want := range map[string]string{
		"quic":                          "RFC 9000, draft-ietf-quic-http-34",
		"quic transports":               "RFC 9000",
		"http":                          "RFC 9113, draft-ietf-quic-http-34", // a part of HTTP/2
		"HTTP/2":                        "RFC 9113",
		"udp":                           "RFC 768", // by its initials
		"multiplexed":                   "RFC 7540, RFC 9113",
		"quic -http":                    "RFC 9000",
		"udp OR floating":               "IEEE P754/D3, IEEE Std 754-2019, RFC 768",
		`"secure transport"`:            "RFC 9000",
		`"transport secure"`:            "",
		"title:streams":                 "",
		"streams":                       "RFC 9000, RFC 9113",
		"author:iyengar":                "RFC 9000",
		`author:"Jon Postel"`:           "RFC 768",
		"author:quic":                   "",
		"multipl*":                      "RFC 7540, RFC 9113",
		"published":                     "", // how records name things is not looked for
		"the":                           "",
		"":                              "",
		"year:2021":                     "RFC 9000, draft-ietf-quic-http-34",
		"year:2020..":                   "RFC 9000, RFC 9113, draft-ietf-quic-http-34",
		"year:..1990":                   "RFC 768",
		"year:x":                        "",
		"decade:2010":                   "IEEE Std 754-2019, RFC 7540",
		"http type:rfc":                 "RFC 9113",
		"quic source:ids":               "draft-ietf-quic-http-34",
		"status:obsoleted":              "RFC 7540", // as RFC 9113 says
		"multiplexed status:current":    "RFC 9113",
		"status:draft":                  "IEEE P754/D3, draft-ietf-quic-http-34",
		"status:withdrawn":              "IEEE Std 754-2019",
		"group:quic":                    "RFC 9000, draft-ietf-quic-http-34",
		`group:"micro's \ committee"`:   "IEEE Std 754-2019",
		"-quic":                         "IEEE P754/D3, IEEE Std 754-2019, RFC 7540, RFC 768, RFC 9113",
		"'quic' & | ! :* ~quic =x \\ ?": "",
	} {
		found := slices.Sorted(maps.Keys(find(t, d, search.Request{Reading: search.Read(text)})))
		require.Equal(t, want, strings.Join(found, ", "), text)
	}
}

func TestFindTellsWhatItIsRankedBy(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	quic := find(t, d, search.Request{Reading: search.Read("secure transport")})["RFC 9000"]
	require.True(t, quic.InTitle)
	require.True(t, quic.Phrase)
	require.Equal(t, []any{"RFC 9000", search.KindRFC, search.StatusCurrent, 2021, "2021-05-01", 1}, []any{quic.ID.ID, quic.Kind, quic.Status, quic.Year, quic.Latest, quic.Cited})
	require.Equal(t, []string{"quic"}, quic.Groups)
	require.Equal(t, []string{"rfcs"}, quic.Datasets)
	found := find(t, d, search.Request{Reading: search.Read("multiplexed")})
	require.False(t, found["RFC 7540"].InTitle)
	require.Greater(t, found["RFC 7540"].Weight, found["RFC 9113"].Weight, "a keyword counts more than a text")
	require.Equal(t, search.StatusObsoleted, found["RFC 7540"].Status)
}

func TestFindPinnedAndChosen(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	pinned := []int64{key("IETF", "RFC 9000")}
	require.Contains(t, find(t, d, search.Request{Reading: search.Read("udp"), Pinned: pinned}), "RFC 9000")
	require.Len(t, find(t, d, search.Request{Pinned: pinned}), 1)
	chosen := map[search.Facet][]string{search.FacetSource: {"ids", "ieee"}, search.FacetYear: {"2021", "1999"}}
	require.NotContains(t, find(t, d, search.Request{Reading: search.Read("udp"), Pinned: pinned, Chosen: chosen}), "RFC 9000")
	require.Len(t, find(t, d, search.Request{Reading: search.Read("quic"), Chosen: chosen}), 1)
	require.Len(t, find(t, d, search.Request{Chosen: chosen}), 1)
	anyOf := find(t, d, search.Request{Reading: search.Read("quic floating nonsense"), Any: true})
	require.Len(t, anyOf, 4)
	for _, order := range search.Sorts {
		require.Len(t, find(t, d, search.Request{Reading: search.Read("quic"), Sort: order, Pinned: pinned}), 2, order)
	}
}

// What is left out of very many is what was least likely wanted: first go words in titles, and current documents.
func TestFindOfVeryManyTheLikeliest(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	drafts, rfcs := make(files), make(files)
	for i := range 1200 {
		drafts[fmt.Sprintf("data/%04d.yaml", i)] = fmt.Sprintf("docid: [{id: draft-x-%04d, type: Internet-Draft, primary: true}]\ntitle: Many Words\ndate: [{type: published, value: %d}]\n", i, 1990+i%10)
	}
	for i := range 100 {
		rfcs[fmt.Sprintf("data/%d.yaml", i)] = fmt.Sprintf("docid: [{id: RFC %d, type: IETF, primary: true}]\ntitle: Other Words\nabstract: There are many.\n", i+1)
	}
	rfcs["data/200.yaml"] = "docid: [{id: RFC 200, type: IETF, primary: true}]\ntitle: So Many\n"
	index(t, d, "ids", drafts)
	index(t, d, "rfcs", rfcs)
	request := search.Request{Reading: search.Read("many")}
	hits, more, err := d.Find(t.Context(), request)
	require.NoError(t, err)
	require.True(t, more)
	require.Len(t, hits, search.MostRanked)
	require.Equal(t, "RFC 200", hits[0].ID.ID, "the tier of RFCs goes first")
	for _, hit := range hits[1:] {
		require.Equal(t, search.KindDraft, hit.Kind, "words in titles go first")
	}
	request.Sort = search.ByOldest
	hits, _, err = d.Find(t.Context(), request)
	require.NoError(t, err)
	require.Len(t, hits, search.MostRanked)
	for _, hit := range hits {
		require.Less(t, hit.Year, 1999)
	}
}

func TestFindCannot(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	_, _, err := d.Find(ended, search.Request{Reading: search.Read("quic")})
	require.Error(t, err)
	require.NoError(t, d.Close())
	_, _, err = d.Find(t.Context(), search.Request{Reading: search.Read("quic")})
	require.False(t, fault.Is(err, fault.Invalid))
	require.Error(t, err)
}
