package xml2rfc

import (
	"context"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// draftType is the type of the identifiers of Internet-Drafts.
const draftType = "Internet-Draft"

// draftsDir is the directory of Internet-Drafts.
const draftsDir = "bibxml3"

// drafts is bibxml3: I-D.<name> is the newest version of an Internet-Draft, I-D.<name>-NN that version, with
// "draft-" before the name or without. That is how the Datatracker reads them too.
type drafts struct{ ordinary }

// draftName is what an anchor says of a draft.
type draftName struct {
	bare    string // without draft- and version
	version string // two digits; empty: the newest
}

func (n draftName) unversioned() string { return "draft-" + n.bare }

// whole returns the name of the draft when the digits at its end are no version but a part of the name, as in
// draft-ietf-tsvwg-ieee-802-11.
func (n draftName) whole() draftName { return draftName{bare: n.bare + "-" + n.version} }

func (drafts) find(ctx context.Context, r *Resolver, anchor string) (*merge.Document, string, error) {
	name, ok := parseDraft(anchor)
	if !ok {
		return nil, anchor, errNotFound()
	}
	if name.version != "" {
		return r.draftVersion(ctx, name)
	}
	return r.newestDraft(ctx, name)
}

// parseDraft reads an anchor in one of the four forms.
func parseDraft(anchor string) (draftName, bool) {
	rest, ok := strings.CutPrefix(anchor, "I-D.")
	name := splitVersion(strings.TrimPrefix(rest, "draft-"))
	return name, ok && isDraftName(name.bare)
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

// draftVersion looks for one version in the index, then for the newest version of a draft whose name ends like a
// version, then at the Datatracker for the version.
func (r *Resolver) draftVersion(ctx context.Context, name draftName) (*merge.Document, string, error) {
	id := name.unversioned() + "-" + name.version
	doc, err := r.first(ctx, docid.Query{Value: id, Type: draftType, Match: docid.Exact, PrimaryOnly: true})
	if err == nil && !isGroup(doc) || err != nil && !fault.Is(err, fault.NotFound) {
		return doc, id, err
	}
	versions, failure := r.versions(ctx, name.whole())
	if failure != nil {
		return nil, id, failure
	}
	if newest, _ := newestVersion(versions, id); newest != nil {
		return r.newestDraft(ctx, name.whole())
	}
	if err == nil {
		return doc, id, nil
	}
	other, asked := r.askDatatracker(ctx, name)
	switch {
	case asked == nil && versionOf(other) == name.version:
		return other, id + " at Datatracker", nil
	case fault.Is(asked, fault.Upstream): // nobody knows whether there is such a version
		return nil, id, asked
	}
	return nil, id, err
}

// isGroup reports whether a document consists of others: a draft of its versions.
func isGroup(doc *merge.Document) bool {
	return slices.ContainsFunc(doc.Item.Relation, func(r relaton.Relation) bool { return r.Type == "includes" })
}

// newestDraft looks for the newest version in the index and at the Datatracker.
func (r *Resolver) newestDraft(ctx context.Context, name draftName) (*merge.Document, string, error) {
	id := name.unversioned()
	found, err := r.versions(ctx, name)
	if err != nil {
		return nil, id, err
	}
	newest, indexed := newestVersion(found, id)
	other, asked := r.askDatatracker(ctx, name)
	switch {
	case asked == nil && versionOf(other) > indexed:
		return other, id + "-" + versionOf(other) + " at Datatracker", nil
	case newest == nil && fault.Is(asked, fault.Upstream): // nobody knows whether there is such a draft
		return nil, id, asked
	case newest == nil:
		return nil, id, errNotFound()
	}
	doc, err := r.Documents.Load(ctx, newest.Document)
	return doc, newest.ID.ID, err
}

// versions finds all versions of a draft in the index, and what else begins like them.
func (r *Resolver) versions(ctx context.Context, name draftName) ([]docid.Candidate, error) {
	return r.Finder.Candidates(ctx, docid.Query{Value: name.unversioned() + "-", Type: draftType, Match: docid.Prefix, PrimaryOnly: true})
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

// askDatatracker asks for a draft. Without a Datatracker it finds nothing.
func (r *Resolver) askDatatracker(ctx context.Context, name draftName) (*merge.Document, error) {
	if r.Drafts == nil {
		return nil, errNotFound()
	}
	return r.Drafts.Draft(ctx, name.unversioned(), name.version)
}

func versionOf(doc *merge.Document) string {
	if len(doc.Item.Version) == 0 {
		return ""
	}
	return doc.Item.Version[0].Draft
}

// root is the same for all versions, as at the Datatracker: the anchor stands for the draft, and documents that refer
// to it keep their text when they take another version.
func (drafts) root(anchor string, doc *merge.Document) string {
	name := splitVersion(strings.TrimPrefix(strings.TrimPrefix(anchor, "I-D."), "draft-"))
	if name.version != "" && isOfWhole(doc, name.whole()) {
		name = name.whole()
	}
	return "I-D." + name.bare
}

// isOfWhole reports whether a document is a version of a draft, or stands for all of them.
func isOfWhole(doc *merge.Document, name draftName) bool {
	if doc == nil {
		return false
	}
	bare, ok := primaryRest(doc, draftType, "draft-")
	return ok && (bare == name.bare && isGroup(doc) || splitVersion(bare).bare == name.bare && splitVersion(bare).version != "")
}

// spellings are the names under which the archive may have a draft.
func (drafts) spellings(anchor string) []string {
	name, ok := parseDraft(anchor)
	switch {
	case !ok:
		return nil
	case name.version == "":
		return []string{"I-D." + name.bare, "I-D." + name.unversioned()}
	}
	return []string{"I-D." + name.unversioned() + "-" + name.version, "I-D." + name.bare + "-" + name.version}
}

func (drafts) anchors(doc *merge.Document) []string {
	bare, ok := primaryRest(doc, draftType, "draft-")
	if !ok {
		return nil
	}
	if name := splitVersion(bare); name.version != "" {
		return []string{"I-D.draft-" + bare, "I-D." + name.bare}
	}
	return []string{"I-D." + bare}
}
