package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
)

// Finder looks documents up by identifier.
type Finder interface {
	// Candidates finds documents by an identifier, newest first (unknown dates last), then by
	// identifier; none is an empty answer.
	Candidates(ctx context.Context, q docid.Query) ([]docid.Candidate, error)
}

// Documents loads what a Finder found.
type Documents interface {
	// Load gives a document by its key, with its "includes" relations expanded.
	Load(ctx context.Context, key int64) (*merge.Document, error)
}

// Archive holds the files of the old web server.
type Archive interface {
	// Archived gives one file; fault.NotFound when there is none.
	Archived(ctx context.Context, dir, file string) (*Archived, error)
}

// Archived is a file of the archive source.
type Archived struct {
	Dir, File    string // "bibxml2", "reference.ANSI.T1-102.1987.xml"
	XML          string
	PrimaryDocID string // from the sidecar; empty when there is none
	Invalid      bool   // the sidecar says that the XML must not be used
	HasXML       bool
}

// Drafts asks the Datatracker for Internet-Drafts that are newer than the index.
type Drafts interface {
	// Draft gives a draft by its name without version, such as draft-ietf-quic-http, in the version
	// given, or the newest when that is empty. The document tells its version. It fails with fault.NotFound when
	// there is none, and soon with fault.Upstream when the Datatracker does not answer: what the index has is
	// answered all the same.
	Draft(ctx context.Context, name, version string) (*merge.Document, error)
}

// Works asks Crossref for documents by their DOI.
type Works interface {
	// Work fails with fault.NotFound when the DOI is unknown, with fault.Upstream when nobody can tell.
	Work(ctx context.Context, doi string) (*merge.Document, error)
}

// Resolver finds what a path means. It is safe for concurrent use.
type Resolver struct {
	Finder    Finder
	Documents Documents
	Archive   Archive
	Drafts    Drafts // nil: not asked
	Works     Works  // nil: not asked
	BibXML    bibxml.Format
}

// Resolve answers a path with XML. The anchor is the one asked for in the query, empty for the one that
// the directory gives. Three methods are tried in turn: the document that the archive's sidecar file
// names, the directory's rule, the archived XML; then the same in the sibling of the directory, if it has one. When all
// fail, the error is fault.NotFound and its message tells what was tried; the Resolution tells it too, also then. When
// an outside source did not answer, only the archive is tried besides, and the error stays fault.Upstream: it is no
// answer that nothing exists. Other failures, such as an unreachable database, end the attempts.
func (r *Resolver) Resolve(ctx context.Context, path Path, anchor string) (Resolution, error) {
	dir, ok := byName[path.Dir]
	if !ok {
		return Resolution{Path: path}, fault.New(fault.NotFound, "There is no directory %q", path.Dir)
	}
	resolution, err := r.resolveIn(ctx, dir, path, anchor)
	if !fault.Is(err, fault.NotFound) {
		return resolution, err
	}
	if other, ok := siblingOf(path); ok {
		found, err := r.resolveSibling(ctx, other, anchor)
		if !fault.Is(err, fault.NotFound) {
			return found, err
		}
	}
	return resolution, err
}

// resolveIn tries the methods of one directory.
func (r *Resolver) resolveIn(ctx context.Context, dir *entry, path Path, anchor string) (Resolution, error) {
	resolution := Resolution{Path: path}
	archived, err := r.archived(ctx, path)
	if err != nil {
		return resolution, err
	}
	doc, err := r.document(ctx, dir, archived, &resolution)
	if isUnanswered(err) && !archived.known() {
		var failed error
		if resolution.Path, archived, failed = r.spelled(ctx, dir, path); failed != nil {
			return resolution, failed
		}
		if found, failed := r.manual(ctx, archived, &resolution); !fault.Is(failed, fault.NotFound) {
			doc, err = found, failed
		}
	}
	if err == nil {
		resolution.Document = dir.finish(doc)
		resolution.Anchor = bibxml.RootAnchor(doc, anchorFor(dir, path, anchor, doc))
		resolution.XML = r.BibXML.XML(resolution.Document, resolution.Anchor)
		return resolution, nil
	}
	if !isUnanswered(err) {
		return resolution, err
	}
	resolution.Fallback = fallback(archived)
	switch {
	case resolution.Fallback.Failure == "":
		resolution.Anchor = anchorFor(dir, path, anchor, nil)
		resolution.XML = withAnchor(archived.XML, resolution.Anchor)
		return resolution, nil
	case fault.Is(err, fault.Upstream):
		return resolution, err
	}
	return resolution, resolution.notFound()
}

// isUnanswered reports whether nothing was found, or an outside source did not answer.
func isUnanswered(err error) bool {
	return fault.Is(err, fault.NotFound) || fault.Is(err, fault.Upstream)
}

// anchorFor prefers what was asked for. What cannot be mended to a valid name counts as not given.
func anchorFor(dir *entry, path Path, asked string, doc *merge.Document) string {
	if mended := bibxml.MendAnchor(asked); mended != "" {
		return mended
	}
	return bibxml.MendAnchor(dir.root(path.Anchor, doc))
}

// document tries the first two methods, and records how they went.
func (r *Resolver) document(ctx context.Context, dir *entry, archived *Archived, to *Resolution) (*merge.Document, error) {
	doc, err := r.manual(ctx, archived, to)
	if !fault.Is(err, fault.NotFound) {
		return doc, err
	}
	doc, tried, err := dir.find(ctx, r.noting(to), to.Path.Anchor)
	to.Auto = attempted(tried, err)
	return doc, err
}

// manual finds the document that a sidecar file names, and records how that went.
func (r *Resolver) manual(ctx context.Context, archived *Archived, to *Resolution) (*merge.Document, error) {
	if archived.PrimaryDocID == "" {
		return nil, errNotFound()
	}
	doc, err := r.mapped(ctx, archived.PrimaryDocID)
	to.Manual = attempted(archived.PrimaryDocID, err)
	return doc, err
}

// mapped finds a document by any of its identifiers: as it is written, else whatever its case.
func (r *Resolver) mapped(ctx context.Context, id string) (*merge.Document, error) {
	for _, match := range []docid.Match{docid.Exact, docid.Fold} {
		doc, err := r.first(ctx, docid.Query{Value: id, Match: match})
		if !fault.Is(err, fault.NotFound) {
			return doc, err
		}
	}
	return nil, errNotFound()
}

// first gives the best document for a query: one that has the very identifier before one that is
// merely alike, a primary identifier before another one, then the newest.
func (r *Resolver) first(ctx context.Context, q docid.Query) (*merge.Document, error) {
	found, err := r.Finder.Candidates(ctx, q)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, errNotFound()
	}
	best, most := found[0], -1
	for _, candidate := range found {
		if rank := likeness(candidate.ID, q.Value); rank > most {
			best, most = candidate, rank
		}
	}
	return r.Documents.Load(ctx, best.Document)
}

func likeness(id docid.ID, asked string) int {
	rank := 0
	if id.IsPrimary() {
		rank++
	}
	switch {
	case id.ID == asked:
		rank += 4
	case strings.EqualFold(id.ID, asked):
		rank += 2
	}
	return rank
}

func errNotFound() error { return fault.New(fault.NotFound, "not found") }
