package web

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/maintenance"
	"github.com/ietf-tools/bibxml/app/merge"
)

// office is the queue and what the index has, in memory.
type office struct {
	list     []indexing.Task // newest first
	requests []indexing.Request
	stopped  []string
	changes  []indexing.Change
	problems indexing.Problems
	asked    indexing.ProblemQuery
	ages     []SourceAge
	report   *maintenance.Report
	err      error
}

func (o *office) Enqueue(_ context.Context, request indexing.Request) (string, error) {
	o.requests = append(o.requests, request)
	return "new", o.err
}

func (o *office) LastMaintenance(context.Context) (*maintenance.Report, error) {
	return o.report, o.err
}

func (o *office) Tasks(_ context.Context, dataset string) ([]indexing.Task, error) {
	var list []indexing.Task
	for _, task := range o.list {
		if task.Dataset == dataset {
			list = append(list, task)
		}
	}
	return list, o.err
}

func (o *office) Stop(ctx context.Context, id, by string) error {
	if _, err := o.Task(ctx, id); err != nil {
		return err
	}
	o.stopped = append(o.stopped, id+" by "+by)
	return nil
}

func (o *office) StopAll(_ context.Context, by string) error {
	o.stopped = append(o.stopped, "all by "+by)
	return o.err
}

func (o *office) Task(_ context.Context, id string) (indexing.Task, error) {
	for _, task := range o.list {
		if task.ID == id {
			return task, nil
		}
	}
	return indexing.Task{}, fault.New(fault.NotFound, "There is no task %q.", id)
}

func (o *office) Latest(context.Context) ([]indexing.Task, error) { return o.list, o.err }

func (o *office) History(ctx context.Context, dataset string, _ int) ([]indexing.Task, error) {
	return o.Tasks(ctx, dataset)
}

func (o *office) Log(context.Context, string) ([]indexing.LogLine, error) {
	return []indexing.LogLine{{At: time.Unix(1_700_000_000, 0), Message: "started"}}, o.err
}

func (o *office) Changes(_ context.Context, ask indexing.ChangeQuery) ([]indexing.Change, int, error) {
	var found []indexing.Change
	for _, change := range o.changes {
		if ask.Kind == "" || change.Kind == ask.Kind {
			found = append(found, change)
		}
	}
	from := min(ask.Offset, len(found))
	return found[from:min(len(found), from+ask.Limit)], len(found), o.err
}

func (o *office) ProblemKinds(context.Context, string) ([]browse.ProblemKind, error) {
	if o.problems.Total == 0 {
		return nil, nil
	}
	return []browse.ProblemKind{{Name: "docid[].type: is missing", Records: o.problems.Total}}, nil
}

func (o *office) Problems(_ context.Context, ask indexing.ProblemQuery) (indexing.Problems, error) {
	o.asked = ask
	return o.problems, o.err
}

func (o *office) Ages(context.Context) ([]SourceAge, error) { return o.ages, o.err }

// wire gives the office to a service.
func (o *office) wire(deps *Deps) {
	deps.Tasks, deps.Books, deps.Problems, deps.Health = o, o, o, o
}

// archiveOf is a shelf whose sources were indexed.
type archiveOf struct {
	*shelf
	sources []catalog.Source
}

// at gives a moment some minutes ago.
func at(minutes int) *time.Time {
	moment := time.Now().Add(-time.Duration(minutes) * time.Minute)
	return &moment
}

func pointer[T any](v T) *T { return &v }

