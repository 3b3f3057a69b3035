// Package xml2rfc answers the paths that xml2rfc and kramdown-rfc fetch references from, such as
// bibxml/reference.RFC.9000.xml (compatibility, section 3): it reads a path, finds the document that
// it means, and writes it with the anchor that the path promises. There is one file for each
// directory. How documents are stored, and HTTP, are left to others.
package xml2rfc

import (
	"net/url"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
)

// Prefix is where the directories are served.
const Prefix = "/public/rfc/"

// Path is a path as it was meant: the directory by its proper name, the file without underscore.
type Path struct {
	Dir    string // "bibxml9"
	Anchor string // "BCP.0014"
}

// File is the name of the file, as the archive has it: reference.BCP.0014.xml.
func (p Path) File() string { return "reference." + p.Anchor + ".xml" }

// String gives directory and file: bibxml9/reference.BCP.0014.xml.
func (p Path) String() string { return p.Dir + "/" + p.File() }

// URL gives the path as it is asked for, with the Prefix and escaped.
func (p Path) URL() string { return (&url.URL{Path: Prefix + p.String()}).EscapedPath() }

// ParsePath reads <dir>/[_]reference.<anchor>.xml, with or without the Prefix, already decoded from its URL, and the
// two other forms that clients request: bibxml3/draft-<name>.xml, as at the Datatracker, and
// /reference.SDO-.3GPP.<number>.xml in no directory, which kramdown-rfc 1.6 and 1.7 derive from the anchor
// SDO-3GPP.<number>. Blanks around the names do not matter. ParsePath fails with fault.NotFound for a directory that
// does not exist and for any other file name.
func ParsePath(path string) (Path, error) {
	dir, file, _ := strings.Cut(strings.TrimPrefix(path, Prefix), "/")
	dir, file = docid.Trim(dir), strings.TrimPrefix(docid.Trim(file), "_")
	stem, isXML := strings.CutSuffix(file, ".xml")
	anchor, isReference := strings.CutPrefix(stem, "reference.")
	anchor = docid.Trim(anchor)
	if rest, ok := strings.CutPrefix(anchor, "SDO-.3GPP."); ok && dir == "" {
		dir, anchor = "bibxml5", "SDO-3GPP."+rest
	}
	entry, ok := byName[dir]
	if !ok {
		return Path{}, fault.New(fault.NotFound, "There is no directory %q", dir)
	}
	if !isReference && entry.name == draftsDir && strings.HasPrefix(stem, "draft-") {
		anchor, isReference = "I-D."+docid.Trim(stem), true
	}
	if !isXML || !isReference || !isAnchor(anchor) {
		return Path{}, fault.New(fault.NotFound, "File names in %s look like reference.<anchor>.xml", dir)
	}
	return Path{Dir: entry.name, Anchor: anchor}, nil
}

// isAnchor reports whether a text keeps to the alphabet of anchors in paths.
func isAnchor(anchor string) bool {
	for _, r := range anchor {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9':
		case strings.ContainsRune("-+;% ().,/_", r):
		default:
			return false
		}
	}
	return anchor != ""
}
