package xml2rfc

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
)

// Resolution is how a path was resolved.
type Resolution struct {
	Path     Path
	XML      []byte          // the answer; nil when nothing was found
	Anchor   string          // of its root element; empty: the archived file's own
	Document *merge.Document // what the answer was written from; nil when it is archived XML
	Outside  bool            // an outside source was asked: the answer is right for now, and may change without the index
	// The methods in the order of their attempts.
	Manual, Auto, Fallback Attempt
}

// Attempt is how one of the methods went.
type Attempt struct {
	Tried   bool
	Config  string // what was looked for
	Failure string // empty: it worked
}

// attempted tells of an attempt that ended with err.
func attempted(config string, err error) Attempt {
	a := Attempt{Tried: true, Config: config}
	if err != nil {
		a.Failure = fault.Message(err)
	}
	return a
}

// FromArchive says whether the answer is archived XML.
func (r Resolution) FromArchive() bool { return r.XML != nil && r.Document == nil }

// Methods is the value of the header X-Resolution-Methods.
func (Resolution) Methods() string { return "manual;auto;fallback" }

// Outcomes is the value of the header X-Resolution-Outcomes: for each method what was looked for, a
// comma, and the failure; empty for a method that was not tried.
func (r Resolution) Outcomes() string {
	return strings.Join([]string{r.Manual.outcome(), r.Auto.outcome(), r.Fallback.outcome()}, ";")
}

func (a Attempt) outcome() string {
	if !a.Tried {
		return ""
	}
	return headerText(a.Config) + "," + headerText(a.Failure)
}

// headerText keeps control characters out of a header, and our separator out of its parts.
func headerText(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f || r == ';' {
			return ' '
		}
		return r
	}, s)
}

// notFound tells all that was tried.
func (r Resolution) notFound() error {
	var tried []string
	for _, method := range []struct {
		name string
		Attempt
	}{{"manual", r.Manual}, {"auto", r.Auto}, {"fallback", r.Fallback}} {
		if method.Tried {
			tried = append(tried, method.name+" ("+method.Config+"): "+method.Failure)
		}
	}
	return fault.New(fault.NotFound, "Error resolving bibliographic item. Tried methods: %s", strings.Join(tried, ", "))
}
