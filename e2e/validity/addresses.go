package validity

import (
	"context"
	"net/url"

	"github.com/jackc/pgx/v5"
)

// everything lists what can be asked for: every document by its primary identifier; the records on
// their own where that does not reach each of them, because a document has none, or several records, or
// one that is another document's as well; and every file of the archive that is not kept from use. No
// page of the service lists them all.
const everything = `
	WITH merged AS (SELECT document_id AS id FROM records GROUP BY 1 HAVING count(*) > 1),
	     shared AS (SELECT id FROM docids GROUP BY 1 HAVING count(DISTINCT document_id) > 1)
	SELECT 'document', primary_id, primary_type FROM documents WHERE primary_id <> '' AND ($1 = '' OR $1 = ANY(datasets))
	UNION ALL
	SELECT 'record', dataset, ref FROM records JOIN documents ON documents.id = document_id
	WHERE (primary_id = '' OR documents.id IN (SELECT id FROM merged) OR primary_id IN (SELECT id FROM shared)) AND ($1 = '' OR $1 = dataset)
	UNION ALL
	SELECT 'file', dir, file FROM archive WHERE xml IS NOT NULL AND NOT invalid AND $1 = ''`

// Addresses lists where the BibXML of every document and of every archived file of an index is, or of
// the documents of one dataset.
func Addresses(ctx context.Context, database, dataset string) ([]string, error) {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close(ctx) }()
	rows, err := conn.Query(ctx, everything, dataset)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (string, error) {
		var what, one, two string
		err := row.Scan(&what, &one, &two)
		return address(what, one, two), err
	})
}

func address(what, one, two string) string {
	switch what {
	case "document":
		return "/api/v1/by-docid/?" + url.Values{"docid": {one}, "doctype": {two}, "format": {"bibxml"}}.Encode()
	case "record":
		return "/api/v1/ref/" + url.PathEscape(one) + "/" + url.PathEscape(two) + "/?format=bibxml"
	}
	return "/public/rfc/" + url.PathEscape(one) + "/" + url.PathEscape(two)
}
