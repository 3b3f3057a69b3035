// Package drafts finds out which Internet-Drafts became which RFCs. Sources do not tell: the link follows from titles, dates and
// authors, or from what the Datatracker reports.
package drafts

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// Series is an Internet-Draft with all its versions.
type Series struct {
	Name  string    // draft-ietf-quic-http
	Last  int64     // document of the last version
	Title string    // of the last version
	Since time.Time // date of the first version
	Until time.Time // date of the last version
}

// RFC is a published RFC.
type RFC struct {
	Document  int64
	Title     string
	Published time.Time // the first day of the month, where the day is unknown
}

// Match says that a series became an RFC; both are indices.
type Match struct{ Series, RFC int }

// maxWait is the time between the last version of a draft and the RFC.
const maxWait = 2

// Candidates returns the series and RFCs of which titles are equal and dates fit: the RFC was published after the last version, and
// at most two years after it.
func Candidates(series []Series, rfcs []RFC) []Match {
	byTitle := make(map[string][]int)
	for i := range rfcs {
		if title := titleKey(rfcs[i].Title); title != "" && !rfcs[i].Published.IsZero() {
			byTitle[title] = append(byTitle[title], i)
		}
	}
	var found []Match
	for i := range series {
		s := &series[i]
		if s.Until.IsZero() {
			continue
		}
		for _, r := range byTitle[titleKey(s.Title)] {
			if fits(s, &rfcs[r]) {
				found = append(found, Match{i, r})
			}
		}
	}
	return found
}

func fits(s *Series, r *RFC) bool {
	latest := r.Published
	if latest.Day() == 1 { // some day of the month
		latest = latest.AddDate(0, 1, -1)
	}
	return !s.Until.After(latest) && !s.Until.AddDate(maxWait, 0, 0).Before(r.Published)
}

// Choose returns those of the candidates that have an author in common and are the only ones, in both directions. Of drafts that
// follow one another under the same title, the last one became the RFC: the others are its former names.
func Choose(candidates []Match, series []Series, rfcs []RFC, authors map[int64][]string) []Match {
	byRFC := make(map[int][]int)
	for _, m := range candidates {
		if haveOneInCommon(authors[series[m.Series].Last], authors[rfcs[m.RFC].Document]) {
			byRFC[m.RFC] = append(byRFC[m.RFC], m.Series)
		}
	}
	bySeries := make(map[int][]int)
	for rfc, of := range byRFC {
		if last, ok := lastOf(of, series); ok {
			bySeries[last] = append(bySeries[last], rfc)
		}
	}
	var chosen []Match
	for s, of := range bySeries {
		if len(of) == 1 {
			chosen = append(chosen, Match{s, of[0]})
		}
	}
	slices.SortFunc(chosen, func(a, b Match) int { return cmp.Compare(a.Series, b.Series) })
	return chosen
}

// overlap is how long a draft may go on after the one that took its place began.
const overlap = 60 * 24 * time.Hour

// lastOf returns the last of some series, when all others had ended before it began.
func lastOf(of []int, series []Series) (last int, ok bool) {
	last = slices.MaxFunc(of, func(a, b int) int { return series[a].Until.Compare(series[b].Until) })
	for _, other := range of {
		if other != last && series[other].Until.After(series[last].Since.Add(overlap)) {
			return 0, false
		}
	}
	return last, true
}

// shortest is the length from which the beginning of a surname stands for it: some are given up to the first hyphen.
const shortest = 4

func haveOneInCommon(a, b []string) bool {
	return slices.ContainsFunc(a, func(one string) bool {
		return slices.ContainsFunc(b, func(other string) bool {
			short, long := one, other
			if len(short) > len(long) {
				short, long = long, short
			}
			return short != "" && (short == long || len(short) >= shortest && strings.HasPrefix(long, short))
		})
	})
}
