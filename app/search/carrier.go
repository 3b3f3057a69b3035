package search

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
)

// Carrier is a document that was found by an identifier.
type Carrier struct {
	Document int64
	Found    docid.ID // the identifier
	Primary  docid.ID // of the document; its zero value when there is none
	Kind     string
	Status   string
	Latest   string // YYYY-MM-DD; empty when unknown
}

// Best gives, of the carriers of an identifier, the one that is meant: it is written so, or as its primary
// identifier, or the newest.
func Best(id string, carriers []Carrier) (best Carrier, ok bool) {
	norm := docid.Normalize(id)
	for _, c := range carriers {
		if docid.Normalize(c.Found.ID) == norm && (!ok || likelier(id, c, best)) {
			best, ok = c, true
		}
	}
	return best, ok
}

func likelier(id string, a, b Carrier) bool {
	return cmp.Or(
		compareBool(a.Found.ID == id, b.Found.ID == id),
		compareBool(strings.EqualFold(a.Found.ID, id), strings.EqualFold(b.Found.ID, id)),
		compareBool(a.Found.IsPrimary(), b.Found.IsPrimary()),
		cmp.Compare(a.Latest, b.Latest),
		cmp.Compare(a.Primary.ID, b.Primary.ID),
	) > 0
}

func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// Version gives, of documents whose identifiers begin with one, the version of it that is meant: of "3GPP TS 23.501" the
// newest release, of "IEEE Std 802.11" the current edition rather than a draft, a corrigendum or a redline.
func Version(id string, carriers []Carrier) (best Carrier, ok bool) {
	norm := docid.Normalize(id)
	for _, c := range carriers {
		rest, begins := strings.CutPrefix(docid.Normalize(c.Found.ID), norm)
		if !begins || !version.MatchString(rest) || strings.HasPrefix(norm, "3gpp.") && part.MatchString(rest) {
			continue
		}
		if !ok || newer(c, best) {
			best, ok = c, true
		}
	}
	return best, ok
}

// version is what a normalised identifier goes on with: ".2020", "r5", ".rel.17.17.8.0", "..d.3.0", ".upd1".
var version = regexp.MustCompile(`^(?:\.+(?:rel\.|ph|r|d\.?|upd|v)?|r|e)[0-9]`)

// part is how the number of a part of a specification of 3GPP begins.
var part = regexp.MustCompile(`^\.[0-9]`)

// newer prefers what is current and no redline, then the highest version of a specification of 3GPP, then the newest.
func newer(a, b Carrier) bool {
	good := func(c Carrier) bool {
		return c.Status == StatusCurrent && c.Kind != KindRedline && !slices.ContainsFunc([]string{"/cor", "/int", "/amd"}, func(part string) bool {
			return strings.Contains(strings.ToLower(c.Found.ID), part)
		})
	}
	return cmp.Or(
		compareBool(good(a), good(b)),
		CompareIDs(versionOf3GPP(a.Found.ID), versionOf3GPP(b.Found.ID)),
		cmp.Compare(a.Latest, b.Latest),
		CompareIDs(a.Found.ID, b.Found.ID),
	) > 0
}

// versionOf3GPP gives what follows the release, "17.8.0"; it is empty for identifiers of others. Release 99 came before 4.
func versionOf3GPP(id string) string {
	if _, version, ok := strings.Cut(id, "/"); ok && strings.HasPrefix(id, "3GPP ") {
		return version
	}
	return ""
}

// Shortest sorts carriers for somebody who is typing an identifier: what goes on least first.
func Shortest(a, b Carrier) int {
	return cmp.Or(cmp.Compare(len(a.Found.ID), len(b.Found.ID)), CompareIDs(a.Found.ID, b.Found.ID))
}