// newOffice has a task of each kind.
func newOffice() *office {
	held := (&indexing.HeldBackError{Dataset: "nist", Gone: 5, Have: 12}).Error()
	return &office{
		list: []indexing.Task{
			{ID: "waits", Dataset: "rfcs", Status: "waiting", Action: indexing.Reset, RequestedAt: *at(1), RequestedBy: "the API"},
			{
				ID: "runs", Dataset: "rfcs", Status: "running", Action: indexing.Index, RequestedAt: *at(2), StartedAt: at(2), Refs: pointer("RFC1,RFC2"),
				Progress: &indexing.TaskProgress{Phase: "indexing", Current: 3000, Total: 9000}, PhaseBegan: 1000, PhaseTook: 2 * time.Second,
			},
			{
				ID: "done", Dataset: "rfcs", Status: "done", Action: indexing.Index, RequestedAt: *at(60), StartedAt: at(60), CompletedAt: at(59),
				Outcome: &indexing.Outcome{Commit: "0123456789", Total: 9000, Added: 1, Changed: 7, Same: 5, Removed: 3, Faults: 60, Problems: faults(60)},
			},
			{ID: "held", Dataset: "nist", Status: "failed", Action: indexing.Index, RequestedAt: *at(5), StartedAt: at(5), CompletedAt: at(5), Error: &indexing.TaskError{Type: indexing.HeldBack, Message: held}},
			{ID: "stopped", Dataset: "nist", Status: "stopped", RequestedAt: *at(9), StartedAt: at(9), CompletedAt: at(8), StoppedBy: pointer("ietf from 192.0.2.7")},
			{ID: "gone", Dataset: "no-longer", Status: "failed", RequestedAt: *at(9), StartedAt: at(9), CompletedAt: at(8), Error: &indexing.TaskError{Type: "upstream", Message: strings.Repeat("long ", 2000) + "<b>"}},
		},
		changes: []indexing.Change{
			{Kind: indexing.Added, Ref: "RFC1", DocID: docid.ID{ID: "RFC 1", Type: "IETF"}, Title: "Host Software"},
			{Kind: indexing.Removed, Ref: "RFC3"},
		},
		problems: indexing.Problems{List: faults(2), Total: 120},
		ages:     []SourceAge{{Dataset: "rfcs", Age: 5 * time.Minute}, {Dataset: "nist", Age: 50 * time.Hour}, {Dataset: "xml2rfc", Never: true}},
	}
}

func faults(n int) []indexing.FileProblem {
	list := make([]indexing.FileProblem, n)
	for i := range list {
		list[i] = indexing.FileProblem{File: fmt.Sprintf("data/RFC%d.yaml", i), Path: "docid[0].type", Message: "is missing", Line: i}
	}
	return list
}

// Sources implements catalog.Store.
func (s *archiveOf) Sources(context.Context) ([]catalog.Source, error) { return s.sources, nil }

// panel is the service with a panel over an office.
func panel(o *office, change ...func(*Deps)) http.Handler {
	stock := &archiveOf{newShelf(), []catalog.Source{
		{Dataset: "rfcs", URL: "https://example.org/rfcs", Commit: "0123456789", IndexedAt: *at(60), Records: 9000, Problems: 3, Unreadable: 4},
		{Dataset: "nist", Commit: "123456789a", IndexedAt: *at(6000), Records: 12},
		{Dataset: "taken-out", Commit: "23456789ab", IndexedAt: *at(6000), Records: 7},
	}}
	return service(stock.shelf, &fakeGeneration{number: 1, known: true}, append([]func(*Deps){o.wire, func(d *Deps) {
		d.Catalog = catalog.New(stock)
		d.Datasets = []string{"rfcs", "nist"}
		d.StaleAfter = 24 * time.Hour
		d.Repositories = func(dataset string) merge.SourceInfo {
			return merge.SourceInfo{HomeURL: "https://example.org/" + dataset}
		}
	}}, change...)...)
}

