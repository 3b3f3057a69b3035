package web

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/testutil"

	"github.com/ietf-tools/bibxml/app/metrics"
)

func sent(a *answer, headers map[string]string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, "/", nil)
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	recorder := httptest.NewRecorder()
	if err := a.send(echo.New().NewContext(request, recorder)); err != nil {
		panic(err)
	}
	return recorder
}

func TestConditionalRequests(t *testing.T) {
	a := newAnswer(typeXML, []byte("<reference/>"))
	weak, zipped := "W/"+a.etag, strings.TrimSuffix(a.etag, `"`)+`-gz"`
	tests := []struct {
		name, header string
		status       int
	}{
		{"none", "", 200},
		{"the same", a.etag, 304},
		{"the same, compressed", zipped, 304},
		{"weak", weak, 304},
		{"in a list", `"x", ` + a.etag, 304},
		{"any", "*", 304},
		{"another", `"x"`, 200},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := sent(a, map[string]string{"If-None-Match": test.header})
			if got.Code != test.status || (test.status == 304) != (got.Body.Len() == 0) {
				t.Errorf("status %d with %d bytes, want %d", got.Code, got.Body.Len(), test.status)
			}
			if got.Header().Get("ETag") != a.etag {
				t.Errorf("ETag = %s, want %s", got.Header().Get("ETag"), a.etag)
			}
		})
	}
}

func TestCompression(t *testing.T) {
	long := strings.Repeat("<t>words</t>", 1000)
	tests := []struct {
		name, body, accept string
		zipped             bool
	}{
		{"asked for", long, "gzip, br", true},
		{"not asked for", long, "", false},
		{"refused", long, "gzip;q=0", false},
		{"with a small weight", long, "br, gzip; q=0.1", true},
		{"too short to be worth it", "<t/>", "gzip", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := sent(newAnswer(typeXML, []byte(test.body)), map[string]string{"Accept-Encoding": test.accept})
			if zipped := got.Header().Get("Content-Encoding") == "gzip"; zipped != test.zipped {
				t.Fatalf("compressed = %v, want %v", zipped, test.zipped)
			}
			body := io.Reader(got.Body)
			if test.zipped {
				var err error
				if body, err = gzip.NewReader(body); err != nil {
					t.Fatal(err)
				}
			}
			if text, err := io.ReadAll(body); err != nil || string(text) != test.body {
				t.Errorf("body has %d bytes, %v; want %d", len(text), err, len(test.body))
			}
			if !strings.Contains(strings.Join(got.Header().Values("Vary"), ","), "Accept-Encoding") {
				t.Error("Vary does not name Accept-Encoding")
			}
		})
	}
}

func TestEveryRequestCountsButThoseOfTheResolver(t *testing.T) {
	a := newAnswer(typeXML, []byte("<reference/>"))
	counted := 0
	a.count = func() { counted++ }
	sent(a, nil)
	sent(a, map[string]string{"If-None-Match": a.etag})
	sent(a, map[string]string{"X-Requested-With": "xml2rfcResolver"})
	if counted != 2 {
		t.Errorf("counted %d, want 2", counted)
	}
}

type fakeGeneration struct {
	number int64
	known  bool
}

func (g *fakeGeneration) Generation() (int64, bool) { return g.number, g.known }

func (g *fakeGeneration) Confirm(context.Context) (int64, error) { return g.number, nil }

func (g *fakeGeneration) Published() time.Time { return time.Unix(1_700_000_000, 0) }

func (g *fakeGeneration) Last() (int64, time.Time) { return 0, time.Time{} }

func TestCachesAskEveryTime(t *testing.T) {
	counted := newAnswer(typeXML, []byte("<reference/>"))
	fixed := newAnswer("text/css", []byte("a{}"))
	fixed.caching = "public, max-age=31536000, immutable"
	for _, c := range []struct {
		name, header, want string
		answer             *answer
	}{
		{"browsers", "Cache-Control", "no-cache", counted},
		{"networks", "CDN-Cache-Control", "no-cache", counted},
		{"older networks", "Surrogate-Control", "max-age=0", counted},
		{"what never changes", "Cache-Control", "public, max-age=31536000, immutable", fixed},
		{"what never changes, in networks", "CDN-Cache-Control", "", fixed},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := sent(c.answer, nil).Header().Get(c.header); got != c.want {
				t.Errorf("%s: %q, want %q", c.header, got, c.want)
			}
		})
	}
}

