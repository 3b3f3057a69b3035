package bibxml

import (
	"regexp"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// subseriesID is the identifier of a group of RFCs.
var subseriesID = regexp.MustCompile(`^(BCP|STD|FYI)[ .]?0*([1-9][0-9]*)$`)

// subseriesOf returns the series BCP, STD or FYI and the number of a group in it; empty for any other document.
func subseriesOf(item *relaton.Item) seriesInfo {
	for _, id := range item.DocID {
		if found := subseriesID.FindStringSubmatch(id.ID); found != nil && id.Type == "IETF" {
			return seriesInfo{found[1], found[2]}
		}
	}
	return seriesInfo{}
}

// IsSubseries reports whether a series is one of those that group RFCs. xml2rfc takes the heading of a group from the
// first of them among its members.
func IsSubseries(name string) bool { return name == "BCP" || name == "STD" || name == "FYI" }

// withSubseries puts the series of the group before any other such series.
func withSubseries(all []seriesInfo, group seriesInfo) []seriesInfo {
	first := slices.IndexFunc(all, func(info seriesInfo) bool { return IsSubseries(info.name) })
	if first >= 0 && same(all[first], group) {
		return all
	}
	all = slices.DeleteFunc(all, func(info seriesInfo) bool { return same(info, group) })
	return slices.Insert(all, max(first, 0), group)
}

func same(a, b seriesInfo) bool {
	return a.name == b.name && strings.TrimLeft(a.value, "0") == strings.TrimLeft(b.value, "0")
}
