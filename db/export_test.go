package db

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/uptrace/bun"

	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/maintenance"
)

// What the tests, which stand outside of the package because dbtest imports it, need of its inside.
var (
	Pieces     = pieces
	EachLexeme = eachLexeme
	Serves     = serves
	ServedBy   = servedBy
)

// WarmConns is how many connections Warm opens.
const WarmConns = warmConns

// TextConfig is the configuration of text search.
const TextConfig = textConfig

// Vector makes the vector of texts with a lexicon of its own.
func (d *DB) Vector(ctx context.Context, texts indexing.Texts, tags ...string) ([]byte, error) {
	l := newLexicon()
	split := l.splitAll(texts, tags)
	err := l.learn(ctx, d.pool)
	return l.vector(split), err
}

// Forgets says whether a lexicon has no room for what it remembers of texts.
func Forgets(texts []string) bool {
	l := newLexicon()
	l.splitAll(indexing.Texts{Rest: texts}, nil)
	l.forget()
	return len(l.words) == 0
}

// Derive makes the tables that are made of the whole index, which follows an indexing otherwise.
func (d *DB) Derive(ctx context.Context) error {
	return pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error { return derive(ctx, tx) })
}

// FinishUpkeep does at once what is due after publishings.
func (d *DB) FinishUpkeep() { d.upkeep.finish() }

// UpkeepIsDue says whether an upkeep will begin by itself.
func (d *DB) UpkeepIsDue() bool {
	due, _ := d.upkeep.state()
	return due
}

// Lookups returns the connections for look-ups.
func (d *DB) Lookups() *bun.DB { return d.web.DB }

// Searches returns the connections for searches.
func (d *DB) Searches() *bun.DB { return d.searches.DB }

// Rebuild rebuilds the GIN indexes of at least some bytes that have grown, as the maintenance does.
func (d *DB) Rebuild(ctx context.Context, least int64) (*maintenance.Report, error) {
	conn, err := d.pool.Acquire(ctx)
	if err != nil {
		return nil, err
	}
	defer conn.Release()
	report := &maintenance.Report{}
	return report, rebuild(ctx, conn.Conn(), least, report)
}
