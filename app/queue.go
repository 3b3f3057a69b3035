package app

import (
	"fmt"
	"net/http"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"riverqueue.com/riverui"

	"github.com/ietf-tools/bibxml/views"
)

// queuePages is River's own view of the jobs. It can be read only: a job that is cancelled there says nothing of who did it, and
// one that is retried has a task that ended, which the panel and the API tell of. Its services are not started:
// they count jobs every ten seconds, looked at or not, for tables with more of them than ours ever has.
func (a *App) queuePages() (http.Handler, error) {
	client, err := river.NewClient(riverpgxv5.New(a.db.Pool()), &river.Config{Logger: a.log})
	if err != nil {
		return nil, fmt.Errorf("wire the view of the queue: %w", err)
	}
	pages, err := riverui.NewHandler(&riverui.HandlerOpts{
		Endpoints: riverui.NewEndpoints(client, nil), Logger: a.log, Prefix: views.QueueURL,
	})
	if err != nil {
		return nil, fmt.Errorf("wire the view of the queue: %w", err)
	}
	return readOnly(pages), nil
}

// readOnly refuses what would change something.
func readOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "The queue is changed in the panel.", http.StatusMethodNotAllowed)
			return
		}
		next.ServeHTTP(w, r)
	})
}
