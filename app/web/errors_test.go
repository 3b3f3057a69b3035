package web

import (
	"context"
	"errors"
	"io"
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
		{"unexpected, and the client is gone", true, context.Canceled, statusClientGone, 0},
		{"the database is away, and the client is gone", true, fault.New(fault.Unavailable, "away"), statusClientGone, 0},
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
			c := echo.New().NewContext(request, recorder)
			s.handleError(tt.err, c)
			require.Equal(t, tt.status, c.Response().Status)
			require.Equal(t, tt.status != statusClientGone, c.Response().Committed, "499 is for the log alone")
			require.Equal(t, tt.calls, reported)
		})
	}
}

// A client that gave up gets no answer: neither 499, which is no status of HTTP, nor an empty 200.
func TestNoStatus499(t *testing.T) {
	handler := guarded(t, func(c echo.Context) error { return c.Request().Context().Err() })
	ctx, leave := context.WithCancel(t.Context())
	leave()
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		recorder := httptest.NewRecorder()
		require.PanicsWithValue(t, http.ErrAbortHandler, func() {
			handler.ServeHTTP(recorder, httptest.NewRequestWithContext(ctx, method, "/api/v1/thing/", nil))
		})
		require.Zero(t, recorder.Body.Len())
		require.False(t, recorder.Flushed)
	}
}

// Errors are kept by no cache, and HEAD is answered with the headers of GET.
func TestErrorsAreNotKept(t *testing.T) {
	for name, tt := range map[string]struct {
		path   string
		err    error
		status int
	}{
		"nothing of the API":       {"/api/v1/nothing/", nil, http.StatusNotFound},
		"nothing of xml2rfc":       {"/public/nothing/", nil, http.StatusNotFound},
		"refused":                  {"/api/v1/thing/", fault.New(fault.Invalid, "name a thing"), http.StatusBadRequest},
		"a source does not answer": {"/api/v1/thing/", fault.New(fault.Upstream, "no answer"), http.StatusBadGateway},
		"the database is away":     {"/api/v1/thing/", fault.New(fault.Unavailable, "away"), http.StatusServiceUnavailable},
		"unexpected":               {"/api/v1/thing/", errors.New("broken"), http.StatusInternalServerError},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(hostless(guarded(t, func(echo.Context) error { return tt.err })))
			defer server.Close()
			get, head := ask(t, http.MethodGet, server.URL+tt.path), ask(t, http.MethodHead, server.URL+tt.path)
			require.Equal(t, tt.status, get.status)
			for _, field := range []string{"Cache-Control", "CDN-Cache-Control", "Surrogate-Control"} {
				require.Equal(t, "no-store", get.header.Get(field), field)
			}
			require.Empty(t, get.header.Get("ETag"))
			require.NotEmpty(t, get.body)
			require.Equal(t, tt.status, head.status)
			require.Empty(t, head.body)
			require.Equal(t, get.header, head.header)
			require.Equal(t, tt.status >= http.StatusBadGateway, get.header.Get("Retry-After") != "")
		})
	}
}

// hostless serves every request as one for the host that guarded knows.
func hostless(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Host = "example.com"
		handler.ServeHTTP(w, r)
	})
}

// ask sends a request and returns the answer, without the headers that differ each time.
func ask(t *testing.T, method, address string) page {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, http.NoBody)
	require.NoError(t, err)
	response, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	body, err := io.ReadAll(response.Body)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	response.Header.Del("Date")
	response.Header.Del(requestIDHeader)
	return page{status: response.StatusCode, header: response.Header, body: string(body)}
}
