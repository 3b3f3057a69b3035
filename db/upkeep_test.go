package db_test

import (
	"os"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// After an indexing, searches can read indexes alone, and find nothing that was put off.
func TestUpkeepFollowsAnIndexing(t *testing.T) {
	t.Parallel()
	d := library(t)
	require.Eventually(t, func() bool {
		var tidy bool
		err := d.Pool().QueryRow(t.Context(), `SELECT count(*) = 3 FROM pg_class
			WHERE oid IN ('documents'::regclass, 'docids'::regclass, 'records'::regclass) AND relallvisible > 0 AND reltuples > 0`).Scan(&tidy)
		return err == nil && tidy
	}, time.Minute, 50*time.Millisecond)
	var pending int
	require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT gin_clean_pending_list('documents_words')`).Scan(&pending))
	require.Zero(t, pending)
}

// lateIndexes gives the definitions of the GIN indexes that a database has on what is searched.
func lateIndexes(t *testing.T, d *db.DB) []string {
	t.Helper()
	rows, err := d.Pool().Query(t.Context(), `
		SELECT indexdef FROM pg_indexes WHERE tablename IN ('records', 'documents', 'docids') AND indexdef LIKE '% USING gin %' ORDER BY 1`)
	require.NoError(t, err)
	found, err := pgx.CollectRows(rows, pgx.RowTo[string])
	require.NoError(t, err)
	return found
}

// lateMigration has those indexes made late.
const lateMigration = "20261126000020"

// undoLateIndexes gives a database the indexes that it would have had before.
func undoLateIndexes(t *testing.T, d *db.DB) {
	t.Helper()
	undo, err := os.ReadFile("migrations/" + lateMigration + "_indexes_after_filling.tx.down.sql")
	require.NoError(t, err)
	_, err = d.Pool().Exec(t.Context(), string(undo))
	require.NoError(t, err)
	_, err = d.Pool().Exec(t.Context(), `DELETE FROM bun_migrations WHERE name = $1`, lateMigration)
	require.NoError(t, err)
}

func TestDatabaseGetsGINIndexesOnceItIsFilled(t *testing.T) {
	t.Parallel()
	before := dbtest.Open(t)
	undoLateIndexes(t, before)
	wanted := lateIndexes(t, before)
	require.Len(t, wanted, 4)

	d := dbtest.Open(t)
	require.NoError(t, d.KeepUp(t.Context()))
	require.Empty(t, lateIndexes(t, d), "it is empty")
	requireFilled(t, d, false)
	index(t, d, "rfcs", files{"data/RFC2119.yaml": "docid:\n- {id: RFC 2119, type: IETF, primary: true}\n"})
	requireFilled(t, d, false)
	d.FinishUpkeep()
	requireFilled(t, d, true)
	require.Equal(t, wanted, lateIndexes(t, d))
	var statistics int
	err := d.Pool().QueryRow(t.Context(), `SELECT attstattarget FROM pg_attribute WHERE attrelid = 'records_dates'::regclass`).Scan(&statistics)
	require.NoError(t, err)
	require.Zero(t, statistics)
}

func requireFilled(t *testing.T, d *db.DB, want bool) {
	t.Helper()
	filled, err := d.Filled(t.Context())
	require.NoError(t, err)
	require.Equal(t, want, filled)
}

// begun notes a run of another source, as the queue does.
func begun(t *testing.T, d *db.DB, state string) {
	t.Helper()
	_, err := d.Pool().Exec(t.Context(), `
		INSERT INTO runs (dataset, action, refs, force, requested_by, state) VALUES ('nist', 'index', '{}', false, '', $1)`, state)
	require.NoError(t, err)
}

// filledSoon waits for the upkeep that begins by itself.
func filledSoon(t *testing.T, d *db.DB) {
	t.Helper()
	require.Eventually(t, func() bool {
		filled, err := d.Filled(t.Context())
		return err == nil && filled
	}, time.Minute, 10*time.Millisecond)
}

// lookedAgain is when an upkeep that is due after a second has been put off at least once.
const lookedAgain = 3 * time.Second

// While a database is being filled another source may let one wait.
func TestUpkeepWaitsForTheSourcesThatFollow(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ name, state, end string }{
		{"one that waits", "waiting", `UPDATE runs SET state = 'stopped'`},
		{"one that is under way", "running", `UPDATE runs SET state = 'failed'`},
		{"one that is interrupted", "running", `UPDATE runs SET phase = 'interrupted'`},
		{"one that has been indexed", "waiting", `UPDATE runs SET dataset = 'rfcs'`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			d := dbtest.Open(t)
			begun(t, d, tt.state)
			index(t, d, "rfcs", files{"data/RFC2119.yaml": "docid:\n- {id: RFC 2119, type: IETF, primary: true}\n"})
			_, err := d.Pool().Exec(t.Context(), `UPDATE sources SET indexed_at = now() - '1 hour'::interval`)
			require.NoError(t, err, "time alone does not end the filling")
			time.Sleep(lookedAgain)
			require.NoError(t, d.KeepUp(t.Context()))
			requireFilled(t, d, false)
			require.True(t, d.UpkeepIsDue())
			_, err = d.Pool().Exec(t.Context(), tt.end)
			require.NoError(t, err)
			filledSoon(t, d)
		})
	}
}

// Searches plan with the number of rows that are there while further sources are awaited.
func TestStatisticsAreRenewedWhileADatabaseIsFilled(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	begun(t, d, "running")
	index(t, d, "rfcs", files{"data/RFC2119.yaml": "docid:\n- {id: RFC 2119, type: IETF, primary: true}\n"})
	require.Eventually(t, func() bool {
		var counted float64
		err := d.Pool().QueryRow(t.Context(), `SELECT reltuples FROM pg_class WHERE oid = 'documents'::regclass`).Scan(&counted)
		return err == nil && counted == 1
	}, time.Minute, 10*time.Millisecond)
	requireFilled(t, d, false)
}

// The worker that takes over goes on filling.
func TestKeepUpWaitsForTheSourcesThatFollow(t *testing.T) {
	t.Parallel()
	d := library(t)
	d.FinishUpkeep()
	_, err := d.Pool().Exec(t.Context(), `DROP INDEX documents_words; UPDATE derived SET written = 0; DELETE FROM vocabulary`)
	require.NoError(t, err)
	begun(t, d, "waiting")
	require.NoError(t, d.KeepUp(t.Context()))
	requireFilled(t, d, false)
	require.False(t, derived(t, d, "quic"))
	_, err = d.Pool().Exec(t.Context(), `DELETE FROM runs`)
	require.NoError(t, err)
	require.NoError(t, d.KeepUp(t.Context()))
	requireFilled(t, d, true)
	require.True(t, derived(t, d, "quic"))
}

// A database that has been filled is kept up beside whatever waits.
func TestUpkeepOfAFilledDatabaseWaitsForNoRun(t *testing.T) {
	t.Parallel()
	d := library(t)
	d.FinishUpkeep()
	begun(t, d, "running")
	index(t, d, "nist", files{"data/one.yaml": "docid:\n- {id: NIST 1, type: NIST, primary: true}\ntitle: Framework\n"})
	require.Eventually(t, func() bool { return derived(t, d, "framework") }, time.Minute, 10*time.Millisecond)
}

// Whoever filled a database may have been killed before the upkeep: another worker makes what is missing.
func TestMissingIndexesAreMadeLater(t *testing.T) {
	t.Parallel()
	d := library(t)
	d.FinishUpkeep()
	wanted := lateIndexes(t, d)
	_, err := d.Pool().Exec(t.Context(), `DROP INDEX documents_words, docids_norm_trigrams`)
	require.NoError(t, err)
	require.NoError(t, d.KeepUp(t.Context()))
	require.Equal(t, wanted, lateIndexes(t, d))
}

// derived says whether a word of titles is among those that are derived.
func derived(t *testing.T, d *db.DB, word string) (there bool) {
	t.Helper()
	require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM vocabulary WHERE word = $1)`, word).Scan(&there))
	return there
}

