package app

import (
	"bufio"
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/db/dbtest"
	"github.com/ietf-tools/bibxml/e2e/sources"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// patience is how long a test waits for something that should happen at once.
const patience = time.Minute

// service is the real program on the sample sources, behind a line to its database that can be cut.
type service struct {
	*App
	base    string
	line    *line
	sources map[string]string
}

func start(t testing.TB, env map[string]string) *service {
	t.Helper()
	repositories, err := sources.Materialise(t.Context(), t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	s := &service{sources: repositories}
	database, err := url.Parse(dbtest.URL(t))
	if err != nil {
		t.Fatal(err)
	}
	s.line = connect(t, database.Host)
	database.Host = s.line.address
	all := map[string]string{
		"DATABASE_URL": database.String(), "BIBXML_DATA": t.TempDir(), "PORT": "0", "METRICS_PORT": "0",
		"API_SECRET": "a secret for tests", "DATATRACKER_URL": standIn(t, map[string]string{}), "CROSSREF_URL": "http://127.0.0.1:9",
	}
	for dataset, repository := range repositories {
		all["SOURCE_URL_"+strings.ToUpper(dataset)] = repository
	}
	for name, value := range env {
		all[name] = value
	}
	cfg, err := config.Load(func(name string) string { return all[name] })
	if err != nil {
		t.Fatal(err)
	}
	if s.App, err = New(t.Context(), cfg); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	s.serve(t)
	return s
}

// serve runs the web role for as long as the test, and learns from the log where it listens.
func (s *service) serve(t testing.TB) {
	t.Helper()
	reader, writer := io.Pipe()
	s.log = slog.New(slog.NewTextHandler(writer, nil))
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("serve: %v", err)
		}
		_ = writer.Close()
	})
	lines := bufio.NewScanner(reader)
	address := regexp.MustCompile(`msg=serving url=(\S+)`)
	for lines.Scan() {
		if found := address.FindStringSubmatch(lines.Text()); found != nil {
			s.base = found[1]
			go func() { _, _ = io.Copy(io.Discard, reader) }()
			return
		}
	}
	t.Fatal("the service did not tell its address")
}

func (s *service) index(t testing.TB, datasets ...string) {
	t.Helper()
	for _, dataset := range datasets {
		if _, err := s.Index(t.Context(), dataset, nil, false, func(string, int, int) {}); err != nil {
			t.Fatal(err)
		}
	}
}

// reply is an answer that has been read.
type reply struct {
	status int
	header http.Header
	body   string
}

func (s *service) get(t *testing.T, path string) reply {
	t.Helper()
	return s.ask(t, path, "")
}

// ask asks for a path, as the management's user when there is a password.
func (s *service) ask(t *testing.T, path, password string) reply {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	if password != "" {
		request.SetBasicAuth("ietf", password)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header, string(body)}
}

// conditionally asks for a path that somebody has in a state, and gives the status.
func (s *service) conditionally(t *testing.T, path, etag string) int {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.base+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("If-None-Match", etag)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	return response.StatusCode
}

