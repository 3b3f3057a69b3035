package main

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// nginxConf serves files as plainly and as fast as nginx can; two workers, as many as we have cores.
const nginxConf = `
worker_processes auto;
daemon off;
pid %[1]s/nginx.pid;
error_log %[1]s/error.log;
events { worker_connections 512; }
http {
  access_log off;
  sendfile on;
  tcp_nopush on;
  keepalive_requests 1000000;
  open_file_cache max=2000;
  types { application/xml xml; }
  client_body_temp_path %[1]s; proxy_temp_path %[1]s; fastcgi_temp_path %[1]s; uwsgi_temp_path %[1]s; scgi_temp_path %[1]s;
  server { listen %[2]s; root %[1]s/root; }
}
`

// reportNginx serves the same answers as static files of nginx, when it is installed.
func reportNginx(ctx context.Context, base string, paths []string, lasting time.Duration, dir string) error {
	program, err := exec.LookPath("nginx")
	if err != nil {
		fmt.Print("\nnginx is not installed; the same answers as static files were not measured.\n")
		return nil
	}
	dir = filepath.Join(dir, "nginx")
	if err := saveAnswers(ctx, base, paths, filepath.Join(dir, "root")); err != nil {
		return err
	}
	host, err := freeAddress()
	if err != nil {
		return err
	}
	conf := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(conf, fmt.Appendf(nil, nginxConf, dir, host), 0o600); err != nil {
		return err
	}
	server := exec.CommandContext(ctx, program, "-c", conf, "-p", dir)
	if err := server.Start(); err != nil {
		return err
	}
	defer func() {
		_ = server.Process.Signal(os.Interrupt)
		_ = server.Wait()
	}()
	if err := waitFor(host); err != nil {
		return err
	}
	for _, n := range []int{1, connections} {
		r, err := load(host, paths, n, lasting)
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

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	return listener.Addr().String(), listener.Close()
}

func waitFor(host string) error {
	var err error
	for range 50 {
		var conn net.Conn
		if conn, err = net.Dial("tcp", host); err == nil {
			return conn.Close()
		}
		time.Sleep(100 * time.Millisecond)
	}
	return fmt.Errorf("nginx does not answer: %w", err)
}
