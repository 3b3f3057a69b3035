package front

import (
	"crypto/rand"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
)

// sound answers as the service does behind a proxy that does nothing wrong.
func sound(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("X-Request-Id", rand.Text())
	h.Set("Cache-Control", "no-cache")
	h.Set("ETag", `"tag"`)
	h.Set("Strict-Transport-Security", "max-age=1")
	if r.Header.Get("If-None-Match") == `"tag"` {
		w.WriteHeader(http.StatusNotModified)
	}
}

func TestLook(t *testing.T) {
	for _, c := range []struct {
		name  string
		spoil func(h http.Header)
		bad   []string
	}{
		{"as it should be", func(http.Header) {}, nil},
		{"answered by a cache", func(h http.Header) { h.Set("X-Request-Id", "same") }, []string{"Counting"}},
		{"answered by a cache that tells", func(h http.Header) { h.Set("Age", "17") }, []string{"Counting"}},
		{"no request id", func(h http.Header) { h.Del("X-Request-Id") }, []string{"Counting"}},
		{"rewritten caching", func(h http.Header) { h.Set("Cache-Control", "max-age=600") }, []string{"Cache-Control"}},
		{"no tag", func(h http.Header) { h.Del("ETag") }, []string{"Conditional requests"}},
		{"another tag", func(h http.Header) { h.Set("ETag", `"other"`) }, []string{"Conditional requests"}},
		{"scheme not forwarded", func(h http.Header) { h.Del("Strict-Transport-Security") }, []string{"Forwarded scheme"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				recorder := httptest.NewRecorder()
				sound(recorder, r)
				c.spoil(recorder.Header())
				for name, values := range recorder.Header() {
					w.Header()[name] = values
				}
				w.WriteHeader(recorder.Code)
			}))
			defer server.Close()
			var bad []string
			for _, finding := range Look(t.Context(), plainToo{server.Client().Transport}, server.URL) {
				if !finding.Good {
					bad = append(bad, finding.What)
				}
				if finding.Told == "" {
					t.Errorf("%s tells nothing", finding.What)
				}
			}
			if !slices.Equal(bad, c.bad) {
				t.Errorf("bad: %q, want %q", bad, c.bad)
			}
		})
	}
}

// plainToo answers plain HTTP with a redirect, as a proxy in front does.
type plainToo struct{ http.RoundTripper }

func (p plainToo) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.Scheme == "https" {
		return p.RoundTripper.RoundTrip(r)
	}
	recorder := httptest.NewRecorder()
	recorder.Header().Set("Location", "https://"+r.URL.Host+r.URL.Path)
	recorder.WriteHeader(http.StatusMovedPermanently)
	return recorder.Result(), nil
}

func TestNobodyThere(t *testing.T) {
	found := Look(t.Context(), http.DefaultTransport, "http://127.0.0.1:9")
	if len(found) != 1 || found[0].Good || !strings.Contains(found[0].Told, "cannot be reached") {
		t.Errorf("found %+v", found)
	}
}
