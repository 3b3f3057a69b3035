package db

import (
	"context"
	"database/sql"

	"golang.org/x/sync/errgroup"
)

// warmConns is how many connections a page of a document uses at once.
const warmConns = 6

// Warm opens connections for visitors, and has each read what the server knows of the tables, of stems and of parts of
// words: ten milliseconds that the first visitors would wait for. It fails when the database is away.
func (d *DB) Warm(ctx context.Context) error {
	pools := []*sql.DB{d.searches.DB.DB, d.searches.DB.DB}
	for range warmConns {
		pools = append(pools, d.web.DB.DB)
	}
	all := make([]*sql.Conn, len(pools))
	var group errgroup.Group
	for i, pool := range pools {
		group.Go(func() (err error) {
			if all[i], err = pool.Conn(ctx); err != nil {
				return err
			}
			_, err = all[i].ExecContext(ctx, `SELECT count(*) FROM records
				JOIN docids AS i ON i.record_id = records.id JOIN documents AS doc ON doc.id = i.document_id
				LEFT JOIN standing AS s ON s.document_id = doc.id LEFT JOIN archive ON archive.primary_docid = i.id
				WHERE i.norm LIKE '%warm%' AND doc.words @@ phraseto_tsquery('`+textConfig+`', 'these are words')`)
			return err
		})
	}
	err := group.Wait()
	for _, conn := range all { // together, so that no two were one
		if conn != nil {
			_ = conn.Close()
		}
	}
	return failure("warm", err)
}
