package xml2rfc

import (
	"regexp"
	"slices"
	"strings"
)

// Numbers in anchors, which stand by themselves: 4 and 1986 in ANSI.X3-4.1986, and not the 3.
var (
	paddedNumber = regexp.MustCompile(`(^|[^0-9A-Za-z])0+([1-9])`)
	firstNumber  = regexp.MustCompile(`(^|[^0-9A-Za-z])0*([1-9][0-9]{0,2})($|[^0-9A-Za-z])`)
)

// withNumbers returns an anchor, then the anchor without zeros before its numbers and with its first number padded to
// four digits, as far as these differ. Sources write the numbers of series in either way.
func withNumbers(anchor string) []string {
	forms := []string{anchor}
	add := func(form string) {
		if !slices.Contains(forms, form) {
			forms = append(forms, form)
		}
	}
	add(unpadded(anchor))
	if at := firstNumber.FindStringSubmatchIndex(anchor); at != nil {
		add(anchor[:at[3]] + padded(anchor[at[4]:at[5]]) + anchor[at[5]:])
	}
	return forms
}

// unpadded removes the zeros before the numbers of an anchor.
func unpadded(anchor string) string { return paddedNumber.ReplaceAllString(anchor, "$1$2") }

// seriesOf3GPP writes the series of a specification with two digits: 05.05 for 5.05 and 005.05.
func seriesOf3GPP(number string) string {
	series, rest, ok := strings.Cut(number, ".")
	if !ok || !isNumber(series) {
		return number
	}
	series = plainNumber(series)
	return strings.Repeat("0", max(0, 2-len(series))) + series + "." + rest
}
