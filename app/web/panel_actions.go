package web

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/views"
)

// actor names who acts: the user of the panel, or who has one of the secrets for the API.
func actor(c echo.Context) string {
	if c.Get(operatorKey) != nil {
		return managementUser
	}
	return apiUser
}

// operator names who acts, and where from.
func operator(c echo.Context) string {
	return indexing.Asker(actor(c), callerOf(c).address.String())
}

// acted writes down what somebody did.
func (s *Server) acted(c echo.Context, action string, facts ...any) {
	s.Log.InfoContext(c.Request().Context(), "management", append([]any{
		"action", action, "user", actor(c), "address", callerOf(c).address.String(),
		"request_id", c.Response().Header().Get(requestIDHeader),
	}, facts...)...)
}

// isConfirmed says whether the form is that of a confirmation, not one that was sent from elsewhere.
func isConfirmed(c echo.Context) bool { return formValue(c, "confirmed") == "yes" }

// enqueue queues what somebody wants of a source, and writes down who does.
func (s *Server) enqueue(c echo.Context, action string, request indexing.Request) (id string, err error) {
	request.By = operator(c)
	if id, err = s.Tasks.Enqueue(c.Request().Context(), request); err != nil {
		return "", err
	}
	s.acted(c, action, "dataset", request.Dataset, "refs", strings.Join(request.Refs, ","), "force", request.Force, "task", id)
	return id, nil
}

// request queues what somebody wants of a source, and goes to the page of the task.
func (s *Server) request(c echo.Context, action string, request indexing.Request) error {
	id, err := s.enqueue(c, action, request)
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, views.TaskURL(id))
}

// indexableSource gives the source that the path names, as one that can be indexed.
func (s *Server) indexableSource(c echo.Context) (views.PanelSource, error) {
	source, err := s.panelSourceOf(c)
	if err == nil && !source.Configured {
		err = fault.New(fault.NotFound, "The source %q is not configured.", source.Name)
	}
	return source, err
}

func (s *Server) doStart(c echo.Context) error {
	source, err := s.indexableSource(c)
	if err != nil {
		return err
	}
	return s.request(c, "start", indexing.Request{Dataset: source.Name})
}

// doForce indexes all of a source again; when that was refused before, after a confirmation.
func (s *Server) doForce(c echo.Context) error {
	source, err := s.indexableSource(c)
	if err != nil {
		return err
	}
	if source.HeldBack() && !isConfirmed(c) {
		return c.Redirect(http.StatusSeeOther, views.ActionURL(source.Name, "force"))
	}
	return s.request(c, "force", indexing.Request{Dataset: source.Name, Force: true})
}

// askForce says what forcing an indexing destroys.
func (s *Server) askForce(c echo.Context) error {
	source, err := s.indexableSource(c)
	if err != nil {
		return err
	}
	var about []string
	if source.HeldBack() {
		about = append(about, source.Last.Error+".")
	}
	about = append(about,
		"Every file of the source is read again, and every record that the source no longer has is removed from the index, however many they are.",
		"Documents that no other source has are gone with them: their pages and xml2rfc paths answer “not found”.")
	return s.confirm(c, views.Confirmation{
		Title: "Force the indexing of " + source.Name, Dataset: source.Name, About: about, Button: "Force the indexing",
		Action: views.ActionURL(source.Name, "force"), BackURL: views.PanelSourceURL(source.Name),
	})
}

func (s *Server) confirm(c echo.Context, model views.Confirmation) error {
	return s.panelPage(c, http.StatusOK, views.ConfirmationPage(s.frame(c), model))
}

// doRefs indexes some records of a source.
func (s *Server) doRefs(c echo.Context) error {
	source, err := s.indexableSource(c)
	if err != nil {
		return err
	}
	typed := formValue(c, "refs")
	refs, err := readRefs(typed, isCommaOrBlank)
	problem := fault.Message(err)
	switch {
	case source.Whole():
		problem = "The archive can only be indexed as a whole."
	case err == nil && len(refs) == 0:
		problem = "Name at least one record."
	}
	if problem != "" {
		return s.sendSource(c, http.StatusBadRequest, views.PanelSourcePage{Source: source, Refs: typed, Problem: problem})
	}
	return s.request(c, "refs", indexing.Request{Dataset: source.Name, Refs: refs})
}

