package xml2rfc

import "github.com/ietf-tools/bibxml/app/merge"

// Paths lists the paths that resolve to a document by the rules of the directories, as URL paths with
// the Prefix, the best one first. Paths that the archive maps to it are not among them.
//
// Of a draft in several versions, the path without version leads to the newest: whoever offers these
// paths has to ask whether this version is it.
func Paths(doc *merge.Document) []string {
	var paths []string
	for _, dir := range entries {
		for _, anchor := range dir.anchors(doc) {
			if isAnchor(anchor) {
				paths = append(paths, Path{Dir: dir.name, Anchor: anchor}.URL())
			}
		}
	}
	return paths
}
