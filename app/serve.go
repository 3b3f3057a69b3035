package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"syscall"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Limits that keep slow or idle clients from holding connections for ever.
const (
	headerTimeout = 10 * time.Second
	readTimeout   = 30 * time.Second
	writeTimeout  = 60 * time.Second
	idleTimeout   = 2 * time.Minute
	endTimeout    = 20 * time.Second // for requests under way when the program is told to end
	headerLimit   = 32 << 10
)

// serve answers HTTP at an address until ctx ends. It writes the address that it really listens on into
// the log, for port 0.
func serve(ctx context.Context, log *slog.Logger, what, address string, handler http.Handler) error {
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", address)
	if err != nil {
		return fmt.Errorf("%s: %w%s", what, err, listenAdvice(err))
	}
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: headerTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    headerLimit,
		ErrorLog:          slog.NewLogLogger(log.Handler(), slog.LevelDebug),
	}
	ended := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		end, cancel := context.WithTimeout(context.WithoutCancel(ctx), endTimeout)
		defer cancel()
		ended <- server.Shutdown(end)
	})
	log.InfoContext(ctx, what, "url", urlOf(listener.Addr()))
	err = server.Serve(listener)
	if stop() || !errors.Is(err, http.ErrServerClosed) {
		return fmt.Errorf("%s: %w", what, err) // it ended without being told to
	}
	return <-ended
}

// listenAdvice returns what to do when a process cannot listen.
func listenAdvice(err error) string {
	var unknown *net.DNSError
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return ": another process listens there; end that one, or set another PORT or METRICS_PORT"
	case errors.Is(err, syscall.EADDRNOTAVAIL), errors.As(err, &unknown):
		return ": LISTEN is no address of this machine; leave it empty, or set it to one"
	case errors.Is(err, syscall.EACCES):
		return ": ports below 1024 need privileges; set another PORT or METRICS_PORT, and let a proxy listen there"
	}
	return ""
}

// urlOf is what a person types into a browser on this machine.
func urlOf(address net.Addr) string {
	host, port, err := net.SplitHostPort(address.String())
	if err != nil {
		return address.String()
	}
	if ip := net.ParseIP(host); ip != nil && (ip.IsUnspecified() || ip.IsLoopback()) {
		host = "localhost"
	}
	return "http://" + net.JoinHostPort(host, port)
}

// workerPages serves the metrics of the worker, and whether it is there; it has no other pages. It is
// there as long as it answers: while the database is away it waits for it, and starting anew helps nobody.
func (a *App) workerPages() http.Handler {
	measured := promhttp.HandlerFor(prometheus.Gatherers{a.metrics, a.indexMetrics()}, promhttp.HandlerOpts{})
	mux := http.NewServeMux()
	mux.Handle("GET /metrics", measured)
	mux.Handle("GET /metrics/", measured)
	mux.HandleFunc("GET /healthz/", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	return mux
}
