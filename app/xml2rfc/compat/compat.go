// Package compat compares the references that this service answers with those of the archive, the files
// of the web server that handed references out before: whether a path still leads to the same reference,
// and if not, what became better and what worse. How paths are resolved is left to xml2rfc, how the
// archive is stored to its Files.
package compat

// Class says how our reference stands beside the archived one.
type Class string

const (
	// Same is what is equal as canonical XML (see Canonical).
	Same Class = "same"
	// Better is what is not equal, but nothing is lost: there are only additions and corrections. An archived file that
	// must not be used, that is no XML, or that is a sidecar alone has nothing to lose.
	Better Class = "better"
	// Worse is what lacks something that the archive has, or is changed in its anchor, target, title, authors,
	// date or seriesInfo, and the change is no known correction.
	Worse Class = "worse"
	// Missing is where the index has nothing for the path. The archived file is answered, or nothing at all.
	Missing Class = "missing"
)

// Classes are all classes, in the order of reports.
var Classes = []Class{Same, Better, Worse, Missing}

// Difference is one point in which two references differ.
type Difference struct {
	Place    string `json:"place"`    // "title", "author Bradner", "seriesInfo DOI"; in a group after its member
	Archived string `json:"archived"` // empty: only we have it
	Ours     string `json:"ours"`     // empty: only the archive has it
	Loss     bool   `json:"loss"`     // makes it worse
}

// Comparison is how two references differ.
type Comparison struct {
	Class       Class
	Differences []Difference
	// Note says what there is to know beside the differences; empty in most cases.
	Note string
}

// Compare classifies our XML beside the archived XML. It never gives Missing.
func Compare(archived, ours string) Comparison {
	old, err := parse(archived)
	if err != nil {
		return Comparison{Class: Better, Note: "The archived XML is not well-formed: " + err.Error()}
	}
	now, err := parse(ours)
	if err != nil {
		return Comparison{Class: Worse, Note: "Our XML is not well-formed: " + err.Error()}
	}
	if old.canonical() == now.canonical() {
		return Comparison{Class: Same}
	}
	var d differences
	d.references(read(old), read(now))
	c := Comparison{Class: Better, Differences: d.list}
	for _, difference := range d.list {
		if difference.Loss {
			c.Class = Worse
		}
	}
	if len(d.list) == 0 {
		c.Note = "They differ only in their form."
	}
	return c
}