// eventually asks for a path until the answer is as wanted.
func (s *service) eventually(t *testing.T, path string, wanted func(reply) bool) {
	t.Helper()
	until := time.Now().Add(patience)
	for {
		got := s.get(t, path)
		if wanted(got) {
			return
		}
		if time.Now().After(until) {
			t.Fatalf("GET %s: status %d after %v: %.300s", path, got.status, patience, got.body)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

func status(code int) func(reply) bool {
	return func(r reply) bool { return r.status == code }
}

func TestServiceAnswersFromItsSources(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, source := range s.cfg.Sources() {
		s.index(t, source.Dataset)
	}
	tests := []struct {
		path   string
		status int
		holds  string
	}{
		{"/public/rfc/bibxml/reference.RFC.9000.xml", 200, `anchor="RFC9000"`},
		{"/public/rfc/bibxml/_reference.RFC.9000.xml", 200, `anchor="RFC9000"`},
		{"/public/rfc/bibxml-rfcs/reference.RFC.9000.xml?anchor=QUIC", 200, `anchor="QUIC"`},
		{"/public/rfc/bibxml/reference.RFC.9000.xml?anchor=%22%3E%3Cevil/%3E", 200, `anchor="evil"`},
		{"/public/rfc/bibxml9/reference.BCP.0014.xml", 200, `<referencegroup anchor="BCP14"`},
		{"/public/rfc/bibxml3/reference.I-D.ietf-quic-transport.xml", 200, `draft-ietf-quic-transport-34`},
		{"/public/rfc/bibxml2/reference.ANSI.T1-102.1987.xml", 200, `<reference`},
		{"/public/rfc/bibxml7/reference.DOI.10.17487/RFC9000.xml", 200, `anchor="DOI_10.17487_RFC9000"`},
		{"/public/rfc/bibxml/reference.RFC.99999.xml", 404, `Error resolving bibliographic item`},
		{"/public/rfc/nothing/reference.RFC.9000.xml", 404, `error`},
		{"/api/v1/by-docid/?docid=RFC+9000", 200, `"primary_docid":`},
		{"/api/v1/by-docid/?docid=rfc+9000&format=bibxml", 200, `<reference`},
		{"/api/v1/by-docid/?docid=RFC.9000", 200, `"primary_docid":`},
		{"/api/v1/by-docid/?docid=rfc+9000&doctype=ietf", 200, `"primary_docid":`},
		{"/api/v1/by-docid/", 400, `Missing document ID`},
		{"/api/v1/by-docid/?docid=RFC+9000&format=nope", 400, `Requested format is not supported`},
		{"/api/v1/by-docid/?docid=NOPE+1", 404, `NOPE 1`},
		{"/api/v1/ref/rfcs/RFC9000/", 200, `"RFC 9000"`},
		{"/api/v1/ref/rfcs/RFC9000/?format=bibxml&anchor=QUIC", 200, `anchor="QUIC"`},
		{"/api/v1/ref/rfcs/RFC9000/?format=bibxml&anchor=OLD&anchor=QUIC", 200, `anchor="QUIC"`},
		{"/api/v1/ref/rfcs/NOPE/", 404, `NOPE`},
		{"/api/v1/search/rfc%209000/", 200, `"total_records": 1`},
		{"/api/v1/search/quic/?query_format=websearch", 200, `"RFC 9000"`},
		{"/api/v1/search/%7B/?query_format=json_struct", 400, `not JSON`},
		{"/api/v1/search/%24.a%20%3D%3D%20/?query_format=json_path", 200, `"total_records": 0`},
		{"/api/v1/management/rfcs/status/", 200, `"status":"done"`},
		{"/", 200, `<h1`},
		{"/search/?query=quic", 200, `RFC 9000`},
		{"/search/?query=%7B&query_format=json_struct", 200, `not JSON`},
		{"/get-one/by-docid/?docid=RFC+9000", 200, `xi:include`},
		{"/get-one/by-docid/?docid=NOPE+1", 302, ``},
		{"/get-bibliographic-item/?query=RFC+9000", 200, `xi:include`},
		{"/indexed-sources/relaton-data-rfcs/", 200, `RFC9000`},
		{"/indexed-sources/relaton-data-rfcs/RFC9000/", 200, `docid`},
		{"/indexed-sources/relaton-data-nope/", 404, `nope`},
		{"/metrics/", 401, ``},
		{"/healthz/", 200, `ok`},
		{"/openapi.yaml", 200, `openapi: 3`},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			got := s.get(t, test.path)
			if got.status != test.status || !strings.Contains(got.body, test.holds) {
				t.Errorf("status %d, want %d with %q: %.500s", got.status, test.status, test.holds, got.body)
			}
		})
	}
}

func TestPagesOfferThePathsThatLeadToThem(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "ids")
	newest := "/public/rfc/bibxml3/reference.I-D.ietf-quic-transport.xml"
	for id, offered := range map[string]bool{
		"draft-ietf-quic-transport-34": true, "draft-ietf-quic-transport-32": false, "draft-ietf-quic-transport": true,
	} {
		page := s.get(t, "/get-one/by-docid/?docid="+id).body
		if own := "/public/rfc/bibxml3/reference.I-D." + id + ".xml"; id != "draft-ietf-quic-transport" && !strings.Contains(page, own) {
			t.Errorf("the page of %s lacks its path %s", id, own)
		}
		if strings.Contains(page, newest) != offered {
			t.Errorf("the page of %s offers the path of the newest version: %v, want %v", id, !offered, offered)
		}
	}
}

