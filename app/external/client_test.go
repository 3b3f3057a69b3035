package external

import (
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
)

// library is a source that leads to a stand-in server.
func library(t *testing.T, address string) *Source[string] {
	t.Helper()
	source, err := New[string](Options{
		Name: "Library", URL: address, UserAgent: "BibXML/1 (mailto:us@example.org)", Patience: time.Minute, Timeout: time.Minute,
		Fresh: time.Hour, Stale: time.Hour, Parallel: 2, Observe: func(string, time.Duration) {}, Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	return source
}

// title looks up {"title": …} under a path.
func title(path string) Lookup[string] {
	return func(ctx context.Context, fetch *Fetch) (string, error) {
		var answer struct{ Title string }
		err := fetch.JSON(ctx, path, url.Values{"format": {"json"}}, &answer)
		return answer.Title, err
	}
}

func TestAnswersOfServices(t *testing.T) {
	elsewhere := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		t.Error("another host was asked")
		_, _ = fmt.Fprint(w, `{"title": "theirs"}`)
	}))
	defer elsewhere.Close()
	answers := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(status)
			_, _ = fmt.Fprint(w, body)
		}
	}
	for _, c := range []struct {
		name    string
		handler http.HandlerFunc
		want    string // of the title; empty: it fails
		kind    fault.Kind
	}{
		{"good", answers(200, `{"title": "About", "more": [1, {}]}`), "About", 0},
		{"not found", answers(404, `{"title": "no"}`), "", fault.NotFound},
		{"gone", answers(410, ""), "", fault.NotFound},
		{"ill-formed for the service", answers(400, ""), "", fault.NotFound},
		{"down", answers(503, `{"title": "no"}`), "", fault.Upstream},
		{"broken", answers(500, ""), "", fault.Upstream},
		{"too many requests", answers(429, ""), "", fault.Upstream},
		{"forbidden", answers(403, ""), "", fault.Upstream},
		{"not JSON", answers(200, "<html>maintenance</html>"), "", fault.Upstream},
		{"cut off", answers(200, `{"title": "Ab`), "", fault.Upstream},
		{"of another shape", answers(200, `[1]`), "", fault.Upstream},
		{"huge", answers(200, `{"title": "`+strings.Repeat("x", largest)+`"}`), "", fault.Upstream},
		{"closes the connection", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }, "", fault.Upstream},
		{"redirect to another host", http.RedirectHandler(elsewhere.URL, http.StatusFound).ServeHTTP, "", fault.Upstream},
		{"redirect for ever", http.RedirectHandler("/again", http.StatusFound).ServeHTTP, "", fault.Upstream},
		{"redirect within", func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/moved" {
				http.Redirect(w, r, "/moved", http.StatusMovedPermanently)
				return
			}
			_, _ = fmt.Fprint(w, `{"title": "Moved"}`)
		}, "Moved", 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(c.handler)
			defer server.Close()
			got, err := library(t, server.URL).Ask(t.Context(), "key", title("/works/1"))
			require.Equal(t, c.want, got)
			if c.want == "" {
				require.Equal(t, c.kind, fault.Of(err), "%v", err)
				require.Contains(t, fault.Message(err), "Library")
			}
		})
	}
}

func TestServiceThatHangs(t *testing.T) {
	ended := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { <-ended }))
	defer server.Close()
	defer close(ended)
	source := library(t, server.URL)
	source.options.Patience, source.options.Timeout = 20*time.Millisecond, 40*time.Millisecond
	_, err := source.Ask(t.Context(), "key", title("/"))
	require.True(t, fault.Is(err, fault.Upstream), "%v", err)
}

func TestNobodyListens(t *testing.T) {
	_, err := library(t, "http://127.0.0.1:9").Ask(t.Context(), "key", title("/"))
	require.True(t, fault.Is(err, fault.Upstream), "%v", err)
}

func TestRequests(t *testing.T) {
	for _, c := range []struct{ name, base, path, uri string }{
		{"plain", "", "/works/10.1145/2975159", "/works/10.1145/2975159?format=json"},
		{"escaped", "", "/works/10.1002/a%3Cb%3E%23%3F%25", "/works/10.1002/a%3Cb%3E%23%3F%25?format=json"},
		{"below a path", "/mirror/", "/works/1", "/mirror/works/1?format=json"},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.RequestURI != c.uri || r.UserAgent() != "BibXML/1 (mailto:us@example.org)" || r.Header.Get("Accept") != "application/json" {
					t.Errorf("request %s by %s", r.RequestURI, r.UserAgent())
				}
				_, _ = fmt.Fprint(w, `{"title": "About"}`)
			}))
			defer server.Close()
			_, err := library(t, server.URL+c.base).Ask(t.Context(), "key", title(c.path))
			require.NoError(t, err)
		})
	}
}
