package catalog

import (
	"context"
	"errors"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/search"
)

// few is how many results let spelling be doubted.
const few = 3

// Ask answers the one search box: documents by an identifier in any spelling, and by words, ranked and counted. A text
// that cannot be looked for is no failure but finds nothing, with Problem saying why.
func (c *Catalog) Ask(ctx context.Context, asked search.Asked) (Results, error) {
	results := Results{Reading: search.Read(asked.Text)}
	request, found, err := c.answer(ctx, asked, &results)
	if err == nil {
		err = c.describe(ctx, asked, request, found, &results)
	}
	if fault.Is(err, fault.Invalid) {
		results.Problem, results.CutOff = fault.Message(err), errors.Is(err, search.ErrCutOff)
		return results, nil
	}
	return results, err
}

// describe fills in what is shown of the hits: the documents of the page and the counts of facets; without any, what is nearest.
func (c *Catalog) describe(ctx context.Context, asked search.Asked, r search.Request, hits []search.Hit, results *Results) (err error) {
	var facets []search.FacetCounts
	var documents []*merge.Document
	tasks, asking := errgroup.WithContext(ctx)
	tasks.Go(func() (err error) {
		facets, err = c.facets(asking, r, hits, results.AtLeast)
		return err
	})
	if len(hits) == 0 {
		results.Nearest, err = c.nearest(asking, r)
	} else {
		documents, err = c.page(asking, asked, hits)
	}
	if counting := tasks.Wait(); counting != nil {
		return counting
	}
	results.Facets, results.Documents = facets, documents
	return err
}

// page gives the documents of the page that was asked for.
func (c *Catalog) page(ctx context.Context, asked search.Asked, found []search.Hit) ([]*merge.Document, error) {
	from := min(max(asked.Offset, 0), len(found))
	page := found[from:min(from+max(asked.Limit, 0), len(found))]
	keys := make([]int64, len(page))
	for i := range page {
		keys[i] = page[i].Document
	}
	return c.Documents(ctx, keys, NoRelations)
}

// answer fills in the results but for documents and facets, and gives all hits, ranked, with the request that found them.
func (c *Catalog) answer(ctx context.Context, asked search.Asked, results *Results) (request search.Request, hits []search.Hit, err error) {
	named, err := c.named(ctx, results.Reading)
	if err != nil {
		return request, nil, err
	}
	request = search.Request{Reading: results.Reading, Chosen: asked.Chosen, Sort: asked.Sort, Pinned: named.documents}
	hits, more, err := c.store.Find(ctx, request)
	if err != nil {
		return request, nil, err
	}
	if len(hits) < few && len(named.documents) == 0 {
		mended, ok, err := c.mend(ctx, asked, results, len(hits))
		if err != nil {
			return request, nil, err
		}
		if ok {
			request, hits, more = mended.request, mended.hits, mended.more
		}
	}
	search.Rank(hits, request)
	if named.exact != nil && slices.ContainsFunc(hits, func(h search.Hit) bool { return h.Document == named.documents[0] }) {
		results.Exact = named.exact
	}
	results.Total, results.AtLeast = len(hits), more
	return request, hits, nil
}

// mended is what a mended query finds.
type mended struct {
	request search.Request
	hits    []search.Hit
	more    bool
}

// mend offers another spelling, when it finds more than there is. It says whether the results are those of that one, since
// there were none.
func (c *Catalog) mend(ctx context.Context, asked search.Asked, results *Results, found int) (m mended, ok bool, err error) {
	spellings, err := c.store.Spellings(ctx, results.Reading.MendableWords())
	if err != nil {
		return m, false, err
	}
	offered := search.Mend(asked.Text, spellings)
	if offered == "" {
		return m, false, nil
	}
	m.request = search.Request{Reading: search.Read(offered), Chosen: asked.Chosen, Sort: asked.Sort}
	m.hits, m.more, err = c.store.Find(ctx, m.request)
	if err != nil || len(m.hits) <= found {
		return m, false, err
	}
	results.Offered = offered
	if found > 0 {
		return m, false, nil
	}
	results.Mended, results.Reading = true, m.request.Reading
	return m, true, nil
}

// facets counts the hits by every facet. Those of a facet that something is chosen of are counted as if that were not: its
// other values are alternatives.
func (c *Catalog) facets(ctx context.Context, r search.Request, hits []search.Hit, more bool) (all []search.FacetCounts, err error) {
	counted := make(map[search.Facet]*countable, len(search.Facets))
	rest := &countable{found: search.Each(hits)}
	var others []search.Facet
	tasks, ctx := errgroup.WithContext(ctx)
	for _, facet := range search.Facets {
		if len(r.Chosen[facet]) == 0 {
			counted[facet], others = rest, append(others, facet)
			continue
		}
		widened := new(countable)
		counted[facet] = widened
		tasks.Go(func() error { return c.widen(ctx, widened, r, facet) })
	}
	if more {
		tasks.Go(func() error { return c.sample(ctx, rest, r, others...) })
	}
	if err := tasks.Wait(); err != nil {
		return nil, err
	}
	for _, facet := range search.Facets {
		if counts := counted[facet].counts(facet, r.Chosen[facet]); len(counts.Values) > 0 {
			all = append(all, counts)
		}
	}
	return all, nil
}

// countable is what is counted, with a sample of all that there is where this is not all.
type countable struct {
	found, sample []search.Alike
	of            int // how many one of the sample stands for; 0: found is all
}

// sample takes a sample for some facets.
func (c *Catalog) sample(ctx context.Context, n *countable, r search.Request, facets ...search.Facet) (err error) {
	n.sample, n.of, err = c.store.Sample(ctx, r, facets)
	return err
}

// widen finds what there would be if nothing were chosen of a facet.
func (c *Catalog) widen(ctx context.Context, n *countable, r search.Request, facet search.Facet) (err error) {
	r.Chosen = maps.Clone(r.Chosen)
	delete(r.Chosen, facet)
	var more bool
	n.found, more, err = c.store.Matches(ctx, r, facet)
	if err == nil && more {
		err = c.sample(ctx, n, r, facet)
	}
	return err
}

func (n *countable) counts(facet search.Facet, chosen []string) search.FacetCounts {
	if n.of == 0 {
		return search.Counts(facet, n.found, chosen)
	}
	return search.Estimates(facet, n.found, n.sample, n.of, chosen)
}