func TestPathsTellWhatWasTried(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs")
	for path, outcomes := range map[string]string{
		"/public/rfc/bibxml/reference.RFC.9000.xml":  "RFC 9000,;",
		"/public/rfc/bibxml/reference.RFC.99999.xml": "not found;",
	} {
		header := s.get(t, path).header
		if got := header.Get("X-Resolution-Outcomes"); !strings.Contains(got, outcomes) || header.Get("X-Resolution-Methods") != "manual;auto;fallback" {
			t.Errorf("%s: outcomes %q, want %q among them", path, got, outcomes)
		}
	}
}

func TestHitsAreCounted(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs")
	for range 2 {
		s.get(t, "/public/rfc/bibxml/_reference.RFC.9000.xml")
	}
	s.get(t, "/public/rfc/bibxml/reference.RFC.99999.xml")
	s.get(t, "/api/v1/by-docid/?docid=RFC+9000&format=bibxml")
	s.get(t, "/api/v1/search/quic/?query_format=websearch")
	s.get(t, "/get-one/by-docid/?docid=RFC+9000")
	s.get(t, "/get-one/by-docid/?docid=NOPE+1")
	s.get(t, "/search/?query=nothingofthekind")
	s.get(t, "/search/?query=quic&query_format=docid_regex")
	s.get(t, "/search/suggestions/?query=quic")
	s.get(t, "/search/check/?query=quic&query_format=websearch")
	s.get(t, "/")
	exported := s.ask(t, "/metrics/", s.cfg.APISecret).body
	for _, line := range []string{
		`bibxml_service_xml2rfc_api_bibitem_hits_total{outcome="success",path="bibxml/reference.RFC.9000.xml"} 2`,
		`bibxml_service_xml2rfc_api_bibitem_hits_total{outcome="not_found",path="bibxml/reference.RFC.99999.xml"} 1`,
		`bibxml_service_api_bibitem_hits_total{document_id="RFC 9000",format="bibxml",outcome="success"} 1`,
		`bibxml_service_api_search_hits_total{got_results="yes",query_format="websearch"} 1`,
		`bibxml_service_gui_bibitem_hits_total{document_id="RFC 9000",outcome="success"} 1`,
		`bibxml_service_gui_bibitem_hits_total{document_id="NOPE 1",outcome="fallback_to_search"} 1`,
		`bibxml_service_gui_search_hits_total{got_results="no",query_format="words"} 1`,
		`bibxml_service_gui_search_hits_total{got_results="no",query_format="docid_regex"} 1`,
		`bibxml_service_gui_home_page_hits_total 1`,
	} {
		if !strings.Contains(exported, line+"\n") {
			t.Errorf("the metrics lack %s", line)
		}
	}
}

func TestScheduleIndexesEverySource(t *testing.T) {
	t.Parallel()
	s := start(t, map[string]string{"AUTO_REINDEX_INTERVAL": "1"})
	working, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- s.Work(working) }()
	s.eventually(t, "/public/rfc/bibxml/reference.RFC.9000.xml", status(http.StatusOK))
	s.eventually(t, "/public/rfc/bibxml2/reference.ANSI.T1-102.1987.xml", status(http.StatusOK))
	stop()
	if err := <-ended; err != nil {
		t.Errorf("work: %v", err)
	}
}

