package harness

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os/exec"
	"syscall"
	"time"
)

// Work indexes every source as operators do it: all are asked for through the API of the web process,
// which must be serving, and one `bibxml work` does them one after the other. It gives the time of each
// and that from the start of the first to the end of the last.
func (l *Lab) Work(ctx context.Context) (each []Indexing, all time.Duration, err error) {
	for _, dataset := range l.opts.Order {
		if _, err := l.manage(ctx, http.MethodPost, dataset+"/reindex/"); err != nil {
			return nil, 0, err
		}
	}
	worker := exec.CommandContext(ctx, l.program, "work")
	worker.Env, worker.Stdout, worker.Stderr = append(l.env, "METRICS_PORT=0"), l.opts.Log, l.opts.Log
	if err := worker.Start(); err != nil {
		return nil, 0, err
	}
	defer func() {
		_ = worker.Process.Signal(syscall.SIGTERM)
		_ = worker.Wait() // its exit status says only that it was told to end
	}()
	var first, last time.Time
	for _, dataset := range l.opts.Order {
		run, err := l.ended(ctx, dataset)
		if err != nil {
			return nil, 0, err
		}
		if first.IsZero() {
			first = *run.StartedAt
		}
		last = *run.CompletedAt
		each = append(each, Indexing{dataset, run.CompletedAt.Sub(*run.StartedAt)})
	}
	return each, last.Sub(first), nil
}

// ended waits for the end of the newest task of a dataset.
func (l *Lab) ended(ctx context.Context, dataset string) (task, error) {
	for {
		answer, err := l.manage(ctx, http.MethodGet, dataset+"/status/")
		if err != nil {
			return task{}, err
		}
		if len(answer.Tasks) == 0 {
			return task{}, fmt.Errorf("index %s: no task", dataset)
		}
		switch newest := answer.Tasks[0]; {
		case newest.Error != nil:
			return newest, fmt.Errorf("index %s: %s", dataset, newest.Error.Message)
		case newest.CompletedAt != nil && newest.StartedAt != nil:
			return newest, nil
		}
		time.Sleep(100 * time.Millisecond)
	}
}

// task is what the API tells of an indexing.
type task struct {
	StartedAt   *time.Time `json:"started_at"`
	CompletedAt *time.Time `json:"completed_at"`
	Error       *struct {
		Message string `json:"message"`
	} `json:"error"`
}

type managed struct {
	Tasks []task `json:"tasks"`
}

// manage sends a request to the management API.
func (l *Lab) manage(ctx context.Context, method, path string) (answer managed, err error) {
	request, err := http.NewRequestWithContext(ctx, method, l.Base+"/api/v1/management/"+path, nil)
	if err != nil {
		return answer, err
	}
	request.Header.Set("X-IETF-Token", Secret)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return answer, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return answer, fmt.Errorf("%s %s: %s", method, path, response.Status)
	}
	return answer, json.NewDecoder(response.Body).Decode(&answer)
}
