// Package pglocal runs a private PostgreSQL, for the command that needs no configuration and for
// tests. It finds the programs on the machine or gets them, keeps one cluster in a folder of its own,
// and stops it when the last process that uses it leaves. Tables and queries are left to db; a real
// installation brings its own server and never comes here. Linux and macOS.
package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

const (
	// Database is the name of the database.
	Database = "bibxml"
	// User is the name of its owner, who may do everything on this server.
	User = "bibxml"

	// minMajor is the oldest PostgreSQL that the service is made for.
	minMajor = 15
	// stopTimeout bounds a shutdown: a fast one writes a checkpoint, seconds at worst.
	stopTimeout = time.Minute
)

// Options says where the cluster is kept and who hears of what happens.
type Options struct {
	// Dir holds the cluster, its password and its log. It is made when missing.
	Dir string
	// Log is told what takes time or is surprising; nil: nobody.
	Log func(format string, args ...any)
	// Keep has the server started again, at the same address, when it ends without being told to.
	Keep bool
}

// Server is a running private PostgreSQL.
type Server struct {
	cluster *cluster
	url     string
	share   *lock
	unkeep  func() // ends its keeping
}

// Start gives a running server with an empty or the previous database; one that is running in the
// same folder already is shared. The programs are looked for on this machine, then installed by
// apt-get (root on Debian), then downloaded. Run as root, the server runs as the account "postgres"
// or "nobody", because PostgreSQL refuses root; when that account cannot enter Dir, another folder is
// taken and Log told which.
func Start(ctx context.Context, o Options) (*Server, error) {
	if o.Log == nil {
		o.Log = func(string, ...any) {}
	}
	s, err := start(ctx, o)
	if err != nil {
		return nil, fmt.Errorf("start a private PostgreSQL in %s (set DATABASE_URL to use another one): %w", o.Dir, err)
	}
	return s, nil
}

func start(ctx context.Context, o Options) (*Server, error) {
	who, err := serverAccount()
	if err != nil {
		return nil, err
	}
	base, err := home(o.Dir, who.canEnter, o.Log)
	if err != nil {
		return nil, err
	}
	mutex, err := lockFile(ctx, filepath.Join(base, "lock"), exclusive)
	if err != nil {
		return nil, err
	}
	defer mutex.release()
	programs, err := findOrInstall(ctx, base, who, o.Log)
	if err != nil {
		return nil, err
	}
	share, err := lockFile(ctx, filepath.Join(base, "users"), shared)
	if err != nil {
		return nil, err
	}
	s := &Server{cluster: newCluster(base, programs, who, o.Log), share: share}
	if s.url, err = s.cluster.ensure(ctx); err != nil {
		return nil, errors.Join(err, s.leave())
	}
	if o.Keep {
		keeping, cancel := context.WithCancel(context.WithoutCancel(ctx))
		ended := make(chan struct{})
		go func() {
			defer close(ended)
			s.keep(keeping)
		}()
		s.unkeep = func() {
			cancel()
			<-ended
		}
	}
	return s, nil
}

// URL is the address of the database, with its password: postgres://….
func (s *Server) URL() string { return s.url }

// Stop gives the server up. It is shut down, fast but cleanly, unless another process still uses it.
// A second Stop does nothing.
func (s *Server) Stop() error {
	if s.share == nil {
		return nil
	}
	if s.unkeep != nil {
		s.unkeep()
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	mutex, err := lockFile(ctx, filepath.Join(s.cluster.base, "lock"), exclusive)
	if err != nil {
		return fmt.Errorf("stop the private PostgreSQL: %w", err)
	}
	defer mutex.release()
	return s.leave()
}

// leave gives the share up, and stops the server if nobody else holds one.
func (s *Server) leave() error {
	last := s.share.try(exclusive)
	s.share.release()
	s.share = nil
	if !last {
		return nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), stopTimeout)
	defer cancel()
	return s.cluster.stop(ctx)
}

// home gives the folder to keep everything in: dir, or one in the folder for temporary files when the
// server's account cannot enter dir (a checkout below /root, say).
func home(dir string, canEnter func(string) bool, log func(string, ...any)) (string, error) {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	dir, err := realPath(dir)
	if err != nil {
		return "", err
	}
	if canEnter(dir) {
		return dir, nil
	}
	fallback := filepath.Join(os.TempDir(), "bibxml-postgres-"+keyOf(dir))
	if err := ownFolder(fallback); err != nil {
		return "", err
	}
	if !canEnter(fallback) {
		return "", errors.New("the account of the server can enter neither this folder nor " + fallback)
	}
	log("the account of the server cannot enter %s: the database is kept in %s", dir, fallback)
	return realPath(fallback)
}
