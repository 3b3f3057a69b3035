package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/front"
)

// fake notes what the commands ask of the service.
type fake struct {
	mu    sync.Mutex
	calls []string
	fails map[string]error  // by method
	hook  func(call string) // sees every call
	seen  []front.Finding   // from outside

	inside []front.Finding

	cfg *config.Config
}

func (f *fake) call(method string, args ...any) error {
	call := strings.TrimSpace(method + " " + strings.TrimSpace(fmt.Sprintln(args...)))
	f.mu.Lock()
	f.calls = append(f.calls, call)
	f.mu.Unlock()
	if f.hook != nil {
		f.hook(call)
	}
	return f.fails[method]
}

func (f *fake) Migrate(context.Context) error     { return f.call("migrate") }
func (f *fake) MigrateDown(context.Context) error { return f.call("down") }
func (f *fake) Serve(context.Context) error       { return f.call("serve") }
func (f *fake) Work(context.Context) error        { return f.call("work") }
func (f *fake) Close() error                      { return f.call("close") }

func (f *fake) Request(_ context.Context, dataset string) error { return f.call("request", dataset) }

func (f *fake) Index(_ context.Context, dataset string, refs []string, force bool, progress func(string, int, int)) (string, error) {
	progress("reading", 1, 2)
	progress("reading", 2, 2)
	return "2 records", f.call("index", dataset, refs, force)
}

// configured is the environment of commands that need nothing prepared.
var configured = map[string]string{"DATABASE_URL": "postgres://u:p@db/bib", "SOURCE_URL_TEMPLATE": "/srv/{dataset}", "API_SECRET": "s", "LOG_LEVEL": "error"}

// call runs the command line on a fake service.
func call(ctx context.Context, f *fake, env map[string]string, args ...string) (code int, out, err string) {
	var stdout, stderr bytes.Buffer
	code = Main(ctx, args, World{
		Getenv: func(name string) string { return env[name] }, Environ: func() []string { return environ(env) }, Out: &stdout, Err: &stderr,
		Open: func(_ context.Context, cfg *config.Config) (Service, error) {
			f.cfg = cfg
			return f, f.call("open")
		},
		Probe:   func(_ context.Context, _ *config.Config, worker bool) error { return f.call("probe", worker) },
		Inspect: func(context.Context, *config.Config) []front.Finding { return f.inside },
		Look:    func(context.Context, *config.Config) []front.Finding { return f.seen },
		GiveWay: func() { _ = f.call("give way") },
	})
	return code, stdout.String(), stderr.String()
}

func environ(env map[string]string) (all []string) {
	for name, value := range env {
		all = append(all, name+"="+value)
	}
	return all
}

func TestMisspeltVariables(t *testing.T) {
	code, _, told := call(t.Context(), &fake{}, map[string]string{"TRUSTED_PROXY": "10.0.0.0/8", "DATABASE_URL": "postgres://u@db/bib", "PATH": "/bin"}, "serve")
	require.Equal(t, exitUsage, code)
	require.Contains(t, told, "TRUSTED_PROXY: there is no such variable. Did you mean TRUSTED_PROXIES?")
	require.NotContains(t, told, "PATH")
}

func TestCommands(t *testing.T) {
	for _, tt := range []struct {
		name, line string
		calls      []string
		out        string
	}{
		{"serve", "serve", []string{"open", "serve", "close"}, ""},
		{"work", "work", []string{"open", "give way", "work", "close"}, ""},
		{"migrate", "migrate", []string{"open", "migrate", "close"}, ""},
		{"migrate down", "migrate --down", []string{"open", "down", "close"}, ""},
		{"index", "index rfcs", []string{"open", "give way", "index rfcs [] false", "close"}, "rfcs: 2 records\n"},
		{"index the archive", "index xml2rfc", []string{"open", "give way", "index xml2rfc [] false", "close"}, "xml2rfc: 2 records\n"},
		{"index some refs", "index rfcs RFC9000 RFC9001", []string{"open", "give way", "index rfcs [RFC9000 RFC9001] false", "close"}, "rfcs: 2 records\n"},
		{"a flag before", "index --force rfcs RFC9000", []string{"open", "give way", "index rfcs [RFC9000] true", "close"}, "rfcs: 2 records\n"},
		{"a flag after", "index rfcs RFC9000 --force", []string{"open", "give way", "index rfcs [RFC9000] true", "close"}, "rfcs: 2 records\n"},
		{"a ref that looks like a flag", "index rfcs -- --force", []string{"open", "give way", "index rfcs [--force] false", "close"}, "rfcs: 2 records\n"},
		{"health", "health", []string{"probe false"}, ""},
		{"health of the worker", "health --worker", []string{"probe true"}, ""},
		{"version", "version", nil, "bibxml " + config.BuildVersion() + "\n"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &fake{}
			code, out, err := call(t.Context(), f, configured, strings.Fields(tt.line)...)
			require.Zero(t, code, err)
			require.Equal(t, tt.calls, f.calls)
			require.Equal(t, tt.out, out)
		})
	}
}

func TestRun(t *testing.T) {
	for _, line := range []string{"", "run"} {
		t.Run("bibxml "+line, func(t *testing.T) {
			f := &fake{}
			code, _, err := call(t.Context(), f, configured, strings.Fields(line)...)
			require.Zero(t, code, err)
			require.Equal(t, []string{"open", "migrate", "request rfcs", "request ids"}, f.calls[:4])
			require.Equal(t, "request xml2rfc", f.calls[11])
			require.ElementsMatch(t, []string{"serve", "work"}, f.calls[12:14])
			require.Equal(t, []string{"close"}, f.calls[14:])
			require.Equal(t, "/srv/rfcs", f.cfg.Sources()[0].URL)
		})
	}
}