func TestPanelPages(t *testing.T) {
	const sources, tasks = "/management/indexable-sources/", "/management/tasks/"
	handler := panel(newOffice())
	for _, test := range []struct {
		name, path string
		status     int
		shows      []string
		hides      []string
	}{
		{"all sources", "/management/", 200, []string{">Running<", ">Held back<", ">Stale<", ">Not configured<", "3,000 of 9,000", "9,000 records", "5 minutes ago", "3 records with problems", "4 unreadable files", sources + "rfcs/problems/#unreadable", "0123456", "Stop all…"}, []string{"long long long " + strings.Repeat("long ", 100)}},
		{"all sources at their old address", sources, 200, []string{">Running<"}, nil},
		{"a source", sources + "rfcs/", 200, []string{"Only these records", "at most 100, of 2,000 bytes together", "Index 2 records", "3 records with problems in the index now", "docid[].type: is missing", "120 records", sources + "rfcs/problems/?kind=docid%5B%5D.type%3A+is+missing", "4 files of the source could not be read", tasks + "done/problems/", "1 added, 2 changed, 3 removed, 5 as before, 60 with problems", "the longest took 1 min 0 s"}, nil},
		{"a source that was held back", sources + "nist/", 200, []string{"held back: the source of nist", sources + "nist/force/", "stopped by ietf from 192.0.2.7"}, nil},
		{"the archive", sources + "xml2rfc/", 200, []string{">Never indexed<", "Start"}, []string{"Only these records"}},
		{"a source that was taken out", sources + "taken-out/", 200, []string{"no longer configured", sources + "taken-out/reset/"}, []string{"taken-out/start/", "Only these records"}},
		{"an unknown source", sources + "nope/", 404, []string{"There is no source"}, nil},
		{"a source without its slash", sources + "rfcs", 301, nil, nil},

		{"a task that runs", tasks + "runs/", 200, []string{`hx-get="/management/tasks/runs/"`, "1,000 a second", "about 6.0 s left", "RFC1, RFC2", tasks + "runs/stop/"}, nil},
		{"a task that waits", tasks + "waits/", 200, []string{"for its turn", "Reset: rfcs", "by the API"}, nil},
		{"a task that is done", tasks + "done/", 200, []string{"data/RFC9.yaml", "All 60 problems", "https://example.org/rfcs/blob/0123456789/data/RFC9.yaml?plain=1#L9", "Host Software", "/indexed-sources/relaton-data-rfcs/RFC1/", "Search in them"}, []string{"hx-trigger=\"every", "data/RFC10.yaml", "relaton-data-rfcs/RFC3/"}},
		{"a task that was held back", tasks + "held/", 200, []string{"5 of its 12 records", sources + "nist/force/"}, nil},
		{"a task that was stopped", tasks + "stopped/", 200, []string{"at the wish of ietf from 192.0.2.7"}, nil},
		{"a task of a source that is gone", tasks + "gone/", 200, []string{"no-longer", "&lt;b&gt;"}, []string{sources + "no-longer/"}},
		{"an unknown task", tasks + "nope/", 404, []string{"No such task", "nope"}, nil},

		{"the problems of a task", tasks + "done/problems/", 200, []string{"60 problems", "Page 1 of 2", "data/RFC49.yaml"}, []string{"data/RFC50.yaml"}},
		{"their second page", tasks + "done/problems/?page=2", 200, []string{"data/RFC59.yaml"}, []string{"data/RFC49.yaml"}},
		{"their last page, whatever is asked", tasks + "done/problems/?page=99999999999999999999", 200, []string{"data/RFC59.yaml"}, nil},
		{"a search in them", tasks + "done/problems/?text=rfc12", 200, []string{"1 problem", "data/RFC12.yaml"}, nil},
		{"a search without result", tasks + "done/problems/?text=%3Cb%3E", 200, []string{"No problems like that"}, nil},
		{"the problems of a task without any", tasks + "held/problems/", 200, []string{"No problems"}, nil},
		{"the problems of an unknown task", tasks + "nope/problems/", 404, nil, nil},
		{"the changes of a task", tasks + "done/changes/", 200, []string{"2 changes", ">Removed<", "RFC 1"}, nil},
		{"those of a kind", tasks + "done/changes/?kind=removed", 200, []string{"1 change", "RFC3"}, []string{"Host Software"}},
		{"those of no kind", tasks + "done/changes/?kind=moved", 400, nil, nil},
		{"those of a page that there is not", tasks + "done/changes/?page=7", 302, nil, nil},
		{"the changes of an unknown task", tasks + "nope/changes/", 404, nil, nil},
		{"the problems of a source", sources + "rfcs/problems/?text=a", 200, []string{"120 problems", "docid[].type: is missing", "Page 1 of 3", "3 records in the index now", "4 files of the source could not be read", tasks + "done/problems/", "/indexed-sources/relaton-data-rfcs/RFC1/"}, nil},
		{"the problems of an unknown source", sources + "nope/problems/", 404, nil, nil},

		{"before a reset", sources + "rfcs/reset/", 200, []string{"All 9000 records", "waits or runs already", "not found"}, nil},
		{"before a reset of what was taken out", sources + "taken-out/reset/", 200, []string{"cannot be indexed again"}, nil},
		{"before it is forced", sources + "nist/force/", 200, []string{"5 of its 12 records", "removed from the index"}, nil},
		{"before a stop", tasks + "runs/stop/", 200, []string{"done so far is lost"}, nil},
		{"before a stop of what has ended", tasks + "done/stop/", 303, nil, nil},
		{"before a stop of an unknown task", tasks + "nope/stop/", 404, nil, nil},
		{"before all are stopped", tasks + "stop-all/", 200, []string{"rfcs (running), rfcs (waiting)"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := open(handler, test.path)
			require.Equal(t, test.status, got.Code, got.Body)
			for _, text := range test.shows {
				require.Contains(t, got.Body.String(), text)
			}
			for _, text := range test.hides {
				require.NotContains(t, got.Body.String(), text)
			}
			if test.status == 200 {
				require.Equal(t, "private, no-store", got.Header().Get("Cache-Control"))
			}
		})
	}
}

