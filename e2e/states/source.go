// Package states makes sources that go from one numbered state to the next, so that whatever is asked of
// the service tells which state it was made of; asks; and judges the answers. How the service is started,
// disturbed and ended is left to those who use it.
package states

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
)

// Source is a repository of a dataset. Its states are numbered from First on.
//
// Document i changes in every Stride-th state, and says in its title which one it is of. One more document
// than in the state before has the word Counted() in its title, so a search for it finds as many as the number
// of the state; and there is one more record, so their number tells it as well. One record goes with every
// state, and one comes. What it tells of itself is safe for concurrent use.
type Source struct {
	Dataset   string
	Dir       string // of the bare repository
	Documents int
	Stride    int // 1: every document changes with each state

	state atomic.Int64
}

// Counted is the word in the titles of as many documents as the number of the state.
func (s *Source) Counted() string { return "counted" + s.Dataset }

// MaxState is the last state whose number a search can tell: no more than that are found.
const MaxState = 399

// members of a group, and how many documents there are for each group and for each second record.
const (
	members      = 5
	perGroup     = 25
	perSecond    = 10
	extraRecords = 1 // that which goes with every state
)

// First is the number of the first state: of its documents, some have been changed in each of the states before.
func (s *Source) First() int { return s.Stride }

// State is the number of the newest state.
func (s *Source) State() int { return int(s.state.Load()) }

// Records is the number of records in a state.
func (s *Source) Records(state int) int {
	return s.Documents + s.Documents/perSecond + s.Groups() + extraRecords + state
}

// Groups is the number of documents that include others.
func (s *Source) Groups() int { return s.Documents / perGroup }

// Version is the state in which a document was last changed.
func (s *Source) Version(document, state int) int {
	return state - ((state-document)%s.Stride+s.Stride)%s.Stride
}

// Create makes the repository with its first state in it.
func (s *Source) Create(ctx context.Context) error {
	if err := os.MkdirAll(s.Dir, 0o755); err != nil {
		return err
	}
	if out, err := exec.CommandContext(ctx, "git", "init", "-q", "--bare", "-b", "main", s.Dir).CombinedOutput(); err != nil {
		return fmt.Errorf("create %s: %w: %s", s.Dir, err, out)
	}
	s.state.Store(int64(s.First()))
	return s.commit(ctx, s.everything())
}

// Advance adds the next state to the repository.
func (s *Source) Advance(ctx context.Context) error {
	s.state.Add(1)
	return s.commit(ctx, s.changes())
}

// everything gives the files of the first state; an empty one is to be removed.
func (s *Source) everything() map[string]string {
	files := make(map[string]string)
	for i := 1; i <= s.Documents; i++ {
		s.document(files, i)
	}
	for g := 1; g <= s.Groups(); g++ {
		files[fmt.Sprintf("group-%d", g)] = s.group(g)
	}
	for n := 1; n <= s.State(); n++ {
		files[fmt.Sprintf("extra-%d", n)] = s.extra("extra", n)
	}
	files[fmt.Sprintf("passing-%d", s.State())] = s.extra("passing", s.State())
	return files
}

// changes gives the files that differ from the state before.
func (s *Source) changes() map[string]string {
	files := make(map[string]string)
	for i := 1; i <= s.Documents; i++ {
		if s.Version(i, s.State()) == s.State() {
			s.document(files, i)
		}
	}
	files[fmt.Sprintf("extra-%d", s.State())] = s.extra("extra", s.State())
	files[fmt.Sprintf("passing-%d", s.State()-1)] = ""
	files[fmt.Sprintf("passing-%d", s.State())] = s.extra("passing", s.State())
	return files
}

// document adds the records of a document: every tenth has two, which say the same unless they are of two states.
func (s *Source) document(files map[string]string, i int) {
	version, word := s.Version(i, s.State()), "listed"
	if version >= i {
		word = s.Counted()
	}
	title := fmt.Sprintf("%s %s", Token(i, version), word)
	files[fmt.Sprintf("document-%d", i)] = s.record(s.ID(i), title, "")
	if i%perSecond == 0 {
		files[fmt.Sprintf("document-%d-second", i)] = s.record(s.ID(i), title, "")
	}
}

// group includes documents that lie next to one another, and so change in different states unless all do.
func (s *Source) group(g int) string {
	var relations strings.Builder
	relations.WriteString("relation:\n")
	for _, i := range s.Members(g) {
		fmt.Fprintf(&relations, "- type: includes\n  bibitem:\n    docid:\n    - id: %s\n      type: %s\n      primary: true\n", s.ID(i), s.docType())
	}
	return s.record(s.GroupID(g), fmt.Sprintf("Group %d", g), relations.String())
}

// Members are the documents that a group includes.
func (s *Source) Members(g int) []int {
	list := make([]int, members)
	for n := range list {
		list[n] = (g-1)*perGroup + 1 + n
	}
	return list
}

func (s *Source) extra(name string, n int) string {
	return s.record(fmt.Sprintf("%s %s %d", strings.ToUpper(s.Dataset), name, n), fmt.Sprintf("Record %s %d", name, n), "")
}

func (s *Source) record(id, title, relations string) string {
	return fmt.Sprintf("---\ntitle:\n- content: %s\n  type: main\ndocid:\n- id: %s\n  type: %s\n  primary: true\n"+
		"date:\n- type: published\n  value: '2001-02'\ncontributor:\n- person:\n    name:\n      completename: Jane Doe\n  role:\n  - type: author\n"+
		"abstract:\n- content: On %s.\n%s", title, id, s.docType(), strings.ToLower(title), relations)
}

// commit writes files by `git fast-import`, which takes a second where `git add` takes many.
func (s *Source) commit(ctx context.Context, files map[string]string) error {
	load := exec.CommandContext(ctx, "git", "-C", s.Dir, "fast-import", "--quiet", "--force")
	load.Stderr = os.Stderr
	pipe, err := load.StdinPipe()
	if err != nil {
		return err
	}
	if err := load.Start(); err != nil {
		return err
	}
	w := bufio.NewWriterSize(pipe, 1<<20)
	message := fmt.Sprintf("state %d", s.State())
	fmt.Fprintf(w, "commit refs/heads/main\ncommitter Test <test@example.org> %d +0000\ndata %d\n%s\n", 1_700_000_000+s.State(), len(message), message)
	if s.State() > s.First() {
		fmt.Fprint(w, "from refs/heads/main^0\n")
	}
	for ref, content := range files {
		if content == "" {
			fmt.Fprintf(w, "D data/%s.yaml\n", ref)
			continue
		}
		fmt.Fprintf(w, "M 644 inline data/%s.yaml\ndata %d\n%s\n", ref, len(content), content)
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := pipe.Close(); err != nil {
		return err
	}
	if err := load.Wait(); err != nil {
		return fmt.Errorf("commit state %d of %s: %w", s.State(), filepath.Base(s.Dir), err)
	}
	return nil
}
