package web

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
)

// A client that goes away is no failure of the service, and nobody is called for it.
func TestFailuresForNobody(t *testing.T) {
	for _, tt := range []struct {
		name   string
		gone   bool
		err    error
		status int
		calls  int
	}{
		{"unexpected", false, errors.New("broken"), 500, 1},
		{"unexpected, and the client is gone", true, context.Canceled, 499, 0},
		{"the database is away, and the client is gone", true, fault.New(fault.Unavailable, "away"), 499, 0},
		{"no such document, and the client is gone", true, fault.New(fault.NotFound, "nothing"), 404, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			reported := 0
			s := &Server{Deps: Deps{
				Log:    slog.New(slog.DiscardHandler),
				Report: func(context.Context, error, map[string]string) { reported++ },
			}}
			ctx, leave := context.WithCancel(t.Context())
			defer leave()
			if tt.gone {
				leave()
			}
			recorder := httptest.NewRecorder()
			request := httptest.NewRequestWithContext(ctx, http.MethodGet, "/api/v1/by-docid/", nil)
			s.handleError(tt.err, echo.New().NewContext(request, recorder))
			require.Equal(t, tt.status, recorder.Code)
			require.Equal(t, tt.calls, reported)
		})
	}
}