func TestPanelShowsTheLastMaintenance(t *testing.T) {
	o := newOffice()
	shows := func(want ...string) {
		t.Helper()
		page := open(panel(o), "/management/").Body.String()
		for _, text := range want {
			require.Contains(t, page, text)
		}
	}
	shows("No maintenance has been done yet", "MAINTENANCE_AT")
	o.report = &maintenance.Report{At: *at(60), Took: 2300 * time.Millisecond}
	shows("The index is consistent", "in 2.3 s", "1 hour ago")
	o.report.Findings = []maintenance.Finding{{What: "documents without a record", Count: 1200, Examples: []string{"RFC 1", "<b>"}, Repair: "removed"}}
	o.report.Rebuilt = []maintenance.Rebuilt{{Index: "documents_words", Before: 289 << 20, After: 82 << 20}}
	o.report.LeftOut = "another index"
	shows("has been repaired", "1,200 documents without a record: removed", "RFC 1, &lt;b&gt;", "documents_words", "289 MB before, 82 MB after", "Left out: another index.")
}

func TestPanelStateWithoutTasks(t *testing.T) {
	o := newOffice()
	o.list = nil
	handler := panel(o)
	for dataset, want := range map[string]string{"rfcs": ">Fresh<", "nist": ">Stale<", "xml2rfc": ">Never indexed<", "taken-out": ">Not configured<"} {
		page := open(handler, "/management/indexable-sources/"+dataset+"/").Body.String()
		require.Contains(t, page, want, dataset)
		require.Contains(t, page, "No task is remembered", dataset)
		require.NotContains(t, page, "data-poll", dataset)
	}
	require.NotContains(t, open(handler, "/management/").Body.String(), "Stop all…")
	require.Contains(t, open(handler, "/management/tasks/stop-all/").Body.String(), "No task waits or runs")
}

// That some records of a source were indexed does not say how old it is.
func TestSourceThatWasNeverIndexedInFull(t *testing.T) {
	o := newOffice()
	o.list, o.ages = nil, []SourceAge{{Dataset: "rfcs", Age: time.Hour}, {Dataset: "nist", Never: true}}
	handler := panel(o, func(d *Deps) {
		d.Catalog = catalog.New(&archiveOf{newShelf(), []catalog.Source{
			{Dataset: "rfcs", Commit: "0123456789", IndexedAt: *at(60), Records: 9000},
			{Dataset: "nist", IndexedAt: *at(5), Records: 1},
		}})
	})
	page := open(handler, "/management/indexable-sources/nist/").Body.String()
	for _, text := range []string{">Never indexed<", ">Stale<", "never looked at", "1 record<"} {
		require.Contains(t, page, text)
	}
	require.NotContains(t, page, "5 minutes ago")
	home := open(handler, "/").Body.String()
	require.Contains(t, home, "1 hour ago")
	require.NotContains(t, home, "5 minutes ago")
}

