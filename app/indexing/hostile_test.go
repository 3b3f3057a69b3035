package indexing_test

import (
	"bytes"
	"crypto/sha256"
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

// quotes is a text of YAML whose aliases stand for 100 GB.
func quotes() string {
	return "a: &a " + strings.Repeat("x", 1<<20) + "\nb: [" + strings.Repeat("*a, ", 100_000) + "*a]\n"
}

// One bad file is a problem of that file. The message says what is wrong, the other files are indexed,
// and what the index had of the bad one stays.
func TestFilesThatAreNoRecords(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ content, message string }{
		"100 MB":                 {strings.Repeat("title: x\n", 100<<20/9), "more than the 16777216 allowed"},
		"binary":                 {"\x7fELF\x02\x01\x01" + strings.Repeat("\x01\xff", 1000), ""},
		"not UTF-8":              {"title: \xff\xfe\n", ""},
		"aliases within bombs":   {bomb(), ""},
		"aliases of a long text": {quotes(), "aliases"},
		"alias of nothing":       {"a: *" + strings.Repeat("x", 1<<20) + "\n", "unknown anchor 'xxx"},
		"keys twice":             {"docid: {id: X 1, type: X}\ntitle: one\ntitle: two\n", ""},
		"10 000 levels":          {"a: " + strings.Repeat("[", 10_000) + strings.Repeat("]", 10_000) + "\n", ""},
		"10 000 mappings":        {deep(10_000), ""},
		"a list":                 {"- title: x\n", ""},
		"a text":                 {"nothing to see\n", ""},
		"two documents":          {"title: a\n---\ntitle: b\n", ""},
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

// Git keeps names of any bytes, and of any length.
func TestNamesThatCannotBeKept(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for dataset, c := range map[string]struct{ folder, before, after, content string }{
		"rfcs":           {"data", "", ".yaml", rfc8174},
		indexing.Archive: {"bibxml2", "reference.", ".xml", "<a/>"},
	} {
		named := func(name string) entry { return entry{"100644", c.before + name + c.after, c.content} }
		w.source(dataset, nil).commitTree(c.folder,
			named("\x1b[31mred"), named("caf\xe9"), named("good"), named(strings.Repeat("long", 1000)), named("two\nlines"))
		outcome := w.index(dataset)
		require.Equal(t, 1, outcome.Added, dataset)
		require.Equal(t, 1, outcome.Total, dataset)
		require.Len(t, outcome.Problems, 4, dataset)
		for i, want := range []indexing.FileProblem{
			{File: `\x1b[31mred` + c.after, Message: "the name of the file has control characters"},
			{File: `caf\xe9` + c.after, Message: "the name of the file is not valid UTF-8"},
			{File: "longlong", Message: fmt.Sprintf("the name of the file has %d bytes, more than the 1000 allowed", len(c.folder+"/"+c.before+c.after)+4000)},
			{File: `two\nlines` + c.after, Message: "the name of the file has control characters"},
		} {
			require.Contains(t, outcome.Problems[i].File, c.folder+"/"+c.before+want.File)
			require.Less(t, len(outcome.Problems[i].File), 150)
			require.Equal(t, want.Message, outcome.Problems[i].Message)
		}
		require.True(t, w.index(dataset).Skipped)
	}
	require.Equal(t, []string{"good"}, w.refs("rfcs"))
}

// random gives a text without blanks that does not get shorter when it is compressed.
func random(length int) string {
	var b strings.Builder
	for i := 0; b.Len() < length; i++ {
		fmt.Fprintf(&b, "%x", sha256.Sum256([]byte{byte(i), byte(i >> 8)}))
	}
	return b.String()[:length]
}

// words gives many words that are all different.
func words(number int, between string) string {
	var b strings.Builder
	for i := range number {
		fmt.Fprintf(&b, "word%07d%s", i, between)
	}
	return b.String()
}

// The database has limits on what it looks up and on what it takes for words. A record that goes beyond them is indexed without that.
func TestValuesThatGoBeyondTheLimitsOfTheDatabase(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	letters := strings.Map(func(r rune) rune {
		if r <= '9' {
			return r - '0' + 'k'
		}
		return r
	}, random(2046))
	for name, content := range map[string]string{
		"identifier of a part":              "title: a\nrelation: [{type: includes, bibitem: {docid: {id: " + random(5000) + ", type: X}}}]\n",
		"primary identifier of a part":      "title: a\nrelation: [{type: includes, bibitem: {docid: {id: " + random(5000) + ", type: X, primary: true}}}]\n",
		"reference to a part":               "title: a\nrelation: [{type: includes, bibitem: {formattedref: {content: " + random(5000) + "}}}]\n",
		"doctype":                           "title: a\ndoctype: " + random(5000) + "\n",
		"doctype of ext":                    "title: a\next: {doctype: {type: " + random(2048) + "}}\n",
		"type":                              "title: a\ntype: " + random(1<<20) + "\n",
		"word in a title":                   "title: " + letters + "\n",
		"word that grows in a title":        "title: Ⱥ" + letters[:2044] + "\n",
		"word of capitals in a title":       "title: " + strings.Repeat("Ⱥ", 1023) + "\n",
		"words without blanks":              "title: a\nabstract: {content: '" + words(200_000, ",") + "'}\n",
		"words beside what may be a tag":    "title: a\nabstract: {content: 'if a < b then " + words(200_000, " ") + "'}\n",
		"words joined by hyphens":           "title: a\nabstract: {content: '" + words(200_000, "-") + "'}\n",
		"an address":                        "title: a\nabstract: {content: 'https://example.org/" + words(200_000, "/") + "'}\n",
		"name of a group":                   "title: a\neditorialgroup: [{name: " + random(5000) + "}]\n",
		"name of a person":                  "title: a\ncontributor: {role: author, person: {name: {completename: {content: " + random(5000) + "}}}}\n",
		"year":                              "title: a\ndate: {type: published, value: '99999-01'}\n",
		"identifier and its type and scope": "docid: {id: " + random(5000) + ", type: " + random(5000) + ", scope: " + random(5000) + "}\n",
		"title":                             "title: " + random(1<<20) + "\n",
		"address of a link":                 "title: a\nlink: {type: src, content: " + random(1<<20) + "}\n",
		"characters that are none":          "title: \"\\x01\\uFFFE \\uFEFF\"\n",
	} {
		t.Run(name, func(t *testing.T) {
			dataset := strings.ReplaceAll(name, " ", "-")
			w := world{t, w.db, w.dir, w.repos}
			source := w.source(dataset, rfcs())
			w.index(dataset)
			source.commit(map[string]string{"data/new.yaml": content, "data/RFC8174.yaml": rfc8174})
			require.Equal(t, 2, w.index(dataset).Added)
			source.commit(map[string]string{"data/new.yaml": gone})
			require.Equal(t, 1, w.index(dataset).Removed)
		})
	}
}

func TestDocumentOfVeryManyGroups(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var groups strings.Builder
	for i := range 200_000 {
		fmt.Fprintf(&groups, "- name: group%d\n", i)
	}
	w.source("misc", map[string]string{"data/a.yaml": "docid: {id: A 1, type: A}\neditorialgroup:\n" + groups.String()})
	w.index("misc")
	require.Equal(t, 100, value[int](w, "SELECT cardinality(groups) FROM documents"))
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

// commitTree commits a folder of files with names that no file system need take; of each the content stands for its hash.
func (r *repo) commitTree(folder string, files ...entry) {
	r.t.Helper()
	for i, f := range files {
		files[i].hash = r.output(f.hash, "hash-object", "-w", "--stdin")
	}
	root := r.tree(entry{"40000", folder, r.tree(files...)})
	r.git("update-ref", "refs/heads/main", r.output("", "commit-tree", "-m", "names", root))
}

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
