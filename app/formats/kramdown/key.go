package kramdown

import (
	"regexp"
	"strings"
)

// fetched are the directories in which kramdown-rfc looks for a key, by the beginning of the key. It does not know
// those of FYI and of the NIST.
var fetched = map[string]string{
	"I-D": "bibxml3", "W3C": "bibxml4", "3GPP": "bibxml5", "SDO-3GPP": "bibxml5", "IEEE": "bibxml6",
	"ANSI": "bibxml2", "CCITT": "bibxml2", "FIPS": "bibxml2", "ISO": "bibxml2", "ITU": "bibxml2",
	"NIST": "bibxml2", "OASIS": "bibxml2", "PKCS": "bibxml2", "DOI": "bibxml7", "IANA": "bibxml8",
}

var (
	numbered = regexp.MustCompile(`^(RFC|BCP|STD)\.0*([0-9]+)$`)
	key      = regexp.MustCompile(`^([-A-Z0-9]+)\.[A-Za-z_0-9.()/+-]+$`)
)

// Key gives the key by which kramdown-rfc fetches what stands at an xml2rfc path, from the path's directory and
// anchor: RFC9000 for bibxml and RFC.9000. It says false when kramdown-rfc does not know the way there.
func Key(dir, anchor string) (string, bool) {
	if found := numbered.FindStringSubmatch(anchor); found != nil {
		number := found[2]
		if found[1] == "RFC" {
			number = strings.Repeat("0", max(0, 4-len(number))) + number
		}
		return found[1] + number, true
	}
	found := key.FindStringSubmatch(anchor)
	if found == nil || fetched[found[1]] != dir {
		return "", false
	}
	return anchor, true
}

var (
	numberedKey = regexp.MustCompile(`(?i)^(rfc|bcp|std)[0-9]`)
	prefixedKey = regexp.MustCompile(`^([-A-Z0-9]+)\.`)
)

// isFetched says whether kramdown-rfc would fetch what has such an anchor. An entry of it has to say that it means
// to be used instead.
func isFetched(anchor string) bool {
	if numberedKey.MatchString(anchor) {
		return true
	}
	found := prefixedKey.FindStringSubmatch(anchor)
	return found != nil && fetched[found[1]] != ""
}
