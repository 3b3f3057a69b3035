package views

import (
	"strconv"
	"time"
)

// The states of a task.
const (
	TaskWaiting = "waiting"
	TaskRunning = "running"
	TaskDone    = "done"
	TaskFailed  = "failed"
	TaskStopped = "stopped"
)

// Task is a request in the queue and what became of it.
type Task struct {
	ID        string
	Dataset   string
	SourceURL string // of the page of its source; empty when there is none any more
	Status    string
	Reset     bool     // it removes records instead of reading any
	Refs      []string // only these; none: all
	Force     bool
	By        string // who asked
	StoppedBy string // who asked to stop it; empty: nobody

	RequestedAt time.Time
	StartedAt   time.Time // zero: not yet
	EndedAt     time.Time // zero: not yet

	Phase string // empty: none yet
	Done  int
	Total int
	Rate  float64       // a second; 0: not known
	Left  time.Duration // 0: not known

	Outcome  *TaskOutcome // nil: it has not ended, or not well
	Error    string       // why it failed; empty: it did not
	HeldBack bool         // it failed since it would have removed too much
}

// TaskOutcome is what a task did.
type TaskOutcome struct {
	Skipped   bool
	Commit    string
	CommitURL string
	Total     int // records of the source now
	Added     int
	Changed   int
	Removed   int
	Same      int // read again, and what they were
	Faults    int // files with problems
	Took      time.Duration
}

// TaskPage is the page of a task.
type TaskPage struct {
	Task     Task
	Known    bool   // else there is nothing but its name
	ID       string // that was asked for
	Log      []LogEntry
	Problems []LocatedProblem // the first ones
	Listed   int              // problems that are kept in all
	Changes  []TaskChange     // the first ones
	Kept     int              // changes that are kept in all
}

// LogEntry is something that happened in a task.
type LogEntry struct {
	At   time.Time
	Text string
}

// TaskProblemsPage is the list of problems of a task.
type TaskProblemsPage struct {
	Task     Task
	Problems []LocatedProblem
	Finder   Finder
}

// TaskChangesPage is the list of what a task changed.
type TaskChangesPage struct {
	Task    Task
	Changes []TaskChange
	Finder  Finder
}

// TaskChange is a record that a task added, changed or removed.
type TaskChange struct {
	Kind   string // added, changed or removed
	Ref    string
	URL    string // of the record, or of the path in the archive; empty when it is gone
	ID     string // of the document; empty: none
	DocURL string // of the document; empty: it has none
	Title  string
}

// changeKinds are the choices of the list of changes; the first is all of them.
var changeKinds = []string{"", "added", "changed", "removed"}

// Active says whether the task waits or runs.
func (t *Task) Active() bool { return t.Status == TaskWaiting || t.Status == TaskRunning }

// URL is that of the page of the task.
func (t *Task) URL() string { return TaskURL(t.ID) }

// Took is how long the task ran; zero when it never did, or still does.
func (t *Task) Took() time.Duration {
	if t.StartedAt.IsZero() || t.EndedAt.IsZero() {
		return 0
	}
	return max(0, t.EndedAt.Sub(t.StartedAt))
}

// what names what is to be done.
func (t *Task) what() string {
	switch {
	case t.Reset:
		return "Reset"
	case len(t.Refs) > 0:
		return "Index " + counted(len(t.Refs), "record")
	case t.Force:
		return "Index all of it again"
	}
	return "Index"
}

// title heads the page of the task.
func (t *Task) title() string { return t.what() + ": " + t.Dataset }

// stopping says whether the task goes on although somebody wants it to stop.
func (t *Task) stopping() bool { return t.Active() && t.StoppedBy != "" }

// statusLabel is the status in a word or two.
func (t *Task) statusLabel() string {
	switch {
	case t.stopping():
		return "Stopping"
	case t.HeldBack:
		return "Held back"
	case t.Status == TaskDone && t.Outcome != nil && t.Outcome.Skipped:
		return "Nothing new"
	}
	return humanize(t.Status)
}

// percent is how much of the phase is done; -1 when that is not known.
func (t *Task) percent() int {
	if t.Total <= 0 {
		return -1
	}
	return min(100, max(0, 100*t.Done/t.Total))
}

// progressLine tells in one line how far the task has come.
func (t *Task) progressLine() string {
	line := t.what()
	if t.Status == TaskRunning {
		line += ": " + phaseOf(t)
		if t.Total > 0 {
			line += ", " + number(t.Done) + " of " + number(t.Total)
		}
	}
	if t.stopping() {
		line += " (stopping)"
	}
	return line
}

// progressTitle heads the window while the task is under way.
func (t *Task) progressTitle() string {
	if percent := t.percent(); t.Status == TaskRunning && percent >= 0 {
		return strconv.Itoa(percent) + " % – " + t.title()
	}
	return t.statusLabel() + " – " + t.title()
}

// summary tells in one line what came of the task.
func (t *Task) summary() string {
	switch o := t.Outcome; {
	case t.Error != "":
		return t.Error
	case t.Status == TaskStopped && t.StoppedBy != "":
		return "stopped by " + t.StoppedBy
	case o == nil:
		return ""
	case o.Skipped:
		return "no new commit"
	default:
		text := number(o.Added) + " added, " + number(o.Changed) + " changed, " + number(o.Removed) + " removed"
		if o.Same > 0 {
			text += ", " + number(o.Same) + " as before"
		}
		if o.Faults > 0 {
			text += ", " + number(o.Faults) + " with problems"
		}
		return text
	}
}

// span writes how long something took or will take, as precisely as it matters.
func span(d time.Duration) string {
	switch {
	case d <= 0:
		return "0 s"
	case d < time.Second:
		return strconv.Itoa(max(1, int(d.Milliseconds()))) + " ms"
	case d < 10*time.Second:
		return strconv.FormatFloat(d.Seconds(), 'f', 1, 64) + " s"
	case d < time.Minute:
		return strconv.Itoa(int(d.Round(time.Second).Seconds())) + " s"
	case d < time.Hour:
		d = d.Round(time.Second)
		return strconv.Itoa(int(d/time.Minute)) + " min " + strconv.Itoa(int(d%time.Minute/time.Second)) + " s"
	}
	d = d.Round(time.Minute)
	return strconv.Itoa(int(d/time.Hour)) + " h " + strconv.Itoa(int(d%time.Hour/time.Minute)) + " min"
}

// clock writes a time of day to the second, as logs do.
func clock(t time.Time) string { return t.UTC().Format("15:04:05") }

// maxShown is how much of a message stands in a list; its own page has all of it.
const maxShown = 240

// taskTitle heads the window.
func taskTitle(m TaskPage) string {
	switch {
	case !m.Known:
		return "No such task"
	case m.Task.Active():
		return m.Task.progressTitle()
	}
	return m.Task.statusLabel() + " – " + m.Task.title()
}

// taskTrail leads to a task, or to a page below it.
func taskTrail(t *Task, below string) []crumb {
	trail := []crumb{{"Management", ManagementURL}}
	if t.SourceURL != "" {
		trail = append(trail, crumb{t.Dataset, t.SourceURL})
	}
	if below == "" {
		return append(trail, crumb{"Task", ""})
	}
	return append(trail, crumb{"Task", t.URL()}, crumb{below, ""})
}

func phaseOf(t *Task) string {
	if t.Phase == "" {
		return "starting"
	}
	return t.Phase
}
