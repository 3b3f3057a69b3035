// Package harness starts the real program on real or generated sources, for measurements and for
// replaying recorded answers: a private database, the sources indexed by the command line, one web process.
package harness

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ietf-tools/bibxml/db/pglocal"
)

// Secrets of the management that the recorded requests use.
const (
	Secret      = "lab-api-secret"
	ExtraSecret = "lab-extra-secret"
)

// Options say what to start.
type Options struct {
	Dir     string            // for the program, the database and the mirrors; created, and emptied before
	Sources map[string]string // dataset → address of its repository
	Order   []string          // in which the datasets are indexed
	Program string            // one that is built already; empty: that of BIBXML_BIN, else that of this tree is built
	Log     io.Writer         // what the program prints
	Env     []string          // further variables, NAME=value; they win over those of the lab
}

// Indexing is one run of the command `index`.
type Indexing struct {
	Dataset string
	Took    time.Duration
}

// Lab is a running service.
type Lab struct {
	Base     string // http://127.0.0.1:port
	Database string // its address
	opts     Options
	program  string
	env      []string
	db       *pglocal.Server
	drafts   *httptest.Server // in place of the Datatracker
	web      *Process
	mu       sync.Mutex // of the log
}

// Start builds the program and starts its database. Nothing is indexed or served yet.
func Start(ctx context.Context, opts Options) (*Lab, error) {
	if err := os.RemoveAll(opts.Dir); err != nil {
		return nil, fmt.Errorf("empty %s: %w", opts.Dir, err)
	}
	if err := os.MkdirAll(opts.Dir, 0o755); err != nil {
		return nil, err
	}
	lab := &Lab{opts: opts, program: cmp.Or(opts.Program, os.Getenv("BIBXML_BIN"))}
	if lab.program == "" {
		lab.program = filepath.Join(opts.Dir, "bibxml")
		if err := Build(ctx, ".", lab.program); err != nil {
			return nil, err
		}
	}
	logf := func(format string, args ...any) { _, _ = fmt.Fprintf(opts.Log, format+"\n", args...) }
	db, err := pglocal.Start(ctx, pglocal.Options{Dir: filepath.Join(opts.Dir, "db"), Log: logf})
	if err != nil {
		return nil, err
	}
	lab.db, lab.Database = db, db.URL()
	lab.drafts = httptest.NewServer(http.NotFoundHandler())
	lab.env = lab.environment()
	if err := lab.Migrate(ctx); err != nil {
		return nil, errors.Join(err, lab.Stop())
	}
	return lab, nil
}

// Build builds the program of a tree of its source code.
func Build(ctx context.Context, tree, program string) error {
	build := exec.CommandContext(ctx, "go", "build", "-o", program, "github.com/ietf-tools/bibxml")
	build.Dir = tree
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", tree, err, out)
	}
	return nil
}

// As returns the same lab with another build of the program, beside what runs already, and with further variables of its
// own. It is stopped by itself, before the lab itself.
func (l *Lab) As(program string, env ...string) *Lab {
	return &Lab{Base: l.Base, Database: l.Database, opts: l.opts, program: program, env: slices.Concat(l.env, env), db: l.db, drafts: l.drafts}
}

// Migrate brings the database to the newest version that the program knows.
func (l *Lab) Migrate(ctx context.Context) error { return l.run(ctx, "migrate") }

// environment is the one that the recorded answers were taken in: a Datatracker that knows no draft, Crossref out of reach,
// nothing corrected.
func (l *Lab) environment() []string {
	env := append(os.Environ(),
		"DATABASE_URL="+l.Database,
		"DATASET_TMP_ROOT="+l.Mirrors(),
		"PRIMARY_HOSTNAME=localhost", "INTERNAL_HOSTNAMES=127.0.0.1",
		"API_SECRET="+Secret, "EXTRA_API_SECRETS="+ExtraSecret,
		"DATATRACKER_URL="+l.drafts.URL, "CROSSREF_URL=http://127.0.0.1:9",
		"CORRECTIONS=none",
		"PORT=0", "LOG_LEVEL=warn",
		"SEARCH_TIME_PER_MINUTE=0", "SEARCHES_PER_CLIENT=1000", // all readers are one client
	)
	for dataset, address := range l.opts.Sources {
		env = append(env, sourceVariable(dataset)+"="+address)
	}
	return append(env, l.opts.Env...)
}

// Mirrors is the folder with the local copies of the sources, each under the name of its dataset.
func (l *Lab) Mirrors() string { return filepath.Join(l.opts.Dir, "mirrors") }

// Index indexes every source by the command line, one after the other.
func (l *Lab) Index(ctx context.Context, flags ...string) ([]Indexing, error) {
	var done []Indexing
	for _, dataset := range l.opts.Order {
		started := time.Now()
		if err := l.run(ctx, append([]string{"index", dataset}, flags...)...); err != nil {
			return done, err
		}
		done = append(done, Indexing{dataset, time.Since(started)})
	}
	return done, nil
}

// IndexFrom indexes a dataset from another repository than before, as when an operator changes its address.
func (l *Lab) IndexFrom(ctx context.Context, dataset, address string) error {
	l.env = append(l.env, sourceVariable(dataset)+"="+address) // the last one counts
	return l.run(ctx, "index", dataset)
}

func sourceVariable(dataset string) string { return "SOURCE_URL_" + strings.ToUpper(dataset) }

func (l *Lab) run(ctx context.Context, args ...string) error {
	cmd := exec.CommandContext(ctx, l.program, args...)
	cmd.Env, cmd.Stdout, cmd.Stderr = l.env, l.opts.Log, l.opts.Log
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("bibxml %s: %w", strings.Join(args, " "), err)
	}
	return nil
}

// Serve starts the web process of the lab and waits until it listens.
func (l *Lab) Serve(ctx context.Context) (err error) {
	if l.web, err = l.Web(ctx); err != nil {
		return err
	}
	l.Base = l.web.Base
	return nil
}

// Memory gives the resident memory of the web process in bytes, now and at its highest.
func (l *Lab) Memory() (now, highest uint64, err error) { return l.web.Memory() }

// Halt shuts the database down: in order, or at once as when a machine fails. Resume starts it again.
func (l *Lab) Halt(ctx context.Context, atOnce bool) error { return l.db.Halt(ctx, atOnce) }

// Resume starts the database again at the same address, and returns when it answers.
func (l *Lab) Resume(ctx context.Context) error { return l.db.Resume(ctx) }

// Stop ends the web process and the database.
func (l *Lab) Stop() error {
	if l.web != nil {
		l.web.Stop()
	}
	l.drafts.Close()
	return l.db.Stop()
}
