package db

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// derivations fill the tables that are made of the index as a whole. They read the texts of all records, which is why
// the writing of an indexing leaves them out.
var derivations = []struct{ table, query string }{
	// Relations to parts and versions of a document say nothing of how it stands; being a BCP or a STD says much.
	{"standing", `
		WITH said AS (
			SELECT r.document_id, r.type, ` + carrierOf("r") + ` AS target
			FROM relations AS r JOIN documents ON documents.id = r.document_id
			WHERE r.type IN ('obsoletes', 'obsoletedBy', 'merges', 'mergedInto', 'updates', 'updatedBy', 'adoptedFrom', 'derivedFrom')
				OR r.type = 'includes' AND EXISTS (SELECT FROM records WHERE id = r.record_id AND dataset = 'rfcsubseries')
		UNION
			SELECT records.document_id, 'names', docids.document_id
			FROM records, regexp_matches((body -> 'title')::text || (body -> 'abstract')::text, '\mRFC[ -]?0*([1-9][0-9]{0,4})\M', 'g') AS number
				JOIN docids ON docids.norm = 'rfc.' || number[1] AND is_primary AND scope = ''
			WHERE body ? 'abstract'
		)
		INSERT INTO standing (document_id, obsoleted, cited)
		SELECT target, bool_or(type IN ('obsoletes', 'merges')), count(DISTINCT document_id) + 5 * count(*) FILTER (WHERE type = 'includes')
		FROM said WHERE target <> document_id GROUP BY target`},
	{"people", `
		WITH persons AS (
			SELECT document_id, contributor -> 'person' -> 'name' AS name
			FROM records, jsonb_array_elements(body -> 'contributor') AS contributor
			WHERE body ? 'contributor' AND contributor ? 'person' AND contributor -> 'role' @? '$[*] ? (@.type == "author" || @.type == "editor")'
		), named AS (
			SELECT document_id, regexp_replace(trim(coalesce(nullif(name #>> '{completename,content}', ''), concat_ws(' ',
				coalesce(name #>> '{given,forename,0,content}', name #>> '{given,formatted_initials,content}'), name #>> '{surname,content}'))), '\s+', ' ', 'g') AS name
			FROM persons
		)
		INSERT INTO people (name, words, documents)
		SELECT name, ' ' || lower(name), count(DISTINCT document_id) FROM named WHERE length(name) BETWEEN 2 AND 100 GROUP BY name`},
	{"vocabulary", `
		WITH said AS (
			SELECT unnest(string_to_array(translate(lower(title), '-_/\|()[]{}<>,.:;!?"''` + "`" + `&+*=#%@–—™®“”’', repeat(' ', 60)), ' ')) AS word FROM documents
		UNION ALL
			SELECT unnest(string_to_array(translate(words, '-.,''', '    '), ' ')) FROM people, generate_series(1, least(documents, 50))
		)
		INSERT INTO vocabulary (word, documents)
		SELECT word, count(*) FROM said WHERE length(word) BETWEEN 3 AND 40 GROUP BY word HAVING word ~ '^[[:alpha:]][[:alnum:]]+$'`},
}

const (
	// underived is how many records or documents were written since those tables were made.
	underived = `(index_state.written - derived.written)`
	// derivedIsOld says whether that is enough to make them anew: a hundredth of the records, or less once $1 has passed.
	derivedIsOld = underived + ` <> 0 AND (100 * ` + underived + ` >= (SELECT coalesce(sum(records), 0) FROM sources) OR derived.at < now() - $1::interval)`
)

// deriveOld makes those tables anew when they are old. Readers have the old ones until it is done. What is left of those is
// cleared away, and what the planner has to know of the new ones is told, before the server would do so by itself: a search would
// take seconds until then.
func deriveOld(ctx context.Context, pool *pgxpool.Pool) error {
	var old bool
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		// What is published meanwhile may be missing, so it is counted before. Another process that is at it is waited for.
		var written int64
		err := tx.QueryRow(ctx, `SELECT `+derivedIsOld+`, index_state.written FROM index_state, derived FOR UPDATE OF derived`, deriveLatest).Scan(&old, &written)
		if err != nil || !old {
			return err
		}
		// What an indexer of the version before has removed, which knows nothing of relations.
		if _, err := tx.Exec(ctx, `DELETE FROM relations WHERE NOT EXISTS (SELECT FROM records WHERE id = record_id)`); err != nil {
			return err
		}
		if err := derive(ctx, tx); err != nil {
			return err
		}
		_, err = tx.Exec(ctx, `UPDATE derived SET written = $1, at = now()`, written)
		return err
	})
	if err != nil || !old {
		return err
	}
	if _, err := pool.Exec(ctx, `SELECT upkeep_analyze_derived()`); err != nil {
		return err
	}
	_, err = pool.Exec(ctx, `VACUUM standing, people, vocabulary, draft_links`)
	return err
}

func derive(ctx context.Context, tx pgx.Tx) error {
	for _, d := range derivations {
		if _, err := tx.Exec(ctx, "DELETE FROM "+d.table); err != nil {
			return fmt.Errorf("derive %s: %w", d.table, err)
		}
		if _, err := tx.Exec(ctx, d.query); err != nil {
			return fmt.Errorf("derive %s: %w", d.table, err)
		}
	}
	if err := deriveDrafts(ctx, tx); err != nil {
		return fmt.Errorf("derive links of drafts: %w", err)
	}
	return nil
}
