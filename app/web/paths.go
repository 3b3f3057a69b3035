package web

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
)

// paths finds the xml2rfc paths that lead to the document, and gives the answer of the first; without any what it
// would be. A path that the rules offer may lead elsewhere: that of a draft without version leads to the newest.
func (s *Server) paths(ctx context.Context, doc *merge.Document) (paths []string, own xml2rfc.Resolution, err error) {
	var ruled, mapped []answered
	tasks, asking := errgroup.WithContext(ctx)
	tasks.Go(func() (err error) {
		ruled, err = s.leading(asking, xml2rfc.Paths(doc), doc)
		return err
	})
	tasks.Go(func() error {
		offered, err := s.mappedPaths(asking, doc)
		if err == nil {
			mapped, err = s.leading(asking, offered, doc)
		}
		return err
	})
	if err := tasks.Wait(); err != nil {
		return nil, own, err
	}
	for _, a := range append(ruled, mapped...) {
		if !slices.Contains(paths, a.path) {
			paths = append(paths, a.path)
		}
		if own.Document == nil {
			own = a.Resolution
		}
	}
	if own.Document == nil {
		own = xml2rfc.Resolution{Document: doc, Anchor: bibxml.RootAnchor(doc, ""), XML: s.Resolver.BibXML.XML(doc, "")}
	}
	return paths, own, nil
}

// answered is a path with its answer.
type answered struct {
	path string
	xml2rfc.Resolution
}

// atOnce bounds the paths that are resolved at once for one page.
const atOnce = 4

// leading gives those of the paths offered for a document that lead there, in their order.
func (s *Server) leading(ctx context.Context, offered []string, doc *merge.Document) ([]answered, error) {
	resolver := *s.Resolver
	resolver.Documents = atHand{resolver.Documents, doc}
	all := make([]answered, len(offered))
	tasks, ctx := errgroup.WithContext(ctx)
	tasks.SetLimit(atOnce)
	for i, path := range offered {
		tasks.Go(func() error {
			found, ok, err := leadsTo(ctx, &resolver, path, doc, "")
			if ok {
				all[i] = answered{path, found}
			}
			return err
		})
	}
	err := tasks.Wait()
	return slices.DeleteFunc(all, func(a answered) bool { return a.path == "" }), err
}

// atHand loads documents, of which one need not be read again.
type atHand struct {
	xml2rfc.Documents
	doc *merge.Document
}

// Load implements xml2rfc.Documents.
func (a atHand) Load(ctx context.Context, key int64) (*merge.Document, error) {
	if key == a.doc.Key {
		return a.doc, nil
	}
	return a.Documents.Load(ctx, key)
}

// mappedPaths gives the old paths that the archive says lead to the document.
func (s *Server) mappedPaths(ctx context.Context, doc *merge.Document) ([]string, error) {
	if s.Mapped == nil {
		return nil, nil
	}
	ids := make([]string, len(doc.Item.DocID))
	for i, id := range doc.Item.DocID {
		ids[i] = id.ID
	}
	found, err := s.Mapped(ctx, ids)
	paths := make([]string, len(found))
	for i, path := range found {
		paths[i] = path.URL()
	}
	return paths, err
}

func parseEscaped(path string) (xml2rfc.Path, error) {
	address, err := url.PathUnescape(path)
	if err != nil {
		return xml2rfc.Path{}, err
	}
	return xml2rfc.ParsePath(address)
}

// ownAnswer gives the answer of the best path that leads to the document; ok is false when none does.
func (s *Server) ownAnswer(ctx context.Context, doc *merge.Document, anchor string) (found xml2rfc.Resolution, ok bool, err error) {
	resolver := *s.Resolver
	resolver.Documents = atHand{resolver.Documents, doc}
	for _, offered := range xml2rfc.Paths(doc) {
		if found, ok, err = leadsTo(ctx, &resolver, offered, doc, anchor); ok || err != nil {
			return found, ok, err
		}
	}
	return xml2rfc.Resolution{}, false, nil
}

// leadsTo resolves a path that is offered for a document, and says whether it leads there.
func leadsTo(
	ctx context.Context, resolver *xml2rfc.Resolver, offered string, doc *merge.Document, anchor string,
) (found xml2rfc.Resolution, ok bool, err error) {
	path, err := parseEscaped(offered)
	if err != nil {
		return found, false, err
	}
	found, err = resolver.Resolve(ctx, path, anchor)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return found, false, err
	}
	return found, found.Document != nil && leads(found.Document, doc), nil
}

// leads says whether what a path leads to is the document, or the newest version of a draft whose record
// without version the document is.
func leads(found, doc *merge.Document) bool {
	return found.Key == doc.Key ||
		doc.Primary.Type == "Internet-Draft" && strings.HasPrefix(found.Primary.ID, doc.Primary.ID+"-")
}
