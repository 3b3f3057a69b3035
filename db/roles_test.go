package db_test

import (
	"log/slog"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// restricted returns a migrated database as its owner and as a role that owns nothing.
func restricted(t *testing.T) (owner, app *db.DB) {
	t.Helper()
	r := newRole(t)
	address := dbtest.URL(t)
	owner = openDB(t, db.Config{URL: address, GrantTo: r.name})
	require.NoError(t, owner.Migrate(t.Context()))
	return owner, openDB(t, db.Config{URL: r.at(address)})
}

// Indexing, upkeep and reading work for a role that owns nothing.
func TestRestrictedRoleDoesAllThatIsNeeded(t *testing.T) {
	t.Parallel()
	owner, app := restricted(t)
	require.NoError(t, app.AwaitTables(t.Context(), slog.New(slog.DiscardHandler)))
	index(t, app, "rfcs", files{"data/RFC2119.yaml": "docid:\n- {id: RFC 2119, type: IETF, primary: true}\ntitle: {content: Key words}\n"})
	app.FinishUpkeep()
	require.NoError(t, app.KeepUp(t.Context()))
	requireFilled(t, app, true)
	require.Len(t, lateIndexes(t, app), 4)
	var counted, sampled bool
	require.NoError(t, owner.Pool().QueryRow(t.Context(), `SELECT
		(SELECT reltuples > 0 FROM pg_class WHERE oid = 'records'::regclass),
		EXISTS (SELECT FROM pg_stats WHERE tablename = 'documents')`).Scan(&counted, &sampled))
	require.True(t, counted && sampled, "statistics are up to date")

	index(t, app, "rfcs", files{"data/RFC2119.yaml": "docid:\n- {id: RFC 2119, type: IETF, primary: true}\ntitle: {content: Other words}\n"})
	index(t, app, "rfcs", files{"data/RFC20.yaml": "docid:\n- {id: RFC 20, type: IETF, primary: true}\n"})
	require.NoError(t, app.KeepUp(t.Context()))
	for _, finding := range app.Inspect(t.Context()) {
		require.True(t, finding.Good, "%s: %s", finding.What, finding.Told)
		if finding.What == "Rights" {
			require.Contains(t, finding.Told, "owns nothing")
		}
	}
}

func TestRestrictedRoleDoesNothingElse(t *testing.T) {
	t.Parallel()
	_, app := restricted(t)
	for _, statement := range []string{
		"CREATE TABLE public.mine ()", "DROP TABLE records", "ALTER TABLE records ADD COLUMN mine text", "TRUNCATE records",
		"CREATE INDEX ON records (id)", "DELETE FROM bun_migrations", "UPDATE river_migration SET version = 1",
		"CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'", "CREATE ROLE mine", "CREATE SCHEMA mine",
	} {
		_, err := app.Pool().Exec(t.Context(), statement)
		var refused *pgconn.PgError
		require.ErrorAs(t, err, &refused, statement)
		require.Equal(t, "42501", refused.Code, "%s: %v", statement, err)
	}
	require.ErrorContains(t, app.Rollback(t.Context()), "the role lacks a privilege")
}

// The functions of the owner look for no names where the caller can put some.
func TestOwnersFunctionsIgnoreTheCaller(t *testing.T) {
	t.Parallel()
	owner, app := restricted(t)
	_, err := app.Pool().Exec(t.Context(), `
		CREATE TEMPORARY TABLE documents (words tsvector);
		SELECT upkeep_make_index('documents_words'), upkeep_analyze(), upkeep_merge_pending()`)
	require.NoError(t, err)
	var table string
	require.NoError(t, owner.Pool().QueryRow(t.Context(),
		`SELECT indrelid::regclass::text FROM pg_index WHERE indexrelid = 'documents_words'::regclass`).Scan(&table))
	require.Equal(t, "documents", table)
	_, err = app.Pool().Exec(t.Context(), `SELECT upkeep_make_index('documents_words; DROP TABLE records')`)
	require.Error(t, err, "there is no such index")
}

func TestGrantToNobody(t *testing.T) {
	t.Parallel()
	err := openDB(t, db.Config{URL: dbtest.URL(t), GrantTo: "nobody-there"}).Migrate(t.Context())
	require.ErrorContains(t, err, `DB_GRANT_TO: the database has no role "nobody-there": create it`)
	require.True(t, fault.Is(err, fault.Invalid))
}

func TestInspect(t *testing.T) {
	t.Parallel()
	r := newRole(t)
	address := dbtest.URL(t)
	found := func(d *db.DB) map[string]db.Finding {
		all := map[string]db.Finding{}
		for _, finding := range d.Inspect(t.Context()) {
			all[finding.What] = finding
		}
		return all
	}
	all := found(dbtest.Open(t))
	for _, what := range []string{"Database", "Connections", "Migrations", "Rights", "Index", "Answers"} {
		require.True(t, all[what].Good, "%s: %s", what, all[what].Told)
	}
	require.Contains(t, all["Index"].Told, "nothing is indexed yet")

	all = found(openDB(t, db.Config{URL: dbtest.Empty(t)}))
	require.False(t, all["Migrations"].Good)
	require.Contains(t, all["Migrations"].Told, "run bibxml migrate")

	all = found(openDB(t, db.Config{URL: "postgres://u:hunter2@127.0.0.1:9/bib?sslmode=disable"}))
	require.False(t, all["Database"].Good)
	require.NotContains(t, all["Database"].Told, "hunter2")

	all = found(openDB(t, db.Config{URL: address, ReadURL: address}))
	require.False(t, all["Answers"].Good)
	require.Contains(t, all["Answers"].Told, "is not a replica")

	migrated := openDB(t, db.Config{URL: address, GrantTo: r.name})
	require.NoError(t, migrated.Migrate(t.Context()))
	_, err := migrated.Pool().Exec(t.Context(), "REVOKE UPDATE ON runs FROM "+r.name)
	require.NoError(t, err)
	all = found(openDB(t, db.Config{URL: r.at(address)}))
	require.False(t, all["Rights"].Good)
	require.Contains(t, all["Rights"].Told, "lacks rights on runs: run bibxml migrate as the owner, with DB_GRANT_TO="+r.name)
}