func TestGitHubTellsOfAPush(t *testing.T) {
	t.Parallel()
	s := start(t, map[string]string{"GITHUB_WEBHOOK_SECRETS": "shared"})
	body := `{"ref": "refs/heads/main", "repository": {"clone_url": "` + s.sources["rfcs"] + `"}}`
	mac := hmac.New(sha256.New, []byte("shared"))
	mac.Write([]byte(body))
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, s.base+"/api/v1/hooks/github", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("X-GitHub-Event", "push")
	request.Header.Set("X-Hub-Signature-256", "sha256="+hex.EncodeToString(mac.Sum(nil)))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
	if response.StatusCode != http.StatusAccepted {
		t.Fatalf("status %d", response.StatusCode)
	}
	s.eventually(t, "/api/v1/management/rfcs/status/", func(r reply) bool { return strings.Contains(r.body, `"dataset_id":"rfcs"`) })
}

func TestDatabaseAway(t *testing.T) {
	t.Parallel()
	known := []string{"/public/rfc/bibxml/reference.RFC.9000.xml", "/api/v1/by-docid/?docid=RFC+9000", "/get-one/by-docid/?docid=RFC+9000", "/"}
	unknown := []string{"/public/rfc/bibxml/reference.RFC.9293.xml", "/healthz/"}
	refused := func(r reply) bool {
		return r.status == http.StatusServiceUnavailable && r.header.Get("Retry-After") != "" && r.header.Get("Cache-Status") == ""
	}
	stale := func(r reply) bool {
		return r.status == http.StatusOK && r.header.Get("Age") != "" && strings.HasPrefix(r.header.Get("Cache-Status"), "BibXML; hit; ttl=-")
	}
	current := func(r reply) bool { return r.status == http.StatusOK && r.header.Get("Cache-Status") == "" }
	for _, tt := range []struct {
		name, staleIfError string
		known              func(reply) bool
	}{
		{"answers in memory are sent", "", stale},
		{"unless configured otherwise", "0", refused},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			s := start(t, map[string]string{"STALE_IF_ERROR": tt.staleIfError})
			s.index(t, "rfcs")
			for _, path := range known {
				s.eventually(t, path, current)
			}
			s.line.cut()
			for _, path := range known {
				s.eventually(t, path, tt.known)
			}
			for _, path := range unknown {
				s.eventually(t, path, refused)
			}
			about := s.get(t, "/about")
			require.Contains(t, about.body, "The state of the index is unknown")
			require.NotContains(t, about.body, "The index is empty")
			s.line.mend(t)
			for _, path := range slices.Concat(known, unknown) {
				s.eventually(t, path, current)
			}
		})
	}
}

func TestNewStateReplacesKeptAnswers(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs")
	const path = "/public/rfc/bibxml/reference.RFC.9000.xml"
	s.eventually(t, path, status(http.StatusOK))
	rename(t, s.sources["rfcs"], "data/RFC9000.yaml", "QUIC: A UDP-Based", "QUICK: A UDP-Based")
	s.index(t, "rfcs")
	s.eventually(t, path, func(r reply) bool { return strings.Contains(r.body, "QUICK: A UDP-Based") })
}

func TestIndexingLeavesRoomOnceThereIsSomethingToVisit(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs")
	if s.roomy.Load() {
		t.Error("a database is filled with half of the processors")
	}
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		filled, err := s.db.Filled(t.Context())
		if err != nil || time.Now().After(end) {
			t.Fatalf("the database is not filled: %v", err)
		}
		if filled {
			break
		}
	}
	s.index(t, "rfcs")
	if !s.roomy.Load() {
		t.Error("no processor is left to visitors")
	}
}

// The sources of a first indexing may be slow: until the last of them there is nothing to visit.
func TestSlowSourcesFillTheDatabaseToo(t *testing.T) {
	t.Parallel()
	slow, err := net.Listen("tcp", "127.0.0.1:0") // and does not answer
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = slow.Close() }()
	s := start(t, map[string]string{"SOURCE_URL_IDS": "http://" + slow.Addr().String() + "/ids.git"})
	ids := make(map[string]string)
	for _, dataset := range []string{"rfcs", "ids", "misc"} {
		if ids[dataset], err = s.queue.Enqueue(t.Context(), indexing.Request{Dataset: dataset}); err != nil {
			t.Fatal(err)
		}
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		s.worker().Run(ctx)
	}()
	defer func() {
		stop()
		<-ended
	}()
	s.becomes(t, ids["rfcs"], "done")
	time.Sleep(3 * time.Second) // the upkeep would begin after one
	if filled, err := s.db.Filled(t.Context()); err != nil || filled {
		t.Errorf("filled = %v, %v, while a source is waited for", filled, err)
	}
	s.becomes(t, ids["ids"], "running")
	if err := slow.Close(); err != nil {
		t.Fatal(err)
	}
	s.becomes(t, ids["misc"], "done")
	if s.roomy.Load() {
		t.Error("a database is filled with half of the processors")
	}
}

