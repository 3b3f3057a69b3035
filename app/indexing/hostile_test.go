package indexing_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/indexing"
)

// bomb is a text of YAML whose aliases stand for 10^9 nodes.
func bomb() string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := range 9 {
		fmt.Fprintf(&b, "a%d: &a%d [%s]\n", i+1, i+1, strings.TrimSuffix(strings.Repeat(fmt.Sprintf("*a%d, ", i), 10), ", "))
	}
	return b.String()
}

// One bad file is a problem of that file. The message says what is wrong, the other files are indexed,
// and what the index had of the bad one stays.
func TestFilesThatAreNoRecords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ content, message string }{
		"100 MB":               {strings.Repeat("title: x\n", 100<<20/9), "more than the 16777216 allowed"},
		"binary":               {"\x7fELF\x02\x01\x01" + strings.Repeat("\x01\xff", 1000), ""},
		"not UTF-8":            {"title: \xff\xfe\n", ""},
		"aliases within bombs": {bomb(), ""},
		"keys twice":           {"docid: {id: X 1, type: X}\ntitle: one\ntitle: two\n", ""},
		"10 000 levels":        {"a: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "\n", ""},
		"10 000 mappings":      {deep(10_000), ""},
		"a list":               {"- title: x\n", ""},
		"a text":               {"nothing to see\n", ""},
		"two documents":        {"title: a\n---\ntitle: b\n", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			source := w.source("rfcs", rfcs())
			w.index("rfcs")
			source.commit(map[string]string{"data/RFC9000.yaml": c.content, "data/new.yaml": c.content, "data/RFC8174.yaml": rfc8174})

			outcome := w.index("rfcs")
			require.Equal(t, 2, outcome.Faults)
			require.Len(t, outcome.Problems, 2)
			for i, file := range []string{"data/RFC9000.yaml", "data/new.yaml"} {
				require.Equal(t, file, outcome.Problems[i].File)
				require.NotEmpty(t, outcome.Problems[i].Message)
				require.Less(t, len(outcome.Problems[i].Message), 300, "it is for a person to read")
				require.Contains(t, outcome.Problems[i].Message, c.message)
			}
			require.Equal(t, []string{"RFC2119", "RFC8174", "RFC9000"}, w.refs("rfcs"))
			record, err := w.db.Record(t.Context(), "rfcs", "RFC9000")
			require.NoError(t, err)
			require.Equal(t, rfc9000, record.Original, "the last good one")
		})
	}
}

// deep is a mapping within a mapping, and so on.
func deep(levels int) string {
	var b strings.Builder
	for i := range levels {
		b.WriteString(strings.Repeat(" ", i) + "a:\n")
	}
	return b.String()
}

func TestLinksThatPointOutside(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	source := w.source("rfcs", rfcs())
	secret := filepath.Join(t.TempDir(), "secret.yaml")
	require.NoError(t, os.WriteFile(secret, []byte("title: Secret of this machine\n"), 0o600))
	require.NoError(t, os.Symlink(secret, filepath.Join(source.dir, "data", "outside.yaml")))
	require.NoError(t, os.Symlink("../../../../etc/passwd", filepath.Join(source.dir, "data", "passwd.yaml")))
	source.commit(nil)

	outcome := w.index("rfcs")
	require.Equal(t, 2, outcome.Faults)
	require.Contains(t, outcome.Problems[0].Message, "symbolic link")
	require.Equal(t, []string{"RFC2119", "RFC9000"}, w.refs("rfcs"))
}