// What is counted is what the list behind it is of; files that could not be read are none of it, and stand in the newest
// full run that read any.
func TestUnreadableFilesAreNamedWhereTheyStand(t *testing.T) {
	o := newOffice()
	task := func(id, status string, action indexing.Action, refs *string) indexing.Task {
		return indexing.Task{ID: id, Dataset: "nist", Status: status, Action: action, Refs: refs, RequestedAt: *at(5), StartedAt: at(5), CompletedAt: at(5)}
	}
	o.list = []indexing.Task{
		task("some", "done", indexing.Index, pointer("a")), task("reset", "done", indexing.Reset, nil),
		task("failed", "failed", indexing.Index, nil), task("full", "done", indexing.Index, nil), task("older", "done", indexing.Index, nil),
	}
	o.problems = indexing.Problems{}
	handler := panel(o, func(d *Deps) {
		d.Catalog = catalog.New(&archiveOf{newShelf(), []catalog.Source{{Dataset: "nist", Commit: "0123456789", IndexedAt: *at(60), Records: 12, Unreadable: 5}}})
	})
	overview := open(handler, "/management/").Body.String()
	require.Contains(t, overview, `problems/#unreadable">5 unreadable files</a>`)
	require.NotContains(t, overview, "5 problems")
	require.NotContains(t, overview, "with problems")
	for _, path := range []string{"", "problems/"} {
		page := open(handler, "/management/indexable-sources/nist/"+path).Body.String()
		require.Contains(t, page, "The records that are in the index now have no problems.", path)
		require.Contains(t, page, "5 files of the source could not be read", path)
		require.Contains(t, page, `href="/management/tasks/full/problems/"`, path)
		require.NotContains(t, page, "Search in the problems", path)
	}
	o.list = o.list[:3]
	require.Contains(t, open(handler, "/management/indexable-sources/nist/problems/").Body.String(), `href="/management/indexable-sources/nist/#tasks">The tasks</a>`)
}

// by asks as htmx does.
func by(handler http.Handler, target string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, target, nil)
	request.SetBasicAuth("ietf", "secret")
	request.Header.Set("HX-Request", "true")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

func TestPanelUpdates(t *testing.T) {
	handler := panel(newOffice())
	runs := by(handler, "/management/tasks/runs/")
	require.NotContains(t, runs.Body.String(), "<html")
	require.Contains(t, runs.Body.String(), `hx-trigger="every 1s"`)
	require.Equal(t, "HX-Request", runs.Header().Get("Vary")[:10])
	ended := by(handler, "/management/tasks/done/").Body.String()
	require.NotContains(t, ended, "every 1s")
	require.Contains(t, ended, "data/RFC9.yaml")
	require.Equal(t, "true", by(handler, "/management/tasks/nope/").Header().Get("HX-Refresh"), "it was forgotten meanwhile")
	state := by(handler, "/management/indexable-sources/rfcs/?part=state").Body.String()
	require.NotContains(t, state, "<html")
	require.Contains(t, state, `id="state-rfcs"`)
	require.Contains(t, open(handler, "/management/indexable-sources/rfcs/?part=state").Body.String(), "<html", "a person gets the page")
}

// press sends a form of a page as a browser does, with the token that the page has.
func press(t *testing.T, handler http.Handler, page, action string, fields url.Values) *httptest.ResponseRecorder {
	t.Helper()
	_, rest, found := strings.Cut(open(handler, page).Body.String(), `name="csrf_token" value="`)
	require.True(t, found, page)
	token, _, _ := strings.Cut(rest, `"`)
	if fields == nil {
		fields = url.Values{}
	}
	fields.Set("csrf_token", token)
	return post(handler, action, fields)
}

func post(handler http.Handler, action string, fields url.Values) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodPost, action, strings.NewReader(fields.Encode()))
	request.SetBasicAuth("ietf", "secret")
	request.RemoteAddr = "192.0.2.9:1234"
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

