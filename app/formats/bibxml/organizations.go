package bibxml

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// abbreviations are those that the records of the sources give to the same organizations elsewhere. xml2rfc prints an
// organization by its abbreviation, so that only those belong here by which references are known.
var abbreviations = map[string]string{
	"3rd Generation Partnership Project":                                   "3GPP",
	"European Telecommunications Standards Institute":                      "ETSI",
	"Institute of Electrical and Electronics Engineers":                    "IEEE",
	"Internet Engineering Task Force":                                      "IETF",
	"Organization for the Advancement of Structured Information Standards": "OASIS",
	"World Wide Web Consortium":                                            "W3C",
}

func knownAbbreviation(org *relaton.Organization) string {
	for _, name := range org.Name {
		if abbreviation, ok := abbreviations[strings.TrimPrefix(words(name.Content), "The ")]; ok {
			return abbreviation
		}
	}
	return ""
}

// bodies are words by which a name is that of an organization; none of them is common as a surname.
var bodies = map[string]bool{
	"association": true, "committee": true, "consortium": true, "corporation": true, "department": true,
	"foundation": true, "group": true, "institute": true, "laboratories": true, "laboratory": true,
	"organisation": true, "organization": true, "society": true, "university": true,
}

// isOrganization reports whether a record has an organization in the place of a person, such as "The W3C SPARQL
// Working Group".
func isOrganization(name *relaton.PersonName) bool {
	if name.Surname != nil || name.Given != nil {
		return false
	}
	all := strings.Fields(content(name.CompleteName))
	for _, word := range all {
		if len(all) > 1 && bodies[strings.ToLower(strings.Trim(word, ".,()"))] {
			return true
		}
	}
	return false
}
