package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// Files, served as plainly and as fast as nginx can.
const (
	nginxHTTP = `
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=2000;
  types { application/xml xml; }`
	nginxServer = `root %s/root;`
)

// reportNginx serves the same answers as static files of nginx, when it is installed.
func reportNginx(ctx context.Context, base string, paths []string, lasting time.Duration, dir string) error {
	dir = filepath.Join(dir, "nginx")
	if err := saveAnswers(ctx, base, paths, filepath.Join(dir, "root")); err != nil {
		return err
	}
	server, err := harness.StartNginx(ctx, dir, nginxHTTP, fmt.Sprintf(nginxServer, dir))
	if errors.Is(err, harness.ErrNoNginx) {
		fmt.Print("\nnginx is not installed; the same answers as static files were not measured.\n")
		return nil
	}
	if err != nil {
		return err
	}
	defer server.Stop()
	for _, n := range []int{1, connections} {
		r, err := load(server.Address, paths, n, lasting)
		if err != nil {
			return err
		}
		printRow("the same 500 as static files of nginx", n, r)
	}
	return nil
}

func saveAnswers(ctx context.Context, base string, paths []string, root string) error {
	for _, path := range paths {
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, base+path, nil)
		if err != nil {
			return err
		}
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			return err
		}
		body, err := io.ReadAll(response.Body)
		_ = response.Body.Close()
		if err != nil {
			return err
		}
		name, err := url.PathUnescape(path)
		if err != nil {
			return err
		}
		file := filepath.Join(root, filepath.FromSlash(strings.TrimPrefix(name, "/")))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, body, 0o644); err != nil {
			return err
		}
	}
	return nil
}
