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
	all := paths(doc)
	if len(all) == 0 {
		return Own{}, false
	}
	dir := byName[all[0].Dir]
	return Own{all[0], dir.finish(doc), anchorFor(dir, all[0], "", doc)}, true
}

// XML returns the answer in a format.
func (o Own) XML(format bibxml.Format) []byte { return format.XML(o.doc, o.anchor) }
