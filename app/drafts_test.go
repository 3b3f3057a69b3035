package app

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const (
	becameRFC = `{"meta": {"total_count": 1}, "objects": [{"relationship": "/api/v1/name/docrelationshipname/became_rfc/",
		"source": "/api/v1/doc/document/%s/", "target": "/api/v1/doc/document/rfc9000/"}]}`
	ofOldVersion = "/api/v1/by-docid/?docid=draft-ietf-quic-transport-32&include=successors"
)

// reporting is a Datatracker that reports what it is told to; 503 when that is nothing.
func reporting(t *testing.T) (address string, report func(string)) {
	t.Helper()
	var answer atomic.Pointer[string]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := answer.Load()
		if *body == "" || r.URL.Path != "/api/v1/doc/relateddocument/" {
			w.WriteHeader(http.StatusServiceUnavailable)
			return
		}
		_, _ = fmt.Fprint(w, *body)
	}))
	t.Cleanup(server.Close)
	return server.URL, func(body string) { answer.Store(&body) }
}

// What the Datatracker reports takes the place of what is inferred; it is asked once in the interval.
func TestDraftsAreConfirmedByTheDatatracker(t *testing.T) {
	t.Parallel()
	address, report := reporting(t)
	report(fmt.Sprintf(becameRFC, "draft-ietf-quic-transport"))
	s := start(t, map[string]string{"DATATRACKER_URL": address})
	s.index(t, "ids")
	s.index(t, "rfcs")
	require.Eventually(t, func() bool { return strings.Contains(s.get(t, ofOldVersion).body, `"inferred":true`) }, time.Minute, 50*time.Millisecond)

	require.NoError(t, s.reportDrafts(t.Context(), time.Hour))
	require.Eventually(t, func() bool {
		body := s.get(t, ofOldVersion).body
		return strings.Contains(body, `"relation":"draftOf"`) && !strings.Contains(body, "inferred")
	}, time.Minute, 50*time.Millisecond)
	require.Contains(t, s.get(t, "/get-one/by-docid/?docid=draft-ietf-quic-transport-32").body, "cite the RFC instead")

	report(fmt.Sprintf(becameRFC, "draft-of-another-name"))
	require.NoError(t, s.reportDrafts(t.Context(), time.Hour))
	require.Contains(t, s.get(t, ofOldVersion).body, `"relation":"draftOf"`, "it was asked a moment ago")
	require.NoError(t, s.reportDrafts(t.Context(), 0))
	require.Eventually(t, func() bool { return !strings.Contains(s.get(t, ofOldVersion).body, "draftOf") }, time.Minute, 50*time.Millisecond,
		"RFC 9000 was another draft")
}

// While it does not answer, what it reported last stays.
func TestDraftsWhileTheDatatrackerIsAway(t *testing.T) {
	t.Parallel()
	address, report := reporting(t)
	report(fmt.Sprintf(becameRFC, "draft-ietf-quic-transport"))
	s := start(t, map[string]string{"DATATRACKER_URL": address})
	s.index(t, "ids")
	s.index(t, "rfcs")
	require.NoError(t, s.reportDrafts(t.Context(), time.Hour))
	for _, answer := range []string{"", "<html>", `{"meta": {"total_count": 0}, "objects": []}`} {
		report(answer)
		require.Error(t, s.reportDrafts(t.Context(), 0))
	}
	require.Eventually(t, func() bool {
		got := s.get(t, ofOldVersion)
		return got.status == 200 && strings.Contains(got.body, `"relation":"draftOf"`) && !strings.Contains(got.body, "inferred")
	}, time.Minute, 50*time.Millisecond)
}
