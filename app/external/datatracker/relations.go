package datatracker

import (
	"context"
	"errors"
	"net/url"
	"path"
	"strconv"
	"time"

	"github.com/ietf-tools/bibxml/app/drafts"
	"github.com/ietf-tools/bibxml/app/external"
)

const (
	relationsPath = "/api/v1/doc/relateddocument/"
	// perPage is the most that the Datatracker gives at once; pages is a bound far beyond its 25 000 relations.
	perPage, pages = 1000, 500
)

// related is a page of relations between documents, which are named by the addresses of their resources.
type related struct {
	Meta *struct {
		Total int `json:"total_count"`
	} `json:"meta"`
	Objects []struct {
		Source       string `json:"source"`
		Target       string `json:"target"`
		Relationship string `json:"relationship"`
	} `json:"objects"`
}

// Relations asks the Datatracker which drafts became RFCs and which took the place of others, page by page. What has no valid names
// is left out. It fails with fault.Upstream when the list is not complete.
func Relations(ctx context.Context, source *external.Source[struct{}]) ([]drafts.Report, error) {
	var found []drafts.Report
	// The list is asked for anew each time: an old one is of no use.
	_, err := source.Ask(ctx, time.Now().Format(time.RFC3339Nano), func(ctx context.Context, fetch *external.Fetch) (none struct{}, err error) {
		found, err = relations(ctx, fetch)
		return none, err
	})
	return found, err
}

func relations(ctx context.Context, fetch *external.Fetch) ([]drafts.Report, error) {
	known := make(map[drafts.Report]bool)
	var found []drafts.Report
	for offset, n := 0, 0; n < pages; n++ {
		query := url.Values{
			"format": {"json"}, "limit": {strconv.Itoa(perPage)}, "offset": {strconv.Itoa(offset)},
			"relationship__slug__in": {drafts.Became + "," + drafts.Replaces},
		}
		var page related
		if err := fetch.JSON(ctx, relationsPath, query, &page); err != nil {
			return nil, err
		}
		if page.Meta == nil {
			return nil, fetch.Unreadable()
		}
		for _, o := range page.Objects {
			r := drafts.Report{Kind: path.Base(o.Relationship), Source: path.Base(o.Source), Target: path.Base(o.Target)}
			if r.IsValid() && !known[r] {
				known[r] = true
				found = append(found, r)
			}
		}
		offset += len(page.Objects)
		switch {
		case offset >= page.Meta.Total && len(found) > 0:
			return found, nil
		case len(page.Objects) == 0:
			return nil, fetch.Unreadable()
		}
	}
	return nil, errors.Join(errors.New("the list of relations has no end"), fetch.Unreadable())
}
