package catalog

import (
	"context"
	"errors"
	"maps"
	"slices"

	"golang.org/x/sync/errgroup"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
)

// few is how many results let spelling be doubted.
const few = 3

// Ask answers the one search box: documents by an identifier in any spelling, and by words, ranked and counted. A text
// that cannot be looked for is no failure but finds nothing, with Problem saying why.
func (c *Catalog) Ask(ctx context.Context, asked search.Asked) (Results, error) {
	results := Results{Reading: search.Read(asked.Text)}
	found, err := c.answer(ctx, asked, &results)
	switch {
	case fault.Is(err, fault.Invalid):
		results.Problem, results.CutOff = fault.Message(err), errors.Is(err, search.ErrCutOff)
		return results, nil
	case err != nil:
		return results, err
	}
	from := min(max(asked.Offset, 0), len(found))
	page := found[from:min(from+max(asked.Limit, 0), len(found))]
	keys := make([]int64, len(page))
	for i := range page {
		keys[i] = page[i].Document
	}
	results.Documents, err = c.Documents(ctx, keys, NoRelations)
	return results, err
}

// answer fills in the results but for their documents, and gives all hits, ranked.
func (c *Catalog) answer(ctx context.Context, asked search.Asked, results *Results) ([]search.Hit, error) {
	named, err := c.named(ctx, results.Reading)
	if err != nil {
		return nil, err
	}
	request := search.Request{Reading: results.Reading, Chosen: asked.Chosen, Sort: asked.Sort, Pinned: named.documents}
	hits, more, err := c.store.Find(ctx, request)
	if err != nil {
		return nil, err
	}
	if len(hits) < few && len(named.documents) == 0 {
		mended, ok, err := c.mend(ctx, asked, results, len(hits))
		if err != nil {
			return nil, err
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
	if len(hits) == 0 {
		results.Nearest, err = c.nearest(ctx, request)
		if err != nil {
			return nil, err
		}
	}
	results.Facets, err = c.facets(ctx, request, hits, more)
	return hits, err
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
	counted := make([]countable, len(search.Facets))
	var rest countable
	tasks, ctx := errgroup.WithContext(ctx)
	tasks.Go(func() (err error) {
		rest, err = c.countable(ctx, r, hits, more)
		return err
	})
	for i, facet := range search.Facets {
		if len(r.Chosen[facet]) > 0 {
			tasks.Go(func() (err error) {
				counted[i], err = c.widened(ctx, r, facet)
				return err
			})
		}
	}
	if err := tasks.Wait(); err != nil {
		return nil, err
	}
	for i, facet := range search.Facets {
		chosen := r.Chosen[facet]
		if len(chosen) == 0 {
			counted[i] = rest
		}
		if counts := counted[i].counts(facet, chosen); len(counts.Values) > 0 {
			all = append(all, counts)
		}
	}
	return all, nil
}

// countable are hits to be counted, with a sample of all that there are where these are not all.
type countable struct {
	hits, sample []search.Hit
	of           int // how many one of the sample stands for; 0: hits are all
}

func (c *Catalog) countable(ctx context.Context, r search.Request, hits []search.Hit, more bool) (n countable, err error) {
	n.hits = hits
	if more {
		n.sample, n.of, err = c.store.Sample(ctx, r)
	}
	return n, err
}

// widened counts what there would be if nothing were chosen of a facet.
func (c *Catalog) widened(ctx context.Context, r search.Request, facet search.Facet) (countable, error) {
	r.Chosen = maps.Clone(r.Chosen)
	delete(r.Chosen, facet)
	hits, more, err := c.store.Matches(ctx, r)
	if err != nil {
		return countable{}, err
	}
	return c.countable(ctx, r, hits, more)
}

func (n countable) counts(facet search.Facet, chosen []string) search.FacetCounts {
	if n.of == 0 {
		return search.Counts(facet, n.hits, chosen)
	}
	return search.Estimates(facet, n.hits, n.sample, n.of, chosen)
}
