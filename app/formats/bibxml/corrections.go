package bibxml

import (
	"fmt"
	"slices"
	"strings"
)

// Corrections are the points in which answers are better than those that tools and drafts have had for
// years, each chosen by the operator (docs/adr/0008, docs/deviations.md). The zero value answers as
// ever.
type Corrections uint8

// The corrections, one bit each.
const (
	// ThreeGPPSeries gives a technical specification its series, as a report has: each exactly one.
	ThreeGPPSeries Corrections = 1 << iota
	// W3CSeries gives a W3C document one series, its dots as they are.
	W3CSeries
	// W3CDates dates a W3C document that has no date by its latest dated edition.
	W3CDates
	// IANADates leaves the dates of registries out, as the directory bibxml8 always does.
	IANADates
	// FullNames puts blanks between the parts of a full name.
	FullNames
	// Initials completes initials, and names of which the initials are known by the full name alone.
	Initials
	// APIAsPath lets the API answer as the document's own path does: anchor and all.
	APIAsPath

	afterLast
	// EveryCorrection is what formats are made with that nobody has relied on before (docs/adr/0014).
	EveryCorrection = afterLast - 1
)

// correctionNames are in the order of the bits.
var correctionNames = []string{
	"3gpp-series", "w3c-series", "w3c-dates", "iana-dates", "full-names", "initials", "api-as-path",
}

// AllCorrections is the name that stands for all of them.
const AllCorrections = "all"

// ParseCorrections reads names of corrections. Its error lists those that exist.
func ParseCorrections(names []string) (Corrections, error) {
	var chosen Corrections
	for _, name := range names {
		if name == AllCorrections {
			return EveryCorrection, nil
		}
		bit := slices.Index(correctionNames, name)
		if bit < 0 {
			return 0, fmt.Errorf("there is no correction %q: choose %s, or of %s", name, AllCorrections, strings.Join(correctionNames, ", "))
		}
		chosen |= 1 << bit
	}
	return chosen, nil
}

// Has says whether a correction is chosen.
func (c Corrections) Has(one Corrections) bool { return c&one != 0 }
