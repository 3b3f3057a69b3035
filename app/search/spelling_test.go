package search

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
)

func TestMend(t *testing.T) {
	t.Parallel()
	found := []Spelling{
		{"tranport", "transport", 5000},
		{"tranport", "tranport", 2},
		{"tranport", "airport", 9000},
		{"securty", "security", 4000},
		{"securty", "securely", 10},
		{"securty", "securty", 0},
		{"bradnar", "bradner", 40},
		{"qiuc", "quic", 60},
		{"qiuc", "music", 900},
		{"tcpe", "tape", 7},
		{"tcpe", "tcp", 3000},
		{"rare", "rare", 100},
		{"rare", "care", 200},
	}
	for text, want := range map[string]string{
		"tranport securty": "transport security", "Bradnar": "bradner", "author:Bradnar -tranport": "author:bradner -transport",
		"qiuc": "quic", "tcpe": "tcp", "rare": "", "fine": "", "": "", "tranports": "", "İ securty": "",
	} {
		require.Equal(t, want, Mend(text, found), text)
	}
}

func TestMendableWords(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"tranport", "key", "words"}, Read(`Tranport "key words" -not TS 23.501 ab tranport`).MendableWords())
}

func TestDistance(t *testing.T) {
	t.Parallel()
	for pair, want := range map[[2]string]int{
		{"", ""}: 0, {"a", ""}: 1, {"quic", "qiuc"}: 1, {"transport", "tranport"}: 1, {"bradner", "bradnar"}: 1, {"kitten", "sitting"}: 3, {"über", "uber"}: 1,
	} {
		require.Equal(t, want, Distance(pair[0], pair[1]), pair)
		require.Equal(t, want, Distance(pair[1], pair[0]), pair)
	}
}

// All that is one mistake away from a word is found by making mistakes, and nothing else.
func TestMisspelt(t *testing.T) {
	t.Parallel()
	made := Misspelt("qiuc")
	for _, word := range []string{"quic", "iuc", "qiucs", "qiux", "qiu"} {
		require.Contains(t, made, word)
	}
	for _, word := range made {
		require.LessOrEqual(t, Distance("qiuc", word), 1, word)
	}
	require.False(t, slices.Contains(made, "music"))
}

func TestVersion(t *testing.T) {
	t.Parallel()
	carrier := func(id, status, latest string) Carrier {
		return Carrier{Found: docid.ID{ID: id}, Status: status, Latest: latest}
	}
	carriers := []Carrier{
		carrier("IEEE Std 802.11-2016", StatusCurrent, "2016-01-01"), carrier("IEEE Std 802.11-2020", StatusCurrent, "2021-01-01"),
		carrier("IEEE Std 802.11-2020 Redline", StatusCurrent, "2021-02-01"), carrier("IEEE Std 802.11/Cor1-2022", StatusCurrent, "2022-01-01"),
		carrier("IEEE Std 802.11ax-2021", StatusCurrent, "2021-05-01"), carrier("IEEE Std 802.11-2024", StatusWithdrawn, "2024-05-01"),
		carrier("3GPP TS 23.501:REL-18/18.8.0", StatusCurrent, "2024-01-01"), carrier("3GPP TS 23.501:REL-19/19.0.0", StatusCurrent, "2024-01-01"),
		carrier("3GPP TS 23.501:REL-99/3.2.0", StatusCurrent, "2025-01-01"), carrier("3GPP TS 23.501-1:REL-19/19.9.0", StatusCurrent, "2025-01-01"),
		carrier("NIST SP 800-53r4", StatusCurrent, "2015-01-01"), carrier("NIST SP 800-53r5", StatusCurrent, "2020-01-01"), carrier("NIST SP 800-53B", StatusCurrent, "2021-01-01"),
	}
	carriers[2].Kind = KindRedline
	for id, want := range map[string]string{
		"ieee std 802.11": "IEEE Std 802.11-2020", "3GPP TS 23.501": "3GPP TS 23.501:REL-19/19.0.0", "NIST SP 800-53": "NIST SP 800-53r5",
		"IEEE Std 802.11ax": "IEEE Std 802.11ax-2021", "IEEE Std 802.1": "", "RFC 1": "",
	} {
		got, ok := Version(id, carriers)
		require.Equal(t, want, got.Found.ID, id)
		require.Equal(t, want != "", ok, id)
	}
}

func TestBest(t *testing.T) {
	t.Parallel()
	carriers := []Carrier{
		{Document: 1, Found: docid.ID{ID: "I-D.x", Scope: "anchor"}, Latest: "2020"},
		{Document: 2, Found: docid.ID{ID: "I-D.x", Scope: "anchor"}, Latest: "2021"},
		{Document: 3, Found: docid.ID{ID: "rfc 1", Type: "O", Primary: true}, Latest: "2023"},
		{Document: 4, Found: docid.ID{ID: "RFC 1", Type: "I", Primary: true}},
		{Document: 5, Found: docid.ID{ID: "RFC.1", Type: "I", Primary: true}, Latest: "2023"},
	}
	for id, want := range map[string]int64{"I-D.x": 2, "RFC 1": 4, "rfc 1": 3, "RFC.1": 5, "RFC 2": 0} {
		got, _ := Best(id, carriers)
		require.Equal(t, want, got.Document, id)
	}
}
