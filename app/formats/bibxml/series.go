package bibxml

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// seriesInfo is a series and the number of the document in it.
type seriesInfo struct{ name, value string }

// series writes the series that the record names, then those that the identifiers tell, each once.
func (w *writer) series(item *relaton.Item) {
	var room [8]seriesInfo // enough for nearly all, and on the stack
	all := room[:0]
	for _, series := range item.Series {
		if series.Title != nil {
			all = addSeries(all, seriesInfo{strings.TrimSpace(series.Title.Content), strings.TrimSpace(series.Number)})
		}
	}
	for _, id := range item.DocID {
		if id.Scope != "trademark" {
			all = addSeries(all, seriesOf(id))
		}
	}
	for _, info := range all {
		w.start("seriesInfo")
		w.attr("name", info.name)
		w.attr("value", info.value)
		w.empty()
	}
}

func addSeries(all []seriesInfo, info seriesInfo) []seriesInfo {
	if info.name == "" || info.value == "" {
		return all
	}
	for _, have := range all {
		if have == info {
			return all
		}
	}
	return append(all, info)
}

// seriesOf gives the series that an identifier belongs to; empty when it tells of none.
func seriesOf(id docid.ID) seriesInfo {
	switch strings.ToLower(id.Type) {
	case "ietf":
		return rfcSeries(id.ID)
	case "internet-draft":
		return seriesInfo{"Internet-Draft", id.ID}
	case "w3c":
		return w3cSeries(id.ID)
	case "3gpp":
		return threeGPPSeries(id.ID)
	case "ieee":
		return ieeeSeries(id.ID)
	case "doi":
		return seriesInfo{"DOI", id.ID}
	}
	return seriesInfo{}
}

func rfcSeries(id string) seriesInfo {
	if len(id) < 4 || !strings.EqualFold(id[:4], "RFC ") {
		return seriesInfo{}
	}
	return seriesInfo{"RFC", id[strings.LastIndexAny(id, " .")+1:]}
}

// w3cSeries writes dots as blanks, as the references do that are in use.
func w3cSeries(id string) seriesInfo {
	value := strings.ReplaceAll(id, ".", " ")
	if i := strings.LastIndex(value, "W3C "); i >= 0 {
		value = value[i+len("W3C "):]
	}
	return seriesInfo{"W3C", value}
}

// threeGPPSeries turns "3GPP TR 23.700-44:REL-18/18.1.0" into 23.700-44 18.1.0. The references in use
// have none for a technical specification (TS).
func threeGPPSeries(id string) seriesInfo {
	number, ok := strings.CutPrefix(id, "3GPP TR ")
	if !ok {
		return seriesInfo{}
	}
	number, _, _ = strings.Cut(number, ":")
	return seriesInfo{"3GPP TR", number + " " + id[strings.LastIndexByte(id, '/')+1:]}
}

// ieeeSeries reads identifiers whose last word has a dot, such as "IEEE 802-1A.1990", as number and
// year: 802.1a-1990. Others are written as they are.
func ieeeSeries(id string) seriesInfo {
	word := strings.ToLower(strings.TrimSpace(id[strings.LastIndexByte(id, ' ')+1:]))
	number, rest, ok := strings.Cut(word, ".")
	if !ok {
		return seriesInfo{"IEEE", id}
	}
	year, _, _ := strings.Cut(rest, ".")
	return seriesInfo{"IEEE", strings.ReplaceAll(number, "-", ".") + "-" + year}
}
