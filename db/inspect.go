package db

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// Finding is the result of one check. One that is not good says what to do.
type Finding struct {
	What string // in a few words
	Good bool
	Told string
}

func good(what, told string) Finding { return Finding{What: what, Good: true, Told: told} }

func bad(what, told string) Finding { return Finding{What: what, Told: told} }

// oldest is the version of PostgreSQL that is needed.
const oldest = 150000

// Inspect checks the database, and its replica, as web and worker use them. It changes nothing.
func (d *DB) Inspect(ctx context.Context) []Finding {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	server, err := d.server(ctx)
	if err != nil {
		return []Finding{failed("Database", err)}
	}
	found := server.findings(d.maxConns())
	lacking, err := d.lackingMigrations(ctx)
	switch {
	case err != nil:
		return append(found, failed("Migrations", err))
	case len(lacking) > 0:
		return append(found, bad("Migrations", fmt.Sprintf("%d are missing (%s): run bibxml migrate", len(lacking), strings.Join(lacking, ", "))))
	}
	found = append(found, good("Migrations", "all are done"))
	return append(found, d.rights(ctx, server), d.extension(ctx), d.contents(ctx), d.visitors(ctx))
}

// failed returns the finding of a check that could not be done.
func failed(what string, err error) Finding {
	told := err.Error()
	if advice := permanent(err); advice != "" {
		told = advice + ": " + told
	}
	return bad(what, told)
}

// server describes the server and the session.
type server struct {
	Version   string
	Number    int
	Database  string
	User      string
	Size      string
	Encoding  string
	Folds     bool // letters beyond ASCII in text search
	Encrypted bool
	ReadOnly  bool // it is a replica
	Max, Used int  // connections
	Owner     bool // of the tables
	Super     bool
}

func (d *DB) server(ctx context.Context) (server, error) {
	rows, err := d.pool.Query(ctx, `
		SELECT current_setting('server_version'), current_setting('server_version_num')::int, datname, current_user::text,
			pg_size_pretty(pg_database_size(oid)), pg_encoding_to_char(encoding),
			to_tsvector('simple', 'ÄRGER') @@ to_tsquery('simple', 'ärger'),
			coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false), pg_is_in_recovery(),
			current_setting('max_connections')::int, (SELECT count(*)::int FROM pg_stat_activity WHERE backend_type = 'client backend'),
			coalesce((SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE pg_class.oid = to_regclass('records')), false),
			(SELECT rolsuper FROM pg_roles WHERE rolname = current_user)
		FROM pg_database WHERE datname = current_database()`)
	if err != nil {
		return server{}, err
	}
	return pgx.CollectExactlyOneRow(rows, pgx.RowToStructByPos[server])
}

// findings takes the number of connections that a process may open.
func (s server) findings(conns int) []Finding {
	encrypted := "not encrypted"
	if s.Encrypted {
		encrypted = "encrypted"
	}
	all := []Finding{
		good("Database", fmt.Sprintf("PostgreSQL %s, database %s of %s, user %s, %s", s.Version, s.Database, s.Size, s.User, encrypted)),
		good("Connections", fmt.Sprintf("%d of %d are in use; each process opens up to %d", s.Used, s.Max, conns)),
	}
	fail := func(what, told string) { all = append(all, bad(what, told)) }
	if s.Number < oldest {
		fail("Version", "PostgreSQL 15 or newer is needed")
	}
	if s.Encoding != "UTF8" {
		fail("Encoding", "the database has the encoding "+s.Encoding+": create it with ENCODING UTF8")
	} else if !s.Folds {
		fail("Locale", "searches tell Ä from ä: create the database with LC_CTYPE C.UTF-8")
	}
	if s.Max-s.Used < conns {
		fail("Connections", "too few are left for one more process: raise max_connections, or run fewer processes")
	}
	if s.ReadOnly {
		fail("Database", "it is a replica, which cannot be written: DATABASE_URL takes the address of the primary, DATABASE_READ_URL that of a replica")
	}
	return all
}

