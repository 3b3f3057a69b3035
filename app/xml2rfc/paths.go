package xml2rfc

import "github.com/ietf-tools/bibxml/app/merge"

// Paths lists the paths that resolve to a document by the rules of the directories, as URL paths with the Prefix, the
// best one first: that of the document's own directory. Paths that the archive maps to it are not among them, nor are
// other spellings.
//
// Of a draft in several versions, the path without version leads to the newest: whoever offers these
// paths has to ask whether this version is it.
func Paths(doc *merge.Document) []string {
	var list []string
	for _, path := range paths(doc) {
		list = append(list, path.URL())
	}
	return list
}

func paths(doc *merge.Document) []Path {
	var own, others []Path
	for _, dir := range entries {
		for _, anchor := range dir.anchors(doc) {
			path := Path{Dir: dir.name, Anchor: anchor}
			switch {
			case !isAnchor(anchor):
			case dir.name == miscDir && belongsElsewhere(doc):
				others = append(others, path)
			default:
				own = append(own, path)
			}
		}
	}
	return append(own, others...)
}