// failUpkeep lets the upkeep after an indexing fail, and mends what it failed of.
func failUpkeep(t *testing.T, d *db.DB) {
	t.Helper()
	_, err := d.Pool().Exec(t.Context(), `ALTER TABLE vocabulary RENAME TO hidden`)
	require.NoError(t, err)
	index(t, d, "rfcs", files{"data/RFC9000.yaml": "docid:\n- {id: RFC 9000, type: IETF, primary: true}\ntitle: Transport\n"})
	d.FinishUpkeep()
	_, err = d.Pool().Exec(t.Context(), `ALTER TABLE hidden RENAME TO vocabulary`)
	require.NoError(t, err)
	require.False(t, derived(t, d, "transport"))
}

func TestUpkeepThatFailedIsDoneAgain(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	failUpkeep(t, d)
	require.True(t, d.UpkeepIsDue())
	d.FinishUpkeep()
	require.True(t, derived(t, d, "transport"))
	require.False(t, d.UpkeepIsDue())
}

func TestFailureOfTheUpkeepIsToldOnce(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	failUpkeep(t, d)
	require.ErrorContains(t, d.KeepUp(t.Context()), `"vocabulary" does not exist`)
	require.NoError(t, d.KeepUp(t.Context()))
	require.False(t, derived(t, d, "transport"), "it is done again after a pause")
}

