package db_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/maintenance"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// twoRecords is a source of two records, of which one relates to the other.
var twoRecords = files{
	"data/RFC2119.yaml": "docid:\n- {id: RFC 2119, type: IETF, primary: true}\ntitle: Key words\n",
	"data/RFC8174.yaml": "docid:\n- {id: RFC 8174, type: IETF, primary: true}\ntitle: Uppercase\n" +
		"relation:\n- type: updates\n  bibitem: {docid: [{id: RFC 2119, type: IETF, primary: true}]}\n",
}

// maintained runs the maintenance of a database whose last one was two days ago.
func maintained(t *testing.T, d *db.DB) *maintenance.Report {
	t.Helper()
	_, err := d.Pool().Exec(t.Context(), `UPDATE maintenance SET at = at - '2 days'::interval`)
	require.NoError(t, err)
	report, err := d.Maintain(t.Context(), 3*time.Hour)
	require.NoError(t, err)
	require.NotNil(t, report)
	return report
}

func stored(t *testing.T) *db.DB {
	t.Helper()
	d := dbtest.Open(t)
	index(t, d, "rfcs", twoRecords)
	d.FinishUpkeep()
	return d
}

// rowsOf counts the rows of the tables of the index.
func rowsOf(t *testing.T, d *db.DB) map[string]int {
	t.Helper()
	counts := make(map[string]int)
	for _, table := range []string{"records", "documents", "docids", "relations", "parts"} {
		var n int
		require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT count(*) FROM `+table).Scan(&n))
		counts[table] = n
	}
	return counts
}

func TestMaintenanceOfAConsistentIndexChangesNothing(t *testing.T) {
	t.Parallel()
	d := stored(t)
	last, err := d.LastMaintenance(t.Context())
	require.NoError(t, err)
	require.Nil(t, last)
	report, err := d.Maintain(t.Context(), 0)
	require.NoError(t, err)
	require.Nil(t, report, "a new database is maintained in the night that follows")

	before, state := rowsOf(t, d), generation(t, d)
	report = maintained(t, d)
	require.Empty(t, report.Findings)
	require.Equal(t, before, rowsOf(t, d))
	require.Equal(t, state, generation(t, d))
	last, err = d.LastMaintenance(t.Context())
	require.NoError(t, err)
	require.True(t, report.At.Equal(last.At))
	require.Equal(t, report.Took, last.Took)

	report, err = d.Maintain(t.Context(), 3*time.Hour)
	require.NoError(t, err)
	require.Nil(t, report, "once a night")
}

func TestMaintenanceRepairsTheIndex(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, damage, what, example string }{
		{"a document", `INSERT INTO documents SELECT 1, 'x', 'x', 'Lost 1', 'x', NULL, NULL, 'other', '{rfcs}', ''`, "documents without a record", "Lost 1"},
		{
			"an identifier", `INSERT INTO docids SELECT 1, document_id, 'Lost 2', type, is_primary, scope, 'lost.2', NULL FROM docids LIMIT 1`,
			"identifiers without a record", "Lost 2",
		},
		{
			"a relation", `INSERT INTO relations SELECT 1, document_id, type, target, target_type, norm FROM relations LIMIT 1`,
			"relations without a record", "updates RFC 2119",
		},
		{"a part", `INSERT INTO parts VALUES (1, 'rfc.1')`, "parts without a document", "rfc.1"},
		{
			"another document of an identifier", `UPDATE docids SET document_id = 1 WHERE id = 'RFC 8174'`,
			"identifiers of another document than their record's", "RFC 8174",
		},
		{"a missing document", `DELETE FROM documents WHERE primary_id = 'RFC 8174'`, "records without a document", "rfcs/RFC8174"},
		{"missing identifiers", `DELETE FROM docids WHERE id = 'RFC 8174'`, "records without identifiers", "rfcs/RFC8174"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := stored(t)
			whole, state := rowsOf(t, d), generation(t, d)
			_, err := d.Pool().Exec(t.Context(), tt.damage)
			require.NoError(t, err)
			report := maintained(t, d)
			require.Len(t, report.Findings, 1)
			require.Equal(t, tt.what, report.Findings[0].What)
			require.Equal(t, 1, report.Findings[0].Count)
			require.Equal(t, []string{tt.example}, report.Findings[0].Examples)
			require.NotEqual(t, state, generation(t, d), "what readers keep is old")
			index(t, d, "rfcs", twoRecords)
			require.Equal(t, whole, rowsOf(t, d))
			require.Empty(t, maintained(t, d).Findings)
		})
	}
}

func TestMaintenanceRebuildsIndexesThatHaveGrown(t *testing.T) {
	t.Parallel()
	d := stored(t)
	rebuilt := func() (names []string) {
		report, err := d.Rebuild(t.Context(), 1)
		require.NoError(t, err)
		for _, index := range report.Rebuilt {
			names = append(names, index.Index)
		}
		return names
	}
	require.Subset(t, rebuilt(), []string{"docids_norm_trigrams", "documents_marks", "documents_words", "records_dates"})
	require.Empty(t, rebuilt(), "their sizes are known now")
	_, err := d.Pool().Exec(t.Context(), `UPDATE rebuilt_indexes SET bytes = bytes / 2 WHERE name = 'documents_words'`)
	require.NoError(t, err)
	require.Equal(t, []string{"documents_words"}, rebuilt())
	var valid bool
	require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT bool_and(indisvalid) FROM pg_index`).Scan(&valid))
	require.True(t, valid)
	report, err := d.Rebuild(t.Context(), 1<<40)
	require.NoError(t, err)
	require.Empty(t, report.Rebuilt, "small ones are left alone")
}
