package search

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
)

// pattern is a way to write an identifier.
type pattern struct {
	whole   *regexp.Regexp                                 // the text is one
	inside  *regexp.Regexp                                 // the text has one among other words; nil: it is not looked for
	certain bool                                           // what fits can be nothing else
	meaning func(found []string) (exact, related []string) // as sources write it
}

// patterns are tried in this order. The identifiers that sources give are listed in their records; see also
// compatibility, sections 2 and 3.
var patterns = []pattern{
	either(`(?:urn:ietf:)?rfc[ .:#_-]*0*(\d{1,6})`, series("RFC")),
	either(`draft[-.]([a-z0-9][a-z0-9._+-]*[a-z0-9])`, draft),
	either(`i-d\.(?:draft-)?([a-z0-9_+-]+)`, draft),
	either(`(?:3gpp[ .]*|sdo-3gpp\.)?\b(ts|tr)[ .-]*(\d\d)\.?(\d{3}(?:-\d+)*)(?:[ ,:]+(?:v\.?|version[ .]*)?(?:(r(?:el(?:ease)?)?[ .-]*\d+|ph\d\+?) ?/ ?v?)?(\d+\.\d+\.\d+))?`, threeGPP),
	either(`doi[: .]*(10\.\d{4,9}/[^\s"<>,;]*[^\s"<>,;.)])`, asIs),
	either(`(10\.\d{4,9}/[^\s"<>,;]*[^\s"<>,;.)])`, asIs),
	either(`(?:nist|nbs)[ .-]*(sp|special publication|fips|tn|hb|ir|gcr|circ|bms|mono|ncstar)(?:[ .-]*pub\.?)?[ .-]*(\d[a-z0-9/.-]*)(?:,? *(?:rev(?:ision)?\.?|r)[ -]*(\d+))?`, nist),
	either(`(fips)(?:[ .-]*pub\.?)?[ .-]*(\d[a-z0-9.-]*)`, nist),
	either(`(sp)[ .-]*((?:800|500|1800|250|260|300)-\d[a-z0-9.-]*)(?:,? *(?:rev(?:ision)?\.?|r)[ -]*(\d+))?`, nist),
	either(`nist(ir)[ .-]*(\d[a-z0-9.-]*)`, nist),
	either(`ieee[ .-]*(?:std\.?[ .-]*)?(p?\d[a-z0-9./:_-]*)`, ieee),
	either(`(?:urn:ietf:)?bcp[ .:#_-]*0*(\d{1,4})`, series("BCP")),
	either(`(?:urn:ietf:)?std[ .:#_-]*0*(\d{1,4})`, series("STD")),
	either(`(?:urn:ietf:)?fyi[ .:#_-]*0*(\d{1,4})`, series("FYI")),

	whole(`0*(\d{1,5})`, series("RFC")),
	whole(`(?:3gpp[ .]*|sdo-3gpp\.)?(\d\d)\.(\d{3}(?:-\d+)*)`, threeGPPOfAnyKind),
	whole(`3gpp[ .]*(\d\d)(\d{3}(?:-\d+)*)`, threeGPPOfAnyKind),
	whole(`(p?802\.\d+[a-z]*(?:[-/ ].*)?)`, ieee),
	whole(`ieee[ .](.+)`, ieee),
	whole(`(?:w3c[ .])?((?:rec|wd|cr|crd|pr|per|note|dnote)-[a-z0-9._-]+)`, w3c),
	whole(`w3c[ .](.+)`, w3c),
	whole(`iana[ .:](.+)`, iana),
	whole(`iso(?:/iec)?(?:/ieee)?[ .-]*(\d.*)`, iso),
	whole(`(itu(?:-t)?|ccitt)[ .]*(?:rec(?:ommendation)?\.? *)?([a-z])\.?(\d+(?:\.\d+)*)(?: *\(.*\))?`, itu),
	whole(`()([xv])\.(\d{1,4})`, itu),
	whole(`pkcs[ .]*#?(\d+)`, func(f []string) ([]string, []string) { return []string{"PKCS " + f[1]}, nil }),
	whole(`((?:ansi|oasis|fips|nist|nbs)[ .].+)`, spaced),
	whole(`([a-z0-9]+(?:-[a-z0-9]+){2,})`, draft),
}

