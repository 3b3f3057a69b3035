package datatracker

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/drafts"
	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/fault"
)

// relationsFrom asks a stand-in.
func relationsFrom(t *testing.T, answer func(w http.ResponseWriter, query url.Values)) ([]drafts.Report, error) {
	t.Helper()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		require.Equal(t, "/api/v1/doc/relateddocument/", r.URL.Path)
		require.Equal(t, "BibXML/1", r.UserAgent())
		answer(w, r.URL.Query())
	}))
	t.Cleanup(server.Close)
	source, err := external.New[struct{}](external.Options{
		Name: "The Datatracker", URL: server.URL, UserAgent: "BibXML/1", Patience: time.Minute, Timeout: time.Minute, Parallel: 1,
		Observe: func(string, time.Duration) {}, Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	return Relations(t.Context(), source)
}

func object(kind, source, target string) map[string]any {
	return map[string]any{
		"id": 1, "relationship": "/api/v1/name/docrelationshipname/" + kind + "/", "source": "/api/v1/doc/document/" + source + "/",
		"target": "/api/v1/doc/document/" + target + "/", "resource_uri": "/api/v1/doc/relateddocument/1/",
	}
}

// listed answers with pages of a list, of at most so many objects.
func listed(all []map[string]any, most int) func(w http.ResponseWriter, query url.Values) {
	return func(w http.ResponseWriter, query url.Values) {
		offset, _ := strconv.Atoi(query.Get("offset"))
		limit, _ := strconv.Atoi(query.Get("limit"))
		offset = min(offset, len(all))
		objects := all[offset:min(offset+limit, offset+most, len(all))]
		_ = json.NewEncoder(w).Encode(map[string]any{"meta": map[string]any{"total_count": len(all)}, "objects": objects})
	}
}

func TestRelationsOfDrafts(t *testing.T) {
	var all []map[string]any
	for i := range 2300 {
		all = append(all, object("became_rfc", fmt.Sprintf("draft-a-%d", i), fmt.Sprintf("rfc%d", i+1)))
	}
	all = append(all,
		object("replaces", "draft-ietf-quic-http", "draft-shade-quic-http2-mapping"), object("replaces", "draft-ietf-quic-http", "draft-shade-quic-http2-mapping"),
		object("replaces", "draft-a", "draft-a"), object("became_rfc", "draft-b", "bcp14"), object("became_rfc", "draft-c", "rfc12345678"),
		object("obs", "rfc9110", "rfc7231"), object("became_rfc", "draft-<script>", "rfc1"), map[string]any{},
	)
	for name, most := range map[string]int{"pages as asked for": 1000, "smaller pages": 70} {
		found, err := relationsFrom(t, listed(all, most))
		require.NoError(t, err, name)
		require.Len(t, found, 2301, name)
		require.Equal(t, drafts.Report{Kind: "became_rfc", Source: "draft-a-0", Target: "rfc1"}, found[0])
		require.Equal(t, drafts.Report{Kind: "replaces", Source: "draft-ietf-quic-http", Target: "draft-shade-quic-http2-mapping"}, found[2300])
	}
}

// An answer that is not the whole list must not take the place of one.
func TestRelationsThatAreIncomplete(t *testing.T) {
	one := []map[string]any{object("became_rfc", "draft-a", "rfc1")}
	for name, answer := range map[string]func(w http.ResponseWriter, query url.Values){
		"nothing":      listed(nil, 10),
		"an error":     func(w http.ResponseWriter, _ url.Values) { w.WriteHeader(http.StatusServiceUnavailable) },
		"no such list": func(w http.ResponseWriter, _ url.Values) { w.WriteHeader(http.StatusNotFound) },
		"no JSON":      func(w http.ResponseWriter, _ url.Values) { _, _ = w.Write([]byte("<html>")) },
		"another JSON": func(w http.ResponseWriter, _ url.Values) { _, _ = w.Write([]byte(`{"objects": []}`)) },
		"objects of the wrong kind": func(w http.ResponseWriter, _ url.Values) {
			_, _ = w.Write([]byte(`{"meta": {"total_count": 1}, "objects": [1]}`))
		},
		"it ends early": func(w http.ResponseWriter, q url.Values) {
			if q.Get("offset") != "0" {
				one = nil
			}
			_ = json.NewEncoder(w).Encode(map[string]any{"meta": map[string]any{"total_count": 5}, "objects": one})
		},
		"it has no end": func(w http.ResponseWriter, _ url.Values) {
			_ = json.NewEncoder(w).Encode(map[string]any{"meta": map[string]any{"total_count": 1 << 30}, "objects": []map[string]any{object("replaces", "draft-a", "draft-b")}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			found, err := relationsFrom(t, answer)
			require.Error(t, err)
			require.True(t, fault.Is(err, fault.Upstream) || fault.Is(err, fault.NotFound), "%v", err)
			require.Empty(t, found)
		})
	}
}
