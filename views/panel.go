package views

import (
	"net/url"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/browse"
	"github.com/ietf-tools/bibxml/app/maintenance"
)

// The addresses of the panel (compatibility, section 7).
const (
	PanelSourcesURL = ManagementURL + "indexable-sources/"
	tasksURL        = ManagementURL + "tasks/"
	StopAllURL      = tasksURL + "stop-all/"
	// QueueURL is the queue's own view of its jobs.
	QueueURL = ManagementURL + "queue/"
)

// PanelSourceURL is the page of a source in the panel.
func PanelSourceURL(dataset string) string { return PanelSourcesURL + url.PathEscape(dataset) + "/" }

// ActionURL takes the form of an action on a source: start, force, refs or reset.
func ActionURL(dataset, action string) string { return PanelSourceURL(dataset) + action + "/" }

// SourceProblemsURL lists what is wrong with the records of a source.
func SourceProblemsURL(dataset string) string { return PanelSourceURL(dataset) + "problems/" }

// TaskURL is the page of a task.
func TaskURL(id string) string { return tasksURL + url.PathEscape(id) + "/" }

// TaskProblemsURL lists what was wrong with the files that a task read.
func TaskProblemsURL(id string) string { return TaskURL(id) + "problems/" }

// TaskChangesURL lists what a task changed.
func TaskChangesURL(id string) string { return TaskURL(id) + "changes/" }

// StopURL takes the form that stops a task.
func StopURL(id string) string { return TaskURL(id) + "stop/" }

// SourceState is how it stands with a source.
type SourceState string

// The states. A source has the first of them that is true.
const (
	StateRunning  SourceState = "running"
	StateWaiting  SourceState = "waiting"
	StateHeldBack SourceState = "held back"
	StateFailed   SourceState = "failed"
	StateRemoved  SourceState = "not configured"
	StateNever    SourceState = "never indexed"
	StateStale    SourceState = "stale"
	StateFresh    SourceState = "fresh"
)

// PanelSource is a source as operators see it.
type PanelSource struct {
	Dataset
	State      SourceState
	Configured bool   // else nothing but removing its records can be done
	Active     []Task // that run or wait, the first one to end first
	Last       *Task  // the newest full indexing that ended and was not stopped; nil: none is remembered
}

// Whole says whether the source can only be indexed as a whole.
func (s *PanelSource) Whole() bool { return s.Name == archiveName }

// archiveName is the source whose files are no records (compatibility, section 4).
const archiveName = "xml2rfc"

// Busy says whether something waits or runs.
func (s *PanelSource) Busy() bool { return len(s.Active) > 0 }

// HeldBack says whether the last full indexing was refused since it would have removed too much.
func (s *PanelSource) HeldBack() bool { return s.Last != nil && s.Last.HeldBack }

// Panel is the first page of the management.
type Panel struct {
	Sources []PanelSource // in the order of the first page, then the archive, then those that are not configured
	Note    string        // what has just been done; empty: nothing
	Queue   bool          // whether the queue's own view is there
	// Maintenance is the report of the last nightly maintenance; nil when there was none.
	Maintenance *maintenance.Report
}

// Busy says whether something waits or runs.
func (p *Panel) Busy() bool { return p.active() > 0 }

func (p *Panel) active() (n int) {
	for i := range p.Sources {
		n += len(p.Sources[i].Active)
	}
	return n
}

// PanelSourcePage is the page of one source.
type PanelSourcePage struct {
	Source     PanelSource
	Kinds      []Jump // of the problems of its records, the most frequent first
	ReadingURL string // of the problems of the newest run that read all of it; empty: none is remembered
	Refs       string // that were asked for, when that went wrong
	Problem    string // what was wrong with it; empty: nothing
	History    []Task // that did something, the newest first
	Tasks      []Task // all, the newest first
	All        bool   // whether Tasks is all that there are

	MostRefs  int // records that can be asked for at once
	MostBytes int // of their names, with what stands between them
}

// Confirmation is the step before something that cannot be taken back.
type Confirmation struct {
	Title   string
	Dataset string   // empty: all sources
	About   []string // what will happen, a sentence each
	Button  string
	Action  string // where the form goes
	BackURL string
}

// SourceProblems is what is wrong with the records of a source, as the index has them now.
type SourceProblems struct {
	Source     PanelSource
	Kinds      []Jump // of all its problems, the most frequent first
	Problems   []LocatedProblem
	Finder     Finder
	ReadingURL string // of the problems of the newest run that read all of it; empty: none is remembered
}

// KindsOf returns the kinds of the problems of a source, each with the address of the list narrowed to it.
func KindsOf(kinds []browse.ProblemKind, list Finder) []Jump {
	var jumps []Jump
	for _, kind := range kinds {
		jumps = append(jumps, Jump{kind.Name, kind.Records, list.KindURL(kind.Name), list.Kind == kind.Name})
	}
	return jumps
}

// LocatedProblem is a problem and where to look at it.
type LocatedProblem struct {
	Problem
	File      string
	FileURL   string // in the repository, at the commit; empty when that cannot be visited
	RecordURL string // here; empty when there is no such record
}

// Finder is a list that is searched and leafed through.
type Finder struct {
	URL   string // of the list
	What  string // "problems"
	Text  string // that is looked for
	Kind  string // to which the list is narrowed; empty: all
	Page  int    // from 1
	Size  int    // of a page
	Total int    // of what was found
}

// PageURL is the address of a page of the list.
func (f *Finder) PageURL(page int) string {
	n := ""
	if page > 1 {
		n = strconv.Itoa(page)
	}
	return address(f.URL, "kind", f.Kind, "text", f.Text, "page", n)
}

// KindURL is the address of the list narrowed to a kind.
func (f *Finder) KindURL(kind string) string {
	return address(f.URL, "kind", kind, "text", f.Text)
}

// Pages is the number of pages, at least one.
func (f *Finder) Pages() int { return max(1, (f.Total+f.Size-1)/max(1, f.Size)) }

// FileURL is where a file of a source can be read at a commit, or nothing (see SourceFileURL).
func FileURL(repo, commit, file string, line int) string {
	base := visitable(repo)
	if base == "" || commit == "" || file == "" {
		return ""
	}
	parts := strings.Split(file, "/")
	for i, part := range parts {
		parts[i] = url.PathEscape(part)
	}
	found := base + "/blob/" + url.PathEscape(commit) + "/" + strings.Join(parts, "/")
	if line > 0 {
		found += "?plain=1#" + lineID(line)
	}
	return found
}

// foundHeading says how much was found.
func foundHeading(f Finder) string {
	noun := strings.TrimSuffix(f.What, "s")
	switch {
	case f.Total > 0:
		return counted(f.Total, noun)
	case f.Text != "" || f.Kind != "":
		return "No " + f.What + " like that"
	}
	return "No " + f.What
}
