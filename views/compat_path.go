package views

import (
	"slices"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

// CompatPath is the page of a path.
type CompatPath struct {
	Directory   CompatDirectory
	File        string
	PublicURL   string // where the path is answered
	MeantURL    string // of the path that answers and was probably meant; empty: none, or this one answers
	Methods     []CompatMethod
	XML         string // the answer, or its beginning; empty: there is none
	Cut         bool   // XML is only the beginning
	Archived    string // the archived XML; empty: there is none
	Class       compat.Class
	Note        string
	Differences []compat.Difference
	Lines       []compat.Line
}

// CompatMethod is one way to resolve the path, and what it finds.
type CompatMethod struct {
	Name      string // "Sidecar"
	About     string // where it looks
	Used      bool
	Tried     bool
	LookedFor string
	Failure   string           // why it gives nothing; empty: it gives something
	Documents []CompatDocument // that it leads to: at most one
	XML       string
}

// CompatDocument is a document that a method leads to.
type CompatDocument struct {
	ID, URL string
	Title   Phrase
}

// methodNames says what the methods are called and where they look.
var methodNames = map[xml2rfc.Method][2]string{
	xml2rfc.Manual:   {"Sidecar", "The document that the archive's sidecar file names by hand"},
	xml2rfc.Auto:     {"Rule", "The document that the directory's rule makes of the anchor"},
	xml2rfc.Fallback: {"Archive", "The file of the old web server, with the anchor of the directory"},
}

// CompatPathOf makes the page of a path from what each method finds.
func CompatPathOf(e xml2rfc.Explanation) CompatPath {
	m := CompatPath{File: e.Path.File(), PublicURL: CompatPublicURL(e.Path)}
	m.XML, m.Cut = beginningOf(string(e.XML))
	m.Archived, _ = beginningOf(e.Archived.XML)
	for i, finding := range e.Findings {
		m.Methods = append(m.Methods, methodOf(xml2rfc.Methods[i], finding, e))
	}
	if !e.Archived.HasXML && e.Archived.PrimaryDocID == "" {
		return m
	}
	comparison := compat.Judge(e.Archived, e.Resolution)
	m.Class, m.Note, m.Differences = comparison.Class, comparison.Note, slices.Clone(comparison.Differences)
	slices.SortStableFunc(m.Differences, func(a, b compat.Difference) int { return rank(a) - rank(b) })
	if m.Class != compat.Missing && e.Archived.HasXML && !m.Cut && len(e.Archived.XML) <= shownText {
		// Without lines when one is not well-formed, which the note tells.
		m.Lines, _ = compat.Lines(e.Archived.XML, m.XML)
	}
	return m
}

// rank puts what makes it worse first.
func rank(d compat.Difference) int {
	if d.Loss {
		return 0
	}
	return 1
}

func methodOf(method xml2rfc.Method, found xml2rfc.Finding, e xml2rfc.Explanation) CompatMethod {
	m := CompatMethod{
		Name: methodNames[method][0], About: methodNames[method][1], Used: method == e.Used,
		Tried: found.Tried, LookedFor: found.Config, Failure: found.Failure,
	}
	m.XML, _ = beginningOf(string(found.XML))
	if found.Document != nil {
		m.Documents = []CompatDocument{foundDocument(found.Document)}
	}
	return m
}

func foundDocument(doc *merge.Document) CompatDocument {
	model := DocumentOf(doc)
	return CompatDocument{ID: model.ID.ID, URL: model.URL, Title: model.Titles[0].Phrase}
}

// verdict says in a word what a difference is.
func verdict(d compat.Difference) string {
	switch {
	case d.Ours == "":
		return "gone"
	case d.Archived == "":
		return "added"
	case d.Loss:
		return "changed"
	}
	return "corrected"
}
