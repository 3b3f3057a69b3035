package bibxml

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

const ieee = "IEEE"

// ieeeSeries reads identifiers whose last word has a dot, such as "IEEE 802-1A.1990", as number and
// year: 802.1a-1990. Others are written as they are.
func ieeeSeries(id string) seriesInfo {
	word := strings.ToLower(strings.TrimSpace(id[strings.LastIndexByte(id, ' ')+1:]))
	number, rest, ok := strings.Cut(word, ".")
	if !ok {
		return seriesInfo{ieee, id}
	}
	year, _, _ := strings.Cut(rest, ".")
	return seriesInfo{ieee, strings.ReplaceAll(number, "-", ".") + "-" + year}
}

// correctIEEE replaces what a record says of the designation of an IEEE document by one series: the publishers as
// the name and the rest as the value, so that it is printed as the IEEE writes it, "IEEE Std 802.15.7-2018".
func correctIEEE(all []seriesInfo, item *relaton.Item) []seriesInfo {
	at := slices.IndexFunc(item.DocID, func(id docid.ID) bool { return strings.EqualFold(id.Type, ieee) && id.Scope == "" })
	if at < 0 {
		return all
	}
	corrected := designation(item.DocID[at].ID)
	if named := slices.IndexFunc(all, func(info seriesInfo) bool { return info.name == ieee }); named >= 0 {
		corrected.value = titled(all[named].value, corrected.value)
		all[named] = corrected
		return all
	}
	place := 0 // before the DOI, as the identifiers of a record are ordered
	if all = slices.DeleteFunc(all, func(info seriesInfo) bool { return info == corrected }); len(all) > 0 && all[0].name != "DOI" {
		place = len(all)
		if doi := slices.IndexFunc(all, func(info seriesInfo) bool { return info.name == "DOI" }); doi >= 0 {
			place = doi
		}
	}
	return slices.Insert(all, place, corrected)
}

var (
	// publishers are one or several, such as ISO/IEC/IEEE, before a designation that has a number.
	publishers = regexp.MustCompile(`^(?:(IEEE) (.+)|([A-Z]{3,}(?:/[A-Z]{3,})*) (.*[0-9].*))$`)
	// numberAndYear is the form of the older identifiers: a hyphen for each dot, and a dot before the year.
	numberAndYear = regexp.MustCompile(`^([0-9A-Za-z-]+)\.((?:18|19|20)[0-9]{2})$`)
	marks         = strings.NewReplacer("®", "", "™", "")
)

// designation splits an identifier of an IEEE document into the publishers and the rest.
func designation(id string) seriesInfo {
	id = words(marks.Replace(id))
	name, value := ieee, id
	if found := publishers.FindStringSubmatch(id); found != nil {
		name, value = found[1]+found[3], found[2]+found[4]
	}
	blank := strings.LastIndexByte(value, ' ') + 1
	if found := numberAndYear.FindStringSubmatch(value[blank:]); found != nil {
		value = value[:blank] + strings.ReplaceAll(found[1], "-", ".") + "-" + found[2]
	}
	return seriesInfo{name, value}
}

// titled returns the value for a document whose record names the series IEEE itself: "Standard 754" with the
// year that the identifier tells becomes "Std 754-1985"; a draft has no year in its designation.
func titled(recorded, identified string) string {
	number, isStandard := strings.CutPrefix(recorded, "Standard ")
	if !isStandard {
		return recorded
	}
	if year := yearAtEnd.FindString(identified); year != "" && !yearAtEnd.MatchString(number) {
		number += year
	}
	return "Std " + number
}

var yearAtEnd = regexp.MustCompile(`-(?:18|19|20)[0-9]{2}$`)
