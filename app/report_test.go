package app

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/secret"
)

func TestUnexpectedFailuresReachSentry(t *testing.T) {
	t.Parallel()
	received := make(chan string, 1)
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		received <- string(body)
	}))
	defer server.Close()
	cfg, err := config.Load(func(name string) string {
		return map[string]string{"SENTRY_DSN": strings.Replace(server.URL, "://", "://key@", 1) + "/7", "SNAPSHOT": "1.2.3"}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	reports, err := newReporter(cfg, secret.New(cfg.SecretValues()...))
	if err != nil {
		t.Fatal(err)
	}
	reports.failure(t.Context(), errors.New("look up RFC 9000: out of ideas"), map[string]string{"request_id": "abc", "route": "/about"})
	reports.close()
	sent := <-received
	for _, part := range []string{"out of ideas", `"request_id":"abc"`, `"route":"/about"`, "1.2.3"} {
		if !strings.Contains(sent, part) {
			t.Errorf("the report lacks %q", part)
		}
	}
}

// ingest stands in for Sentry and gives what was sent while use ran.
func ingest(t *testing.T, env map[string]string, use func(*reporter)) string {
	t.Helper()
	var mu sync.Mutex
	var all strings.Builder
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		mu.Lock()
		defer mu.Unlock()
		all.Write(body)
	}))
	defer server.Close()
	cfg, err := config.Load(func(name string) string {
		if name == "SENTRY_DSN" {
			return strings.Replace(server.URL, "://", "://key@", 1) + "/7"
		}
		return env[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	reports, err := newReporter(cfg, secret.New(cfg.SecretValues()...))
	if err != nil {
		t.Fatal(err)
	}
	use(reports)
	reports.close()
	mu.Lock()
	defer mu.Unlock()
	return all.String()
}

func TestSecretsAndAddressesStayHere(t *testing.T) {
	t.Parallel()
	sent := ingest(t, map[string]string{"API_SECRET": "hunter2-hunter2", "DATABASE_URL": "postgres://u:dbpass99@db/bib", "EXTRA_API_SECRETS": "other-secret"}, func(r *reporter) {
		r.failure(t.Context(), errors.New("no answer from 192.0.2.17 or 2001:db8::17 for hunter2-hunter2 with dbpass99 and other-secret at RFC 9000"),
			map[string]string{"route": "/about", "oddity": "192.0.2.18"})
	})
	for _, part := range []string{"192.0.2.17", "192.0.2.18", "2001:db8", "hunter2", "dbpass99", "other-secret"} {
		if strings.Contains(sent, part) {
			t.Errorf("the report tells %q", part)
		}
	}
	if !strings.Contains(sent, "no answer from [address] or [address] for [secret] with [secret] and [secret] at RFC 9000") {
		t.Errorf("the report lacks its message: %s", sent)
	}
}

// Nor do secrets that are written in another way, or that only an address shows to be secrets.
func TestSecretsInAnyFormStayHere(t *testing.T) {
	t.Parallel()
	sent := ingest(t, map[string]string{"DATABASE_URL": "postgres://u:p%40ss%2Fword@db/bib"}, func(r *reporter) {
		r.failure(t.Context(), errors.New("no p@ss/word, no p%40ss%2Fword, no postgres://x:unknown99@elsewhere/y"), nil)
	})
	if !strings.Contains(sent, "no [secret], no [secret], no postgres://x:[secret]@elsewhere/y") {
		t.Errorf("the report: %s", sent)
	}
}

func TestTraces(t *testing.T) {
	t.Parallel()
	sent := ingest(t, map[string]string{"SENTRY_TRACES_SAMPLE_RATE": "1"}, func(r *reporter) {
		_, end := r.trace(t.Context(), "http.server", "GET /public/rfc/*")
		end(http.StatusOK, map[string]string{"request_id": "abc"})
	})
	for _, part := range []string{`"transaction":"GET /public/rfc/*"`, `"op":"http.server"`, `"request_id":"abc"`} {
		if !strings.Contains(sent, part) {
			t.Errorf("the trace lacks %s: %s", part, sent)
		}
	}
	if sent := ingest(t, map[string]string{"SENTRY_TRACES_SAMPLE_RATE": "0"}, func(r *reporter) {
		_, end := r.trace(t.Context(), "http.server", "GET /")
		end(http.StatusOK, nil)
	}); sent != "" {
		t.Errorf("sent without being asked for: %s", sent)
	}
}

func TestWithoutDSNNothingIsReported(t *testing.T) {
	t.Parallel()
	reports, err := newReporter(&config.Config{}, secret.New())
	if err != nil {
		t.Fatal(err)
	}
	reports.failure(t.Context(), errors.New("quiet"), nil) // must not panic
	reports.close()
}
