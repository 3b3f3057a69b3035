package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/ietf-tools/bibxml/app/config"
)

// standIn is an external source: it gives an answer for each path, 404 for any other, and hangs when it has
// none at all. It ends with the test.
func standIn(t testing.TB, answers map[string]string) string {
	t.Helper()
	ended := make(chan struct{})
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if answers == nil {
			<-ended
			return
		}
		body, ok := answers[r.URL.Path]
		switch {
		case !ok:
			http.NotFound(w, r)
		case body == "":
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			_, _ = fmt.Fprint(w, body)
		}
	}))
	t.Cleanup(server.Close)
	t.Cleanup(func() { close(ended) })
	return server.URL
}

const (
	unversioned = "/public/rfc/bibxml3/reference.I-D.ietf-quic-transport.xml"
	jupiter     = `{"message": {"DOI": "10.1145/2975159", "title": ["Jupiter rising"], "author": [{"given": "Arjun", "family": "Singh"}],
		"publisher": "ACM", "container-title": ["Communications of the ACM"], "volume": "59"}}`
	newDraft = `{"name": "draft-ietf-quic-transport", "rev": "%s", "title": "QUIC, newer", "submissions": []}`
)

// The Datatracker hangs: what is indexed is answered all the same.
func TestDraftsAnswerWhileTheDatatrackerHangs(t *testing.T) {
	t.Parallel()
	s := start(t, map[string]string{"DATATRACKER_URL": standIn(t, nil), "DATATRACKER_TIMEOUT": "50ms"})
	s.index(t, "ids")
	for range 3 {
		got := s.get(t, unversioned)
		if got.status != 200 || !strings.Contains(got.body, "draft-ietf-quic-transport-34") {
			t.Fatalf("status %d: %.300s", got.status, got.body)
		}
	}
	if got := s.get(t, "/get-one/by-docid/?docid=draft-ietf-quic-transport-34"); got.status != 200 {
		t.Errorf("page: status %d", got.status)
	}
	for _, path := range []string{
		"/public/rfc/bibxml3/reference.I-D.no-such.xml", "/public/rfc/bibxml3/reference.I-D.draft-ietf-quic-transport-99.xml",
		"/draft-no-such/", "/api/v1/by-docid/?docid=draft-no-such-00&doctype=Internet-Draft",
	} {
		if got := s.get(t, path); got.status != 502 || got.header.Get("Retry-After") == "" {
			t.Errorf("%s: status %d, Retry-After %q", path, got.status, got.header.Get("Retry-After"))
		}
	}
}

func TestNewerDraftsComeFromTheDatatracker(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, rev, want string }{
		{"newer", "35", "https://datatracker.ietf.org/doc/html/draft-ietf-quic-transport-35"},
		{"older", "33", "https://datatracker.ietf.org/doc/html/draft-ietf-quic-transport-34"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			const document = "/api/v1/doc/document/draft-ietf-quic-transport/"
			s := start(t, map[string]string{"DATATRACKER_URL": standIn(t, map[string]string{document: fmt.Sprintf(newDraft, c.rev)})})
			s.index(t, "ids")
			got := s.get(t, unversioned)
			if got.status != 200 || !strings.Contains(got.body, `anchor="I-D.ietf-quic-transport" target="`+c.want+`"`) {
				t.Errorf("status %d: %.300s", got.status, got.body)
			}
		})
	}
}

