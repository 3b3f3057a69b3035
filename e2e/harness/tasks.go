package harness

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Wanted says what kind of indexing is asked for; its zero value is an ordinary one.
type Wanted struct {
	Force bool
	Refs  []string
}

// Task is what the API tells of an indexing.
type Task struct {
	ID          string     `json:"task_id"`
	StartedAt   *time.Time `json:"started_at"`
	CompletedAt *time.Time `json:"completed_at"`
	Error       *struct {
		Message string `json:"message"`
	} `json:"error"`
	OutcomeSummary *string `json:"outcome_summary"`
}

// Request asks for an indexing through the API of the web process, and gives the id of its task.
func (l *Lab) Request(ctx context.Context, dataset string, w Wanted) (id string, err error) {
	form := url.Values{}
	if len(w.Refs) > 0 {
		form.Set("refs", strings.Join(w.Refs, ","))
	}
	path := dataset + "/reindex/"
	if w.Force {
		path += "?force=1"
	}
	var answer struct {
		Message string `json:"message"`
	}
	if err := l.manage(ctx, http.MethodPost, path, form, &answer); err != nil {
		return "", err
	}
	words := strings.Fields(answer.Message)
	if len(words) == 0 {
		return "", fmt.Errorf("index %s: no task in %q", dataset, answer.Message)
	}
	return words[len(words)-1], nil
}

// Tasks lists the tasks of a dataset, newest first.
func (l *Lab) Tasks(ctx context.Context, dataset string) ([]Task, error) {
	var answer struct {
		Tasks []Task `json:"tasks"`
	}
	err := l.manage(ctx, http.MethodGet, dataset+"/status/", nil, &answer)
	return answer.Tasks, err
}

// Ended waits for the end of a task, which must be a good one. While the database is away it goes on waiting.
func (l *Lab) Ended(ctx context.Context, dataset, id string) (Task, error) {
	for {
		tasks, err := l.Tasks(ctx, dataset)
		if err != nil && !strings.Contains(err.Error(), http.StatusText(http.StatusServiceUnavailable)) {
			return Task{}, err
		}
		for _, t := range tasks {
			switch {
			case t.ID != id:
			case t.Error != nil:
				return t, fmt.Errorf("index %s: %s", dataset, t.Error.Message)
			case t.CompletedAt != nil && t.StartedAt != nil:
				return t, nil
			}
		}
		select {
		case <-ctx.Done():
			return Task{}, fmt.Errorf("index %s: the task %s did not end: %w", dataset, id, ctx.Err())
		case <-time.After(50 * time.Millisecond):
		}
	}
}

// manage sends a request to the management API.
func (l *Lab) manage(ctx context.Context, method, path string, form url.Values, answer any) error {
	request, err := http.NewRequestWithContext(ctx, method, l.Base+"/api/v1/management/"+path, strings.NewReader(form.Encode()))
	if err != nil {
		return err
	}
	request.Header.Set("X-IETF-Token", Secret)
	if len(form) > 0 {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s", method, path, response.Status)
	}
	return json.NewDecoder(response.Body).Decode(answer)
}
