package bibxml

import (
	"strconv"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// date writes the date of publication only as precise as it is known.
func (w *writer) date(item *relaton.Item) {
	date, ok := item.PublicationDate()
	if !ok {
		return
	}
	w.start("date")
	if date.Day > 0 {
		w.attr("day", strconv.Itoa(date.Day))
	}
	w.known("month", date.MonthName())
	w.attr("year", strconv.Itoa(date.Year))
	w.empty()
}
