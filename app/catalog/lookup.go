package catalog

import (
	"context"
	"slices"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
)

// Lookup gives the primary identifier of the document that a text fits exactly: it is one of its identifiers, in any spelling,
// an address of it, an xml2rfc path or a reference as it was printed. It fails with fault.NotFound when there is none.
func (c *Catalog) Lookup(ctx context.Context, text string) (docid.ID, error) {
	found, err := c.named(ctx, search.Read(text))
	if err == nil && found.exact == nil {
		err = fault.New(fault.NotFound, "Unable to find bibliographic item matching document ID %s", text)
	}
	if err != nil {
		return docid.ID{}, err
	}
	return *found.exact, nil
}

// named are the documents that a text names.
type named struct {
	exact     *docid.ID // of the first, when it is all that the text says
	documents []int64
}

// mostNamed bounds the documents that one text names, and the identifiers whose versions are looked for.
const mostNamed = 4

// named finds the documents that a text names: those with one of its identifiers, else the newest version of what it
// names, else what that is related to.
func (c *Catalog) named(ctx context.Context, r search.Reading) (n named, err error) {
	if len(r.Identifiers) == 0 && r.ISBN == "" {
		return n, nil
	}
	carriers, err := c.store.Carriers(ctx, slices.Concat(r.Identifiers, r.Related), r.ISBN)
	if err != nil {
		return n, err
	}
	ids := r.Identifiers
	if r.ISBN != "" {
		ids = append(slices.Clone(ids), isbnOf(carriers)...)
	}
	for _, id := range ids {
		if found, ok := search.Best(id, carriers); ok && len(n.documents) < mostNamed {
			n.add(found)
			if r.Whole {
				n.exact = exactly(found)
				return n, nil
			}
		}
	}
	if len(n.documents) > 0 {
		return n, nil
	}
	for _, id := range r.Identifiers[:min(len(r.Identifiers), mostNamed)] {
		beginning, err := c.store.Beginning(ctx, id)
		if err != nil {
			return n, err
		}
		if found, ok := search.Version(id, beginning); ok {
			n.add(found)
			return n, nil
		}
	}
	for _, id := range r.Related {
		if found, ok := search.Best(id, carriers); ok {
			n.add(found)
			break
		}
	}
	return n, nil
}

func (n *named) add(found search.Carrier) {
	if !slices.Contains(n.documents, found.Document) {
		n.documents = append(n.documents, found.Document)
	}
}

// exactly names a document by its primary identifier, else by the one that it was found by.
func exactly(found search.Carrier) *docid.ID {
	if found.Primary.ID != "" {
		return &found.Primary
	}
	return &found.Found
}

func isbnOf(carriers []search.Carrier) (ids []string) {
	for _, carrier := range carriers {
		if carrier.Found.Type == "ISBN" {
			ids = append(ids, carrier.Found.ID)
		}
	}
	return ids
}