// A tree of Git can hold names that no file system would take.
func TestNamesThatLeaveTheFolder(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	source := w.source("rfcs", rfcs())
	blob := source.output(rfc8174, "hash-object", "-w", "--stdin")
	good := source.output(rfc9000, "hash-object", "-w", "--stdin")
	inner := source.tree(entry{"100644", "..", blob}, entry{"100644", "../../up.yaml", blob}, entry{"100644", "..yaml", blob}, entry{"100644", "RFC9000.yaml", good})
	root := source.tree(entry{"40000", "..", inner}, entry{"40000", "data", inner})
	commit := source.output("", "commit-tree", "-m", "names", root)
	source.git("-c", "core.protectHFS=false", "update-ref", "refs/heads/main", commit)

	outcome, err := w.indexer().Run(t.Context(), indexing.Request{Dataset: "rfcs"}, nil)
	if err == nil { // a git that refuses such a repository altogether is as good
		require.Equal(t, []string{"RFC9000"}, w.refs("rfcs"), "%+v", outcome)
	}
	entries, err := os.ReadDir(w.dir)
	require.NoError(t, err)
	for _, e := range entries {
		require.NotContains(t, e.Name(), "up.yaml")
	}
}

func TestIdentifierOfAThousandFiles(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	files := make(map[string]string, 1000)
	for i := range 1000 {
		files[fmt.Sprintf("data/%04d.yaml", i)] = fmt.Sprintf("docid: {id: X 1, type: X, primary: true}\ntitle: Copy %d\ndate: {type: published, value: %d-01}\n", i, 1000+i)
	}
	source := w.source("misc", files)
	require.Equal(t, 1000, w.index("misc").Added)
	require.Equal(t, 1, value[int](w, "SELECT count(*) FROM documents"))
	source.commit(map[string]string{"data/0500.yaml": "title: Moved away\n"})
	require.Equal(t, 1, w.index("misc").Changed)
	require.Equal(t, 2, value[int](w, "SELECT count(*) FROM documents"))
}

// dozen is a source of twelve records, which are indexed.
func dozen(t *testing.T) (*world, *repo) {
	t.Helper()
	w := newWorld(t)
	files := make(map[string]string)
	for i := range 12 {
		files[fmt.Sprintf("data/%02d.yaml", i)] = fmt.Sprintf("docid: {id: X %d, type: X, primary: true}\n", i)
	}
	source := w.source("misc", files)
	w.index("misc")
	return w, source
}

func TestSourceThatLosesAThird(t *testing.T) {
	t.Parallel()
	w, source := dozen(t)

	source.commit(map[string]string{"data/00.yaml": gone, "data/01.yaml": gone, "data/02.yaml": gone, "data/03.yaml": gone})
	require.Equal(t, 4, w.index("misc").Removed, "a third is believed")
}

func TestHeldBackUntilForced(t *testing.T) {
	t.Parallel()
	w, source := dozen(t)
	before := w.refs("misc")
	source.commit(map[string]string{
		"data/00.yaml": gone, "data/01.yaml": gone, "data/02.yaml": gone, "data/03.yaml": gone, "data/04.yaml": gone, "data/new.yaml": "title: New\n",
	})

	_, err := w.indexer().Run(t.Context(), indexing.Request{Dataset: "misc"}, nil)
	held := new(indexing.HeldBackError)
	require.ErrorAs(t, err, &held)
	require.Equal(t, indexing.HeldBackError{Dataset: "misc", Gone: 5, Have: 12}, *held)
	require.ErrorContains(t, err, "no longer has 5 of its 12 records")
	require.Equal(t, before, w.refs("misc"))

	outcome := w.run(indexing.Request{Dataset: "misc", Force: true})
	require.Equal(t, 5, outcome.Removed)
	require.Equal(t, 1, outcome.Added)
	require.Len(t, w.refs("misc"), 8)
}

type entry struct{ mode, name, hash string }

// tree writes a tree without the checks that git makes of names.
func (r *repo) tree(entries ...entry) string {
	r.t.Helper()
	var b bytes.Buffer
	for _, e := range entries {
		b.WriteString(e.mode + " " + e.name + "\x00")
		for i := 0; i < len(e.hash); i += 2 {
			var octet byte
			_, err := fmt.Sscanf(e.hash[i:i+2], "%02x", &octet)
			require.NoError(r.t, err)
			b.WriteByte(octet)
		}
	}
	return r.output(b.String(), "hash-object", "-w", "-t", "tree", "--literally", "--stdin")
}