func TestPanelActions(t *testing.T) {
	const sources, tasks, who = "/management/indexable-sources/", "/management/tasks/", "ietf from 192.0.2.9"
	confirmed := url.Values{"confirmed": {"yes"}}
	for _, test := range []struct {
		name, page, action string
		fields             url.Values
		status             int
		location           string
		asked              *indexing.Request
		stopped            string
	}{
		{"start", "/management/", sources + "rfcs/start/", nil, 303, tasks + "new/", &indexing.Request{Dataset: "rfcs", By: who}, ""},
		{"force", "/management/", sources + "rfcs/force/", nil, 303, tasks + "new/", &indexing.Request{Dataset: "rfcs", Force: true, By: who}, ""},
		{"the archive", "/management/", sources + "xml2rfc/start/", nil, 303, tasks + "new/", &indexing.Request{Dataset: "xml2rfc", By: who}, ""},
		{"force what was held back", "/management/", sources + "nist/force/", nil, 303, sources + "nist/force/", nil, ""},
		{"and confirmed", sources + "nist/force/", sources + "nist/force/", confirmed, 303, tasks + "new/", &indexing.Request{Dataset: "nist", Force: true, By: who}, ""},
		{"some records", sources + "rfcs/", sources + "rfcs/refs/", url.Values{"refs": {" RFC1, data/RFC2.yaml\r\nRFC3,,"}}, 303, tasks + "new/", &indexing.Request{Dataset: "rfcs", Refs: []string{"RFC1", "RFC2", "RFC3"}, By: who}, ""},
		{"no records", sources + "rfcs/", sources + "rfcs/refs/", url.Values{"refs": {" , "}}, 400, "", nil, ""},
		{"some of the archive", sources + "xml2rfc/", sources + "xml2rfc/refs/", url.Values{"refs": {"a"}}, 400, "", nil, ""},
		{"reset without confirmation", "/management/", sources + "rfcs/reset/", nil, 303, sources + "rfcs/reset/", nil, ""},
		{"reset", sources + "rfcs/reset/", sources + "rfcs/reset/", confirmed, 303, tasks + "new/", &indexing.Request{Dataset: "rfcs", Action: indexing.Reset, By: who}, ""},
		{"reset what was taken out", sources + "taken-out/reset/", sources + "taken-out/reset/", confirmed, 303, tasks + "new/", &indexing.Request{Dataset: "taken-out", Action: indexing.Reset, By: who}, ""},
		{"start what was taken out", "/management/", sources + "taken-out/start/", nil, 404, "", nil, ""},
		{"start what is unknown", "/management/", sources + "nope/start/", nil, 404, "", nil, ""},
		{"stop", tasks + "runs/stop/", tasks + "runs/stop/", confirmed, 303, tasks + "runs/", nil, "runs by " + who},
		{"stop what is unknown", "/management/", tasks + "nope/stop/", confirmed, 404, "", nil, ""},
		{"stop all without confirmation", "/management/", tasks + "stop-all/", nil, 303, tasks + "stop-all/", nil, ""},
		{"stop all", tasks + "stop-all/", tasks + "stop-all/", confirmed, 303, "/management/?done=stop-all", nil, "all by " + who},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice()
			var log bytes.Buffer
			handler := panel(o, func(d *Deps) { d.Log = slog.New(slog.NewTextHandler(&log, nil)) })
			got := press(t, handler, test.page, test.action, test.fields)
			require.Equal(t, test.status, got.Code, got.Body)
			require.Equal(t, test.location, got.Header().Get("Location"))
			if test.asked == nil {
				require.Empty(t, o.requests)
			} else {
				require.Equal(t, []indexing.Request{*test.asked}, o.requests)
			}
			require.Equal(t, test.stopped, strings.Join(o.stopped, ","))
			logged := strings.Contains(log.String(), "msg=management ")
			require.Equal(t, test.asked != nil || test.stopped != "", logged)
			if logged {
				require.Contains(t, log.String(), "user=ietf address=192.0.2.9")
			}
		})
	}
}

func TestFormsOfOthersAreRefused(t *testing.T) {
	o := newOffice()
	handler := panel(o)
	for _, action := range []string{
		"indexable-sources/rfcs/start/", "indexable-sources/rfcs/force/", "indexable-sources/rfcs/refs/", "indexable-sources/rfcs/reset/", "tasks/runs/stop/", "tasks/stop-all/",
	} {
		got := post(handler, "/management/"+action, url.Values{"confirmed": {"yes"}, "refs": {"RFC1"}, "csrf_token": {"guessed"}})
		require.Equal(t, http.StatusForbidden, got.Code, action)
		anonymous := httptest.NewRecorder()
		handler.ServeHTTP(anonymous, httptest.NewRequest(http.MethodPost, "/management/"+action, nil))
		require.Equal(t, http.StatusUnauthorized, anonymous.Code, action)
	}
	require.Empty(t, o.requests)
	require.Empty(t, o.stopped)
}

