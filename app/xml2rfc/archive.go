package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
)

// archived gives the file of the archive at a path. Most paths have none, which is an empty file here:
// no sidecar, no XML.
func (r *Resolver) archived(ctx context.Context, path Path) (*Archived, error) {
	file, err := r.Archive.Archived(ctx, path.Dir, path.File())
	if fault.Is(err, fault.NotFound) {
		return &Archived{}, nil
	}
	return file, err
}

// known reports whether the archive has anything at a path.
func (a *Archived) known() bool { return a.HasXML || a.PrimaryDocID != "" }

// spelled returns the file of the archive that has the name of a path in another spelling, and its path; the path itself
// with an empty file when there is none.
func (r *Resolver) spelled(ctx context.Context, dir *entry, path Path) (Path, *Archived, error) {
	for _, anchor := range dir.spellings(path.Anchor) {
		other := Path{Dir: path.Dir, Anchor: anchor}
		if other == path {
			continue
		}
		if file, err := r.archived(ctx, other); err != nil || file.known() {
			return other, file, err
		}
	}
	return path, &Archived{}, nil
}

// fallback says whether the archived XML can serve.
func fallback(archived *Archived) Attempt {
	a := Attempt{Tried: true}
	switch {
	case !archived.HasXML:
		a.Failure = "not indexed"
	case archived.Invalid:
		a.Failure = "marked as invalid"
	}
	return a
}

// withAnchor gives archived XML unchanged but for the anchor of its root element: the one given, which
// has to be valid, or with an empty one its own, mended.
func withAnchor(xml, anchor string) []byte {
	root := rootAt(xml)
	if root < 0 {
		return []byte(xml)
	}
	name, value := rootAnchor(xml[root:])
	name, from, to := root+name, root+value.from, root+value.to
	switch {
	case value == (span{}) && anchor == "":
		return []byte(xml)
	case value == (span{}):
		return []byte(xml[:name] + ` anchor="` + anchor + `"` + xml[name:])
	case anchor == "":
		if anchor = bibxml.MendAnchor(xml[from:to]); anchor == "" {
			return []byte(xml)
		}
	}
	return []byte(xml[:from] + anchor + xml[to:])
}

// rootAt gives where the root element begins, after a declaration, comments and the like, which may
// hold tags themselves; -1 when there is no root element.
func rootAt(xml string) int {
	for at := 0; ; {
		next := strings.IndexByte(xml[at:], '<')
		if next < 0 {
			return -1
		}
		at += next
		var end string
		switch rest := xml[at:]; {
		case strings.HasPrefix(rest, "<!--"):
			end = "-->"
		case strings.HasPrefix(rest, "<?"):
			end = "?>"
		case strings.HasPrefix(rest, "<!"):
			end = ">"
		default:
			return at
		}
		skip := strings.Index(xml[at:], end)
		if skip < 0 {
			return -1
		}
		at += skip + len(end)
	}
}

// span is a part of a text; its zero value is none.
type span struct{ from, to int }

// rootAnchor reads a start tag: where its name ends, and what its anchor's quotes enclose.
func rootAnchor(tag string) (nameEnd int, value span) {
	const blank = " \t\r\n"
	at := strings.IndexAny(tag, blank+"/>")
	if at < 0 {
		return len(tag), span{}
	}
	nameEnd = at
	for {
		at += len(tag[at:]) - len(strings.TrimLeft(tag[at:], blank))
		equals := strings.IndexAny(tag[at:], "=>")
		if equals < 0 || tag[at+equals] == '>' {
			return nameEnd, span{}
		}
		attr := strings.TrimSpace(tag[at : at+equals])
		open := strings.IndexAny(tag[at+equals:], `"'`)
		if open < 0 {
			return nameEnd, span{}
		}
		from := at + equals + open + 1
		length := strings.IndexByte(tag[from:], tag[from-1])
		if length < 0 {
			return nameEnd, span{}
		}
		if attr == "anchor" {
			return nameEnd, span{from, from + length}
		}
		at = from + length + 1
	}
}