// Whoever published may have been killed before the upkeep: another worker derives what was to be derived.
func TestWhatIsDerivedIsMadeLater(t *testing.T) {
	t.Parallel()
	url := dbtest.URL(t)
	former, err := db.Open(t.Context(), db.Config{URL: url})
	require.NoError(t, err)
	failUpkeep(t, former)
	require.NoError(t, former.Close())

	d, err := db.Open(t.Context(), db.Config{URL: url})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	require.NoError(t, d.KeepUp(t.Context()))
	require.True(t, derived(t, d, "transport"))
	_, err = d.Pool().Exec(t.Context(), `DELETE FROM vocabulary`)
	require.NoError(t, err)
	require.NoError(t, d.KeepUp(t.Context()))
	require.False(t, derived(t, d, "transport"), "nothing was written since")
}

// Less than a hundredth of the records is derived of an hour after what is there was.
func TestSmallChangesAreDerivedLater(t *testing.T) {
	t.Parallel()
	d := library(t)
	d.FinishUpkeep()
	_, err := d.Pool().Exec(t.Context(), `UPDATE sources SET records = 1000 WHERE dataset = 'rfcs'`)
	require.NoError(t, err)
	index(t, d, "nist", files{"data/one.yaml": "docid:\n- {id: NIST 1, type: NIST, primary: true}\ntitle: Framework\n"})
	d.FinishUpkeep()
	require.NoError(t, d.KeepUp(t.Context()))
	require.False(t, derived(t, d, "framework"))
	_, err = d.Pool().Exec(t.Context(), `UPDATE derived SET at = at - '61 minutes'::interval`)
	require.NoError(t, err)
	require.NoError(t, d.KeepUp(t.Context()))
	require.True(t, derived(t, d, "framework"))
}

// Of what a database holds already nobody knows whether it was derived of.
func TestMigrationHasWhatIsThereDerived(t *testing.T) {
	t.Parallel()
	d := library(t)
	d.FinishUpkeep()
	undo, err := os.ReadFile("migrations/20261126000030_derived.tx.down.sql")
	require.NoError(t, err)
	_, err = d.Pool().Exec(t.Context(), string(undo)+`; DELETE FROM bun_migrations WHERE name = '20261126000030'; DELETE FROM vocabulary`)
	require.NoError(t, err)
	require.NoError(t, d.Migrate(t.Context()))
	require.NoError(t, d.KeepUp(t.Context()))
	require.True(t, derived(t, d, "quic"))
}

// An index of trigrams needs the extension where it is looked for.
func TestUpkeepWithTrigramsOutOfReach(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	_, err := d.Pool().Exec(t.Context(), `CREATE SCHEMA elsewhere; ALTER EXTENSION pg_trgm SET SCHEMA elsewhere`)
	require.NoError(t, err)
	index(t, d, "rfcs", files{"data/RFC9000.yaml": "docid:\n- {id: RFC 9000, type: IETF, primary: true}\ntitle: Transport\n"})
	d.FinishUpkeep()
	require.NoError(t, d.KeepUp(t.Context()))
	requireFilled(t, d, true)
	require.Len(t, lateIndexes(t, d), 3)
	require.True(t, derived(t, d, "transport"))
}

// What can be done of an upkeep is done when an index cannot be made.
func TestUpkeepWithoutAnIndex(t *testing.T) {
	t.Parallel()
	d := library(t)
	d.FinishUpkeep()
	_, err := d.Pool().Exec(t.Context(), `
		DROP INDEX documents_marks, records_dates; ALTER TABLE documents RENAME marks TO hidden;
		DELETE FROM vocabulary; UPDATE derived SET written = 0`)
	require.NoError(t, err)
	require.ErrorContains(t, d.KeepUp(t.Context()), `column "marks" does not exist`)
	require.Len(t, lateIndexes(t, d), 3)
	require.True(t, derived(t, d, "quic"))
	require.True(t, d.UpkeepIsDue())
}

func TestMigrationKeepsGINIndexesOfWhatIsThere(t *testing.T) {
	t.Parallel()
	d := library(t)
	d.FinishUpkeep()
	undoLateIndexes(t, d)
	wanted := lateIndexes(t, d)
	require.NoError(t, d.Migrate(t.Context()))
	require.Equal(t, wanted, lateIndexes(t, d))

	empty := dbtest.Open(t)
	undoLateIndexes(t, empty)
	require.NoError(t, empty.Migrate(t.Context()))
	require.Empty(t, lateIndexes(t, empty))
}