func either(expression string, meaning func([]string) ([]string, []string)) pattern {
	return pattern{
		whole:  regexp.MustCompile(`(?i)^` + expression + `(?:\.(?:txt|html?|xml|pdf|ps|json))?$`),
		inside: regexp.MustCompile(`(?i)(?:^|[^a-z0-9.-])` + expression + `(?:$|[^a-z0-9_])`), certain: true, meaning: meaning,
	}
}

func whole(expression string, meaning func([]string) ([]string, []string)) pattern {
	return pattern{whole: regexp.MustCompile(`(?i)^` + expression + `$`), meaning: meaning}
}

func series(name string) func([]string) (exact, related []string) {
	return func(found []string) ([]string, []string) { return docid.SeriesForms(name + " " + found[1]), nil }
}

func asIs(found []string) (exact, related []string) { return []string{found[1]}, nil }

// spaced has a blank after the publisher.
func spaced(found []string) (exact, related []string) {
	return []string{strings.Replace(found[1], ".", " ", 1)}, nil
}

var draftVersion = regexp.MustCompile(`-\d\d$`)

// draft reads the name of an Internet-Draft, without "draft-". Without its version, it is an anchor too, which
// drafts have that have no document of their own without version.
func draft(found []string) (exact, related []string) {
	name := strings.ToLower(found[1])
	for _, suffix := range []string{".txt", ".html", ".xml", ".pdf"} {
		name = strings.TrimSuffix(name, suffix)
	}
	plain := draftVersion.ReplaceAllString(name, "")
	if plain != name {
		return []string{"draft-" + name}, []string{"draft-" + plain, "I-D." + plain}
	}
	return []string{"draft-" + name, "I-D." + name}, nil
}

func threeGPP(found []string) (exact, related []string) {
	id := "3GPP " + strings.ToUpper(found[1]) + " " + found[2] + "." + found[3]
	if version := found[5]; version != "" {
		major, _, _ := strings.Cut(version, ".")
		for _, release := range []string{found[4], "REL-" + major, "R99", "REL-99"} {
			if release != "" {
				exact = append(exact, id+":"+release+"/"+version)
			}
		}
		return exact, []string{id}
	}
	return []string{id}, nil
}

func threeGPPOfAnyKind(found []string) (exact, related []string) {
	number := found[1] + "." + found[2]
	return []string{"3GPP TS " + number, "3GPP TR " + number}, nil
}

func nist(found []string) (exact, related []string) {
	kind, number := strings.ToUpper(found[1]), found[2]
	if strings.EqualFold(kind, "special publication") {
		kind = "SP"
	}
	if len(found) > 3 && found[3] != "" {
		number += "r" + found[3]
	}
	exact = []string{"NIST " + kind + " " + number, "NBS " + kind + " " + number}
	if kind == "FIPS" {
		exact = append(exact, "FIPS "+number)
	}
	return exact, nil
}

func ieee(found []string) (exact, related []string) {
	id := strings.TrimSpace(found[1])
	return []string{"IEEE Std " + id, "IEEE " + id}, nil
}

// w3c reads a name of the W3C. Its documents have one without date that stands for all versions.
func w3c(found []string) (exact, related []string) {
	name := found[1]
	if kind, rest, ok := strings.Cut(name, "-"); ok && len(kind) <= 5 && kind == strings.ToUpper(kind) {
		if at := strings.LastIndexByte(rest, '-'); at > 0 && strings.Trim(rest[at+1:], "0123456789") == "" {
			rest = rest[:at]
		}
		related = []string{"W3C " + rest}
	}
	return []string{"W3C " + name}, related
}

func iana(found []string) (exact, related []string) {
	name := strings.ToLower(found[1])
	exact = []string{"IANA " + name}
	if registry, _, ok := strings.Cut(name, "/"); ok {
		related = []string{"IANA " + registry}
	}
	return exact, related
}

func iso(found []string) (exact, related []string) {
	return []string{"ISO " + found[1], "ISO/IEC " + found[1], "ISO/IEC/IEEE " + found[1]}, nil
}

func itu(found []string) (exact, related []string) {
	number := strings.ToUpper(found[2]) + found[3]
	exact = []string{"ITU " + number, "CCITT " + number}
	if strings.EqualFold(found[1], "ccitt") {
		slices.Reverse(exact)
	}
	return exact, nil
}
