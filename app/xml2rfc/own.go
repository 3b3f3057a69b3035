package xml2rfc

import (
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
)

// Own is the answer of a document's best path.
type Own struct {
	Path   Path
	doc    *merge.Document // as its directory answers it
	anchor string
}

// OwnOf returns the answer of the best of the paths that resolve to a document by the rules of the directories; false when
// none does. Nothing is looked up: of a draft in several versions, the path without version may lead to another.
func OwnOf(doc *merge.Document) (Own, bool) {
	for i := range entries {
		dir := &entries[i]
		for _, anchor := range dir.anchors(doc) {
			if isAnchor(anchor) {
				path := Path{Dir: dir.name, Anchor: anchor}
				return Own{path, dir.finish(doc), anchorFor(dir, path, "", doc)}, true
			}
		}
	}
	return Own{}, false
}

// XML returns the answer in a format.
func (o Own) XML(format bibxml.Format) []byte { return format.XML(o.doc, o.anchor) }
