package docid

import (
	"regexp"
	"strconv"
	"strings"
)

// Edition tells which of the editions, versions or revisions of one work an identifier names.
type Edition struct {
	Family string   // the same for all identifiers of the work
	Begins []string // what they begin with, whatever their case; further identifiers may begin so too
	Order  []int    // place among them; nil: the work as such, whichever its edition
	Branch string   // editions that are maintained beside others: the release of 3GPP

	// Series is the family without its level, and Level tells that; empty where publishers have none (see w3cEdition).
	Series string
	Level  string
	Mature bool // the edition is past the drafts
}

// IsWork says whether the identifier names the work as such: draft-ietf-quic-http, W3C xml.
func (e Edition) IsWork() bool { return e.Order == nil }

// EditionOf reads the numbering of the publishers that have one. It says false where identifiers tell of none, of
// RFCs in the first place.
func EditionOf(id ID) (Edition, bool) {
	read, ok := editions[strings.ToLower(id.Type)]
	if !ok {
		return Edition{}, false
	}
	return read(id.ID)
}

var editions = map[string]func(string) (Edition, bool){
	"internet-draft": draftVersion,
	"w3c":            w3cEdition,
	"3gpp":           threeGPPVersion,
	"nist":           nistRevision,
	"ieee":           ieeeYear,
}

var draftID = regexp.MustCompile(`^(draft-.+?)(?:-([0-9]{2}))?$`)

func draftVersion(id string) (Edition, bool) {
	found := draftID.FindStringSubmatch(id)
	if found == nil {
		return Edition{}, false
	}
	return Edition{Family: found[1], Begins: []string{found[1] + "-"}, Order: numbers(found[2])}, true
}

var threeGPPID = regexp.MustCompile(`^(3GPP T[SR] [^:]+):REL-([0-9]+)/([0-9]+)\.([0-9]+)\.([0-9]+)$`)

// threeGPPVersion sorts by release first: a release is worked on while the next one has begun. The releases before
// the fourth are called after years.
func threeGPPVersion(id string) (Edition, bool) {
	found := threeGPPID.FindStringSubmatch(id)
	if found == nil {
		return Edition{}, false
	}
	order := numbers(found[2:]...)
	if order[0] > 90 {
		order[0] -= 100
	}
	return Edition{Family: found[1], Begins: []string{found[1] + ":"}, Order: order, Branch: "REL-" + found[2]}, true
}

var (
	nistID = regexp.MustCompile(`(?i)^((?:NIST|NBS) (?:SP|IR|TN|HB|GCR|AMS) [0-9][0-9a-z./-]*?)(?:r([0-9]{1,2}))?(?:-upd([0-9]))?$`)
	fipsID = regexp.MustCompile(`(?i)^(?:NIST|NBS) FIPS (?:PUB )?([0-9]+)(?:-([0-9]{1,2}))?(?:-upd([0-9]))?$`)
)

func nistRevision(id string) (Edition, bool) {
	if found := fipsID.FindStringSubmatch(id); found != nil {
		number := found[1]
		return Edition{
			Family: "fips " + number,
			Begins: []string{"NIST FIPS " + number, "NBS FIPS " + number, "NIST FIPS PUB " + number},
			Order:  numbers(zero(found[2]), zero(found[3])),
		}, true
	}
	found := nistID.FindStringSubmatch(id)
	if found == nil {
		return Edition{}, false
	}
	return Edition{
		Family: strings.ToLower(found[1]), Begins: []string{found[1]},
		Order: numbers(zero(found[2]), zero(found[3])),
	}, true
}

var ieeeID = regexp.MustCompile(`^(?:ANSI/)?IEEE (?:Std )?([0-9][0-9A-Za-z.]*)-([0-9]{4})$`)

// ieeeYear reads the identifiers of approved standards; drafts and corrigenda have others.
func ieeeYear(id string) (Edition, bool) {
	found := ieeeID.FindStringSubmatch(id)
	if found == nil {
		return Edition{}, false
	}
	number := found[1]
	return Edition{
		Family: strings.ToLower(number), Order: numbers(found[2]),
		Begins: []string{"IEEE Std " + number + "-", "ANSI/IEEE Std " + number + "-", "IEEE " + number + "-"},
	}, true
}

func zero(number string) string {
	if number == "" {
		return "0"
	}
	return number
}

// numbers reads what patterns have found; nil when that is nothing.
func numbers(found ...string) []int {
	var all []int
	for _, digits := range found {
		if n, err := strconv.Atoi(digits); err == nil {
			all = append(all, n)
		}
	}
	return all
}
