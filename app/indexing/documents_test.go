package indexing_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/search"
)

func (w *world) found(text string) []int64 {
	w.t.Helper()
	hits, _, err := w.db.Search(w.t.Context(), search.Query{Format: search.WebSearch, Text: text, Limit: 10, Cap: 400})
	require.NoError(w.t, err)
	return hits
}

func TestRecordsOfOneDocument(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	other := `docid: {id: RFC 9000, type: IETF, primary: true}
title: Zweitbeschreibung
date: {type: published, value: 2022-01-02}
`
	w.source("rfcs", rfcs())
	misc := w.source("misc", map[string]string{"data/also.yaml": other, "data/and.yaml": strings.Replace(other, "Zweit", "Dritt", 1)})
	w.index("rfcs")
	w.index("misc")

	key := indexing.Hash("IETF\nRFC 9000")
	records, err := w.db.Records(t.Context(), []int64{key})
	require.NoError(t, err)
	require.Len(t, records[key], 3)
	require.Equal(t, "misc", records[key][0].Dataset, "newest first")
	require.Equal(t, "rfcs", records[key][2].Dataset)
	require.Equal(t, 2, value[int](w, "SELECT count(*) FROM documents"))
	require.Equal(t, "2022-01-02", value[string](w, "SELECT latest_date::text FROM documents WHERE id = $1", key))
	require.ElementsMatch(t, []string{"rfcs", "misc"}, value[[]string](w, "SELECT datasets FROM documents WHERE id = $1", key))
	for _, word := range []string{"multiplexed", "Zweitbeschreibung", "Drittbeschreibung"} {
		require.Equal(t, []int64{key}, w.found(word), word)
	}

	misc.commit(map[string]string{"data/also.yaml": strings.ReplaceAll(other, "9000", "9001"), "data/and.yaml": gone, "data/x.yaml": "title: x\n"})
	w.index("misc")
	records, err = w.db.Records(t.Context(), []int64{key, indexing.Hash("IETF\nRFC 9001")})
	require.NoError(t, err)
	require.Len(t, records, 2)
	require.Len(t, records[key], 1)
	require.Equal(t, "2021-05-01", value[string](w, "SELECT latest_date::text FROM documents WHERE id = $1", key))
	require.Equal(t, []string{"rfcs"}, value[[]string](w, "SELECT datasets FROM documents WHERE id = $1", key))
	require.Equal(t, []int64{indexing.Hash("IETF\nRFC 9001")}, w.found("Zweitbeschreibung"))
	require.Empty(t, w.found("Drittbeschreibung"))
}

func TestRecordMovesToAnotherDocument(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	source := w.source("rfcs", rfcs())
	w.index("rfcs")
	source.commit(map[string]string{"data/RFC2119.yaml": strings.ReplaceAll(rfc2119, "RFC 2119", "RFC 9000")})
	w.index("rfcs")
	require.Equal(t, []string{"RFC 9000"}, value[[]string](w, "SELECT array_agg(primary_id) FROM documents"))
	require.Equal(t, []int64{indexing.Hash("IETF\nRFC 9000")}, w.found("multiplexed requirement"), "both in one")
}

func TestDocumentWithoutDateTakesThatOfItsParts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", rfcs())
	w.source("rfcsubseries", map[string]string{
		"data/BCP14.yaml": `docid: {id: BCP 14, type: IETF, primary: true}
title: Best Current Practice 14
relation:
- {type: includes, bibitem: {docid: {id: RFC 2119, type: IETF, primary: true}}}
- {type: includes, bibitem: {docid: {id: RFC 9000, type: IETF, primary: true}}}
- {type: includes, bibitem: {formattedref: {content: RFC 1}}}
`,
		"data/BCP15.yaml": `docid: {id: BCP 15, type: IETF, primary: true}
relation:
- {type: obsoletes, bibitem: {docid: {id: RFC 2119, type: IETF, primary: true}}}
`,
	})
	w.index("rfcs")
	w.index("rfcsubseries")
	require.Equal(t, "2021-05-01", value[string](w, "SELECT latest_date::text FROM documents WHERE primary_id = 'BCP 14'"))
	require.True(t, value[bool](w, "SELECT latest_date IS NULL FROM documents WHERE primary_id = 'BCP 15'"))
}

