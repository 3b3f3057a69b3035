package db_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// mixed has a document of each kind: of one record, of several, and one that takes its date from its parts.
func mixed() map[string]files {
	return map[string]files{
		"rfcs": {
			"data/RFC2119.yaml": "docid: [{id: RFC 2119, type: IETF, primary: true}]\ntitle: Key words\ndate: [{type: published, value: 1997-03}]\n",
			"data/RFC9000.yaml": "docid: [{id: RFC 9000, type: IETF, primary: true}]\ntitle: QUIC\ndate: [{type: published, value: 2021-05}]\nkeyword: [transport]\n",
			"data/odd.yaml":     "docid: [{id: X 1, type: X, primary: true}]\ntitle: Odd\ndate: [{type: published, value: [2]}]\n",
		},
		"misc": {
			"data/also.yaml": "docid: [{id: RFC 9000, type: IETF, primary: true}]\ntitle: QUIC once more\ndate: [{type: published, value: 2020}]\n",
			"data/set.yaml":  "docid: [{id: BCP 14, type: IETF, primary: true}]\nrelation: [{type: includes, bibitem: {docid: {id: RFC 2119, type: IETF, primary: true}}}]\n",
		},
		indexing.Archive: {
			"bibxml/reference.RFC.2119.xml":  "<reference/>",
			"bibxml/reference.RFC.2119.yaml": "primary_docid: RFC 2119\n",
			"bibxml2/reference.X.1.yaml":     "invalid: true\n",
		},
	}
}

func indexMixed(t *testing.T) *db.DB {
	t.Helper()
	d := dbtest.Open(t)
	for _, dataset := range []string{"rfcs", "misc", indexing.Archive} {
		index(t, d, dataset, mixed()[dataset])
	}
	return d
}

func forceMixed(t *testing.T, d *db.DB) {
	t.Helper()
	for dataset, content := range mixed() {
		forced(t, d, dataset, content)
	}
}

func generation(t *testing.T, d *db.DB) (n int64) {
	t.Helper()
	require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT generation FROM index_state`).Scan(&n))
	return n
}

// Where each row stands, and which transaction wrote it.
func places(t *testing.T, d *db.DB) (all string) {
	t.Helper()
	require.NoError(t, d.Pool().QueryRow(t.Context(), `
		SELECT string_agg(place, ' ' ORDER BY place) FROM (
			SELECT 'r' || ctid || xmin FROM records UNION ALL SELECT 'd' || ctid || xmin FROM documents
			UNION ALL SELECT 'i' || ctid || xmin FROM docids UNION ALL SELECT 'p' || ctid || xmin FROM parts
			UNION ALL SELECT 'l' || ctid || xmin FROM relations
			UNION ALL SELECT 'a' || ctid || xmin FROM archive UNION ALL SELECT 's' || indexed_at FROM sources
		) AS rows (place)`).Scan(&all))
	return all
}

// What visitors' answers are made of is as it was, so they stay good.
func TestForcedIndexingWritesNothingThatIsThere(t *testing.T) {
	t.Parallel()
	d := indexMixed(t)
	before, where := generation(t, d), places(t, d)
	forceMixed(t, d)
	require.Equal(t, where, places(t, d))
	require.Equal(t, before, generation(t, d))
}

// Whatever happened to the database, it is what the sources say afterwards, and visitors are told.
func TestForcedIndexingMendsTheDatabase(t *testing.T) {
	t.Parallel()
	for name, damage := range map[string]string{
		"a body":              `UPDATE records SET body = body || '{"title": "other"}' WHERE ref = 'RFC2119'`,
		"problems":            `UPDATE records SET problems = NULL WHERE ref = 'odd'`,
		"an original":         `UPDATE records SET original = original || ' ' WHERE ref = 'also'`,
		"a record":            `DELETE FROM records WHERE ref = 'RFC2119'`,
		"a record among some": `DELETE FROM records WHERE ref = 'also'`,
		"all records":         `DELETE FROM records WHERE dataset = 'rfcs'`,
		"a title":             `UPDATE documents SET title = 'other' WHERE primary_id = 'RFC 2119'`,
		"a merged title":      `UPDATE documents SET title = 'other' WHERE primary_id = 'RFC 9000'`,
		"words":               `UPDATE documents SET words = setweight(words, 'D')`,
		"marks":               `UPDATE documents SET marks = NULL`,
		"a document":          `DELETE FROM documents WHERE primary_id = 'BCP 14'`,
		"an identifier":       `UPDATE docids SET norm = 'other' WHERE id = 'RFC 2119'`,
		"one too many":        `INSERT INTO docids SELECT * FROM docids WHERE id = 'RFC 2119'`,
		"one too few":         `DELETE FROM docids WHERE id = 'X 1'`,
		"a date":              `UPDATE docids SET document_date = '2000-01-01'`,
		"a relation":          `UPDATE relations SET type = 'updates'`,
		"a relation too many": `INSERT INTO relations SELECT * FROM relations`,
		"no relation":         `DELETE FROM relations`,
		"a part":              `DELETE FROM parts`,
		"an archived file":    `UPDATE archive SET xml = NULL WHERE file = 'reference.RFC.2119.xml'`,
		"a mapped file":       `UPDATE archive SET primary_docid = 'RFC 1'`,
		"a missing file":      `DELETE FROM archive WHERE invalid`,
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := indexMixed(t)
			want, before := contents(t, d), generation(t, d)
			tag, err := d.Pool().Exec(t.Context(), damage)
			require.NoError(t, err)
			require.NotZero(t, tag.RowsAffected())
			require.NotEqual(t, want, contents(t, d))
			forceMixed(t, d)
			require.Equal(t, want, contents(t, d))
			require.Greater(t, generation(t, d), before)
		})
	}
}

// The page of a source tells its commit, even when nothing that is indexed changed in it.
func TestAnotherCommitIsAnnounced(t *testing.T) {
	t.Parallel()
	d := indexMixed(t)
	before := generation(t, d)
	content := mixed()["rfcs"]
	content["README.md"] = "New"
	index(t, d, "rfcs", content)
	require.Greater(t, generation(t, d), before)
}

// What is made of titles follows them, even when no record has changed.
func TestUpkeepAfterDocumentsAlone(t *testing.T) {
	t.Parallel()
	d := indexMixed(t)
	d.FinishUpkeep()
	_, err := d.Pool().Exec(t.Context(), `UPDATE documents SET title = 'other'; DELETE FROM vocabulary`)
	require.NoError(t, err)
	forceMixed(t, d)
	d.FinishUpkeep()
	var words int
	require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT count(*) FROM vocabulary WHERE word IN ('quic', 'other')`).Scan(&words))
	require.Equal(t, 1, words)
}
