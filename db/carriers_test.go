package db_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/search"
)

func TestCarriers(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	for name, test := range map[string]struct {
		ids  []string
		isbn string
		want []string // primary identifiers
	}{
		"in another case":     {[]string{"rfc 9000", "nothing"}, "", []string{"RFC 9000"}},
		"another separator":   {[]string{"RFC.9000"}, "", []string{"RFC 9000"}},
		"several":             {[]string{"10.17487/rfc768", "draft-ietf-quic-http-34"}, "", []string{"RFC 768", "draft-ietf-quic-http-34"}},
		"ISBN":                {nil, "9781504459242", []string{"IEEE Std 754-2019"}},
		"another ISBN":        {nil, "9781504459243", nil},
		"nothing":             {nil, "", nil},
		"not in the database": {[]string{"a\x00b", "\xff"}, "", nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			carriers, err := d.Carriers(t.Context(), test.ids, test.isbn)
			require.NoError(t, err)
			var got []string
			for _, carrier := range carriers {
				got = append(got, carrier.Primary.ID)
			}
			require.ElementsMatch(t, test.want, got)
		})
	}
}

func TestBeginning(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	for id, want := range map[string]int{"rfc 9": 2, "RFC": 4, "ieee std 754": 1, "draft-ietf-quic": 1, "%": 0, "_": 0, "": 0, "a\x00": 0} {
		carriers, err := d.Beginning(t.Context(), id)
		require.NoError(t, err)
		require.Len(t, carriers, want, id)
	}
	carriers, err := d.Beginning(t.Context(), "RFC 7540")
	require.NoError(t, err)
	require.Equal(t, search.StatusObsoleted, carriers[0].Status, "as another document says")
}

func TestNearest(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	for id, want := range map[string][]string{
		"RFC 9001":                             {"RFC 9000"},
		"rfc 91135":                            {"RFC 9113"},
		"RFC 9999":                             {"RFC 9000", "RFC 9113"},
		"draft-ietf-quic-http-35":              {"draft-ietf-quic-http-34"},
		"draft-ietf-quic-transport":            {"draft-ietf-quic-http-34"},
		"draft-ietf-tls-esni-00":               {"draft-ietf-quic-http-34"},
		"draft-ietf-rats-architecture-of-many": nil, // less than half of it
		"RFC":                                  nil, "": nil, "%": nil, "a\x00": nil,
	} {
		carriers, err := d.Nearest(t.Context(), id)
		require.NoError(t, err, id)
		var got []string
		for _, carrier := range carriers {
			got = append(got, carrier.Primary.ID)
		}
		require.ElementsMatch(t, want, got, id)
	}
}

func TestSpellings(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	found, err := d.Spellings(t.Context(), []string{"tranport", "qiuc", "postal", "%", "a\x00", "datagram"})
	require.NoError(t, err)
	for _, want := range []search.Spelling{
		{Written: "tranport", Word: "transport", Documents: 1},
		{Written: "qiuc", Word: "quic", Documents: 2},
		{Written: "postal", Word: "postel", Documents: 1},
		{Written: "datagram", Word: "datagram", Documents: 1},
	} {
		require.Contains(t, found, want)
	}
	found, err = d.Spellings(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, found)
}

func TestCompletions(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	for beginning, want := range map[string]int{"tran": 2, "transp": 1, "": 0, "%": 0, "t_an": 0, "a\x00": 0} {
		found, err := d.Completions(t.Context(), beginning, 5)
		require.NoError(t, err)
		require.Len(t, found, want, beginning)
	}
	found, err := d.Completions(t.Context(), "t", 1)
	require.NoError(t, err)
	require.Len(t, found, 1)
}

func TestPeople(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	for words, want := range map[string]string{"iyen": "J. Iyengar", "jon": "Jon Postel", "ost": "", "%": "", "_": ""} {
		found, err := d.People(t.Context(), []string{words}, 5)
		require.NoError(t, err)
		if want == "" {
			require.Empty(t, found, words)
			continue
		}
		require.Len(t, found, 1, words)
		require.Equal(t, want, found[0].Text)
		require.Equal(t, 1, found[0].Count)
	}
	found, err := d.People(t.Context(), []string{"jon", "iyengar"}, 5)
	require.NoError(t, err)
	require.Empty(t, found)
}

// Whoever obsoletes a document is believed, and naming it counts; all of it goes with the records.
func TestDeriveAgain(t *testing.T) {
	t.Parallel()
	d := shelves(t)
	index(t, d, "rfcs", files{"data/RFC768.yaml": "docid: [{id: RFC 768, type: IETF, primary: true}]\ntitle: User Datagrams\n"})
	require.NoError(t, d.Derive(t.Context()))
	people, err := d.People(t.Context(), []string{"iyengar"}, 5)
	require.NoError(t, err)
	require.Empty(t, people)
	var standing int
	require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT count(*) FROM standing`).Scan(&standing))
	require.Zero(t, standing)
}
