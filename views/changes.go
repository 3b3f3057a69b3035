package views

import (
	"cmp"
	"time"

	"github.com/google/uuid"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Change is what became of a record at one time. ChangeOf fills it.
type Change struct {
	ID        string // a URN that names the change for good
	Kind      catalog.ChangeKind
	At        time.Time
	Dataset   string
	Ref       string
	DocID     string // of the document that the record belonged to; empty when it has none
	Title     string // of the document; empty when unknown
	Commit    string
	CommitURL string // where that commit can be looked at; empty when it cannot
	RecordURL string
	URL       string // of the document, or of the record when nothing names the document
	Fields    []relaton.FieldChange
	More      int // fields beyond those
}

// changeSpace is where the names of changes and feeds are unique. The value is arbitrary, and only ours.
var changeSpace = uuid.MustParse("6f1d6f6e-3f0b-4f43-9c53-0b5d8f1c9a15")

// urn names something for good, whatever host it is told by (RFC 4287, section 4.2.6).
func urn(of string) string { return uuid.NewSHA1(changeSpace, []byte(of)).URN() }

// ChangeOf turns a change into its model. The repository is that of the source, empty when unknown.
func ChangeOf(c *catalog.Change, repository string) Change {
	model := Change{
		ID:   urn(c.Dataset + "/" + c.Ref + " " + c.Commit + " " + c.At.UTC().Format(time.RFC3339Nano)),
		Kind: c.Kind, At: c.At, Dataset: c.Dataset, Ref: c.Ref, DocID: c.DocID.ID, Title: c.Title, Commit: c.Commit,
		CommitURL: CommitURL(repository, c.Commit), RecordURL: RecordURL(c.Dataset, c.Ref), Fields: c.Fields, More: c.More,
	}
	model.URL = model.RecordURL
	if c.DocID.ID != "" && c.Kind != catalog.Removed {
		model.URL = DocumentURL(c.DocID.ID, c.DocID.Type)
	}
	return model
}

// heading names the change in a list of many.
func (c Change) heading() string {
	name := cmp.Or(c.DocID, c.Ref)
	if c.Title == "" {
		return name
	}
	return name + ": " + c.Title
}

// verb says what happened.
func (c Change) verb() string {
	switch c.Kind {
	case catalog.Added:
		return "New"
	case catalog.Removed:
		return "Withdrawn"
	}
	return "Changed"
}

// summary tells the change in one line.
func (c Change) summary() string {
	text := c.verb() + " in " + c.Dataset
	if c.Kind == catalog.Removed {
		text = "Withdrawn from " + c.Dataset
	}
	for i, field := range c.Fields {
		if i == 5 {
			return text + " and " + counted(len(c.Fields)-i+c.More, "other field")
		}
		text += map[bool]string{true: ": ", false: ", "}[i == 0] + field.Path
	}
	if c.More > 0 {
		text += " and " + counted(c.More, "other field")
	}
	return text
}
