package db_test

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// contents gives everything that the index tells, as text that does not depend on when it was written.
func contents(t *testing.T, d *db.DB) string {
	t.Helper()
	var all []string
	for _, query := range []string{
		`SELECT (to_jsonb(r) - 'indexed_at')::text FROM records AS r ORDER BY id`,
		`SELECT d::text FROM documents AS d ORDER BY id`,
		`SELECT i::text FROM docids AS i ORDER BY record_id, i::text`,
		`SELECT p::text FROM parts AS p ORDER BY document_id, p::text`,
		`SELECT l::text FROM relations AS l ORDER BY record_id, l::text`,
		`SELECT a::text FROM archive AS a ORDER BY dir, file`,
		`SELECT dataset || ' ' || commit_hash || ' ' || records || ' ' || problems || ' ' || unreadable FROM sources ORDER BY dataset`,
	} {
		rows, err := d.Pool().Query(t.Context(), query)
		require.NoError(t, err)
		for rows.Next() {
			var line string
			require.NoError(t, rows.Scan(&line))
			all = append(all, line)
		}
		require.NoError(t, rows.Err())
	}
	return strings.Join(all, "\n")
}

// random makes a record that shares identifiers with others, or points to them, or is broken.
func random(r *rand.Rand) string {
	id := func() string { return fmt.Sprintf("X %d", r.IntN(6)) }
	switch r.IntN(8) {
	case 0:
		return "docid: [{id: " + id() + ", type: X, primary: true}]\nrelation:\n" +
			"- {type: includes, bibitem: {docid: {id: " + id() + ", type: X, primary: true}}}\n" +
			"- {type: includes, bibitem: {formattedref: {content: " + id() + "}}}\n"
	case 1:
		return "docid: [{id: " + id() + ", type: X, primary: true}]\ntitle: Undated\n"
	case 2:
		return "no: [record\n"
	case 3:
		return "title: Without identifier\ndate: [{type: published, value: 2001}]\n"
	}
	return fmt.Sprintf("docid: [{id: %s, type: X, primary: true}, {id: %s, type: Y}]\ntitle: Words %d\ndate: [{type: published, value: %d-0%d}]\n",
		id(), id(), r.IntN(9), 1990+r.IntN(30), 1+r.IntN(9))
}

// However the sources came to be what they are, the index is what one indexing of them makes. The one
// exception is what a file said before it broke, so broken files are new ones here.
func TestManySmallIndexingsEqualOneLarge(t *testing.T) {
	t.Parallel()
	seed := rand.Uint64()
	r := rand.New(rand.NewPCG(seed, 0))
	d := dbtest.Open(t)
	sources := map[string]files{"rfcs": {}, "misc": {}, "ids": {}}
	for _, content := range sources {
		content["data/always.yaml"] = "title: Always there\n"
	}
	for step := range 40 {
		for _, dataset := range []string{"rfcs", "misc", "ids"} {
			content := maps.Clone(sources[dataset])
			for range r.IntN(4) {
				name := fmt.Sprintf("data/%d.yaml", r.IntN(8))
				_, there := content[name]
				_, before := sources[dataset][name]
				made := random(r)
				switch broken := strings.HasPrefix(made, "no:"); {
				case there && (broken || r.IntN(3) == 0):
					delete(content, name)
				case broken && before: // what it said before would stay
				default:
					content[name] = made
				}
			}
			sources[dataset] = content
			index(t, d, dataset, content)
		}
		if step%8 != 7 {
			continue
		}
		fresh := dbtest.Open(t)
		for _, dataset := range []string{"ids", "misc", "rfcs"} {
			index(t, fresh, dataset, sources[dataset])
		}
		require.Equal(t, contents(t, fresh), contents(t, d), "seed %d, step %d", seed, step)
		for dataset, content := range sources {
			forced(t, d, dataset, content)
		}
		require.Equal(t, contents(t, fresh), contents(t, d), "forced, seed %d, step %d", seed, step)
	}
}

func forced(t *testing.T, d *db.DB, dataset string, content files) {
	t.Helper()
	open := func(string) (indexing.Source, error) {
		return indexing.Source{URL: "https://example.org/" + dataset, Branch: "main", Repository: content}, nil
	}
	_, err := indexing.New(open, d.Index(0)).Run(t.Context(), indexing.Request{Dataset: dataset, Force: true}, nil)
	require.NoError(t, err)
}
