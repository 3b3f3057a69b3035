package indexing

import (
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/search"
)

// kindOf gives the kind of a document. Sources call an RFC a standard and an ISO standard an RFC: where the
// identifier tells, it is believed.
func kindOf(item *relaton.Item, primary docid.ID) string {
	kind := item.DocTypeName()
	if kind == "" {
		kind = item.Type
	}
	if len(kind) > maxLabel {
		kind = ""
	}
	switch {
	case primary.Type == "Internet-Draft":
		return search.KindDraft
	case primary.Type == "IANA":
		return search.KindRegistry
	case primary.Type == "IETF" && strings.HasPrefix(primary.ID, "RFC "):
		return search.KindRFC
	case primary.Type == "IETF" && docid.SeriesForms(primary.ID) != nil:
		return search.KindSubseries
	case kind == search.KindRFC, kind == "ieee":
		return search.KindStandard
	}
	return kind
}

// statusOf gives the status of a document as far as its own records tell it.
func statusOf(item *relaton.Item, primary docid.ID) string {
	stage := strings.ToLower(item.Status())
	switch {
	case stage == "withdrawn" || stage == "retired":
		return search.StatusWithdrawn
	case stage == "superseded" || stage == "obsolete" || isReplaced(item):
		return search.StatusObsoleted
	case isDraft(stage, primary):
		return search.StatusDraft
	}
	return search.StatusCurrent
}

// isReplaced reports whether an item says itself that another document took its place.
func isReplaced(item *relaton.Item) bool {
	return slices.ContainsFunc(item.Relation, func(r relaton.Relation) bool {
		target, _ := r.Target()
		return (r.Type == "obsoletedBy" || r.Type == "mergedInto") && !namesOf(item).include(target)
	})
}

// draftPrefixes begin the identifiers of the W3C for what is no recommendation yet.
var draftPrefixes = []string{"W3C WD-", "W3C CR-", "W3C CRD-", "W3C LCWD-", "W3C PR-", "W3C PER-", "W3C DNOTE-"}

func isDraft(stage string, primary docid.ID) bool {
	switch primary.Type {
	case "Internet-Draft":
		return true
	case "IEEE":
		return stage == "draft" || strings.HasPrefix(primary.ID, "IEEE P")
	case "NIST":
		return strings.HasSuffix(primary.ID, "pd") || strings.Contains(strings.ToLower(primary.ID), "draft")
	}
	if slices.ContainsFunc(draftPrefixes, func(p string) bool { return strings.HasPrefix(primary.ID, p) }) {
		return true
	}
	return strings.Contains(stage, "draft") || strings.HasPrefix(stage, "candidate") || strings.HasPrefix(stage, "proposed")
}

// groupsOf gives the working groups or committees that a document is of, each once. The name of an
// Internet-Draft of a group tells it (draft-ietf-quic-http); of those of 3GPP the first is the one in charge.
func groupsOf(item *relaton.Item, primary docid.ID) []string {
	names := item.EditorialGroups()
	if primary.Type == "3GPP" && len(names) > 1 {
		names = names[:1]
	}
	var groups []string
	for _, name := range append(names, groupOfDraft(primary.ID)) {
		name = strings.TrimSpace(name)
		if len(groups) == maxGroups {
			break
		}
		if name != "" && !strings.EqualFold(name, "non working group") && len(name) <= maxLabel && !slices.Contains(groups, name) {
			groups = append(groups, name)
		}
	}
	return groups
}

const (
	// maxLabel bounds the names of groups and kinds, in bytes: what is longer is no name.
	maxLabel = 200
	// maxGroups bounds the groups of a document.
	maxGroups = 100
)

func groupOfDraft(name string) string {
	parts := strings.SplitN(name, "-", 4)
	if len(parts) < 4 || parts[0] != "draft" || parts[1] != "ietf" && parts[1] != "irtf" {
		return ""
	}
	return parts[2]
}

// tierOf says how likely a document is wanted.
func tierOf(kind, status, primary string) search.Tier {
	switch {
	case status != search.StatusCurrent, kind == search.KindRedline:
		return search.Rest
	case kind == search.KindRFC, kind == search.KindSubseries,
		strings.HasPrefix(primary, "W3C ") && !strings.HasPrefix(primary, "W3C NOTE-"):
		return search.Foremost
	}
	return search.Published
}
