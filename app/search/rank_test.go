package search

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
)

func hit(id, title, kind, status string, year int) Hit {
	return Hit{
		Document: int64(len(id)*1000 + year + len(title)), ID: docid.ID{ID: id}, Title: title, Kind: kind, Status: status, Year: year,
		InTitle: true,
	}
}

func ranked(text string, order Sort, hits ...Hit) (ids []string) {
	Rank(hits, Request{Reading: Read(text), Sort: order})
	for _, h := range hits {
		ids = append(ids, h.ID.ID)
	}
	return ids
}

func TestRank(t *testing.T) {
	t.Parallel()
	body := hit("RFC 5", "Something else", KindRFC, StatusCurrent, 2020)
	body.InTitle, body.Weight = false, 0.9
	cited := hit("RFC 6749", "The OAuth 2.0 Authorization Framework", KindRFC, StatusCurrent, 2012)
	cited.Cited = 20
	for name, test := range map[string]struct {
		text string
		hits []Hit // in the order that is wanted
	}{
		"a title before a text": {"quic", []Hit{hit("IANA quic", "Numbers of QUIC", KindRegistry, StatusCurrent, 2021), body}},
		"an RFC before a registry": {"quic", []Hit{
			hit("RFC 9000", "QUIC: A UDP-Based Multiplexed and Secure Transport", KindRFC, StatusCurrent, 2021),
			hit("IANA quic", "QUIC", KindRegistry, StatusCurrent, 2024),
		}},
		"current before obsoleted before draft": {"http", []Hit{
			hit("RFC 9110", "HTTP Semantics", KindRFC, StatusCurrent, 2022), hit("RFC 7231", "HTTP Content", KindRFC, StatusObsoleted, 2014),
			hit("draft-x", "HTTP Things", KindDraft, StatusDraft, 2024),
		}},
		"the abbreviation's own": {"tls 1.3", []Hit{
			hit("RFC 8446", "The Transport Layer Security (TLS) Protocol Version 1.3", KindRFC, StatusCurrent, 2018),
			hit("RFC 9266", "Channel Bindings for TLS 1.3", KindRFC, StatusCurrent, 2022),
		}},
		"initials": {"udp", []Hit{
			hit("RFC 768", "User Datagram Protocol", KindRFC, StatusCurrent, 1980), hit("RFC 8085", "UDP Usage Guidelines", KindRFC, StatusCurrent, 2017),
		}},
		"a phrase before its words": {"congestion control", []Hit{
			hit("RFC 1", "On Congestion Control in Networks", KindRFC, StatusCurrent, 2000), hit("RFC 2", "On Control of Congestion in Networks", KindRFC, StatusCurrent, 2000),
		}},
		"named by many": {"oauth", []Hit{cited, hit("RFC 6750", "The OAuth 2.0 Bearer Tokens", KindRFC, StatusCurrent, 2012)}},
		"versions do not fill the page": {"system architecture", []Hit{
			hit("TS 2", "System architecture", "TS", StatusCurrent, 2024), hit("TS 9", "System architecture of networks", "TS", StatusCurrent, 2019),
			hit("TS 1", "System architecture", "TS", StatusCurrent, 2023),
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var want []string
			for _, h := range test.hits {
				want = append(want, h.ID.ID)
			}
			reversed := slices.Clone(test.hits)
			slices.Reverse(reversed)
			require.Equal(t, want, ranked(test.text, ByRelevance, test.hits...))
			require.Equal(t, want, ranked(test.text, "", reversed...))
		})
	}
}

