package web

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/maintenance"
	"github.com/ietf-tools/bibxml/views"
)

// Books is what the panel reads of the queue, beside Tasks.
type Books interface {
	// Task gives one task with all of its outcome; fault.NotFound when there is none of that id.
	Task(ctx context.Context, id string) (indexing.Task, error)
	// Latest lists the tasks of all datasets that wait or run, and of each the newest full indexing that ended.
	Latest(ctx context.Context) ([]indexing.Task, error)
	// History lists the newest tasks of a dataset that ended and did something, newest first.
	History(ctx context.Context, dataset string, limit int) ([]indexing.Task, error)
	// Log gives what happened in a task.
	Log(ctx context.Context, id string) ([]indexing.LogLine, error)
	// Changes lists what a task changed, and tells how many changes there are in all.
	Changes(ctx context.Context, ask indexing.ChangeQuery) ([]indexing.Change, int, error)
}

// Problems is what the panel reads of the index.
type Problems interface {
	// Problems lists what is wrong with the records of a dataset.
	Problems(ctx context.Context, ask indexing.ProblemQuery) (indexing.Problems, error)
	// ProblemKinds counts them by their kind, the most frequent first.
	ProblemKinds(ctx context.Context, dataset string) ([]browse.ProblemKind, error)
	// LastMaintenance returns the report of the last nightly maintenance; nil when there was none.
	LastMaintenance(ctx context.Context) (*maintenance.Report, error)
}

const (
	panelRows   = 50 // of a list that is leafed through
	panelFirst  = 10 // of a list that has a page of its own
	panelTasks  = 25 // of a source, before all are asked for
	chartedRuns = 50
)

const policyHeader = "Content-Security-Policy"

func (s *Server) panelRoutes(e *echo.Echo) {
	const source, task = views.PanelSourcesURL + ":dataset/", views.ManagementURL + "tasks/:id/"
	s.get(e, views.ManagementURL, s.panel, s.basic)
	s.get(e, views.PanelSourcesURL, s.panel, s.basic)
	s.get(e, source, s.panelSource, s.basic)
	s.get(e, source+"problems/", s.panelProblems, s.basic)
	s.get(e, source+"force/", s.askForce, s.basic)
	s.get(e, source+"reset/", s.askReset, s.basic)
	s.get(e, task, s.panelTask, s.basic)
	s.get(e, task+"problems/", s.taskProblems, s.basic)
	s.get(e, task+"changes/", s.taskChanges, s.basic)
	s.get(e, task+"stop/", s.askStop, s.basic)
	s.get(e, views.StopAllURL, s.askStopAll, s.basic)

	e.POST(source+"start/", s.doStart, s.basic, s.form)
	e.POST(source+"force/", s.doForce, s.basic, s.form)
	e.POST(source+"refs/", s.doRefs, s.basic, s.form)
	e.POST(source+"reset/", s.doReset, s.basic, s.form)
	e.POST(task+"stop/", s.doStop, s.basic, s.form)
	e.POST(views.StopAllURL, s.doStopAll, s.basic, s.form)
	if s.Queue != nil {
		s.get(e, views.QueueURL, s.queue, s.basic)
		s.get(e, views.QueueURL+"*", s.queue, s.basic)
	}
}

// queue is the queue's own view of its jobs, whose script writes styles into the page.
func (s *Server) queue(c echo.Context) error {
	h := c.Response().Header()
	h.Set(policyHeader, strings.Replace(h.Get(policyHeader), "style-src 'self'", "style-src 'self' 'unsafe-inline'", 1))
	h.Set("Cache-Control", "private, no-store")
	s.Queue.ServeHTTP(c.Response(), c.Request())
	return nil
}

// panelPage sends a page of the panel, which nobody keeps: it holds tokens, and is of now.
func (s *Server) panelPage(c echo.Context, status int, component templ.Component) error {
	body, err := render(c.Request().Context(), component)
	if err != nil {
		return err
	}
	a := newAnswer(typeHTML, body)
	a.status, a.caching = status, "private, no-store"
	addVary(c.Response().Header(), "HX-Request")
	return a.send(c)
}