// askReset says what a reset destroys.
func (s *Server) askReset(c echo.Context) error {
	source, err := s.panelSourceOf(c)
	if err != nil {
		return err
	}
	what := "records"
	if source.Whole() {
		what = "files"
	}
	about := []string{
		fmt.Sprintf("All %d %s that came from %s are removed from the index, and the documents that no other source has with them.", source.Records, what, source.Name),
		"Their pages, the searches for them and their xml2rfc paths answer “not found” until the source is indexed again. Its repository stays as it is.",
	}
	if !source.Configured {
		about = append(about, "This source is no longer configured, so it cannot be indexed again.")
	}
	if source.Busy() {
		about = append(about, "A task of this source waits or runs already; the reset takes its turn after it.")
	}
	return s.confirm(c, views.Confirmation{
		Title: "Reset " + source.Name, Dataset: source.Name, About: about, Button: "Remove everything from " + source.Name,
		Action: views.ActionURL(source.Name, "reset"), BackURL: views.PanelSourceURL(source.Name),
	})
}

func (s *Server) doReset(c echo.Context) error {
	source, err := s.panelSourceOf(c)
	if err != nil {
		return err
	}
	if !isConfirmed(c) {
		return c.Redirect(http.StatusSeeOther, views.ActionURL(source.Name, "reset"))
	}
	return s.request(c, "reset", indexing.Request{Dataset: source.Name, Action: indexing.Reset})
}

// askStop says what stopping a task loses. There is nothing to ask of one that has ended.
func (s *Server) askStop(c echo.Context) error {
	task, err := s.Books.Task(c.Request().Context(), c.Param("id"))
	if err != nil {
		return err
	}
	if task.CompletedAt != nil {
		return c.Redirect(http.StatusSeeOther, views.TaskURL(task.ID))
	}
	about := "The task is taken out of the queue."
	if task.Status == views.TaskRunning {
		about = "What the task has done so far is lost, and the index stays as it was before."
	}
	return s.confirm(c, views.Confirmation{
		Title: "Stop the task of " + task.Dataset, About: []string{about}, Button: "Stop it",
		Action: views.StopURL(task.ID), BackURL: views.TaskURL(task.ID),
	})
}

func (s *Server) doStop(c echo.Context) error {
	id := c.Param("id")
	if err := s.stopTask(c, id); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, views.TaskURL(id))
}

// stopTask stops a task, and writes down who does.
func (s *Server) stopTask(c echo.Context, id string) error {
	if err := s.Tasks.Stop(c.Request().Context(), id, operator(c)); err != nil {
		return err
	}
	s.acted(c, "stop", "task", id)
	return nil
}

// askStopAll names the tasks that would be stopped.
func (s *Server) askStopAll(c echo.Context) error {
	sources, err := s.panelSources(c.Request().Context())
	if err != nil {
		return err
	}
	var names []string
	for _, source := range sources {
		for _, task := range source.Active {
			names = append(names, task.Dataset+" ("+task.Status+")")
		}
	}
	about := []string{"No task waits or runs at the moment."}
	if len(names) > 0 {
		about = []string{
			"These tasks are stopped: " + strings.Join(names, ", ") + ".",
			"What one of them has done so far is lost, and the index stays as it was before. Sources that are looked at regularly are so again when their time comes.",
		}
	}
	return s.confirm(c, views.Confirmation{
		Title: "Stop all tasks", About: about, Button: "Stop all", Action: views.StopAllURL, BackURL: views.ManagementURL,
	})
}

func (s *Server) doStopAll(c echo.Context) error {
	if !isConfirmed(c) {
		return c.Redirect(http.StatusSeeOther, views.StopAllURL)
	}
	if err := s.stopAllTasks(c); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, views.ManagementURL+"?done=stop-all")
}

// stopAllTasks stops every task, and writes down who does.
func (s *Server) stopAllTasks(c echo.Context) error {
	if err := s.Tasks.StopAll(c.Request().Context(), operator(c)); err != nil {
		return err
	}
	s.acted(c, "stop all")
	return nil
}
