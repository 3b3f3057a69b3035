package xml2rfc

import (
	"context"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
)

// drafts is bibxml3: I-D.<name> is the newest version of an Internet-Draft, I-D.draft-<name>-NN that
// version. Any other combination is refused.
type drafts struct{ ordinary }

// draftName is what a name says of a draft.
type draftName struct {
	bare    string // without draft- and version
	version string // two digits; empty: the newest
}

func (n draftName) unversioned() string { return "draft-" + n.bare }

func (drafts) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	name, ok := parseDraft(anchor)
	if !ok {
		return nil, anchor, badDraft(anchor)
	}
	if name.version != "" {
		return r.draftVersion(ctx, name)
	}
	return r.newestDraft(ctx, name)
}

// parseDraft reads an anchor of either form.
func parseDraft(anchor string) (draftName, bool) {
	rest, ok := strings.CutPrefix(anchor, "I-D.")
	if !ok {
		return draftName{}, false
	}
	bare, full := strings.CutPrefix(rest, "draft-")
	name := splitVersion(bare)
	return name, isDraftName(name.bare) && full == (name.version != "")
}

// splitVersion takes two digits at the end of a name for its version.
func splitVersion(name string) draftName {
	if at := len(name) - 3; at > 0 && name[at] == '-' && isNumber(name[at+1:]) {
		return draftName{name[:at], name[at+1:]}
	}
	return draftName{bare: name}
}

// isDraftName keeps to the characters in names of drafts; old ones have dots.
func isDraftName(name string) bool {
	return isAnchor(name) && !strings.ContainsAny(name, ";% ()/,+")
}

// badDraft names the right form.
func badDraft(anchor string) error {
	name := splitVersion(strings.TrimPrefix(strings.TrimPrefix(anchor, "I-D."), "draft-"))
	switch {
	case !isDraftName(name.bare):
		return errNotFound()
	case name.version != "":
		return elsewhere("bibxml-ids", "I-D.draft-"+name.bare+"-"+name.version)
	}
	return elsewhere("bibxml-ids", "I-D."+name.bare)
}

// draftVersion looks for one version, first in the index.
func (r *Resolver) draftVersion(ctx context.Context, name draftName) (*merge.Document, string, error) {
	id := name.unversioned() + "-" + name.version
	doc, err := r.first(ctx, docid.Query{Value: id, Type: "Internet-Draft", Match: docid.Exact, PrimaryOnly: true})
	if !fault.Is(err, fault.NotFound) {
		return doc, id, err
	}
	if other, ok := r.askDatatracker(ctx, name); ok && versionOf(other) == name.version {
		return other, id + " at Datatracker", nil
	}
	return nil, id, err
}

// newestDraft looks for the newest version in the index and at the Datatracker.
func (r *Resolver) newestDraft(ctx context.Context, name draftName) (*merge.Document, string, error) {
	id := name.unversioned()
	found, err := r.Finder.Candidates(ctx, docid.Query{Value: id + "-", Type: "Internet-Draft", Match: docid.Prefix, PrimaryOnly: true})
	if err != nil {
		return nil, id, err
	}
	newest, indexed := newestVersion(found, id)
	if other, ok := r.askDatatracker(ctx, name); ok && versionOf(other) > indexed {
		return other, id + "-" + versionOf(other) + " at Datatracker", nil
	}
	if newest == nil {
		return nil, id, errNotFound()
	}
	doc, err := r.Documents.Load(ctx, newest.Document)
	return doc, newest.ID.ID, err
}

// newestVersion picks the highest version; dates may be missing or wrong.
func newestVersion(found []docid.Candidate, unversioned string) (newest *docid.Candidate, version string) {
	for i := range found {
		v, _ := strings.CutPrefix(found[i].ID.ID, unversioned+"-")
		if len(v) == 2 && isNumber(v) && v > version {
			newest, version = &found[i], v
		}
	}
	return newest, version
}

// askDatatracker does without an answer when there is none: the index serves too.
func (r *Resolver) askDatatracker(ctx context.Context, name draftName) (*merge.Document, bool) {
	if r.Drafts == nil {
		return nil, false
	}
	doc, err := r.Drafts.Draft(ctx, name.unversioned(), name.version)
	return doc, err == nil
}

func versionOf(doc *merge.Document) string {
	if len(doc.Item.Version) == 0 {
		return ""
	}
	return doc.Item.Version[0].Draft
}

func (drafts) root(anchor string, _ *merge.Document) string {
	bare := strings.TrimPrefix(strings.TrimPrefix(anchor, "I-D."), "draft-")
	return "I-D." + splitVersion(bare).bare
}

func (drafts) anchors(doc *merge.Document) []string {
	bare, ok := primaryRest(doc, "Internet-Draft", "draft-")
	if !ok {
		return nil
	}
	if name := splitVersion(bare); name.version != "" {
		return []string{"I-D.draft-" + bare, "I-D." + name.bare}
	}
	return []string{"I-D." + bare}
}