// panel is the first page of the management: how it stands with every source, and what can be done.
func (s *Server) panel(c echo.Context) error {
	sources, err := s.panelSources(c.Request().Context())
	if err != nil {
		return err
	}
	report, err := s.Problems.LastMaintenance(c.Request().Context())
	if err != nil {
		return err
	}
	model := views.Panel{Sources: sources, Queue: s.Queue != nil, Maintenance: report}
	if c.QueryParam("done") == "stop-all" {
		model.Note = "Every task that waited is stopped, and those that run are asked to end."
	}
	return s.panelPage(c, http.StatusOK, views.ManagementPage(s.frame(c), model))
}

// panelSource is the page of one source.
func (s *Server) panelSource(c echo.Context) error {
	source, err := s.panelSourceOf(c)
	if err != nil {
		return err
	}
	if isPartial(c) && c.QueryParam("part") == "state" {
		return s.panelPage(c, http.StatusOK, views.SourceStatePart(s.frame(c), &source))
	}
	return s.sendSource(c, http.StatusOK, views.PanelSourcePage{Source: source})
}

func (s *Server) sendSource(c echo.Context, status int, model views.PanelSourcePage) error {
	ctx, dataset := c.Request().Context(), model.Source.Name
	history, err := s.Books.History(ctx, dataset, chartedRuns)
	if err != nil {
		return err
	}
	tasks, err := s.Tasks.Tasks(ctx, dataset)
	if err != nil {
		return err
	}
	model.All = len(tasks) <= panelTasks || c.QueryParam("tasks") == "all"
	if !model.All {
		tasks = tasks[:panelTasks]
	}
	of := s.taskModels(ctx)
	for i := range history {
		model.History = append(model.History, of(&history[i]))
	}
	for i := range tasks {
		model.Tasks = append(model.Tasks, of(&tasks[i]))
	}
	kinds, err := s.Problems.ProblemKinds(ctx, dataset)
	if err != nil {
		return err
	}
	model.Kinds = views.KindsOf(kinds, views.Finder{URL: views.SourceProblemsURL(dataset)})
	model.ReadingURL = newestReading(history)
	model.MostRefs, model.MostBytes = maxRefs, maxRefBytes
	return s.panelPage(c, status, views.SourcePage(s.frame(c), model))
}

// panelProblems lists what is wrong with the records of a source.
func (s *Server) panelProblems(c echo.Context) error {
	source, err := s.panelSourceOf(c)
	if err != nil {
		return err
	}
	finder := finderOf(c, views.SourceProblemsURL(source.Name), "problems")
	found, err := s.Problems.Problems(c.Request().Context(), indexing.ProblemQuery{
		Dataset: source.Name, Kind: finder.Kind, Text: finder.Text, Offset: (finder.Page - 1) * panelRows, Limit: panelRows,
	})
	if err != nil {
		return err
	}
	finder.Total = found.Total
	if finder.Page > finder.Pages() {
		return c.Redirect(http.StatusFound, finder.PageURL(finder.Pages()))
	}
	history, err := s.Books.History(c.Request().Context(), source.Name, chartedRuns)
	if err != nil {
		return err
	}
	kinds, err := s.Problems.ProblemKinds(c.Request().Context(), source.Name)
	if err != nil {
		return err
	}
	model := views.SourceProblems{Source: source, Kinds: views.KindsOf(kinds, finder), Finder: finder, ReadingURL: newestReading(history)}
	for _, p := range found.List {
		model.Problems = append(model.Problems, located(p, source.Name, source.RepoURL, source.Commit, true))
	}
	return s.panelPage(c, http.StatusOK, views.SourceProblemsPage(s.frame(c), model))
}

// newestReading gives the list of problems of the newest run that read a whole source, which has the files that could not be
// read: each such run reads them again. Empty when no such run is remembered.
func newestReading(history []indexing.Task) string {
	for i := range history {
		if history[i].Full() && history[i].Status == views.TaskDone {
			return views.TaskProblemsURL(history[i].ID)
		}
	}
	return ""
}

// maxPage bounds the pages of a list, so that their offset is a number that the database knows.
const maxPage = 1_000_000