// becomes waits until a task has a status.
func (s *service) becomes(t *testing.T, id, status string) {
	t.Helper()
	for end := time.Now().Add(patience); ; time.Sleep(10 * time.Millisecond) {
		task, err := s.queue.Task(t.Context(), id)
		if err != nil || time.Now().After(end) {
			t.Fatalf("task of %s is %s, not %s: %v", task.Dataset, task.Status, status, err)
		}
		if task.Status == status {
			return
		}
	}
}

func TestBrokenSourceLeavesTheIndex(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	s.index(t, "rfcs")
	if err := os.RemoveAll(s.sources["rfcs"]); err != nil {
		t.Fatal(err)
	}
	_, err := s.Index(t.Context(), "rfcs", nil, true, func(string, int, int) {})
	if err == nil || !strings.Contains(err.Error(), "rfcs") {
		t.Errorf("error = %v, want one that names the source", err)
	}
	s.eventually(t, "/public/rfc/bibxml/reference.RFC.9000.xml", status(http.StatusOK))
	s.eventually(t, "/api/v1/management/rfcs/status/", func(r reply) bool {
		return strings.Contains(r.body, `"status":"failed"`) && strings.Contains(r.body, `"message":`)
	})
}

// rename commits a change of a file to a bare repository.
func rename(t *testing.T, repository, file, from, to string) {
	t.Helper()
	work := t.TempDir()
	git := func(args ...string) {
		t.Helper()
		cmd := exec.CommandContext(t.Context(), "git", append([]string{"-C", work, "-c", "user.name=Test", "-c", "user.email=test@example.org"}, args...)...)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Fatalf("git %v: %v\n%s", args, err, out)
		}
	}
	git("clone", "-q", "-b", "main", repository, ".")
	content, err := os.ReadFile(work + "/" + file)
	if err != nil {
		t.Fatal(err)
	}
	changed := strings.ReplaceAll(string(content), from, to)
	if changed == string(content) {
		t.Fatalf("%s does not hold %q", file, from)
	}
	if err := os.WriteFile(work+"/"+file, []byte(changed), 0o600); err != nil {
		t.Fatal(err)
	}
	git("commit", "-qam", "change a title")
	git("push", "-q", "origin", "main")
}

// line forwards connections to a server, and can be cut and mended.
type line struct {
	address string
	target  string
	mu      sync.Mutex
	server  net.Listener
	open    []net.Conn
}

func connect(t testing.TB, target string) *line {
	t.Helper()
	l := &line{address: "127.0.0.1:0", target: target}
	l.mend(t)
	t.Cleanup(l.cut)
	return l
}

func (l *line) mend(t testing.TB) {
	t.Helper()
	server, err := net.Listen("tcp", l.address)
	if err != nil {
		t.Fatal(err)
	}
	l.mu.Lock()
	l.server, l.address = server, server.Addr().String()
	l.mu.Unlock()
	go func() {
		for {
			near, err := server.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			far, err := net.Dial("tcp", l.target)
			if err != nil {
				_ = near.Close()
				continue
			}
			l.mu.Lock()
			l.open = append(l.open, near, far)
			l.mu.Unlock()
			go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
			go func() { _, _ = io.Copy(near, far); _ = near.Close() }()
		}
	}()
}

func (l *line) cut() {
	l.mu.Lock()
	defer l.mu.Unlock()
	_ = l.server.Close()
	for _, conn := range l.open {
		_ = conn.Close()
	}
	l.open = nil
}
