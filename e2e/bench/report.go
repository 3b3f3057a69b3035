package main

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// connections is how many clients ask at once.
const connections = 8

func reportIndexing(ctx context.Context, lab *harness.Lab, sources map[string]string) error {
	first, err := lab.Work(ctx, harness.Wanted{})
	if err != nil {
		return err
	}
	counts, err := recordCounts(ctx, lab.Database)
	if err != nil {
		return err
	}
	again, err := lab.Work(ctx, harness.Wanted{})
	if err != nil {
		return err
	}
	fmt.Print("## Indexing\n\n| source | documents | first run, s | documents/s | unchanged, s |\n|---|--:|--:|--:|--:|\n")
	total := 0
	for i, run := range first.Each {
		n := counts[run.Dataset]
		total += n
		fmt.Printf("| %s | %d | %.2f | %.0f | %.2f |\n", run.Dataset, n, run.Took.Seconds(), float64(n)/run.Took.Seconds(), again.Each[i].Took.Seconds())
	}
	fmt.Printf("| all | %d | %.2f | %.0f | %.2f |\n\n", total, first.Took.Seconds(), float64(total)/first.Took.Seconds(), again.Took.Seconds())
	fmt.Printf("One `bibxml work` did all sources as they were queued; each figure is a whole task, the fetch included, "+
		"and the last line reaches from the start of the first to the end of the last. The worker had %d MB at its highest.\n\n", first.Memory>>20)
	return reportCost(ctx, lab, sources, first, total)
}

func recordCounts(ctx context.Context, database string) (map[string]int, error) {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return nil, err
	}
	defer func() { _ = conn.Close(ctx) }()
	rows, err := conn.Query(ctx, `SELECT dataset, count(*)::int FROM records GROUP BY 1 UNION ALL SELECT 'xml2rfc', count(*)::int FROM archive`)
	if err != nil {
		return nil, err
	}
	counts := make(map[string]int)
	var dataset string
	var n int
	_, err = pgx.ForEachRow(rows, []any{&dataset, &n}, func() error {
		counts[dataset] = n
		return nil
	})
	return counts, err
}

// samples are the addresses that are measured.
type samples struct {
	rotating []string // 500 xml2rfc paths of several directories
	cold     []string // 1 000 others, each asked for once
}

// samplePaths spreads the paths over all RFCs, versioned drafts and IANA registries that are indexed.
func samplePaths(ctx context.Context, database string) (samples, error) {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return samples{}, err
	}
	defer func() { _ = conn.Close(ctx) }()
	rows, err := conn.Query(ctx, `
		SELECT CASE type WHEN 'IETF' THEN 'bibxml/reference.RFC.' || substr(docids.id, 5)
		                 WHEN 'IANA' THEN 'bibxml8/reference.IANA.' || replace(substr(docids.id, 6), '/', '_')
		                 ELSE 'bibxml3/reference.I-D.' || docids.id END
		FROM docids JOIN records ON records.id = record_id
		WHERE is_primary AND (dataset = 'rfcs' AND docids.id ~ '^RFC \d+$' OR dataset = 'iana' AND docids.id ~ '^IANA [a-z-]+(/[a-z-]+)?$'
		   OR dataset = 'ids' AND docids.id ~ '-\d\d$')
		ORDER BY md5(docids.id) LIMIT 1500`)
	if err != nil {
		return samples{}, err
	}
	paths, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return samples{}, err
	}
	if len(paths) < 1500 {
		return samples{}, fmt.Errorf("only %d sample paths; the sources are too small to measure", len(paths))
	}
	for i := range paths {
		paths[i] = "/public/rfc/" + (&url.URL{Path: paths[i]}).EscapedPath() + ".xml"
	}
	return samples{rotating: paths[:500], cold: paths[500:]}, nil
}

func reportServing(ctx context.Context, lab *harness.Lab, s samples, lasting time.Duration, dir string) error {
	host := strings.TrimPrefix(lab.Base, "http://")
	fmt.Print("## Serving\n\n| request | connections | requests/s | median, ms | p95, ms | p99, ms |\n|---|--:|--:|--:|--:|--:|\n")
	cold, err := once(host, s.cold)
	if err != nil {
		return err
	}
	printRow("1 000 xml2rfc paths, each for the first time", 1, cold)
	rfc := "/public/rfc/bibxml/" + s.anyRFC()
	long := s.longRFC(ctx, lab.Base)
	loads := []struct {
		name  string
		paths []string
	}{
		{"one xml2rfc path", []string{rfc}},
		{"500 xml2rfc paths in turn", s.rotating},
		{"by-docid, JSON", []string{"/api/v1/by-docid/?docid=" + s.anyDocID()}},
		{"document page", []string{"/get-one/by-docid/?docid=" + s.anyDocID()}},
	}
	if long {
		loads = append(loads, []struct {
			name  string
			paths []string
		}{
			{"RFC 8996, xml2rfc path", []string{"/public/rfc/bibxml/reference.RFC.8996.xml"}},
			{"RFC 8996, by-docid, JSON", []string{"/api/v1/by-docid/?docid=RFC+8996"}},
			{"RFC 8996, document page", []string{"/get-one/by-docid/?docid=RFC+8996"}},
		}...)
	}
	for _, l := range loads {
		for _, n := range []int{1, connections} {
			r, err := load(host, l.paths, n, lasting)
			if err != nil {
				return fmt.Errorf("%s: %w", l.name, err)
			}
			printRow(l.name, n, r)
		}
	}
	return reportNginx(ctx, lab.Base, s.rotating, lasting, dir)
}

func printRow(name string, connections int, r result) {
	fmt.Printf("| %s | %d | %s |\n", name, connections, r.cells())
}

func (s samples) anyRFC() string {
	for _, path := range s.rotating {
		if _, file, ok := strings.Cut(path, "/bibxml/"); ok {
			return file
		}
	}
	return "reference.RFC.9000.xml"
}

func (s samples) anyDocID() string {
	number := strings.TrimSuffix(strings.TrimPrefix(s.anyRFC(), "reference.RFC."), ".xml")
	return "RFC+" + number
}

// longRFC says whether RFC 8996, with its long list of relations, is among the sources.
func (s samples) longRFC(ctx context.Context, base string) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/public/rfc/bibxml/reference.RFC.8996.xml", nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}

func reportMemory(lab *harness.Lab) error {
	now, highest, err := lab.Memory()
	if err != nil {
		return err
	}
	fmt.Printf("\n## Memory\n\nResident memory of `serve` after all of this: %d MB, at its highest %d MB.\n", now>>20, highest>>20)
	return nil
}
