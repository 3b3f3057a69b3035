package web

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/views"
)

// panelTask is the page of a task. One that is not known has a page that says why: tasks are forgotten, and
// links to them stay.
func (s *Server) panelTask(c echo.Context) error {
	ctx := c.Request().Context()
	task, err := s.Books.Task(ctx, c.Param("id"))
	if fault.Is(err, fault.NotFound) {
		c.Response().Header().Set("HX-Refresh", "true") // for a page that still asks how it goes on
		return s.panelPage(c, http.StatusNotFound, views.TaskPageOf(s.frame(c), views.TaskPage{ID: c.Param("id")}))
	}
	if err != nil {
		return err
	}
	model, err := s.taskPage(ctx, &task)
	if err != nil {
		return err
	}
	if isPartial(c) {
		return s.panelPage(c, http.StatusOK, views.TaskPart(model))
	}
	return s.panelPage(c, http.StatusOK, views.TaskPageOf(s.frame(c), model))
}

func (s *Server) taskPage(ctx context.Context, task *indexing.Task) (views.TaskPage, error) {
	model := views.TaskPage{Task: s.taskModels(ctx)(task), Known: true, ID: task.ID}
	lines, err := s.Books.Log(ctx, task.ID)
	if err != nil {
		return model, err
	}
	for _, line := range lines {
		model.Log = append(model.Log, views.LogEntry{At: line.At, Text: line.Message})
	}
	if model.Task.Active() {
		return model, nil
	}
	problems := s.problemsOf(ctx, task, "")
	model.Problems, model.Listed = problems[:min(panelFirst, len(problems))], len(problems)
	changes, kept, err := s.Books.Changes(ctx, indexing.ChangeQuery{Run: task.ID, Limit: panelFirst})
	if err != nil {
		return model, err
	}
	model.Changes, model.Kept = changeModels(changes, task.Dataset), kept
	return model, nil
}

// problemsOf gives the problems of a task that contain a text.
func (s *Server) problemsOf(ctx context.Context, task *indexing.Task, text string) []views.LocatedProblem {
	if task.Outcome == nil {
		return nil
	}
	indexed, _ := s.indexed(ctx)
	repository := s.repositoryOf(task.Dataset, indexed)
	text = strings.ToLower(text)
	var found []views.LocatedProblem
	for _, p := range task.Outcome.Problems {
		if strings.Contains(strings.ToLower(p.File+" "+p.Path+" "+p.Message), text) {
			found = append(found, located(p, task.Dataset, repository, task.Outcome.Commit, false))
		}
	}
	return found
}

// taskProblems lists what was wrong with the files that a task read.
func (s *Server) taskProblems(c echo.Context) error {
	ctx := c.Request().Context()
	task, err := s.Books.Task(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	finder := finderOf(c, views.TaskProblemsURL(task.ID), "problems")
	problems := s.problemsOf(ctx, &task, finder.Text)
	finder.Total = len(problems)
	finder.Page = min(finder.Page, finder.Pages())
	from := (finder.Page - 1) * panelRows
	return s.panelPage(c, http.StatusOK, views.TaskProblemsListPage(s.frame(c), views.TaskProblemsPage{
		Task: s.taskModels(ctx)(&task), Finder: finder, Problems: problems[from:min(len(problems), from+panelRows)],
	}))
}

// taskChanges lists what a task changed.
func (s *Server) taskChanges(c echo.Context) error {
	ctx := c.Request().Context()
	task, err := s.Books.Task(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	finder := finderOf(c, views.TaskChangesURL(task.ID), "changes")
	kind := indexing.ChangeKind(finder.Kind)
	if !slices.Contains([]indexing.ChangeKind{"", indexing.Added, indexing.Changed, indexing.Removed}, kind) {
		return fault.New(fault.Invalid, "There is no kind of changes %q.", finder.Kind)
	}
	changes, total, err := s.Books.Changes(ctx, indexing.ChangeQuery{
		Run: task.ID, Kind: kind, Text: finder.Text, Offset: (finder.Page - 1) * panelRows, Limit: panelRows,
	})
	if err != nil {
		return err
	}
	finder.Total = total
	if finder.Page > finder.Pages() {
		return c.Redirect(http.StatusFound, finder.PageURL(finder.Pages()))
	}
	return s.panelPage(c, http.StatusOK, views.TaskChangesListPage(s.frame(c), views.TaskChangesPage{
		Task: s.taskModels(ctx)(&task), Finder: finder, Changes: changeModels(changes, task.Dataset),
	}))
}

func changeModels(changes []indexing.Change, dataset string) []views.TaskChange {
	models := make([]views.TaskChange, len(changes))
	for i, change := range changes {
		models[i] = changeModel(change, dataset)
	}
	return models
}
