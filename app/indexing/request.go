package indexing

import (
	"encoding/json"
	"strings"
	"time"
)

// Archive is the dataset of the archive source, which holds files of the old web server.
const Archive = "xml2rfc"

// Action is what is to be done with a source.
type Action string

// The actions.
const (
	Index Action = "index" // bring the index up to date with the source
	Reset Action = "reset" // remove all that came from the source
)

// Request asks for an indexing of one source.
type Request struct {
	Dataset string
	Action  Action   // empty: Index
	Refs    []string // only these records; none: all
	Force   bool     // even when the source has not changed
	By      string   // who asked, for the log; may be empty
	Run     string   // the task that this is, which what changed is kept with; empty: none, it is not kept
}

// asksFrom stands between who asks for something and the address.
const asksFrom = " from "

// Asker names who asks for something, and the address that this comes from.
func Asker(user, address string) string { return user + asksFrom + address }

// Outcome is what an indexing did.
type Outcome struct {
	Skipped  bool          `json:"skipped"` // nothing had changed
	Commit   string        `json:"commit"`  // of the source
	Total    int           `json:"total"`   // records of the source now indexed
	Added    int           `json:"added"`
	Changed  int           `json:"changed"`
	Removed  int           `json:"removed"`
	Problems []FileProblem `json:"problems"`       // at most MaxProblems
	Faults   int           `json:"faults"`         // files with problems in all
	Same     int           `json:"same,omitempty"` // of Changed: files that were read again and are what they were
	Took     time.Duration `json:"took"`
}

// FileProblem is something wrong with one file of a source.
type FileProblem struct {
	File    string `json:"file"` // data/RFC9000.yaml
	Path    string `json:"path"` // contributor[2].role; empty: the whole file
	Message string `json:"message"`
	Line    int    `json:"line,omitempty"` // from 1; 0 when unknown
}

// MaxProblems bounds the problems that an outcome tells in full.
const MaxProblems = 1000

// Progress is told how far an indexing has come. It is called from one goroutine at a time.
type Progress func(phase string, done, total int)

// Task is a request in the queue, as the API tells of it (compatibility, section 6).
type Task struct {
	ID             string        `json:"task_id"`
	Status         string        `json:"status"` // waiting, running, done, failed or stopped
	Dataset        string        `json:"dataset_id"`
	Refs           *string       `json:"requested_refs"` // separated by commas; nil: all
	Action         Action        `json:"action"`
	Progress       *TaskProgress `json:"progress"`
	RequestedAt    time.Time     `json:"requested_at"`
	StartedAt      *time.Time    `json:"started_at"`
	CompletedAt    *time.Time    `json:"completed_at"`
	OutcomeSummary *string       `json:"outcome_summary"`
	Error          *TaskError    `json:"error"`
	Outcome        *Outcome      `json:"-"`
	StoppedBy      *string       `json:"stopped_by,omitempty"` // who asked for that; in JSON without the address

	// What the panel tells beside that.
	RequestedBy string        `json:"-"`
	Force       bool          `json:"-"`
	PhaseTook   time.Duration `json:"-"` // since the present phase began; 0 unless it runs
	PhaseBegan  int           `json:"-"` // how much of it was done then
}

// MarshalJSON implements json.Marshaler. Everybody may read the JSON of a task, so that it tells nobody's address.
func (t Task) MarshalJSON() ([]byte, error) {
	type plain Task
	if t.StoppedBy != nil {
		user, _, _ := strings.Cut(*t.StoppedBy, asksFrom)
		t.StoppedBy = &user
	}
	return json.Marshal(plain(t))
}

// Full says whether the task indexes all of a source. No other says how it stands with the source as a whole: neither
// one that indexes some records nor a reset.
func (t *Task) Full() bool { return t.Action == Index && t.Refs == nil }

// Refused says whether the task failed since it would have removed too much (see HeldBackError).
func (t *Task) Refused() bool { return t.Error != nil && t.Error.Type == HeldBack }

// LogLine is something that happened in a task.
type LogLine struct {
	At      time.Time
	Message string
}

// TaskProgress is how far a task has come.
type TaskProgress struct {
	Phase   string `json:"action"`
	Total   int    `json:"total"`
	Current int    `json:"current"`
}

// TaskError is why a task failed.
type TaskError struct {
	Type    string `json:"type"`
	Message string `json:"message"`
}

// ChangeQuery asks what a task changed.
type ChangeQuery struct {
	Run    string     // the task
	Kind   ChangeKind // empty: all
	Text   string     // in names or titles; empty: any
	Offset int
	Limit  int
}

// ProblemQuery asks what is wrong with the records of a source, as the index has them now.
type ProblemQuery struct {
	Dataset string
	Kind    string // as browse.ProblemKind.Name; empty: any
	Text    string // in names, fields or messages; empty: any
	Offset  int
	Limit   int
}

// Problems is what is wrong with the records of a source: a part of it, and how much there is.
type Problems struct {
	List  []FileProblem // by file
	Total int
}