// maxConns returns how many connections this process may open: those of its pools, and the one that listens for new states.
func (d *DB) maxConns() int {
	sum := 1
	for _, p := range d.PoolStats() {
		sum += p.Max
	}
	return sum
}

// rights checks whether the user may do what web and worker do.
func (d *DB) rights(ctx context.Context, s server) Finding {
	var missing []string
	err := d.pool.QueryRow(ctx, `
		SELECT ARRAY(
			SELECT relname::text FROM pg_class
			WHERE relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'records'::regclass) AND relkind IN ('r', 'p')
			AND NOT (has_table_privilege(oid, 'SELECT') AND (`+isLog+`
				OR has_table_privilege(oid, 'INSERT') AND has_table_privilege(oid, 'UPDATE') AND has_table_privilege(oid, 'DELETE')))
			UNION ALL
			SELECT 'temporary tables' WHERE NOT has_database_privilege(current_database(), 'TEMPORARY')
			UNION ALL
			SELECT proname::text FROM pg_proc WHERE prosecdef AND proname LIKE 'upkeep\_%'
			AND pronamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'records'::regclass) AND NOT has_function_privilege(oid, 'EXECUTE')
			ORDER BY 1)`).Scan(&missing)
	switch {
	case err != nil:
		return failed("Rights", err)
	case len(missing) > 0:
		return bad("Rights", fmt.Sprintf("%s lacks rights on %s: run bibxml migrate as the owner, with DB_GRANT_TO=%s", s.User, strings.Join(missing, ", "), s.User))
	case s.Super:
		return good("Rights", s.User+" is a superuser: web and worker need less (docs/operations.md, Two roles)")
	case s.Owner:
		return good("Rights", s.User+" owns the tables: web and worker need less (docs/operations.md, Two roles)")
	}
	return good("Rights", s.User+" can read and write the tables, and owns nothing")
}

// extension checks whether an index can serve searches for parts of identifiers.
func (d *DB) extension(ctx context.Context) Finding {
	var there bool
	err := d.pool.QueryRow(ctx, `SELECT `+hasTrigrams).Scan(&there)
	switch {
	case err != nil:
		return failed("Extension", err)
	case there:
		return good("Extension", "pg_trgm is there")
	}
	return good("Extension", "pg_trgm is not there, so searches for parts of identifiers take longer: CREATE EXTENSION pg_trgm where the server has it")
}

// contents counts what is indexed.
func (d *DB) contents(ctx context.Context) Finding {
	var documents, records int
	var published time.Time
	err := d.pool.QueryRow(ctx, `SELECT (SELECT count(*) FROM documents), (SELECT coalesce(sum(records), 0) FROM sources), published_at FROM index_state`).
		Scan(&documents, &records, &published)
	switch {
	case err != nil:
		return failed("Index", err)
	case documents == 0:
		return good("Index", "nothing is indexed yet: bibxml index <dataset>")
	}
	return good("Index", fmt.Sprintf("%d documents of %d records, last changed %s ago", documents, records, time.Since(published).Round(time.Second)))
}

// visitors checks whether visitors can be answered, from the replica where there is one.
func (d *DB) visitors(ctx context.Context) Finding {
	const what = "Answers"
	var theirs, ours int64
	var replica bool
	err := d.web.NewRaw(`SELECT generation, pg_is_in_recovery() FROM index_state`).Scan(ctx, &theirs, &replica)
	if err != nil {
		return failed(what, failure("read as for visitors", err))
	}
	if err := d.pool.QueryRow(ctx, `SELECT generation FROM index_state`).Scan(&ours); err != nil {
		return failed(what, err)
	}
	switch {
	case !d.replica:
		return good(what, "are read from the database itself")
	case theirs < ours:
		return bad(what, fmt.Sprintf("are read from a replica that is %d states of the index behind: check the replication", ours-theirs))
	case !replica:
		return bad(what, "DATABASE_READ_URL leads to a database that is not a replica: it would never get a new state")
	}
	return good(what, "are read from the replica, which is up to date")
}