func TestWorksComeFromCrossref(t *testing.T) {
	t.Parallel()
	s := start(t, map[string]string{"CROSSREF_URL": standIn(t, map[string]string{"/works/10.1145/2975159": jupiter, "/works/10.1145/503": ""})})
	s.index(t, "rfcs")
	for _, c := range []struct {
		path   string
		status int
		holds  string
	}{
		{"/public/rfc/bibxml7/reference.DOI.10.1145/2975159.xml", 200, `<reference anchor="DOI_10.1145_2975159" target="https://doi.org/10.1145/2975159">`},
		{"/public/rfc/bibxml-doi/reference.DOI.10.1145/2975159.xml?anchor=JUPITER", 200, `anchor="JUPITER"`},
		{"/public/rfc/bibxml7/reference.DOI.10.17487/RFC9000.xml", 200, `value="9000"`}, // the index has it
		{"/public/rfc/bibxml7/reference.DOI.10.1145/404.xml", 404, `Error resolving`},
		{"/public/rfc/bibxml7/reference.DOI.10.1145/503.xml", 502, `Crossref does not answer`},
		{"/api/v1/by-docid/?docid=10.1145/2975159&doctype=DOI", 200, `"sources":{"crossref-api":{`},
		{"/api/v1/by-docid/?docid=10.1145/2975159&doctype=DOI&format=bibxml", 200, `<title>Jupiter rising</title>`},
		{"/api/v1/by-docid/?docid=10.1145/2975159&doctype=DOI&format=nope", 400, `not supported`},
		{"/api/v1/by-docid/?docid=10.1145/2975159&doctype=DOI&check_external_sources=never", 404, `Unable to find`},
		{"/api/v1/by-docid/?docid=10.1145/2975159", 404, `Unable to find`},
		{"/api/v1/by-docid/?docid=10.1145/404&doctype=DOI", 404, `matching document ID 10.1145/404`},
		{"/api/v1/by-docid/?docid=10.1145/503&doctype=DOI", 502, `Crossref does not answer`},
		{"/api/v1/ref/doi/10.1145/2975159/", 200, `"content":"Jupiter rising"`},
		{"/api/v1/ref/doi/10.1145%2F2975159/?format=bibxml&anchor=X", 200, `anchor="X"`},
		{"/api/v1/ref/doi/10.1145/2975159/?format=nope", 400, `not supported`},
		{"/api/v1/ref/doi/10.1145/2975159", 301, ``},
		{"/api/v1/ref/doi/10.1145/404/", 404, `Unable to find DOI ref 10.1145/404`},
		{"/api/v1/ref/doi/10.1145/503/", 502, `Crossref does not answer`},
		{"/get-one/external/doi/?ref=10.1145/2975159", 200, `Jupiter rising`},
		{"/get-one/external/doi/?ref=https://doi.org/10.1145/2975159", 200, `/external-sources/doi/10.1145/2975159/`},
		{"/get-one/external/doi/", 302, ``},
		{"/get-one/external/nope/?ref=x", 404, `no external source`},
		{"/external-sources/doi/10.1145/2975159/", 200, `/public/rfc/bibxml7/reference.DOI.10.1145/2975159.xml`},
		{"/external-sources/doi/10.1145/2975159", 301, ``},
		{"/external-sources/doi/10.1145/404/", 404, ``},
		{"/external-sources/doi/10.1145/503/", 502, `Crossref does not answer`},
		{"/get-one/by-docid/?docid=10.1145/2975159&doctype=DOI", 200, `Jupiter rising`},
		{"/get-one/by-docid/?docid=10.1145/503&doctype=DOI", 502, `Crossref does not answer`},
		{"/get-one/export/?docid=10.1145/2975159&doctype=DOI&format=bibxml", 200, `<reference anchor="DOI_10.1145_2975159"`},
	} {
		got := s.get(t, c.path)
		if got.status != c.status || !strings.Contains(got.body, c.holds) {
			t.Errorf("%s: status %d, want %d with %s: %.300s", c.path, got.status, c.status, c.holds, got.body)
		}
		if got.status == http.StatusBadGateway && got.header.Get("Retry-After") == "" {
			t.Errorf("%s: does not tell when to come back", c.path)
		}
	}
	metrics := s.ask(t, "/metrics/", "a secret for tests").body
	for _, line := range []string{
		`bibxml_external_requests_total{outcome="success",source="crossref"} 1`,
		`bibxml_external_requests_total{outcome="not_found",source="crossref"} 1`,
		`bibxml_external_requests_total{outcome="failure",source="crossref"} 1`,
	} {
		if !strings.Contains(metrics, line) {
			t.Errorf("metrics lack %s", line)
		}
	}
}

func TestWhoAsks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name string
		env  map[string]string
		want string
	}{
		{"here", nil, "BibXML-service/7 (https://localhost; https://github.com/ietf-tools/bibxml)"},
		{"with a contact", map[string]string{"SERVICE_NAME": "Réf (x)\r\n", "CONTACT_EMAIL": "help@bib.example"}, "R-f--x-/7 (https://localhost; mailto:help@bib.example)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			cfg, err := config.Load(func(name string) string { return c.env[name] })
			if err != nil {
				t.Fatal(err)
			}
			cfg.Snapshot = "7"
			if got := (&App{cfg: cfg}).userAgent(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
