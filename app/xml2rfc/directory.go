package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/merge"
)

// directory is what is particular to one directory.
type directory interface {
	// find gives the document that an anchor means, and tells what it tried. It fails with
	// fault.NotFound, whose message says more than "not found" only where it can help.
	find(ctx context.Context, r *Resolver, anchor string) (doc *merge.Document, tried string, err error)
	// root gives the anchor of the root element for a path's anchor; doc is nil when the answer comes
	// from the archive. Empty: what the document or the archived file has.
	root(anchor string, doc *merge.Document) string
	// spellings returns the anchors under which the archive may have what an anchor means, other than the anchor
	// itself: numbers with zeros before them and without. The anchor itself may be among them.
	spellings(anchor string) []string
	// finish adapts a document that is answered in this directory.
	finish(doc *merge.Document) *merge.Document
	// anchors gives those that lead to a document, the best one first.
	anchors(doc *merge.Document) []string
}

// entry is a directory under its names.
type entry struct {
	name    string
	aliases []string
	directory
}

// entries are all directories. kramdown-rfc still writes bibxml-rfcsubseries-new.
var entries = []entry{
	{"bibxml", []string{"bibxml-rfcs"}, rfcs{}},
	{"bibxml2", []string{"bibxml-misc"}, misc{}},
	{"bibxml3", []string{"bibxml-ids"}, drafts{}},
	{"bibxml4", []string{"bibxml-w3c"}, w3c{}},
	{"bibxml5", []string{"bibxml-3gpp"}, threeGPP{}},
	{"bibxml6", []string{"bibxml-ieee"}, ieee{}},
	{"bibxml8", []string{"bibxml-iana"}, iana{}},
	{"bibxml9", []string{"bibxml-rfcsubseries", "bibxml-rfcsubseries-new"}, subseries{}},
	{"bibxml-nist", nil, nist{}},
	{"bibxml7", []string{"bibxml-doi"}, doi{}}, // last: most documents with a DOI have a directory of their own
}

var byName = indexEntries()

func indexEntries() map[string]*entry {
	index := make(map[string]*entry, 2*len(entries))
	for i := range entries {
		index[entries[i].name] = &entries[i]
		for _, alias := range entries[i].aliases {
			index[alias] = &entries[i]
		}
	}
	return index
}

// ordinary is a directory whose documents need no adapting and keep their own anchor, and whose anchors have one form.
type ordinary struct{}

func (ordinary) root(string, *merge.Document) string { return "" }

func (ordinary) spellings(string) []string { return nil }

func (ordinary) finish(doc *merge.Document) *merge.Document { return doc }

// primaryRest gives what follows a prefix in the primary identifier of a type.
func primaryRest(doc *merge.Document, kind, prefix string) (string, bool) {
	id, ok := doc.Item.PrimaryID()
	if !ok || id.Type != kind {
		return "", false
	}
	return strings.CutPrefix(id.ID, prefix)
}

// isNumber says whether a text is digits alone.
func isNumber(s string) bool {
	return s != "" && strings.Trim(s, "0123456789") == ""
}

// plainNumber removes the zeros before a number.
func plainNumber(digits string) string {
	if number := strings.TrimLeft(digits, "0"); number != "" {
		return number
	}
	return "0"
}

// padded puts zeros before a number up to four digits, as file names have it.
func padded(number string) string {
	return strings.Repeat("0", max(0, 4-len(number))) + number
}
