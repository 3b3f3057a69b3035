package web

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/fault"
)

// Limits on the records that one request can name. Requests that wait are found by their refs, in an index whose entries
// PostgreSQL keeps below 2704 bytes; there each ref takes up to 7 bytes beside its own.
const (
	maxRef      = 200 // bytes; the longest name of a file that there is has 120
	maxRefs     = 100
	maxRefBytes = 2000 // of all together, each with what stands after it
)

// readRefs reads a list of records, which may be empty. A record may be named as its file is. It fails with
// fault.Invalid for what cannot be the name of one, and for more than one request may name.
func readRefs(list string, isBetween func(rune) bool) ([]string, error) {
	var refs []string
	bytes := 0
	for _, name := range strings.FieldsFunc(list, isBetween) {
		if name = strings.TrimSpace(name); name == "" {
			continue
		}
		ref := strings.TrimSuffix(strings.TrimPrefix(name, "data/"), ".yaml")
		if !isRef(ref) {
			return nil, fault.New(fault.Invalid, "%.40q cannot be the name of a record, which is text of at most %d bytes.", name, maxRef)
		}
		refs, bytes = append(refs, ref), bytes+len(ref)+1
	}
	if len(refs) > maxRefs || bytes > maxRefBytes {
		return nil, fault.New(fault.Invalid, "These are %d records, whose names have %d bytes with the commas; at most %d with %d bytes can be asked for at once. "+
			"Ask in several requests, or for the whole source.", len(refs), bytes, maxRefs, maxRefBytes)
	}
	return refs, nil
}

func isRef(ref string) bool {
	return ref != "" && len(ref) <= maxRef && utf8.ValidString(ref) && !strings.ContainsFunc(ref, unicode.IsControl)
}

// isComma separates the records that a program names.
func isComma(r rune) bool { return r == ',' }

// isCommaOrBlank separates the records that a person types, or copies from somewhere.
func isCommaOrBlank(r rune) bool { return r == ',' || r == ' ' || r == '\n' || r == '\r' || r == '\t' }