func TestRefsThatWereTypedStay(t *testing.T) {
	handler := panel(newOffice())
	for typed, problem := range map[string]string{
		"":                        "Name at least one record.",
		strings.Repeat("a", 201):  "cannot be the name of a record",
		strings.Repeat("a ", 101): "These are 101 records",
		"a\x1bb":                  "cannot be the name of a record",
		"<b>\x00":                 "cannot be the name of a record",
	} {
		got := press(t, handler, "/management/indexable-sources/rfcs/", "/management/indexable-sources/rfcs/refs/", url.Values{"refs": {typed}})
		require.Equal(t, http.StatusBadRequest, got.Code)
		require.Contains(t, got.Body.String(), problem)
		require.Contains(t, got.Body.String(), strings.TrimSuffix(strings.ReplaceAll(typed, "<b>", "&lt;b&gt;"), "\x00"))
	}
}

func TestPanelWhileTheDatabaseIsAway(t *testing.T) {
	o := newOffice()
	o.err = fault.New(fault.Unavailable, "try again")
	for _, path := range []string{"/management/", "/management/indexable-sources/rfcs/", "/management/tasks/done/", "/management/tasks/done/changes/"} {
		require.Equal(t, http.StatusServiceUnavailable, open(panel(o), path).Code, path)
	}
}

func TestQueueIsMountedWhereThereIsOne(t *testing.T) {
	require.Equal(t, http.StatusNotFound, open(panel(newOffice()), "/management/queue/").Code)
	handler := panel(newOffice(), func(d *Deps) {
		d.Queue = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = fmt.Fprint(w, "queue at ", r.URL.Path) })
	})
	page := open(handler, "/management/queue/jobs/7")
	require.Equal(t, "queue at /management/queue/jobs/7", page.Body.String())
	require.Contains(t, page.Header().Get("Content-Security-Policy"), "style-src 'self' 'unsafe-inline';", "its script writes styles")
	require.NotContains(t, open(handler, "/management/").Header().Get("Content-Security-Policy"), "unsafe-inline")
	require.Contains(t, open(handler, "/management/").Body.String(), `href="/management/queue/"`)
	closed := httptest.NewRecorder()
	handler.ServeHTTP(closed, httptest.NewRequest(http.MethodGet, "/management/queue/api/jobs", nil))
	require.Equal(t, http.StatusUnauthorized, closed.Code)
}

func TestPace(t *testing.T) {
	for _, tt := range []struct {
		done, left int
		took       time.Duration
		rate       float64
		rest       time.Duration
	}{
		{100, 300, 2 * time.Second, 50, 6 * time.Second},
		{100, 300, 999 * time.Millisecond, 0, 0},
		{0, 300, time.Hour, 0, 0},
		{-5, 300, time.Hour, 0, 0},
		{100, -1, 2 * time.Second, 50, 0},
	} {
		rate, rest := pace(tt.done, tt.left, tt.took)
		require.InDelta(t, tt.rate, rate, 0.01)
		require.Equal(t, tt.rest, rest)
	}
}

func TestLocatedInTheArchive(t *testing.T) {
	change := changeModel(indexing.Change{Kind: indexing.Changed, Ref: "bibxml2/reference.X.xml"}, indexing.Archive)
	require.Equal(t, "/management/xml2rfc-compat/bibxml2/reference.X.xml/", change.URL)
	require.Empty(t, change.DocURL)
	require.True(t, slices.Contains([]string{"changed"}, change.Kind))
}

// The first page tells how old each source is, and which of them is too old.
func TestHomeTellsTheAgeOfSources(t *testing.T) {
	got := open(panel(newOffice()), "/")
	require.Equal(t, 200, got.Code)
	require.Contains(t, got.Body.String(), "5 minutes ago")
	require.Contains(t, got.Body.String(), ">stale<")
	require.Contains(t, got.Body.String(), "2 days ago")
}
