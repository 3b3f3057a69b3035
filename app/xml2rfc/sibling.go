package xml2rfc

import (
	"context"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
)

// kramdown-rfc chooses the directory by the first part of an anchor, wherever the reference with that anchor came from:
// it requests an anchor that bibxml2 or bibxml-nist has written from another directory.
var siblings = map[string]struct{ begin, dir string }{
	miscDir:   {"NIST.", "bibxml-nist"},
	"bibxml4": {"W3C.", miscDir},
	"bibxml5": {"3GPP.", miscDir},
	"bibxml6": {"IEEE.", miscDir},
	"bibxml8": {"IANA.", miscDir},
}

// siblingOf returns the path whose anchor kramdown-rfc may mean by another path.
func siblingOf(path Path) (Path, bool) {
	sibling, ok := siblings[path.Dir]
	return Path{Dir: sibling.dir, Anchor: path.Anchor}, ok && strings.HasPrefix(path.Anchor, sibling.begin)
}

// resolveSibling answers with what the archive has at a path and, in bibxml2, with a document whose identifier has the
// letters of the anchor in the same case. The anchors that bibxml2 writes are like that when its path was; the other
// directories tell upper and lower case apart.
func (r *Resolver) resolveSibling(ctx context.Context, path Path, anchor string) (Resolution, error) {
	sibling := *byName[path.Dir]
	if path.Dir == miscDir {
		sibling.directory = sameCase{sibling.directory}
	} else {
		sibling.directory = archiveOnly{sibling.directory}
	}
	return r.resolveIn(ctx, &sibling, path, anchor)
}

// archiveOnly is a directory without its rule.
type archiveOnly struct{ directory }

func (archiveOnly) find(_ context.Context, _ *Resolver, anchor string) (*merge.Document, string, error) {
	return nil, anchor, errNotFound()
}

// sameCase is a directory whose rule does not ignore case.
type sameCase struct{ directory }

func (s sameCase) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	doc, tried, err := s.directory.find(ctx, r, anchor)
	if err != nil {
		return nil, tried, err
	}
	if !slices.ContainsFunc(doc.Item.DocID, func(id docid.ID) bool { return dotted(id.ID) == dotted(anchor) }) {
		return nil, tried, errNotFound()
	}
	return doc, tried, nil
}

// dotted returns a text with a dot for each character that is no letter or digit.
func dotted(text string) string {
	return strings.Map(func(r rune) rune {
		if docid.Normalize(string(r)) == "." {
			return '.'
		}
		return r
	}, text)
}
