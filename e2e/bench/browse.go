package main

import (
	"context"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// reportBrowsing measures parts of the longest list of records: how far a part is from the beginning must not matter.
func reportBrowsing(ctx context.Context, lab *harness.Lab, lasting time.Duration) error {
	conn, err := pgx.Connect(ctx, lab.Database)
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	var dataset, middle string
	var records int
	err = conn.QueryRow(ctx, `SELECT dataset, records FROM sources WHERE dataset <> 'xml2rfc' ORDER BY records DESC LIMIT 1`).Scan(&dataset, &records)
	if err != nil {
		return err
	}
	err = conn.QueryRow(ctx, `SELECT ref FROM records WHERE dataset = $1 ORDER BY sort_key, ref OFFSET $2 LIMIT 1`, dataset, records/2).Scan(&middle)
	if err != nil {
		return err
	}
	fmt.Printf("\n## Browsing\n\nParts of the %d records of %s, a hundred on each page.\n\n"+
		"| page | connections | requests/s | median, ms | p95, ms | p99, ms |\n|---|--:|--:|--:|--:|--:|\n", records, dataset)
	page := "/indexed-sources/relaton-data-" + dataset + "/"
	for _, part := range []struct{ name, query string }{
		{"the first", ""},
		{"in the middle, forward", "?after=" + url.QueryEscape(middle)},
		{"in the middle, back", "?before=" + url.QueryEscape(middle)},
		{"the last", "?page=last"},
	} {
		r, err := load(strings.TrimPrefix(lab.Base, "http://"), []string{page + part.query}, 1, lasting)
		if err != nil {
			return fmt.Errorf("browse %s: %w", part.name, err)
		}
		printRow(part.name, 1, r)
	}
	return nil
}
