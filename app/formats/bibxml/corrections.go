package bibxml

import (
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// Corrections are the points in which answers differ from the references that the service before this one handed
// out, because those are printed wrongly (docs/adr/0021, docs/deviations.md). The zero value answers as recorded.
type Corrections uint16

// The corrections, one bit each.
const (
	// ThreeGPPSeries adds the series of a technical specification, as a report has one, each exactly once.
	ThreeGPPSeries Corrections = 1 << iota
	// W3CSeries reduces the series of a W3C document to one and keeps the dots in its value.
	W3CSeries
	// W3CDates dates a W3C document that has no date by its latest dated edition.
	W3CDates
	// IANADates omits the dates of registries, as the directory bibxml8 always does.
	IANADates
	// FullNames separates the parts of a full name by blanks.
	FullNames
	// Initials completes initials, and splits names of which the full name alone is known.
	Initials
	// APIAsPath makes the API answer what the document's own path answers, anchor included.
	APIAsPath
	// IEEESeries writes the designation of an IEEE document as the IEEE does, once.
	IEEESeries
	// GroupSeries adds the number in the STD, BCP or FYI series to each member of such a group.
	GroupSeries
	// Organizations adds well-known abbreviations of organizations, by which xml2rfc prints them, and writes
	// organizations as such where a record has them in the place of a person.
	Organizations
	// Markup decodes markup in texts that are plain: entities, formatting, hyphenation.
	Markup

	afterLast
	// EveryCorrection is the default, and what all formats other than BibXML are made with (docs/adr/0014).
	EveryCorrection = afterLast - 1
)

// correctionNames are in the order of the bits.
var correctionNames = []string{
	"3gpp-series", "w3c-series", "w3c-dates", "iana-dates", "full-names", "initials", "api-as-path",
	"ieee-series", "group-series", "organizations", "markup",
}

// The values of CORRECTIONS that stand alone.
const (
	AllCorrections = "all"
	NoCorrections  = "none"
)

// CorrectionNames returns the names of all corrections, in the order of their bits.
func CorrectionNames() []string { return slices.Clone(correctionNames) }

// ParseCorrections returns the corrections of a list of names: every correction when the list is empty or "all", none
// when it is "none". The error for an unknown name suggests the nearest one and lists those that exist.
func ParseCorrections(names []string) (Corrections, error) {
	if len(names) == 0 {
		return EveryCorrection, nil
	}
	var chosen Corrections
	for _, name := range names {
		switch bit := slices.Index(correctionNames, name); {
		case bit >= 0:
			chosen |= 1 << bit
		case name != AllCorrections && name != NoCorrections:
			return 0, unknownCorrection(name)
		case len(names) > 1:
			return 0, fmt.Errorf("%q stands alone: remove it, or the other names", name)
		case name == AllCorrections:
			return EveryCorrection, nil
		}
	}
	return chosen, nil
}

func unknownCorrection(name string) error {
	hint := ""
	if near := nearest(name, append(CorrectionNames(), AllCorrections, NoCorrections)); near != "" {
		hint = fmt.Sprintf(" Did you mean %q?", near)
	}
	return fmt.Errorf("unknown correction %q.%s Known are %s, %s, and %s",
		name, hint, AllCorrections, NoCorrections, strings.Join(correctionNames, ", "))
}

// nearest returns the candidate that a mistyped name most likely stands for; empty when none resembles it.
func nearest(name string, candidates []string) string {
	name = strings.ToLower(strings.NewReplacer("_", "-", " ", "-").Replace(name))
	best, least := "", 1+len(name)/3
	for _, candidate := range candidates {
		if distance := levenshtein.ComputeDistance(name, candidate); distance <= least && (best == "" || distance < least) {
			best, least = candidate, distance
		}
	}
	return best
}

// Has reports whether a correction is chosen.
func (c Corrections) Has(one Corrections) bool { return c&one != 0 }

// Names returns the names of the chosen corrections.
func (c Corrections) Names() []string {
	var names []string
	for bit, name := range correctionNames {
		if c.Has(1 << bit) {
			names = append(names, name)
		}
	}
	return names
}
