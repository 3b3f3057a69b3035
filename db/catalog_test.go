package db_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestCandidates(t *testing.T) {
	t.Parallel()
	d := library(t)
	for name, test := range map[string]struct {
		query docid.Query
		want  []string // the identifiers found, in order
	}{
		"exact, the newest record first": {docid.Query{Value: "RFC 9000"}, []string{"RFC 9000 2021-05-01", "RFC 9000 2020-01-01"}},
		"exact, of a type":               {docid.Query{Value: "rfc 9000", Type: "Other"}, []string{"rfc 9000 2023-01-01"}},
		"exact, of another type":         {docid.Query{Value: "RFC 9000", Type: "DOI"}, nil},
		"exact is exact":                 {docid.Query{Value: "Rfc 9000"}, nil},
		"fold":                           {docid.Query{Value: "Rfc 9000", Match: docid.Fold}, []string{"rfc 9000 2023-01-01", "RFC 9000 2021-05-01", "RFC 9000 2020-01-01"}},
		"fold beyond ASCII":              {docid.Query{Value: "ÜBER 1", Match: docid.Fold}, []string{"Über 1 "}},
		"fold is not fuzzy":              {docid.Query{Value: "Rfc-9000", Match: docid.Fold}, nil},
		"fuzzy":                          {docid.Query{Value: "Rfc-2119", Match: docid.Fuzzy}, []string{"RFC 2119 1997-03-01"}},
		"fuzzy, one for one":             {docid.Query{Value: "RFC  2119", Match: docid.Fuzzy}, nil},
		"fuzzy, a blank is no wildcard":  {docid.Query{Value: "RFC2119", Match: docid.Fuzzy}, []string{"RFC2119 1997-03-01"}},
		"prefix":                         {docid.Query{Value: "RFC 2", Match: docid.Prefix}, []string{"RFC 2119 1997-03-01", "RFC 20 1969-10-16"}},
		"prefix is exact":                {docid.Query{Value: "RFC-2", Match: docid.Prefix}, nil},
		"contains":                       {docid.Query{Value: "/rfc2", Match: docid.Contains}, []string{"10.17487/RFC2119 1997-03-01"}},
		"contains is not fuzzy":          {docid.Query{Value: "-rfc2", Match: docid.Contains}, nil},
		"percent is itself":              {docid.Query{Value: "%", Match: docid.Contains}, []string{"W3C REC_xml%2 "}},
		"underscore is itself":           {docid.Query{Value: "REC_", Match: docid.Contains}, []string{"W3C REC_xml%2 "}},
		"only primary ones":              {docid.Query{Value: "10.17487", Match: docid.Prefix, PrimaryOnly: true}, nil},
		"unknown":                        {docid.Query{Value: "RFC 1"}, nil},
		"apostrophe":                     {docid.Query{Value: "RFC '20"}, nil},
		"backslash":                      {docid.Query{Value: `RFC \`, Match: docid.Contains}, nil},
		"NUL":                            {docid.Query{Value: "RFC\x0020", Match: docid.Fuzzy}, nil},
		"not UTF-8":                      {docid.Query{Value: "RFC\xff20"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := d.Candidates(t.Context(), test.query)
			require.NoError(t, err)
			var got []string
			for _, c := range found {
				got = append(got, c.ID.ID+" "+c.Latest)
			}
			require.Equal(t, test.want, got)
		})
	}
}

func TestEditions(t *testing.T) {
	t.Parallel()
	d := library(t)
	for name, test := range map[string]struct {
		kind   string
		begins []string
		want   []string
	}{
		"any of the texts, whatever the case": {"IETF", []string{"rfc 2", "RFC 9"}, []string{"RFC 9000", "RFC 9000", "RFC 2119", "RFC 20"}},
		"of the type alone":                   {"Other", []string{"RFC"}, []string{"rfc 9000"}},
		"primary ones alone":                  {"DOI", []string{"10."}, nil},
		"nothing begins so":                   {"IETF", []string{"%"}, nil},
		"no text":                             {"IETF", nil, nil},
		"a NUL":                               {"IETF\x00", []string{"RFC"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			found, err := d.Editions(t.Context(), test.kind, test.begins)
			require.NoError(t, err)
			var got []string
			for _, c := range found {
				got = append(got, c.ID.ID)
			}
			require.Equal(t, test.want, got)
		})
	}
}

func TestCandidateTellsOfItsRecord(t *testing.T) {
	t.Parallel()
	d := library(t)
	found, err := d.Candidates(t.Context(), docid.Query{Value: "RFC2119"})
	require.NoError(t, err)
	require.Equal(t, []docid.Candidate{{
		Document: key("IETF", "RFC 2119"), ID: docid.ID{ID: "RFC2119", Type: "IETF", Scope: "anchor"},
		Published: "1997-03-01", Latest: "1997-03-01",
	}}, found)
	found, err = d.Candidates(t.Context(), docid.Query{Value: "rfc 9000"})
	require.NoError(t, err)
	require.Empty(t, found[0].Published, "updated is not published")
	require.True(t, found[0].ID.IsPrimary())
}

func TestResolve(t *testing.T) {
	t.Parallel()
	d := library(t)
	known, typed, untyped := docid.ID{ID: "RFC 9000", Type: "IETF"}, docid.ID{ID: "RFC 2119", Type: "IETF"}, docid.ID{ID: "RFC 2119"}
	quic, words := key("IETF", "RFC 9000"), key("IETF", "RFC 2119")
	found, records, err := d.Resolve(t.Context(), []docid.ID{
		known, typed, untyped, {ID: "RFC 1", Type: "IETF"}, {ID: "RFC2119", Type: "IETF"}, {ID: "10.17487/RFC9000", Type: "DOI"}, {ID: "RFC 9000", Type: "X"}, {},
	})
	require.NoError(t, err)
	require.Equal(t, map[docid.ID]int64{known: quic, typed: words, untyped: words}, found)
	read, err := d.Records(t.Context(), []int64{quic, words})
	require.NoError(t, err)
	require.Equal(t, read, records)
	none, records, err := d.Resolve(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, none)
	require.Empty(t, records)
}

// A document may carry several of the identifiers, and an identifier be that of documents of several types.
func TestResolveSeveralOfOneDocument(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	index(t, d, "misc", files{
		"data/a.yaml": "docid: [{id: A 1, type: A, primary: true}, {id: B 1, type: B, primary: true}]\ntitle: One\n",
		"data/b.yaml": "docid: [{id: A 1, type: A, primary: true}]\ntitle: One\n",
		"data/c.yaml": "docid: [{id: A 1, type: C, primary: true}]\ntitle: Other\n",
	})
	one, same, other := docid.ID{ID: "A 1", Type: "A"}, docid.ID{ID: "B 1", Type: "B"}, docid.ID{ID: "A 1", Type: "C"}
	found, records, err := d.Resolve(t.Context(), []docid.ID{one, same})
	require.NoError(t, err)
	require.Equal(t, map[docid.ID]int64{one: key("A", "A 1"), same: key("A", "A 1")}, found)
	require.Len(t, records, 1, "that of another type is not read")
	require.Len(t, records[key("A", "A 1")], 2, "each record once")
	found, _, err = d.Resolve(t.Context(), []docid.ID{one, other, {ID: "A 1"}})
	require.NoError(t, err)
	require.Equal(t, min(found[one], found[other]), found[docid.ID{ID: "A 1"}])
}

func TestRecords(t *testing.T) {
	t.Parallel()
	d := library(t)
	quic, xml := key("IETF", "RFC 9000"), key("W3C", "W3C REC_xml%2")
	found, err := d.Records(t.Context(), []int64{quic, xml, 1})
	require.NoError(t, err)
	require.Len(t, found, 2)
	require.Len(t, found[quic], 2)
	require.Equal(t, []string{"RFC9000", "also"}, []string{found[quic][0].Ref, found[quic][1].Ref}, "newest first")
	require.Equal(t, "2021-05-01", found[quic][0].LatestDate)
	require.Equal(t, "QUIC, as seen from elsewhere", found[quic][1].Item.MainTitle())
	require.Equal(t, quic, found[quic][0].Document)
	require.NotEmpty(t, found[quic][0].IndexedAt)
	require.Empty(t, found[xml][0].LatestDate)
}

func TestRecord(t *testing.T) {
	t.Parallel()
	d := library(t)
	record, err := d.Record(t.Context(), "rfcs", "RFC0020")
	require.NoError(t, err)
	require.Equal(t, "ASCII format for network interchange", record.Item.MainTitle())
	require.Contains(t, record.Original, "docid: [{id: RFC 20")
	again, err := d.Record(t.Context(), "RFCS", "rfc0020")
	require.NoError(t, err, "whatever the case")
	require.Equal(t, record.Ref, again.Ref)
	for _, ref := range []string{"RFC20", "", "RFC\x000020"} {
		_, err = d.Record(t.Context(), "rfcs", ref)
		require.Equal(t, fault.NotFound, fault.Of(err), "%q: %v", ref, err)
	}
}

func TestSources(t *testing.T) {
	t.Parallel()
	d := library(t)
	sources, err := d.Sources(t.Context())
	require.NoError(t, err)
	require.Len(t, sources, 2)
	require.Equal(t, "misc", sources[0].Dataset)
	require.Equal(t, "https://example.org/misc", sources[0].URL)
	require.Equal(t, 3, sources[0].Records)
	require.False(t, sources[0].IndexedAt.IsZero())
}

func TestArchivedUnknown(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	for _, file := range []string{"reference.RFC.1.xml", "", "\x00", "\xff"} {
		_, err := d.Archived(t.Context(), "bibxml", file)
		require.Equal(t, fault.NotFound, fault.Of(err), "%q: %v", file, err)
	}
}

// Nothing listens on port 9 of the loopback interface.
func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	d, err := db.Open(t.Context(), db.Config{URL: "postgres://nobody@127.0.0.1:9/nothing?sslmode=disable"})
	require.NoError(t, err, "it may come back")
	t.Cleanup(func() { _ = d.Close() })
	_, _, searched := d.Search(t.Context(), search.Query{Format: search.WebSearch, Text: "x"})
	_, looked := d.Candidates(t.Context(), docid.Query{Value: "x"})
	_, record := d.Record(t.Context(), "x", "x")
	_, state := d.Index(0).State(t.Context(), "x")
	_, aged := d.SourceAges(t.Context())
	for name, err := range map[string]error{
		"ages": aged, "search": searched, "candidates": looked, "record": record, "state": state, "migrate": d.Migrate(t.Context()),
	} {
		require.Equal(t, fault.Unavailable, fault.Of(err), "%s: %v", name, err)
	}
}

func TestOpenRefusesWhatIsNoAddress(t *testing.T) {
	t.Parallel()
	for _, url := range []string{"://", "mysql://localhost/x", "postgres://localhost:port/x"} {
		_, err := db.Open(t.Context(), db.Config{URL: url})
		require.Equal(t, fault.Invalid, fault.Of(err), "%s: %v", url, err)
	}
}
