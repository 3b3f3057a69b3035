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
	"github.com/ietf-tools/bibxml/e2e/relevance"
)

// asked are the addresses of one kind of search, and what one of them may take.
type asked struct {
	name   string
	most   time.Duration
	rounds int // how often each address is asked for; the last one counts
	paths  []string
}

// warm is how often what is not kept is asked for: the first answers of a new state come from a cold database.
const warm = 3

// searches are what visitors ask the search.
func searches() []asked {
	at := func(path, text, more string) string { return path + "?query=" + url.QueryEscape(text) + more }
	words := asked{name: "words, with facets", most: 30 * time.Millisecond, rounds: warm}
	narrowed := asked{name: "words, narrowed by two facets", most: 50 * time.Millisecond, rounds: warm}
	identifiers := asked{name: "identifiers in the box, to their document", most: 5 * time.Millisecond, rounds: 1}
	listed := asked{name: "identifiers as words, with facets", most: 30 * time.Millisecond, rounds: warm}
	typed := asked{name: "suggestions", most: 30 * time.Millisecond, rounds: 1}
	for _, list := range relevance.Lists() {
		for i, line := range list.Lines {
			if list.Name == "identifiers" {
				identifiers.paths = append(identifiers.paths, at("/get-bibliographic-item/", line.Input, ""))
				listed.paths = append(listed.paths, at("/search/", line.Input, ""))
				continue
			}
			words.paths = append(words.paths, at("/search/", line.Input, ""))
			if !strings.Contains(line.Input, ":") {
				narrowed.paths = append(narrowed.paths, at("/search/", line.Input, "&type=rfc&type=internet-draft&decade=2010"))
			}
			for end := 2 + i%3; end < len(line.Input); end += 4 {
				typed.paths = append(typed.paths, at("/search/suggestions/", line.Input[:end], ""))
			}
		}
	}
	common := asked{name: "the commonest words", most: 100 * time.Millisecond, rounds: warm}
	for _, word := range []string{"protocol", "internet", "network", "management", "security", "ieee standard", "system", "data", "information technology"} {
		common.paths = append(common.paths, at("/search/", word, ""))
	}
	return []asked{words, narrowed, common, listed, identifiers, typed}
}

// measured are the timings of each kind of search, in the order of searches.
type measured struct {
	documents int
	results   []result
}

// measureSearch asks for everything, one request at a time.
func measureSearch(ctx context.Context, lab *harness.Lab) (m measured, err error) {
	if m.documents, err = documentCount(ctx, lab.Database); err != nil {
		return m, err
	}
	host := strings.TrimPrefix(lab.Base, "http://")
	for _, a := range searches() {
		var all result
		for range a.rounds {
			// Identifiers lead to their documents, of which some have another address.
			if all, err = once(host, a.paths, http.StatusFound); err != nil {
				return m, fmt.Errorf("%s: %w", a.name, err)
			}
		}
		m.results = append(m.results, all)
	}
	return m, nil
}

func documentCount(ctx context.Context, database string) (n int, err error) {
	conn, err := pgx.Connect(ctx, database)
	if err != nil {
		return 0, err
	}
	defer func() { _ = conn.Close(ctx) }()
	return n, conn.QueryRow(ctx, "SELECT count(*) FROM documents").Scan(&n)
}

// reportSearch prints a table of one or several sizes of the index.
func reportSearch(sizes ...measured) {
	fmt.Print("\n## Search\n\n| search | requests |")
	for _, m := range sizes {
		fmt.Printf(" median, ms, of %d documents | p95, ms | longest, ms |", m.documents)
	}
	rule := "\n|---|--:|" + strings.Repeat("--:|--:|--:|", len(sizes))
	if len(sizes) > 1 {
		fmt.Print(" growth of p95 |")
		rule += "--:|"
	}
	fmt.Println(" |" + rule + "---|")
	for i, a := range searches() {
		fmt.Printf("| %s | %d |", a.name, len(a.paths))
		ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
		for _, m := range sizes {
			r := m.results[i]
			fmt.Printf(" %.2f | %.2f | %.2f |", ms(r.at(.5)), ms(r.at(.95)), ms(r.at(1)))
		}
		last := sizes[len(sizes)-1].results[i].at(.95)
		if len(sizes) > 1 {
			fmt.Printf(" × %.1f |", float64(last)/float64(sizes[0].results[i].at(.95)))
		}
		if last >= a.most {
			fmt.Printf(" longer than %v |", a.most)
		} else {
			fmt.Print(" |")
		}
		fmt.Println()
	}
	fmt.Printf("\nPages as visitors get them, one request at a time. Of what is kept once it was asked for, the first answers count, of the rest "+
		"those to the round %d. A line is marked when its p95 is more than it may be.\n", warm)
}

// growSearch measures the search, fills the sources up, and measures again.
func growSearch(ctx context.Context, lab *harness.Lab, sources map[string]string, documents int, dir string) error {
	before, err := measureSearch(ctx, lab)
	if err != nil {
		return err
	}
	if documents <= before.documents {
		reportSearch(before)
		return nil
	}
	filled, err := fill(ctx, sources, before.documents, documents, dir)
	if err != nil {
		return err
	}
	started := time.Now()
	for _, dataset := range harness.Datasets {
		if repository, ok := filled[dataset]; ok {
			if err := lab.IndexFrom(ctx, dataset, repository); err != nil {
				return err
			}
		}
	}
	after, err := measureSearch(ctx, lab)
	if err != nil {
		return err
	}
	reportSearch(before, after)
	fmt.Printf("Filled up with copies of the real records in %.0f s.\n", time.Since(started).Seconds())
	return nil
}
