// Package validity asks a running service for the BibXML of everything that it has and lets xmllint
// judge it by the schemas that xml2rfc applies to what it fetches: xml2rfc refuses a whole draft over
// one reference that is not valid. The schemas are not part of this project; Schemas looks for them.
package validity

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// Tally says what was judged, and what was wrong with it.
type Tally struct {
	References, Groups int     // valid ones
	Faults             []Fault // of the others
}

// Fault is an address whose answer is not valid, or is no XML of ours at all.
type Fault struct{ Address, Reason string }

// clients is how many ask at once, and how many xmllints run; the service needs its share of a machine
// with two cores.
const clients = 2

// batch is how many answers one xmllint reads: it takes longer to read the schema than a hundred answers.
const batch = 1000

// Check asks the service at base for every address and judges the answers by the schemas in a folder.
func Check(ctx context.Context, base string, addresses []string, schemas string) (Tally, error) {
	return check(ctx, addresses, func(ctx context.Context, some []string, dir string) (Tally, error) {
		return checkBatch(ctx, base, some, schemas, dir)
	})
}

// CheckBoth judges every answer of the service at base, and those answers of another that differ from them: what has the
// same bytes is valid or not alike.
func CheckBoth(ctx context.Context, base, other string, addresses []string, schemas string) (all, differing Tally, err error) {
	var mu sync.Mutex
	all, err = check(ctx, addresses, func(ctx context.Context, some []string, dir string) (Tally, error) {
		bodies, err := readAll(ctx, base, some)
		if err != nil {
			return Tally{}, err
		}
		others, err := readAll(ctx, other, some)
		if err != nil {
			return Tally{}, err
		}
		tally, err := judge(ctx, bodies, schemas, dir)
		if err != nil {
			return tally, err
		}
		for i := len(others) - 1; i >= 0; i-- {
			if others[i].same(bodies[i]) {
				others = slices.Delete(others, i, i+1)
			}
		}
		second, err := judge(ctx, others, schemas, dir)
		mu.Lock()
		defer mu.Unlock()
		differing.add(second)
		return tally, err
	})
	return all, differing, err
}

func (t *Tally) add(more Tally) {
	t.References += more.References
	t.Groups += more.Groups
	t.Faults = append(t.Faults, more.Faults...)
}

// check judges all addresses in batches, several at once.
func check(ctx context.Context, addresses []string, judge func(ctx context.Context, some []string, dir string) (Tally, error)) (Tally, error) {
	dir, err := os.MkdirTemp("", "bibxml-validity-")
	if err != nil {
		return Tally{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	var (
		mu  sync.Mutex
		all Tally
	)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(clients)
	for some := range slices.Chunk(addresses, batch) {
		group.Go(func() error {
			tally, err := judge(ctx, some, dir)
			mu.Lock()
			defer mu.Unlock()
			all.add(tally)
			return err
		})
	}
	return all, group.Wait()
}

// Report prints the count and a table of the reasons, and is an error when there are any.
func (t Tally) Report(w io.Writer) error {
	valid := t.References + t.Groups
	_, _ = fmt.Fprintf(w, "validated %d XML answers by xmllint: %d references and %d groups are valid, %d are not\n",
		valid+len(t.Faults), t.References, t.Groups, len(t.Faults))
	if len(t.Faults) > 0 {
		_, _ = fmt.Fprint(w, "\n| answers | reason | for example |\n|--:|---|---|\n")
	}
	for _, r := range t.reasons() {
		_, _ = fmt.Fprintf(w, "| %d | %s | `%s` |\n", r.answers, strings.ReplaceAll(r.example.Reason, "|", "\\|"), r.example.Address)
	}
	switch {
	case len(t.Faults) > 0:
		return fmt.Errorf("%d XML answers are not valid", len(t.Faults))
	case valid == 0:
		return fmt.Errorf("no XML answer was judged")
	}
	return nil
}

// reason is what is wrong with some answers, all told by one of them.
type reason struct {
	answers int
	example Fault
}

// particulars are what tells the complaints about two answers apart: lines, values and names.
var particulars = regexp.MustCompile(`[0-9]+|"[^"]*"|'[^']*'`)

// reasons returns the reasons of the faults, the most frequent first.
func (t Tally) reasons() []reason {
	known := make(map[string]*reason)
	faults := slices.SortedFunc(slices.Values(t.Faults), func(a, b Fault) int { return cmp.Compare(a.Address, b.Address) })
	for _, fault := range faults {
		kind := particulars.ReplaceAllString(fault.Reason, "")
		if known[kind] == nil {
			known[kind] = &reason{example: fault}
		}
		known[kind].answers++
	}
	var all []reason
	for _, r := range known {
		all = append(all, *r)
	}
	slices.SortFunc(all, func(a, b reason) int {
		return cmp.Or(cmp.Compare(b.answers, a.answers), cmp.Compare(a.example.Address, b.example.Address))
	})
	return all
}
