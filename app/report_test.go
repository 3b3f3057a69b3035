package app

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ietf-tools/bibxml/app/config"
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
	reports, err := newReporter(cfg)
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

func TestWithoutDSNNothingIsReported(t *testing.T) {
	t.Parallel()
	reports, err := newReporter(&config.Config{})
	if err != nil {
		t.Fatal(err)
	}
	reports.failure(t.Context(), errors.New("quiet"), nil) // must not panic
	reports.close()
}
