package bibxml

import (
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// draftSeries is the series of Internet-Drafts, and the type of their identifiers.
const draftSeries = "Internet-Draft"

// seriesInfo is a series and the number of the document in it.
type seriesInfo struct{ name, value string }

// series writes the series that the record names, then those that the identifiers tell, each once.
func (w *writer) series(item *relaton.Item) {
	var room [8]seriesInfo // enough for nearly all, and on the stack
	all := room[:0]
	for _, series := range item.Series {
		if series.Title != nil && !w.tellsTwice(item, series.Title.Content) {
			all = addSeries(all, seriesInfo{strings.TrimSpace(series.Title.Content), strings.TrimSpace(series.Number)})
		}
	}
	for _, id := range item.DocID {
		if id.Scope != "trademark" {
			all = addSeries(all, w.seriesOf(id))
		}
	}
	if w.corrections.Has(IEEESeries) {
		all = correctIEEE(all, item)
	}
	if w.subseries.name != "" {
		all = withSubseries(all, w.subseries)
	}
	primary, _ := item.PrimaryID()
	for _, info := range all {
		if info.name == draftSeries && primary.Type == draftSeries && info.value != primary.ID {
			continue // newer records name the series of versions beside the version
		}
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

// tellsTwice says whether an identifier gives the series of that title, correctly, so that the record's
// is one too many: W3C REC beside W3C.
func (w *writer) tellsTwice(item *relaton.Item, title string) bool {
	kind := ""
	switch {
	case w.corrections.Has(W3CSeries) && strings.HasPrefix(title, "W3C"):
		kind = "W3C"
	case w.corrections.Has(ThreeGPPSeries) && strings.HasPrefix(title, "3GPP"):
		kind = "3GPP"
	default:
		return false
	}
	return slices.ContainsFunc(item.DocID, func(id docid.ID) bool { return id.Type == kind && w.seriesOf(id).value != "" })
}

// seriesOf gives the series that an identifier belongs to; empty when it tells of none.
func (w *writer) seriesOf(id docid.ID) seriesInfo {
	switch strings.ToLower(id.Type) {
	case "ietf":
		return rfcSeries(id.ID)
	case "internet-draft":
		return seriesInfo{draftSeries, id.ID}
	case "w3c":
		return w.w3cSeries(id)
	case "3gpp":
		return w.threeGPPSeries(id.ID)
	case "ieee":
		if w.corrections.Has(IEEESeries) {
			return seriesInfo{} // see correctIEEE
		}
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

// w3cSeries writes dots as blanks, unless that is corrected: the references in use do.
func (w *writer) w3cSeries(id docid.ID) seriesInfo {
	if w.corrections.Has(W3CSeries) {
		value, ok := strings.CutPrefix(id.ID, "W3C ")
		if !ok || id.Scope != "" {
			value = ""
		}
		return seriesInfo{"W3C", value}
	}
	value := strings.ReplaceAll(id.ID, ".", " ")
	if i := strings.LastIndex(value, "W3C "); i >= 0 {
		value = value[i+len("W3C "):]
	}
	return seriesInfo{"W3C", value}
}

// threeGPPSeries turns "3GPP TR 23.700-44:REL-18/18.1.0" into 23.700-44 18.1.0. The references in use
// have none for a technical specification (TS), unless that is corrected.
func (w *writer) threeGPPSeries(id string) seriesInfo {
	kind, rest := id[:min(len(id), len("3GPP TR"))], id[min(len(id), len("3GPP TR ")):]
	isSeries := kind == "3GPP TR" || kind == "3GPP TS" && w.corrections.Has(ThreeGPPSeries)
	if !isSeries {
		return seriesInfo{}
	}
	number, version, _ := strings.Cut(rest, ":")
	if _, after, ok := strings.Cut(version, "/"); ok {
		number += " " + after
	}
	return seriesInfo{kind, number}
}
