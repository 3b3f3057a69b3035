package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/maintenance"
)

// inconsistency is one kind of row that the index must not have. The statement repairs all of them and returns a name of each.
type inconsistency struct{ what, repair, statement string }

const (
	removed   = "removed"
	readAgain = "read again by the next indexing of the source"
)

var inconsistencies = []inconsistency{
	{"documents without a record", removed, `
		DELETE FROM documents d WHERE NOT EXISTS (SELECT FROM records r WHERE r.document_id = d.id) RETURNING primary_id`},
	{"identifiers without a record", removed, `
		DELETE FROM docids i WHERE NOT EXISTS (SELECT FROM records r WHERE r.id = i.record_id) RETURNING id`},
	{"relations without a record", removed, `
		DELETE FROM relations l WHERE NOT EXISTS (SELECT FROM records r WHERE r.id = l.record_id) RETURNING type || ' ' || target`},
	{"parts without a document", removed, `
		DELETE FROM parts p WHERE NOT EXISTS (SELECT FROM documents d WHERE d.id = p.document_id) RETURNING norm`},
	{"identifiers of another document than their record's", "given to the document of the record", `
		UPDATE docids i SET document_id = r.document_id FROM records r
		WHERE r.id = i.record_id AND r.document_id <> i.document_id RETURNING i.id`},
	{"records without a document", readAgain, unread(`NOT EXISTS (SELECT FROM documents d WHERE d.id = r.document_id)`)},
	{"records without identifiers", readAgain, unread(`NOT EXISTS (SELECT FROM docids i WHERE i.record_id = r.id)`)},
}

// unread returns the statement that makes the next indexing of a source read records again: as if the source had other content.
func unread(condition string) string {
	return `WITH unread AS (UPDATE records r SET blob = '' WHERE ` + condition + ` RETURNING dataset, ref),
		sources AS (UPDATE sources SET commit_hash = '' WHERE dataset IN (SELECT dataset FROM unread))
		SELECT dataset || '/' || ref FROM unread`
}

// findingExamples is how many rows of an inconsistency a report names.
const findingExamples = 5

// selfCheck finds and repairs the inconsistencies of the index, within one transaction that no indexing publishes beside. When
// it changed anything, readers are told of a new state of the index.
func (d *DB) selfCheck(ctx context.Context) (findings []maintenance.Finding, err error) {
	err = pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		_, err := tx.Exec(ctx, `SET LOCAL statement_timeout = 0; SELECT FROM index_lease FOR UPDATE`)
		if err != nil {
			return err
		}
		changed := 0
		for _, i := range inconsistencies {
			rows, err := tx.Query(ctx, i.statement)
			if err != nil {
				return fmt.Errorf("%s: %w", i.what, err)
			}
			names, err := pgx.CollectRows(rows, pgx.RowTo[string])
			if err != nil {
				return fmt.Errorf("%s: %w", i.what, err)
			}
			if len(names) > 0 {
				findings = append(findings, maintenance.Finding{
					What: i.what, Count: len(names), Examples: names[:min(len(names), findingExamples)], Repair: i.repair,
				})
				changed += len(names)
			}
		}
		if changed == 0 {
			return nil
		}
		return announce(ctx, tx, changed)
	})
	return findings, err
}
