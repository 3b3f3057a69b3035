package indexing_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestMain(m *testing.M) { os.Exit(dbtest.Main(m)) }

// epoch is that of the lease in a database that no worker has taken yet.
const epoch = 0

// world is an empty index and the sources that it is made of.
type world struct {
	t     *testing.T
	db    *db.DB
	dir   string
	repos map[string]*repo
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{t: t, db: dbtest.Open(t), dir: t.TempDir(), repos: make(map[string]*repo)}
}

// source gives the repository of a dataset, which begins with the given files.
func (w *world) source(dataset string, files map[string]string) *repo {
	w.t.Helper()
	r := &repo{t: w.t, dir: filepath.Join(w.dir, "repo-"+dataset), branch: "main"}
	require.NoError(w.t, os.MkdirAll(r.dir, 0o750))
	r.git("init", "--quiet", "--initial-branch=main")
	w.repos[dataset] = r
	if files != nil {
		r.commit(files)
	}
	return r
}

func (w *world) open(dataset string) (indexing.Source, error) {
	r, ok := w.repos[dataset]
	if !ok {
		return indexing.Source{}, fault.New(fault.NotFound, "There is no source %q.", dataset)
	}
	mirror, err := gitrepo.Open(filepath.Join(w.dir, "mirror-"+dataset), r.dir, r.branch)
	return indexing.Source{URL: r.dir, Branch: r.branch, Repository: mirror}, err
}

func (w *world) indexer() *indexing.Indexer { return indexing.New(w.open, w.db.Index(epoch)) }

// run does an indexing that must succeed.
func (w *world) run(request indexing.Request) indexing.Outcome {
	w.t.Helper()
	outcome, err := w.indexer().Run(w.t.Context(), request, nil)
	require.NoError(w.t, err)
	return outcome
}

// index brings a dataset up to date.
func (w *world) index(dataset string) indexing.Outcome {
	w.t.Helper()
	return w.run(indexing.Request{Dataset: dataset})
}

// refs gives the names of the records of a dataset.
func (w *world) refs(dataset string) []string {
	w.t.Helper()
	page, err := w.db.ListRecords(w.t.Context(), browse.Query{Dataset: dataset, Limit: 100})
	require.NoError(w.t, err)
	refs := []string{}
	for _, e := range page.Records {
		refs = append(refs, e.Ref)
	}
	return refs
}

// value gives the single value of a query.
func value[T any](w *world, query string, params ...any) T {
	w.t.Helper()
	var v T
	require.NoError(w.t, w.db.Pool().QueryRow(context.Background(), query, params...).Scan(&v))
	return v
}

// repo is a source.
type repo struct {
	t           *testing.T
	dir, branch string
}

// commit writes files, or removes those whose content is gone.
func (r *repo) commit(files map[string]string) {
	r.t.Helper()
	for name, content := range files {
		path := filepath.Join(r.dir, name)
		if content == gone {
			require.NoError(r.t, os.Remove(path))
			continue
		}
		require.NoError(r.t, os.MkdirAll(filepath.Dir(path), 0o750))
		require.NoError(r.t, os.WriteFile(path, []byte(content), 0o600))
	}
	r.git("add", "--all")
	r.git("commit", "--quiet", "--allow-empty", "-m", "change")
}

const gone = "\x00"

func (r *repo) git(args ...string) { r.output("", args...) }

// output runs git with an input and gives what it prints.
func (r *repo) output(input string, args ...string) string {
	r.t.Helper()
	cmd := exec.Command("git", args...)
	cmd.Dir = r.dir
	cmd.Env = append(os.Environ(), "GIT_CONFIG_GLOBAL="+os.DevNull, "GIT_CONFIG_NOSYSTEM=1",
		// A clean-up that git begins by itself after large commits would go on while the test's folder is removed.
		"GIT_CONFIG_COUNT=2", "GIT_CONFIG_KEY_0=gc.auto", "GIT_CONFIG_VALUE_0=0", "GIT_CONFIG_KEY_1=maintenance.auto", "GIT_CONFIG_VALUE_1=false",
		"GIT_AUTHOR_NAME=A", "GIT_AUTHOR_EMAIL=a@example.org", "GIT_COMMITTER_NAME=A", "GIT_COMMITTER_EMAIL=a@example.org")
	cmd.Stdin = strings.NewReader(input)
	out, err := cmd.CombinedOutput()
	require.NoError(r.t, err, "git %v: %s", args, out)
	return strings.TrimSpace(string(out))
}

const (
	rfc9000 = `docid:
- {id: RFC 9000, type: IETF, primary: true}
- {id: 10.17487/RFC9000, type: DOI}
title:
- {content: "QUIC: A UDP-Based Multiplexed and Secure Transport", type: main}
date:
- {type: published, value: 2021-05}
`
	rfc2119 = `docid:
- {id: RFC 2119, type: IETF, primary: true}
title:
- {content: Key words for use in RFCs to Indicate Requirement Levels, type: main}
date:
- {type: published, value: 1997-03}
`
	rfc8174 = `docid:
- {id: RFC 8174, type: IETF, primary: true}
title:
- {content: Ambiguity of Uppercase vs Lowercase in RFC 2119 Key Words, type: main}
date:
- {type: published, value: 2017-05}
`
	// broken is no YAML: a quotation mark that nothing closes, in its third line.
	broken = "docid:\n- id: RFC 1\ntitle: \"unclosed\n"
)

func rfcs() map[string]string {
	return map[string]string{"data/RFC9000.yaml": rfc9000, "data/RFC2119.yaml": rfc2119}
}
