package app

import (
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/fault"
)

func TestProbe(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		name, listen string
		answer       int
		want         string // of the failure
	}{
		{"well", "127.0.0.1", http.StatusOK, ""},
		{"listens everywhere", "0.0.0.0", http.StatusOK, ""},
		{"listens everywhere, IPv6 too", "", http.StatusOK, ""},
		{"database away", "", http.StatusServiceUnavailable, "503 Service Unavailable: the database is away"},
		{"not ours", "", http.StatusNotFound, "404"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.Host != "bib.example" || r.URL.Path != "/healthz/" {
					tt.answer = http.StatusBadRequest
				}
				w.WriteHeader(tt.answer)
				_, _ = w.Write([]byte("the database is away\n"))
			}))
			defer server.Close()
			port := portOf(t, server)
			for _, worker := range []bool{false, true} {
				cfg := &config.Config{Listen: tt.listen, PrimaryHostname: "bib.example", Port: 1, MetricsPort: 1}
				if worker {
					cfg.MetricsPort = port
				} else {
					cfg.Port = port
				}
				err := Probe(t.Context(), cfg, worker)
				if tt.want == "" {
					require.NoError(t, err)
					continue
				}
				require.Equal(t, fault.Unavailable, fault.Of(err))
				require.ErrorContains(t, err, tt.want)
			}
		})
	}
}

func TestProbeOfNothing(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.NotFoundHandler())
	port := portOf(t, server)
	server.Close()
	err := Probe(t.Context(), &config.Config{Port: port, PrimaryHostname: "localhost"}, false)
	require.Equal(t, fault.Unavailable, fault.Of(err))
	require.ErrorContains(t, err, "does not answer")
}

func TestProbeOfTheService(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	address, err := url.Parse(s.base)
	require.NoError(t, err)
	port, err := strconv.Atoi(address.Port())
	require.NoError(t, err)
	cfg := *s.cfg
	cfg.Port = port
	require.NoError(t, Probe(t.Context(), &cfg, false))
	s.line.cut()
	require.ErrorContains(t, Probe(t.Context(), &cfg, false), "503")
}

func portOf(t *testing.T, server *httptest.Server) int {
	t.Helper()
	_, port, err := net.SplitHostPort(server.Listener.Addr().String())
	require.NoError(t, err)
	number, err := strconv.Atoi(port)
	require.NoError(t, err)
	return number
}
