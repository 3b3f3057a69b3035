package xml2rfc

import (
	"net/url"
	"regexp"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
)

// affixes are what stands around the anchor in the name of a file.
var affixes = regexp.MustCompile(`(?i)^_*(?:reference\.)?|(?:\.(?:xml|txt|html|json|kramdown))+$`)

// readWrong takes the directory and the text that should be an anchor from an address that may break all rules. The
// directory is empty where the address has none that exists.
func readWrong(asked string) (dir, text string) {
	asked = strings.Trim(strings.TrimPrefix(asked, Prefix), "/")
	name, file, _ := strings.Cut(asked, "/")
	switch entry, ok := byName[docid.Trim(name)]; {
	case ok:
		dir, text = entry.name, file
	case file != "" && strings.HasPrefix(strings.ToLower(docid.Trim(name)), "bibxml"):
		text = file
	default:
		text = asked
	}
	text = docid.Trim(affixes.ReplaceAllString(docid.Trim(text), ""))
	if plain, err := url.PathUnescape(text); err == nil {
		text = docid.Trim(plain)
	}
	return dir, text
}

// What the texts that have a form of their own look like.
var (
	seriesText = regexp.MustCompile(`(?i)^(?:ietf[ ._:-]*)?(rfc|bcp|std|fyi)[ ._:-]*0*([1-9][0-9]{0,5})(?:\..*)?$`)
	draftText  = regexp.MustCompile(`(?i)^(i-?d[ ._:-]*)?(draft-)?([a-z0-9][a-z0-9._-]*?)(?:-([0-9]{2}))?$`)
	text3GPP   = regexp.MustCompile(`(?i)^(sdo[ ._:-]*)?(3gpp[ ._:-]*)?((?:ts|tr)[ ._:-]*)?(?:([0-9]{1,3})[._-]|([0-9]{2}))([0-9]{2,3}(?:-[0-9]+)*)(?:[^0-9].*)?$`)
	doiText    = regexp.MustCompile(`(?i)^(?:https?://)?(?:(?:dx\.)?doi(?:\.org)?[ ._:/-]*)?(10\.[0-9]{4,9})[/_](.+)$`)
)

// guess returns the path of a text whose form tells what it is, and false when the text may be something else too; the
// path is empty when it can be none of these.
func guess(dir, text string) (path Path, certain bool) {
	if found := seriesText.FindStringSubmatch(text); found != nil {
		return seriesPath(strings.ToUpper(found[1]), found[2]), true
	}
	if dir == "bibxml" && isNumber(text) {
		return seriesPath("RFC", plainNumber(text)), true
	}
	if found := text3GPP.FindStringSubmatch(text); found != nil && (found[2]+found[3] != "" || dir == "bibxml5") {
		return Path{Dir: "bibxml5", Anchor: "3GPP." + seriesOf3GPP(found[4]+found[5]+"."+found[6])}, true
	}
	if found := doiText.FindStringSubmatch(text); found != nil {
		return Path{Dir: "bibxml7", Anchor: "DOI." + found[1] + "/" + found[2]}, true
	}
	if found := draftText.FindStringSubmatch(text); found != nil {
		path = Path{Dir: draftsDir, Anchor: "I-D." + strings.ToLower(found[3])}
		if found[4] != "" {
			path.Anchor = "I-D.draft-" + strings.ToLower(found[3]) + "-" + found[4]
		}
		return path, found[1]+found[2] != ""
	}
	return Path{}, false
}

func seriesPath(series, number string) Path {
	if series == "RFC" {
		return Path{Dir: "bibxml", Anchor: "RFC." + padded(number)}
	}
	return Path{Dir: "bibxml9", Anchor: series + "." + padded(number)}
}

var (
	ruled    = regexp.MustCompile(`(?i)^r[ ._-]`) // the beginning of what the rule of bibxml6 reads
	ieeeText = regexp.MustCompile(`(?i)^(.*?ieee)[ ._-]+(?:std\.?[ ._-]*)?(.+)$`)
	nistText = regexp.MustCompile(`(?i)^(?:(?:nist|nbs)[ ._-]+)+(.+)$`)
	fipsText = regexp.MustCompile(`(?i)^fips[ ._-]+`)
)

// identifiers returns what a text may be as an identifier, in any spelling, the likeliest first.
func identifiers(dir, text string) []string {
	text = ruled.ReplaceAllString(text, "")
	if text == "" {
		return nil
	}
	forms := formsOf(dir, text)
	if apart := gluedNIST.ReplaceAllString(glued.ReplaceAllString(text, "$1 $2"), "$1 $2"); apart != text {
		forms = append(forms[:min(len(forms), mostIdentifiers/2)], formsOf(dir, apart)...)
	}
	return forms
}

// What is written without a separator: ISO8879.1986, W3CREC-xml-20081126, NISTSP800-53r5.
var (
	glued     = regexp.MustCompile(`(?i)^(ansi|ccitt|ecma|fips|iana|ieee|iso|itu|nbs|nist|oasis|pkcs|w3c)([a-z0-9])`)
	gluedNIST = regexp.MustCompile(`(?i)^((?:nist|nbs)[ ._-]+[a-z]+)([0-9])`)
)

func formsOf(dir, text string) []string {
	if found := ieeeText.FindStringSubmatch(text); found != nil {
		return []string{text, found[1] + " Std " + found[2], found[1] + " " + found[2]}
	}
	if found := nistText.FindStringSubmatch(text); found != nil {
		return []string{text, "NIST " + found[1], "NBS " + found[1], found[1]}
	}
	if fipsText.MatchString(text) {
		return []string{text, "NIST " + text, "NBS " + text}
	}
	switch dir {
	case "bibxml4":
		return []string{text, "W3C " + text}
	case "bibxml6":
		return []string{text, "IEEE Std " + text, "IEEE " + text}
	case "bibxml8":
		return []string{text, "IANA " + text}
	case "bibxml-nist":
		return []string{text, "NIST " + text, "NBS " + text}
	}
	return []string{text}
}
