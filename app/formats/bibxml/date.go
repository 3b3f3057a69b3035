package bibxml

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// date writes the date of publication only as precise as it is known.
func (w *writer) date(item *relaton.Item) {
	date, ok := w.dateOf(item)
	if !ok {
		return
	}
	w.start("date")
	if date.Day > 0 {
		w.attr("day", strconv.Itoa(date.Day))
	}
	w.known("month", date.MonthName())
	w.attr("year", fmt.Sprintf("%04d", date.Year)) // RFC 7991, section 2.17.3: four digits
	w.empty()
}

// dateOf gives the date to write. That of an RFC has no day: RFCs are published by the month.
func (w *writer) dateOf(item *relaton.Item) (relaton.PartialDate, bool) {
	date, ok := item.PublicationDate()
	id, _ := item.PrimaryID()
	switch {
	case id.Type == "IANA" && w.corrections.Has(IANADates):
		return relaton.PartialDate{}, false
	case id.Type == "IETF" && strings.HasPrefix(id.ID, "RFC "):
		date.Day = 0
	case id.Type == "W3C" && !ok && w.corrections.Has(W3CDates):
		return latestEdition(item)
	}
	return date, ok
}

// latestEdition gives the date of the latest edition that the item points to. The identifiers of W3C
// editions end in their date: W3C REC-xml-20081126.
func latestEdition(item *relaton.Item) (latest relaton.PartialDate, ok bool) {
	newest := ""
	for _, id := range item.PartIDs() {
		day := id.ID[strings.LastIndexByte(id.ID, '-')+1:]
		if len(day) != len("20081126") || day <= newest {
			continue
		}
		if date, valid := relaton.ParseDate(day[:4] + "-" + day[4:6] + "-" + day[6:]); valid {
			newest, latest, ok = day, date, true
		}
	}
	return latest, ok
}
