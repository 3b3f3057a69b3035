package harness

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// ErrNoNginx says that nginx is not installed.
var ErrNoNginx = errors.New("nginx is not installed")

// Nginx is a running server.
type Nginx struct {
	Address string // host:port
	cmd     *exec.Cmd
}

// nginxConf is what every configuration has in common: nothing outside of a folder of its own.
const nginxConf = `
worker_processes auto;
daemon off;
pid %[1]s/nginx.pid;
error_log %[1]s/error.log;
events { worker_connections 512; }
http {
  access_log off;
  client_body_temp_path %[1]s; proxy_temp_path %[1]s; fastcgi_temp_path %[1]s; uwsgi_temp_path %[1]s; scgi_temp_path %[1]s;
%[3]s
  server { listen %[2]s; %[4]s }
}
`

// StartNginx starts nginx on a free address with directives for its block "http" and for the one "server"
// in it, and waits until it listens. It fails with ErrNoNginx when it is not installed.
func StartNginx(ctx context.Context, dir, http, server string) (*Nginx, error) {
	program, err := exec.LookPath("nginx")
	if err != nil {
		program, err = exec.LookPath("/usr/sbin/nginx") // on Debian, not in the path of an ordinary user
	}
	if err != nil {
		return nil, ErrNoNginx
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return nil, err
	}
	n := &Nginx{}
	if n.Address, err = freeAddress(); err != nil {
		return nil, err
	}
	conf := filepath.Join(dir, "nginx.conf")
	if err := os.WriteFile(conf, fmt.Appendf(nil, nginxConf, dir, n.Address, http, server), 0o600); err != nil {
		return nil, err
	}
	n.cmd = exec.CommandContext(ctx, program, "-c", conf, "-p", dir)
	if err := n.cmd.Start(); err != nil {
		return nil, err
	}
	if err := waitFor(n.Address); err != nil {
		n.Stop()
		return nil, err
	}
	return n, nil
}

// Stop ends the server.
func (n *Nginx) Stop() {
	_ = n.cmd.Process.Signal(os.Interrupt)
	_ = n.cmd.Wait() // its exit status says only that it was told to end
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
