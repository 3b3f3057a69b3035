package app

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/fault"
)

// probeTimeout is how long a role may take to say that it is well; the pings of its database included.
const probeTimeout = 5 * time.Second

// Probe asks the web process of this machine, or its worker, whether it can do its work. It is what a
// container asks whose image has neither a shell nor curl. It fails with fault.Unavailable when the
// process cannot be reached, or answers that it is not well.
func Probe(ctx context.Context, cfg *config.Config, worker bool) error {
	ctx, cancel := context.WithTimeout(ctx, probeTimeout)
	defer cancel()
	port := cfg.Port
	if worker {
		port = cfg.MetricsPort
	}
	address := "http://" + net.JoinHostPort(reachable(cfg.Listen), strconv.Itoa(port)) + "/healthz/"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return fmt.Errorf("probe: %w", err)
	}
	request.Host = cfg.PrimaryHostname // other hosts are refused
	response, err := (&http.Client{Transport: &http.Transport{}}).Do(request)
	if err != nil {
		return fault.Wrap(fault.Unavailable, err, "%s does not answer", address)
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		told, _ := io.ReadAll(io.LimitReader(response.Body, 500)) // what can be read of it tells more than nothing
		return fault.New(fault.Unavailable, "%s answers %s: %s", address, response.Status, strings.TrimSpace(string(told)))
	}
	return nil
}

// reachable is where a process can be reached that listens on an address, or on all of them.
func reachable(listen string) string {
	if ip := net.ParseIP(listen); listen == "" || ip != nil && ip.IsUnspecified() {
		return "127.0.0.1"
	}
	return listen
}
