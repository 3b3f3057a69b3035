package xml2rfc

import (
	"context"
	"slices"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Limits on the look-ups for one piece of advice: a wrong address must not cost much more than a right one.
const (
	mostIdentifiers = 4 // that the text may be
	mostPaths       = 4 // that are tried
)

// Advice returns the address of the path that was probably meant by one that is not found, such as
// /public/rfc/bibxml/reference.RFC.9110.xml for bibxml2/reference.rfc9110.xml, and an empty one when nothing else answers.
// The index or the archive answers the address; nobody outside is asked.
func (r *Resolver) Advice(ctx context.Context, asked string) (address string, err error) {
	dir, text := readWrong(asked)
	guessed, certain := guess(dir, text)
	var paths []Path
	if !certain {
		if paths, err = r.byIdentifier(ctx, identifiers(dir, text)); err != nil {
			return "", err
		}
	}
	if guessed != (Path{}) {
		paths = append(paths[:min(len(paths), mostPaths-1)], guessed)
	}
	wrong, _ := ParsePath(asked)
	for _, path := range paths[:min(len(paths), mostPaths)] {
		if path == wrong {
			continue
		}
		if ok, err := r.answers(ctx, path); ok || err != nil {
			return path.advised(), err
		}
	}
	return "", nil
}

// advised is the address of a path under the name of its directory that tells what it holds.
func (p Path) advised() string {
	switch p.Dir {
	case draftsDir:
		p.Dir = "bibxml-ids"
	case "bibxml9":
		p.Dir = "bibxml-rfcsubseries"
	}
	return p.URL()
}

// answers reports whether the index or the archive answers a path.
func (r *Resolver) answers(ctx context.Context, path Path) (bool, error) {
	alone := r.IndexAlone()
	alone.Documents = unread{}
	archived, err := alone.archived(ctx, path)
	if err != nil || fallback(archived).Failure == "" {
		return err == nil, err
	}
	_, err = alone.document(ctx, byName[path.Dir], archived, &Resolution{Path: path})
	return err == nil, unlessNothing(err)
}

// unread makes documents of their keys alone: to know that there is one, it need not be read.
type unread struct{}

// Load implements Documents.
func (unread) Load(_ context.Context, key int64) (*merge.Document, error) {
	return &merge.Document{Key: key, Item: &relaton.Item{}}, nil
}

// byIdentifier returns the paths of the first document that has one of some identifiers in any spelling.
func (r *Resolver) byIdentifier(ctx context.Context, identifiers []string) ([]Path, error) {
	for _, id := range identifiers[:min(len(identifiers), mostIdentifiers)] {
		found, err := r.Finder.Candidates(ctx, docid.Query{Value: id, Match: docid.Fuzzy})
		if err != nil {
			return nil, err
		}
		if len(found) > 0 {
			slices.SortStableFunc(found, func(a, b docid.Candidate) int { return rank(b, id) - rank(a, id) })
			return r.pathsOf(ctx, found[0])
		}
	}
	return nil, nil
}

// rank is highest for a primary identifier in the case that was asked for.
func rank(c docid.Candidate, asked string) (rank int) {
	if dotted(c.ID.ID) == dotted(asked) {
		rank += 2
	}
	if c.ID.IsPrimary() {
		rank++
	}
	return rank
}

// pathsOf returns the paths of a document that was found. Its primary identifier tells them; by another one, the document
// has to be read.
func (r *Resolver) pathsOf(ctx context.Context, found docid.Candidate) ([]Path, error) {
	if !found.ID.IsPrimary() {
		doc, err := r.Documents.Load(ctx, found.Document)
		if err != nil {
			return nil, err
		}
		return paths(doc), nil
	}
	item := &relaton.Item{DocID: []docid.ID{found.ID}}
	if found.Published != "" {
		item.Date = []relaton.Date{{Type: "published", Value: found.Published}}
	}
	return paths(&merge.Document{Key: found.Document, Item: item}), nil
}
