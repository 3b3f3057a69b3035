package states

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
)

// Token is what the title of a document says of it.
func Token(document, version int) string {
	return fmt.Sprintf("Document %d in state %d", document, version)
}

// token finds it, whatever the format of the answer and the case of the text.
var token = regexp.MustCompile(`(?i)document (\d+) in state (\d+)`)

// Span is the states that something seen can be of, both included.
type Span struct{ From, To int }

func (s Span) with(other Span) Span { return Span{max(s.From, other.From), min(s.To, other.To)} }

func (s Span) empty() bool { return s.From > s.To }

// String implements fmt.Stringer.
func (s Span) String() string {
	if s.From == s.To {
		return strconv.Itoa(s.From)
	}
	return fmt.Sprintf("%d to %d", s.From, s.To)
}

// any is every state.
var all = Span{0, 1 << 30}

// SpanOf gives the states that an answer can be of: those in which every document in it says what it says
// there. It fails when there is no such state, and when one of the documents that must be there is not.
func (s *Source) SpanOf(body string, must ...int) (Span, error) {
	span, seen := all, make(map[int]bool)
	for _, found := range token.FindAllStringSubmatch(body, -1) {
		document, _ := strconv.Atoi(found[1]) // digits, few of them
		version, _ := strconv.Atoi(found[2])
		seen[document] = true
		narrowed := span.with(Span{version, version + s.Stride - 1})
		if narrowed.empty() {
			return span, fmt.Errorf("mixed: document %d in state %d, in an answer of state %s", document, version, span)
		}
		span = narrowed
	}
	for _, document := range must {
		if !seen[document] {
			return span, fmt.Errorf("document %d is missing", document)
		}
	}
	return span, nil
}

// totals are the places where an answer tells how many there are: of what a search found, in JSON, and
// of the records of a source, on its page.
var (
	foundTotal   = regexp.MustCompile(`"total_records": (\d+)`)
	recordsTotal = regexp.MustCompile(`<li>([\d,]+) records?</li>`)
)

func number(pattern *regexp.Regexp, body string) (int, error) {
	found := pattern.FindStringSubmatch(body)
	if found == nil {
		return 0, fmt.Errorf("no number like %s", pattern)
	}
	return strconv.Atoi(strings.ReplaceAll(found[1], ",", ""))
}

// SpanOfSearch gives the states that an answer to a search for Counted can be of.
func (s *Source) SpanOfSearch(body string) (Span, error) {
	total, err := number(foundTotal, body)
	if err != nil {
		return all, err
	}
	return s.narrowed(Span{total, total}, body)
}

// SpanOfListing gives the states that the page of the source can be of.
func (s *Source) SpanOfListing(body string) (Span, error) {
	total, err := number(recordsTotal, body)
	if err != nil {
		return all, err
	}
	state := total - s.Records(0)
	return s.narrowed(Span{state, state}, body)
}

// narrowed checks that what an answer counts and what it shows are of one state.
func (s *Source) narrowed(counted Span, body string) (Span, error) {
	shown, err := s.SpanOf(body)
	if err != nil {
		return shown, err
	}
	if both := shown.with(counted); !both.empty() {
		return both, nil
	}
	return shown, fmt.Errorf("mixed: it counts as in state %s, and shows state %s", counted, shown)
}
