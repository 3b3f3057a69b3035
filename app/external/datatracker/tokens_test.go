package datatracker

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/fault"
)

// registrar stands in for the Datatracker: it knows one token.
type registrar struct {
	asked  atomic.Int32
	status atomic.Int32 // of all answers, with a body that means nothing; 0: as usual
}

func (r *registrar) ServeHTTP(w http.ResponseWriter, request *http.Request) {
	r.asked.Add(1)
	token := request.PostFormValue("apikey")
	switch status := int(r.status.Load()); {
	case status != 0:
		w.WriteHeader(status)
		_, _ = fmt.Fprint(w, `{"detail": "…"}`)
	case request.Method != http.MethodPost || request.URL.Path != "/api/appauth/bibxml":
		http.NotFound(w, request)
	case token == "good":
		_, _ = fmt.Fprint(w, `{"success": true}`)
	case token == "withdrawn":
		_, _ = fmt.Fprint(w, `{"success": false}`)
	default:
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprint(w, `{"success": false}`)
	}
}

func tokens(t *testing.T, fresh time.Duration, now func() time.Time) (*Tokens, *registrar) {
	t.Helper()
	known := &registrar{}
	server := httptest.NewServer(known)
	t.Cleanup(server.Close)
	source, err := external.New[time.Time](external.Options{
		Name: "The Datatracker", URL: server.URL, Patience: time.Minute, Timeout: time.Minute, Fresh: fresh, Stale: fresh, Parallel: 2,
		Observe: func(string, time.Duration) {}, Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	return NewTokens(source, now), known
}

func TestTokens(t *testing.T) {
	tests := []struct {
		name, token string
		status      int32
		asked       int32
		kind        fault.Kind // 0: the token is good
	}{
		{"good", "good", 0, 1, 0},
		{"unknown", "guessed", 0, 1, fault.Forbidden},
		{"known and no longer good", "withdrawn", 0, 1, fault.Forbidden},
		{"none", "", 0, 0, fault.Forbidden},
		{"longer than any", strings.Repeat("x", 513), 0, 0, fault.Forbidden},
		{"the Datatracker is down", "good", 503, 1, fault.Unavailable},
		{"it has moved the address", "good", 404, 1, fault.Unavailable},
		{"it answers something else", "good", 200, 1, fault.Unavailable},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			tokens, known := tokens(t, time.Hour, nil)
			known.status.Store(test.status)
			for range 3 {
				err := tokens.Check(t.Context(), test.token)
				require.Equal(t, test.kind == 0, err == nil, "%v", err)
				require.Equal(t, test.kind, fault.Of(err), "%v", err)
			}
			require.Equal(t, test.asked, known.asked.Load(), "every answer is kept")
		})
	}
}

func TestTokensWhileTheDatatrackerIsAway(t *testing.T) {
	now := time.Now()
	tokens, known := tokens(t, time.Nanosecond, func() time.Time { return now })
	require.NoError(t, tokens.Check(t.Context(), "good"))
	known.status.Store(503)
	require.NoError(t, tokens.Check(t.Context(), "good"), "it was good before")
	now = now.Add(5 * time.Hour)
	require.NoError(t, tokens.Check(t.Context(), "good"))
	now = now.Add(time.Hour)
	require.True(t, fault.Is(tokens.Check(t.Context(), "good"), fault.Unavailable), "that was long ago")
}
