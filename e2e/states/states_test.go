package states

import (
	"math/rand/v2"
	"net/http"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func newSource(t *testing.T, stride int) *Source {
	t.Helper()
	s := &Source{Dataset: IETF, Dir: filepath.Join(t.TempDir(), "source.git"), Documents: 100, Stride: stride}
	require.NoError(t, s.Create(t.Context()))
	return s
}

// What a state says of itself is what is in its files.
func TestStatesTellTheirNumber(t *testing.T) {
	for _, stride := range []int{1, 7} {
		s := newSource(t, stride)
		files := s.everything()
		for range 20 {
			require.NoError(t, s.Advance(t.Context()))
			for name, content := range s.changes() {
				if files[name] = content; content == "" {
					delete(files, name)
				}
			}
			state := s.State()
			require.Len(t, files, s.Records(state))
			counted := 0
			for i := 1; i <= s.Documents; i++ {
				content := files["document-"+strconv.Itoa(i)]
				if strings.Contains(content, s.Counted()) {
					counted++
				}
				span, err := s.SpanOf(content, i)
				require.NoError(t, err)
				require.True(t, span.From <= state && state <= span.To && span.To-span.From == stride-1, "%s in state %d", span, state)
			}
			require.Equal(t, state, counted)
		}
	}
}

func TestSpanOf(t *testing.T) {
	whole, partly := &Source{Documents: 100, Stride: 1}, &Source{Documents: 100, Stride: 10}
	for _, tt := range []struct {
		name   string
		source *Source
		body   string
		want   Span
		fails  string
	}{
		{"one document", whole, Token(3, 5), Span{5, 5}, ""},
		{"in lower case", whole, strings.ToLower(Token(3, 5)), Span{5, 5}, ""},
		{"two of one state", whole, Token(3, 5) + Token(4, 5), Span{5, 5}, ""},
		{"two of two", whole, Token(3, 5) + Token(4, 6), Span{}, "mixed"},
		{"changed now and then", partly, Token(3, 13) + Token(8, 18), Span{18, 22}, ""},
		{"one of them too old", partly, Token(3, 13) + Token(8, 28), Span{}, "mixed"},
		{"another document", whole, Token(2, 5), Span{}, "document 3 is missing"},
		{"nothing", whole, "", Span{}, "document 3 is missing"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			span, err := tt.source.SpanOf(tt.body, 3)
			if tt.fails != "" {
				require.ErrorContains(t, err, tt.fails)
				return
			}
			require.NoError(t, err)
			require.Equal(t, tt.want, span)
		})
	}
}

func TestSpanOfCounts(t *testing.T) {
	s := &Source{Documents: 100, Stride: 1}
	span, err := s.SpanOfSearch(`{"meta": {"total_records": 7}, "data": ["` + Token(1, 7) + `"]}`)
	require.NoError(t, err)
	require.Equal(t, Span{7, 7}, span)
	_, err = s.SpanOfSearch(`{"meta": {"total_records": 8}, "data": ["` + Token(1, 7) + `"]}`)
	require.ErrorContains(t, err, "mixed")
	_, err = s.SpanOfSearch(`{}`)
	require.ErrorContains(t, err, "no number")
	span, err = s.SpanOfListing(`<li>` + strconv.Itoa(s.Records(9)) + ` records</li>`)
	require.NoError(t, err)
	require.Equal(t, Span{9, 9}, span)
}

// Every kind of question accepts what it is meant to, and nothing else.
func TestQuestions(t *testing.T) {
	s := newSource(t, 1)
	random := rand.New(rand.NewPCG(1, 1))
	for range 200 {
		_, err := s.Ask(random).Span("an answer to something else")
		require.Error(t, err)
	}
}

func TestJudge(t *testing.T) {
	began := time.Now()
	at := func(after time.Duration, status int, body string) Reply {
		return Reply{Status: status, Body: body, Began: began.Add(after), Ended: began.Add(after)}
	}
	refused := at(0, http.StatusServiceUnavailable, "")
	refused.RetryAfter = "5"
	broken := at(0, 0, "")
	broken.Err = http.ErrHandlerTimeout
	old, current := at(time.Second, 200, Token(3, 1)), at(0, 200, Token(3, 2))
	for _, tt := range []struct {
		name      string
		coherence time.Duration
		disturbed bool
		replies   []Reply
		wrong     string
	}{
		{"in order", 0, false, []Reply{at(0, 200, Token(3, 1)), at(time.Second, 200, Token(3, 2))}, ""},
		{"back again", 0, false, []Reply{current, old}, "back to state 1"},
		{"back again, from another process", 2 * time.Second, false, []Reply{current, old}, ""},
		{"asked before", 0, false, []Reply{current, at(-time.Second, 200, Token(3, 1))}, ""},
		{"of the future", 0, false, []Reply{at(0, 200, Token(3, 9))}, "when the newest is 2"},
		{"missing", 0, false, []Reply{at(0, 404, "no such document")}, "status 404"},
		{"failed", 0, true, []Reply{at(0, 500, "")}, "status 500"},
		{"refused without a reason", 0, false, []Reply{refused}, "after all was well"},
		{"refused with one", 0, true, []Reply{refused}, ""},
		{"refused without Retry-After", 0, true, []Reply{at(0, 503, "")}, "without Retry-After"},
		{"no answer, while only the database is away", 0, true, []Reply{broken}, http.ErrHandlerTimeout.Error()},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s := &Source{Documents: 100, Stride: 1}
			s.state.Store(2)
			j := &Judge{Coherence: tt.coherence}
			if tt.disturbed {
				j.Disturb(false)
			}
			for _, reply := range tt.replies {
				j.Hear(s.about("/", 3), reply)
			}
			verdict, err := j.Verdict()
			require.Equal(t, len(tt.replies), verdict.Asked)
			if tt.wrong == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, tt.wrong)
			}
		})
	}
}