func TestLastModified(t *testing.T) {
	at := time.Date(2024, 2, 29, 12, 0, 0, 0, time.UTC)
	a := newAnswer(typeXML, []byte("<reference/>"))
	a.modified = at.Add(300 * time.Millisecond)
	stamp := at.Format(http.TimeFormat)
	for _, c := range []struct {
		name    string
		headers map[string]string
		status  int
	}{
		{"nothing known", nil, 200},
		{"since then", map[string]string{"If-Modified-Since": stamp}, 304},
		{"since later", map[string]string{"If-Modified-Since": at.Add(time.Hour).Format(http.TimeFormat)}, 304},
		{"since earlier", map[string]string{"If-Modified-Since": at.Add(-time.Second).Format(http.TimeFormat)}, 200},
		{"no time", map[string]string{"If-Modified-Since": "yesterday"}, 200},
		{"another tag goes before", map[string]string{"If-Modified-Since": stamp, "If-None-Match": `"other"`}, 200},
		{"the tag goes before", map[string]string{"If-Modified-Since": "yesterday", "If-None-Match": a.etag}, 304},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := sent(a, c.headers)
			if got.Code != c.status || got.Header().Get("Last-Modified") != stamp {
				t.Errorf("status %d, Last-Modified %q, want %d and %q", got.Code, got.Header().Get("Last-Modified"), c.status, stamp)
			}
		})
	}
	a.modified = time.Now()
	if got := sent(a, nil).Header().Get("Last-Modified"); got != "" {
		t.Errorf("Last-Modified %q within the same second", got)
	}
}

func TestAnswersLiveAsLongAsTheIndexState(t *testing.T) {
	generation := &fakeGeneration{number: 1, known: true}
	registry := prometheus.NewRegistry()
	cache := newAnswers(1<<20, time.Minute, generation, metrics.NewHits(registry).Cache)
	made := 0
	ask := func() {
		t.Helper()
		_, err := cache.get(t.Context(), "key", func(context.Context) (*answer, error) {
			made++
			return newAnswer(typeXML, nil), nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	steps := []struct {
		name string
		then fakeGeneration
		want int // answers made so far
	}{
		{"first", fakeGeneration{1, true}, 1},
		{"again", fakeGeneration{1, true}, 1},
		{"new state", fakeGeneration{2, true}, 2},
		{"again in the new state", fakeGeneration{2, true}, 2},
		{"state unknown", fakeGeneration{2, false}, 3},
		{"known again", fakeGeneration{2, true}, 3},
	}
	for _, step := range steps {
		*generation = step.then
		ask()
		if made != step.want {
			t.Errorf("%s: made %d answers, want %d", step.name, made, step.want)
		}
	}
	want := `
# HELP bibxml_answer_cache_requests_total Answers asked of the cache: hit, miss, and while the state of the index is unknown bypass, or stale for a hit that the database could not confirm.
# TYPE bibxml_answer_cache_requests_total counter
bibxml_answer_cache_requests_total{result="bypass"} 1
bibxml_answer_cache_requests_total{result="hit"} 3
bibxml_answer_cache_requests_total{result="miss"} 2
bibxml_answer_cache_requests_total{result="stale"} 0
# HELP bibxml_answer_cache_entries Answers in the cache.
# TYPE bibxml_answer_cache_entries gauge
bibxml_answer_cache_entries 1
`
	if err := testutil.GatherAndCompare(registry, strings.NewReader(want), "bibxml_answer_cache_requests_total", "bibxml_answer_cache_entries"); err != nil {
		t.Error(err)
	}
}

func TestFailuresAreNotKept(t *testing.T) {
	cache := newAnswers(1<<20, time.Minute, &fakeGeneration{number: 1, known: true}, metrics.NewHits(prometheus.NewRegistry()).Cache)
	fails := func(context.Context) (*answer, error) { return nil, errors.New("database away") }
	works := func(context.Context) (*answer, error) { return newAnswer(typeXML, nil), nil }
	if _, err := cache.get(t.Context(), "key", fails); err == nil {
		t.Fatal("the failure is lost")
	}
	if _, err := cache.get(t.Context(), "key", works); err != nil {
		t.Errorf("the failure is kept: %v", err)
	}
}