func TestRankInOtherOrders(t *testing.T) {
	t.Parallel()
	hits := []Hit{
		{Document: 1, ID: docid.ID{ID: "RFC 10"}, Latest: "2001-01-01"},
		{Document: 2, ID: docid.ID{ID: "RFC 9"}},
		{Document: 3, ID: docid.ID{ID: "BCP 100"}, Latest: "2020-01-01"},
		{Document: 4, ID: docid.ID{ID: "RFC 9"}, Latest: "1999-12-31"},
	}
	for order, want := range map[Sort][]int64{
		ByNewest: {3, 1, 4, 2}, ByOldest: {4, 1, 3, 2}, ByIdentifier: {3, 2, 4, 1},
	} {
		sorted := slices.Clone(hits)
		Rank(sorted, Request{Sort: order})
		var got []int64
		for _, h := range sorted {
			got = append(got, h.Document)
		}
		require.Equal(t, want, got, order)
	}
	Rank(hits, Request{Pinned: []int64{2, 4}})
	require.Equal(t, int64(2), hits[0].Document)
	require.Equal(t, int64(4), hits[1].Document)
}

func TestInitials(t *testing.T) {
	t.Parallel()
	for title, want := range map[string]string{
		"User Datagram Protocol": "udp", "Internet Protocol": "ip", "Simple Mail Transfer Protocol": "smtp", "Protocol": "", "": "",
		"The HTTP Protocol": "", "User Datagram Protocols": "", "A User's Datagram Protocol": "", "Über Datagram Protocol": "",
		"One Two Three Four Five Six Protocol": "",
	} {
		require.Equal(t, want, Initials(title), title)
	}
}

func TestCompareIDs(t *testing.T) {
	t.Parallel()
	sorted := []string{"", "BCP 14", "IEEE Std 802.3-2018", "IEEE Std 802.11-2007", "RFC 9", "RFC 0009", "RFC 10", "RFC 10a"}
	for i, a := range sorted {
		for j, b := range sorted {
			got := CompareIDs(a, b)
			if a == "RFC 9" && b == "RFC 0009" || a == "RFC 0009" && b == "RFC 9" {
				require.Zero(t, got)
				continue
			}
			require.Equal(t, i < j, got < 0, "%q, %q", a, b)
			require.Equal(t, i > j, got > 0, "%q, %q", a, b)
		}
	}
}

func TestCounts(t *testing.T) {
	t.Parallel()
	hits := Each([]Hit{
		{Datasets: []string{"rfcs", "misc"}, Kind: KindRFC, Year: 2021, Groups: []string{"quic"}, Status: StatusCurrent},
		{Datasets: []string{"rfcs"}, Kind: KindRFC, Year: 2019, Status: StatusCurrent},
		{Datasets: []string{"ids"}, Kind: KindDraft},
	})
	require.Equal(t, []FacetValue{{"rfcs", 2, false}, {"ids", 1, false}, {"misc", 1, true}}, Counts(FacetSource, hits, []string{"misc"}).Values)
	require.Equal(t, []FacetValue{{"2020", 1, false}, {"2010", 1, false}}, Counts(FacetDecade, hits, nil).Values)
	require.Equal(t, []FacetValue{{"2021", 1, false}, {"2019", 1, false}, {"1999", 0, true}}, Counts(FacetYear, hits, []string{"1999"}).Values)
	require.Equal(t, []FacetValue{{"quic", 1, true}}, Counts(FacetGroup, hits, []string{"QUIC"}).Values)
	require.Empty(t, Counts("nothing", hits, nil).Values)
	many := make([]Hit, 100)
	for i := range many {
		many[i].Year = 1900 + i
	}
	counted := Counts(FacetYear, Each(many), []string{"1999"}).Values
	require.Len(t, counted, mostValues+1)
	require.Equal(t, FacetValue{"1999", 1, true}, counted[0])
}

func TestEstimates(t *testing.T) {
	t.Parallel()
	ranked := Each([]Hit{{Kind: KindRFC}, {Kind: KindRFC}, {Kind: KindRegistry}})
	sample := []Alike{{Hit{Kind: KindDraft}, 100}, {Hit{Kind: KindDraft, Year: 2020}, 3}}
	require.Equal(t, []FacetValue{{KindDraft, 1600, false}, {KindRFC, 2, false}, {KindRegistry, 1, false}},
		Estimates(FacetKind, ranked, sample, 16, nil).Values)
}
