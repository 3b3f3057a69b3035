// Package datatracker asks the IETF's Datatracker for Internet-Drafts that the index does not have yet
// (compatibility, section 11). A draft is made as the source of Internet-Drafts has it, so that pages and
// references look the same wherever a draft comes from.
package datatracker

import (
	"context"
	"regexp"

	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Name is that of the source in answers and addresses.
const Name = "datatracker"

// Client asks the Datatracker. It is safe for concurrent use.
type Client struct {
	source *external.Source[*relaton.Item]
}

// New makes a client over a source that leads to the Datatracker.
func New(source *external.Source[*relaton.Item]) *Client { return &Client{source} }

var (
	// namePattern are the names of drafts; old ones have dots and underscores.
	namePattern = regexp.MustCompile(`^draft-[A-Za-z0-9][A-Za-z0-9._-]*$`)
	// versioned is a name with its version.
	versioned = regexp.MustCompile(`^(draft-.+)-([0-9]{2})$`)
)

// longestName is that of the Datatracker's own table.
const longestName = 255

// Draft gives a draft by its name without version, in the version given, or the newest when that is empty.
// It fails with fault.NotFound when there is no such draft or version, with fault.Upstream when the
// Datatracker does not answer in time.
func (c *Client) Draft(ctx context.Context, name, version string) (*merge.Document, error) {
	key := name
	if version != "" {
		key += "-" + version
	}
	if len(key) > longestName || !namePattern.MatchString(key) {
		return nil, fault.New(fault.NotFound, "%.80q is no name of an Internet-Draft", key)
	}
	item, err := c.source.Ask(ctx, key, func(ctx context.Context, fetch *external.Fetch) (*relaton.Item, error) {
		return lookUp(ctx, fetch, name, version)
	})
	if err != nil {
		return nil, err
	}
	return external.Document(Name, item.DocID[0].ID, item), nil
}

// Document gives a draft by its identifier: a name, which means the newest version, or a name with version.
// It fails as Draft does.
func (c *Client) Document(ctx context.Context, id string) (*merge.Document, error) {
	if parts := versioned.FindStringSubmatch(id); parts != nil {
		return c.Draft(ctx, parts[1], parts[2])
	}
	return c.Draft(ctx, id, "")
}