// finderOf reads which part of a list is asked for.
func finderOf(c echo.Context, address, what string) views.Finder {
	page, _ := strconv.Atoi(c.QueryParam("page"))
	return views.Finder{
		URL: address, What: what, Text: c.QueryParam("text"), Kind: c.QueryParam("kind"),
		Page: min(max(1, page), maxPage), Size: panelRows,
	}
}

// panelSources gives how it stands with every source: those of the installation, the archive, and those that
// were taken out of the configuration but not out of the index.
func (s *Server) panelSources(ctx context.Context) ([]views.PanelSource, error) {
	indexed, err := s.indexed(ctx)
	if err != nil {
		return nil, err
	}
	latest, err := s.Books.Latest(ctx)
	if err != nil {
		return nil, err
	}
	ages, err := s.Health.Ages(ctx)
	if err != nil {
		return nil, err
	}
	configured := append(slices.Clone(s.Datasets), indexing.Archive)
	names := slices.Clone(configured)
	for _, source := range indexed {
		if !slices.Contains(names, source.Dataset) {
			names = append(names, source.Dataset)
		}
	}
	of := s.taskModelsWith(indexed)
	sources := make([]views.PanelSource, len(names))
	for i, name := range names {
		sources[i] = views.PanelSource{Dataset: s.datasetOf(stateOf(name, indexed)), Configured: slices.Contains(configured, name)}
		s.addAge(&sources[i], ages)
		addTasks(&sources[i], latest, of)
		sources[i].State = stateOfSource(&sources[i])
		if sources[i].Whole() {
			sources[i].URL = views.CompatURL
		}
	}
	return sources, nil
}

func (s *Server) addAge(source *views.PanelSource, ages []SourceAge) {
	at := slices.IndexFunc(ages, func(a SourceAge) bool { return a.Dataset == source.Name })
	if at < 0 {
		return
	}
	age := ages[at]
	source.Stale = s.StaleAfter > 0 && (age.Never || age.Age > s.StaleAfter)
	if !age.Never {
		source.CheckedAt = time.Now().Add(-age.Age)
	}
}

// addTasks picks the tasks of a source from the latest of all, which are the newest first.
func addTasks(source *views.PanelSource, latest []indexing.Task, of func(*indexing.Task) views.Task) {
	for i := range latest {
		if latest[i].Dataset != source.Name {
			continue
		}
		task := of(&latest[i])
		if task.Active() {
			source.Active = append(source.Active, task)
		} else if source.Last == nil {
			source.Last = &task
		}
	}
	// The one that runs first, then the others in the order in which they wait.
	slices.Reverse(source.Active)
	slices.SortStableFunc(source.Active, func(a, b views.Task) int { return cmp.Compare(a.Status, b.Status) })
}

func stateOfSource(s *views.PanelSource) views.SourceState {
	running := func(t views.Task) bool { return t.Status == views.TaskRunning }
	switch {
	case slices.ContainsFunc(s.Active, running):
		return views.StateRunning
	case s.Busy():
		return views.StateWaiting
	case s.HeldBack():
		return views.StateHeldBack
	case s.Last != nil && s.Last.Status == views.TaskFailed:
		return views.StateFailed
	case !s.Configured:
		return views.StateRemoved
	case s.IndexedAt.IsZero():
		return views.StateNever
	case s.Stale:
		return views.StateStale
	}
	return views.StateFresh
}

// panelSourceOf gives the source that the path names.
func (s *Server) panelSourceOf(c echo.Context) (views.PanelSource, error) {
	sources, err := s.panelSources(c.Request().Context())
	if err != nil {
		return views.PanelSource{}, err
	}
	for _, source := range sources {
		if source.Name == c.Param("dataset") {
			return source, nil
		}
	}
	return views.PanelSource{}, fault.New(fault.NotFound, "There is no source %q here.", c.Param("dataset"))
}

// repositoryOf gives the address of the repository that a dataset was indexed from, or is to be.
func (s *Server) repositoryOf(dataset string, indexed []catalog.Source) string {
	return cmp.Or(stateOf(dataset, indexed).URL, s.Repositories(dataset).HomeURL)
}
