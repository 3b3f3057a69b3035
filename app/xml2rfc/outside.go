package xml2rfc

import (
	"context"

	"github.com/ietf-tools/bibxml/app/merge"
)

// With gives a resolver that asks outside sources as well. Either may be nil.
func (r *Resolver) With(drafts Drafts, works Works) *Resolver {
	with := *r
	with.Drafts, with.Works = drafts, works
	return &with
}

// noting gives a resolver whose outside sources note in the resolution that they were asked.
func (r *Resolver) noting(to *Resolution) *Resolver {
	noting := *r
	if r.Drafts != nil {
		noting.Drafts = notingDrafts{r.Drafts, to}
	}
	if r.Works != nil {
		noting.Works = notingWorks{r.Works, to}
	}
	return &noting
}

type notingDrafts struct {
	Drafts
	to *Resolution
}

func (n notingDrafts) Draft(ctx context.Context, name, version string) (*merge.Document, error) {
	n.to.Outside = true
	return n.Drafts.Draft(ctx, name, version)
}

type notingWorks struct {
	Works
	to *Resolution
}

func (n notingWorks) Work(ctx context.Context, doi string) (*merge.Document, error) {
	n.to.Outside = true
	return n.Works.Work(ctx, doi)
}
