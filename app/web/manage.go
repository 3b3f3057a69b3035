package web

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/views"
)

// Tasks is what the management needs of the queue.
type Tasks interface {
	// Enqueue asks for an indexing; a request that waits already is joined. It gives the id of the task.
	Enqueue(ctx context.Context, request indexing.Request) (string, error)
	// Tasks lists the tasks of a dataset, newest first.
	Tasks(ctx context.Context, dataset string) ([]indexing.Task, error)
	// Stop ends a task, at the wish of by; fault.NotFound when there is none of that id.
	Stop(ctx context.Context, id, by string) error
	// StopAll ends all tasks that wait or run.
	StopAll(ctx context.Context, by string) error
}

// apiUser is who asks for something with one of the API's secrets.
const apiUser = "the API"

// status answers GET /api/v1/management/<dataset>/status/.
func (s *Server) status(c echo.Context) error {
	dataset, err := s.indexable(c)
	if err != nil {
		return err
	}
	tasks, err := s.Tasks.Tasks(c.Request().Context(), dataset)
	if err != nil {
		return err
	}
	if tasks == nil {
		tasks = []indexing.Task{}
	}
	body, err := json.Marshal(map[string]any{"tasks": tasks})
	if err != nil {
		return err
	}
	return newAnswer(typeJSON, body).send(c)
}

// problems answers GET /api/v1/management/<dataset>/problems/: what is wrong with the records, by kind.
func (s *Server) problems(c echo.Context) error {
	dataset, err := s.indexable(c)
	if err != nil {
		return err
	}
	kinds, err := s.Catalog.ProblemKinds(c.Request().Context(), dataset)
	if err != nil {
		return err
	}
	type kind struct {
		browse.ProblemKind
		URL string `json:"url"` // of the records that have it
	}
	list := make([]kind, len(kinds))
	for i, k := range kinds {
		list[i] = kind{k, s.origin(c) + views.ListingURL(dataset, views.ListingAt{Problem: k.Name})}
	}
	body, err := json.Marshal(map[string]any{"problems": list})
	if err != nil {
		return err
	}
	return newAnswer(typeJSON, body).send(c)
}

// reindex answers POST /api/v1/management/<dataset>/reindex/.
func (s *Server) reindex(c echo.Context) error {
	dataset, err := s.indexable(c)
	if err != nil {
		return err
	}
	if err := readForm(c); err != nil {
		return err
	}
	refs, err := readRefs(formValue(c, "refs"), isComma)
	if err != nil {
		return err
	}
	id, err := s.enqueue(c, "reindex", indexing.Request{Dataset: dataset, Refs: refs, Force: isTrue(c.QueryParam("force"))})
	if err != nil {
		return err
	}
	return message(c, "Queued indexing for "+dataset+" with task ID "+id)
}

// resetIndex answers POST /api/v1/management/<dataset>/reset-index/.
func (s *Server) resetIndex(c echo.Context) error {
	dataset, err := s.indexable(c)
	if err != nil {
		return err
	}
	id, err := s.enqueue(c, "reset", indexing.Request{Dataset: dataset, Action: indexing.Reset})
	if err != nil {
		return err
	}
	return message(c, "Queued the reset of the index for "+dataset+" with task ID "+id)
}

func (s *Server) stop(c echo.Context) error {
	id := c.Param("id")
	if err := s.stopTask(c, id); err != nil {
		return err
	}
	return message(c, "Task "+id+" has been revoked")
}

func (s *Server) stopAll(c echo.Context) error {
	if err := s.stopAllTasks(c); err != nil {
		return err
	}
	return message(c, "All tasks have been revoked")
}

// indexable gives the dataset that the path names, the archive source included.
func (s *Server) indexable(c echo.Context) (string, error) {
	dataset := c.Param("dataset")
	if dataset != indexing.Archive && !slices.Contains(s.Datasets, dataset) {
		return "", fault.New(fault.NotFound, "There is no source %q here.", dataset)
	}
	return dataset, nil
}

func message(c echo.Context, text string) error {
	return c.JSON(http.StatusOK, map[string]string{"message": text})
}

func isTrue(value string) bool {
	switch strings.ToLower(value) {
	case "1", "true", "yes", "on":
		return true
	}
	return false
}
