package main

import (
	"cmp"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// What a single request may take. The search formats of wholeCorpus read everything there is.
const (
	mostP95     = 10 * time.Millisecond
	mostMax     = 50 * time.Millisecond
	mostOfWhole = 1500 * time.Millisecond
)

var wholeCorpus = []string{"json_path", "json_repr", throughAll}

// throughAll is a search that tries one format after the other, until one finds something.
const throughAll = "through all formats"

// recorded is the request of a recorded exchange.
type recorded struct {
	Group  string            `json:"group"`
	Method string            `json:"method"`
	Path   string            `json:"path"`
	Send   map[string]string `json:"send"`
	Body   *string           `json:"send_body"`
}

// reportGroups asks for every recorded request once, one at a time and each for the first time, and
// prints a line for each group. What is asked, not how it was answered then, counts here.
func reportGroups(ctx context.Context, base, dir string) error {
	cases, err := readCases(dir)
	if err != nil {
		return err
	}
	if len(cases) == 0 {
		fmt.Print("No recorded requests were found; their groups were not measured.\n\n")
		return nil
	}
	groups, err := measure(ctx, base, cases)
	if err != nil {
		return err
	}
	fmt.Print("## Recorded requests\n\n| group | requests | median, ms | p95, ms | longest, ms | | the longest |\n|---|--:|--:|--:|--:|---|---|\n")
	var rest timings
	for _, name := range slices.Sorted(maps.Keys(groups)) {
		fmt.Println(groups[name].row(name))
		if !isWhole(name) {
			rest = append(rest, groups[name]...)
		}
	}
	fmt.Println(rest.row(allButWhole()))
	fmt.Printf("\nEach was asked for once, for the first time, one after the other. A line is marked when its p95 is %v or more or "+
		"its longest request took %v or more; of searches by %s, when one took %v or more.\n\n",
		mostP95, mostMax, strings.Join(wholeCorpus, ", "), mostOfWhole)
	return nil
}

// allButWhole names what has to be fast whatever is asked.
func allButWhole() string { return "**all but " + strings.Join(wholeCorpus, ", ") + "**" }

// readCases reads all recorded requests below a folder.
func readCases(dir string) ([]recorded, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	var cases []recorded
	for _, file := range files {
		some, err := readCaseFile(file)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		cases = append(cases, some...)
	}
	return cases, nil
}

func readCaseFile(file string) ([]recorded, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { _ = f.Close() }()
	content, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	var cases []recorded
	lines := json.NewDecoder(content)
	for {
		var c recorded
		switch err := lines.Decode(&c); {
		case errors.Is(err, io.EOF):
			return cases, nil
		case err != nil:
			return nil, err
		}
		cases = append(cases, c)
	}
}

// timed is how long a request took.
type timed struct {
	took time.Duration
	path string
}

// timings are those of a group.
type timings []timed

func measure(ctx context.Context, base string, cases []recorded) (map[string]timings, error) {
	groups := make(map[string]timings)
	for _, c := range cases {
		took, err := c.ask(ctx, base)
		if err != nil {
			return nil, fmt.Errorf("%s %s: %w", c.Method, c.Path, err)
		}
		groups[c.name()] = append(groups[c.name()], timed{took, c.Path})
	}
	return groups, nil
}

// name is the group; searches that may read the whole corpus stand apart.
func (c recorded) name() string {
	address, err := url.Parse(c.Path)
	if err != nil {
		return c.Group
	}
	query := address.Query()
	switch format := query.Get("query_format"); {
	case strings.EqualFold(query.Get("allow_format_fallback"), "true"):
		return c.Group + " " + throughAll
	case slices.Contains(wholeCorpus, format):
		return c.Group + " " + format
	}
	return c.Group
}

// isWhole says whether a group is of searches that may read the whole corpus.
func isWhole(name string) bool {
	return slices.ContainsFunc(wholeCorpus, func(format string) bool { return strings.HasSuffix(name, " "+format) })
}

// ask sends the request and reads the whole answer, whatever it is, as long as the connection holds.
func (c recorded) ask(ctx context.Context, base string) (time.Duration, error) {
	var body io.Reader
	if c.Body != nil {
		body = strings.NewReader(*c.Body)
	}
	request, err := http.NewRequestWithContext(ctx, cmp.Or(c.Method, http.MethodGet), base+c.Path, body)
	if err != nil {
		return 0, err
	}
	for name, value := range c.Send {
		request.Header.Set(name, value)
	}
	started := time.Now()
	response, err := http.DefaultTransport.RoundTrip(request) // redirects are answers of their own
	if err != nil {
		return 0, err
	}
	_, err = io.Copy(io.Discard, response.Body)
	_ = response.Body.Close()
	return time.Since(started), err
}

// row is a line of the table; it sorts the timings.
func (t timings) row(name string) string {
	slices.SortFunc(t, func(a, b timed) int { return cmp.Compare(a.took, b.took) })
	at := func(share float64) time.Duration { return t[min(int(share*float64(len(t))), len(t)-1)].took }
	longest := t[len(t)-1]
	mark := ""
	if whole := isWhole(name); !whole && (at(.95) >= mostP95 || longest.took >= mostMax) ||
		whole && longest.took >= mostOfWhole {
		mark = "too long"
	}
	ms := func(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
	return fmt.Sprintf("| %s | %d | %.2f | %.2f | %.2f | %s | `%s` |", name, len(t), ms(at(.5)), ms(at(.95)), ms(longest.took), mark, inTable(longest.path))
}

// inTable is an address that does not break a table: short, and without what ends a cell.
func inTable(path string) string {
	const most = 120
	if unescaped, err := url.PathUnescape(path); err == nil {
		path = unescaped
	}
	path = strings.NewReplacer("|", `\|`, "`", "'", "\n", " ").Replace(path)
	if runes := []rune(path); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	return path
}
