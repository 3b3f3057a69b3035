package docid

import (
	"slices"
	"strings"
)

// draftPrefixes begin names of Internet-Drafts that are written without "draft-".
var draftPrefixes = []string{"I-D.", "I-D ", "I-D:"}

// Spellings returns the identifiers under which the document that id names may be indexed: id itself, then the forms of the
// RFC Editor's series (SeriesForms) and the name of an Internet-Draft without "I-D.".
func Spellings(id string) []string {
	id = strings.TrimSpace(id)
	all := append([]string{id}, SeriesForms(id)...)
	for _, prefix := range draftPrefixes {
		if len(id) > len(prefix) && strings.EqualFold(id[:len(prefix)], prefix) {
			all = append(all, "draft-"+strings.TrimPrefix(strings.ToLower(id[len(prefix):]), "draft-"))
		}
	}
	return all
}

// Norms returns the normalised forms of Spellings, each once, that of id itself first.
func Norms(id string) []string {
	var norms []string
	for _, spelling := range Spellings(id) {
		if norm := Normalize(spelling); !slices.Contains(norms, norm) {
			norms = append(norms, norm)
		}
	}
	return norms
}

// Canonical returns a form that is equal for all spellings of an identifier: "rfc.793" of "RFC0793" and "RFC 793".
func Canonical(id string) string {
	if spellings := Spellings(id); len(spellings) > 1 {
		return Normalize(spellings[1])
	}
	return Normalize(strings.TrimSpace(id))
}