// Of these the last is made anew when all records are stored.
func TestLargeDocumentsWithoutDateTakeThatOfTheirParts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("rfcs", rfcs())
	w.index("rfcs")
	files := make(map[string]string)
	for i := range 5 {
		files[fmt.Sprintf("data/%d.yaml", i)] = fmt.Sprintf("docid:\n- id: L %d\n  type: L\n  primary: true\n", i) +
			"abstract:\n- content: " + strings.Repeat("x", 8*megabyte-300) + "\nrelation:\n- type: includes\n  bibitem:\n    formattedref: RFC 9000\n"
	}
	w.source("misc", files)
	require.Equal(t, 5, w.index("misc").Added)
	const dated = "SELECT count(*) FROM documents JOIN docids ON document_id = documents.id WHERE primary_type = 'L' AND latest_date = '2021-05-01' AND document_date = latest_date"
	require.Equal(t, 5, value[int](w, dated))
}

func TestIdentifiersTooLongToLookUp(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.source("misc", map[string]string{"data/long.yaml": "docid:\n- {id: " + strings.Repeat("x", 5000) + ", type: X}\n- {id: short, type: X}\n"})
	outcome := w.index("misc")
	require.Equal(t, []indexing.FileProblem{{File: "data/long.yaml", Path: "docid[0].id", Message: "the value has 5000 bytes; it is left out, since the limit is 1000", Line: 2}}, outcome.Problems)
	found, err := w.db.Candidates(t.Context(), docid.Query{Value: "short"})
	require.NoError(t, err)
	require.Len(t, found, 1)
}

func TestArchive(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	source := w.source(indexing.Archive, map[string]string{
		"bibxml2/reference.ANSI.A.xml":  "<reference anchor='ANSI.A'/>",
		"bibxml2/reference.ANSI.A.yaml": "primary_docid: ANSI A\n",
		"bibxml6/reference.IEEE.B.xml":  "<reference anchor='IEEE.B'/>",
		"bibxml6/reference.IEEE.B.yaml": "primary_docid: IEEE B\ninvalid: true\n",
		"bibxml6/reference.IEEE.C.yaml": "primary_docid: IEEE C\n",
		"bibxml6/reference.IEEE.D.xml":  "<reference>\n\x00</reference>",
		"bibxml6/reference.IEEE.F.yaml": "---\nprimary_docid: " + random(5000) + "\n",
		"bibxml6/index.html":            "not archived",
		"reference.E.xml":               "nor this",
	})
	outcome := w.index(indexing.Archive)
	require.Equal(t, 3, outcome.Added)
	require.Equal(t, 3, outcome.Total)
	require.Equal(t, []indexing.FileProblem{
		{File: "bibxml6/reference.IEEE.D.xml", Message: "a NUL byte", Line: 2},
		{File: "bibxml6/reference.IEEE.F.yaml", Message: "primary_docid is longer than 1000 bytes: it cannot be looked up", Line: 2},
	}, outcome.Problems)

	a, err := w.db.Archived(t.Context(), "bibxml2", "reference.ANSI.A.xml")
	require.NoError(t, err)
	require.True(t, a.HasXML)
	require.Equal(t, "<reference anchor='ANSI.A'/>", a.XML)
	require.Equal(t, "ANSI A", a.PrimaryDocID)
	require.False(t, a.Invalid)
	b, err := w.db.Archived(t.Context(), "bibxml6", "reference.IEEE.B.xml")
	require.NoError(t, err)
	require.True(t, b.Invalid)
	c, err := w.db.Archived(t.Context(), "bibxml6", "reference.IEEE.C.xml")
	require.NoError(t, err)
	require.False(t, c.HasXML)

	require.True(t, w.index(indexing.Archive).Skipped)
	source.commit(map[string]string{
		"bibxml2/reference.ANSI.A.yaml": "primary_docid: ANSI AA\n",
		"bibxml6/reference.IEEE.B.xml":  gone,
		"bibxml6/reference.IEEE.B.yaml": gone,
	})
	outcome = w.index(indexing.Archive)
	require.Equal(t, 1, outcome.Changed)
	require.Equal(t, 1, outcome.Removed)
	a, err = w.db.Archived(t.Context(), "bibxml2", "reference.ANSI.A.xml")
	require.NoError(t, err)
	require.Equal(t, "ANSI AA", a.PrimaryDocID)

	require.Equal(t, 2, w.run(indexing.Request{Dataset: indexing.Archive, Action: indexing.Reset}).Removed)
	require.Equal(t, 0, value[int](w, "SELECT count(*) FROM archive"))
}