func TestWrongUsage(t *testing.T) {
	for _, tt := range []struct {
		name, line string
		env        map[string]string
		want       []string
	}{
		{"a command that does not exist", "sevre", configured, []string{`unknown command "sevre"`, "serve", "Try: bibxml --help"}},
		{"a flag that does not exist", "index rfcs --forced", configured, []string{"unknown flag: --forced", "Try: bibxml index --help"}},
		{"no dataset", "index", configured, []string{"name the dataset", "rfcs, ids", "xml2rfc"}},
		{"a dataset that does not exist", "index rfc", configured, []string{`no dataset "rfc"`, "rfcs, ids"}},
		{"words too many", "serve now", configured, []string{`unknown command "now" for "bibxml serve"`, "Try: bibxml serve --help"}},
		{"a configuration at fault", "serve", map[string]string{"PORT": "http", "PRIMARY_HOSTNAME": "bib.example"}, []string{"PORT", "API_SECRET: is missing", "docs/configuration.md"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &fake{}
			code, out, err := call(t.Context(), f, tt.env, strings.Fields(tt.line)...)
			require.Equal(t, exitUsage, code)
			require.Empty(t, out)
			require.Empty(t, f.calls)
			for _, want := range tt.want {
				require.Contains(t, err, want)
			}
		})
	}
}

func TestFailures(t *testing.T) {
	broken := errors.New("the disk is full")
	for _, tt := range []struct {
		name, line, method string
		calls              []string
	}{
		{"opening", "serve", "open", []string{"open"}},
		{"serving", "serve", "serve", []string{"open", "serve", "close"}},
		{"migrating", "run", "migrate", []string{"open", "migrate", "close"}},
		{"asking for an indexing", "run", "request", []string{"open", "migrate", "request rfcs", "close"}},
		{"indexing", "index nist", "index", []string{"open", "give way", "index nist [] false", "close"}},
		{"closing", "work", "close", []string{"open", "give way", "work", "close"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &fake{fails: map[string]error{tt.method: broken}}
			code, _, err := call(t.Context(), f, configured, strings.Fields(tt.line)...)
			require.Equal(t, exitFailed, code)
			require.Contains(t, err, "the disk is full")
			require.Equal(t, tt.calls, f.calls)
		})
	}
}

func TestInterrupted(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	f := &fake{fails: map[string]error{"index": fmt.Errorf("read files: %w", context.Canceled)}}
	f.hook = func(call string) {
		if strings.HasPrefix(call, "index") {
			cancel()
		}
	}
	code, out, err := call(ctx, f, configured, "index", "rfcs")
	require.Equal(t, exitInterrupted, code)
	require.Empty(t, out)
	require.True(t, strings.HasSuffix(err, "bibxml: stopped\n"), err)
	require.Equal(t, "close", f.calls[len(f.calls)-1])
}

func TestHelpTellsEverything(t *testing.T) {
	code, out, _ := call(t.Context(), &fake{}, nil, "--help")
	require.Zero(t, code)
	for _, command := range []string{"run", "serve", "work", "migrate", "index", "compat-report", "version"} {
		require.Contains(t, out, "\n  "+command+" ")
	}
	for _, v := range config.Variables() {
		require.Contains(t, out, v.Name)
		require.Contains(t, out, v.Help)
	}
	require.Contains(t, out, "Exit status")

	code, out, _ = call(t.Context(), &fake{}, nil, "index", "--help")
	require.Zero(t, code)
	require.Contains(t, out, "--force")
	require.Contains(t, out, "rfcs, ids")
	require.NotContains(t, out, "DATABASE_URL")
}

// Without any configuration the service is given a database that answers, and sample sources.
func TestRunWithoutConfiguration(t *testing.T) {
	dir, err := os.MkdirTemp("", "cli-test-") // not t.TempDir: the account of the database must get in
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, os.RemoveAll(dir)) })
	require.NoError(t, os.Chmod(dir, 0o755))

	f := &fake{}
	f.hook = func(call string) {
		if call == "serve" {
			conn, err := pgx.Connect(t.Context(), f.cfg.DatabaseURL)
			require.NoError(t, err)
			require.NoError(t, conn.Close(t.Context()))
		}
	}
	code, _, said := call(t.Context(), f, map[string]string{"BIBXML_DATA": dir})
	require.Zero(t, code, said)
	require.Equal(t, []string{"open", "migrate", "request rfcs"}, f.calls[:3])
	require.Equal(t, filepath.Join(dir, "samples", "relaton-data-rfcs.git"), f.cfg.Sources()[0].URL)
	require.FileExists(t, filepath.Join(dir, "samples", "bibxml-data-archive.git", "HEAD"))
	require.Contains(t, said, "password "+f.cfg.APISecret)
	_, err = pgx.Connect(t.Context(), f.cfg.DatabaseURL)
	require.Error(t, err, "the database is stopped")
}

// The command that tells its story itself does not mix it with the log, unless that is asked for.
func TestLog(t *testing.T) {
	env := map[string]string{"DATABASE_URL": configured["DATABASE_URL"]}
	loud := map[string]string{"DATABASE_URL": configured["DATABASE_URL"], "LOG_LEVEL": "info"}
	for _, tt := range []struct {
		name, line string
		env        map[string]string
		logged     bool
	}{
		{"serving", "serve", env, true},
		{"indexing", "index rfcs", env, false},
		{"indexing, when asked", "index rfcs", loud, true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &fake{hook: func(string) { slog.Info("as usual") }}
			_, _, err := call(t.Context(), f, tt.env, strings.Fields(tt.line)...)
			require.Equal(t, tt.logged, strings.Contains(err, "as usual"))
		})
	}
}
