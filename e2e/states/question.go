package states

import (
	"fmt"
	"math/rand/v2"
	"net/url"
	"strconv"
)

// Question is a request whose answer tells the state that it was made of.
type Question struct {
	Path   string
	Source *Source
	// Span gives the states that an answer can be of; it fails when the answer cannot be of one state, or is not
	// complete. nil: an answer tells nothing of states.
	Span func(body string) (Span, error)
	// Also are statuses that are right beside 200.
	Also []int
}

// kinds are what can be asked of a source.
var kinds = []func(*Source, *rand.Rand) Question{
	(*Source).path, (*Source).path, (*Source).json, (*Source).page, (*Source).groupPath, (*Source).groupJSON,
	(*Source).search, (*Source).searchAt, (*Source).listing, (*Source).single,
}

// Ask gives one of the questions, of all kinds.
func (s *Source) Ask(r *rand.Rand) Question { return kinds[r.IntN(len(kinds))](s, r) }

// OneOf asks one of several sources.
func OneOf(sources []*Source) func(*rand.Rand) Question {
	return func(r *rand.Rand) Question { return sources[r.IntN(len(sources))].Ask(r) }
}

// any gives a document: every other time one of a few, so that answers that are kept are asked for as well.
func (s *Source) any(r *rand.Rand) int {
	if r.IntN(2) == 0 {
		return 1 + r.IntN(20)
	}
	return 1 + r.IntN(s.Documents)
}

func (s *Source) about(path string, documents ...int) Question {
	return Question{Path: path, Source: s, Span: func(body string) (Span, error) { return s.SpanOf(body, documents...) }}
}

func (s *Source) path(r *rand.Rand) Question {
	i := s.any(r)
	return s.about(s.Path(i), i)
}

func (s *Source) json(r *rand.Rand) Question {
	i := s.any(r)
	return s.about(byDocID("/api/v1/by-docid/", s.ID(i)), i)
}

func (s *Source) page(r *rand.Rand) Question {
	i := s.any(r)
	return s.about(byDocID("/get-one/by-docid/", s.ID(i)), i)
}

func (s *Source) groupPath(r *rand.Rand) Question {
	g := 1 + r.IntN(s.Groups())
	return s.about(s.GroupPath(g), s.Members(g)...)
}

func (s *Source) groupJSON(r *rand.Rand) Question {
	g := 1 + r.IntN(s.Groups())
	return s.about(byDocID("/api/v1/by-docid/", s.GroupID(g)), s.Members(g)...)
}

func (s *Source) single(r *rand.Rand) Question {
	i := s.any(r)
	return s.about(fmt.Sprintf("/api/v1/ref/%s/document-%d/", s.Dataset, i), i)
}

func (s *Source) search(r *rand.Rand) Question {
	page := 1 + r.IntN(max(1, s.First()/10)) // there are no fewer in any state
	return s.searchOf(s.Counted(), page)
}

// searchAt searches with a condition that no answer can have been kept for.
func (s *Source) searchAt(r *rand.Rand) Question {
	return s.searchOf(s.Counted()+" -word"+strconv.Itoa(r.IntN(1_000_000)), 1)
}

func (s *Source) searchOf(words string, page int) Question {
	path := fmt.Sprintf("/api/v1/search/%s/?query_format=websearch&page=%d", url.PathEscape(words), page)
	return Question{Path: path, Source: s, Span: s.SpanOfSearch}
}

func (s *Source) listing(*rand.Rand) Question {
	return Question{Path: "/indexed-sources/relaton-data-" + s.Dataset + "/", Source: s, Span: s.SpanOfListing}
}
