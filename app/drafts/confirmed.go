package drafts

import (
	"regexp"
	"strings"
)

// Kinds of what the Datatracker reports of drafts.
const (
	Became   = "became_rfc" // a draft, an RFC
	Replaces = "replaces"   // a draft, the one whose place it took
)

// Report is what the Datatracker reports: the source is a draft, and the target the draft that it replaces or the RFC that it became.
type Report struct{ Kind, Source, Target string }

const maxName = 200

var (
	draftName = regexp.MustCompile(`^draft-[a-z0-9][a-z0-9._+-]*$`)
	rfcName   = regexp.MustCompile(`^rfc[1-9][0-9]{0,5}$`)
)

// IsValid reports whether both are names of documents of the right kinds, in lower case, and not the same.
func (r Report) IsValid() bool {
	if !draftName.MatchString(r.Source) || len(r.Source) > maxName || len(r.Target) > maxName || r.Source == r.Target {
		return false
	}
	switch r.Kind {
	case Became:
		return rfcName.MatchString(r.Target)
	case Replaces:
		return draftName.MatchString(r.Target)
	}
	return false
}

// RFC returns the identifier of the RFC that the report is about.
func (r Report) RFC() string { return "RFC " + strings.TrimPrefix(r.Target, "rfc") }
