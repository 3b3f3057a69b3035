package views

import (
	"math"
	"strconv"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// scale maps years to parts of a drawing's width.
type scale struct {
	from, to float64
	count    int // of the dates that it was made for
}

// scaleOf spans all dates, whole years at both ends.
func scaleOf(lines []dated, strips []strip) scale {
	s := scale{from: math.Inf(1), to: math.Inf(-1)}
	add := func(year float64) {
		if year > 0 {
			s.from, s.to, s.count = min(s.from, year), max(s.to, year), s.count+1
		}
	}
	for _, line := range lines {
		add(line.from)
	}
	for _, strip := range strips {
		for _, dot := range strip.dots {
			add(dot.from)
		}
	}
	s.from = math.Floor(s.from)
	s.to = max(math.Ceil(s.to+(s.to-s.from)/12), s.from+1)
	return s
}

func (s scale) part(year float64) float64 { return (year - s.from) / (s.to - s.from) }

// at leaves a hundredth free on the left, so that a dot at the very beginning is whole.
func (s scale) at(year float64) string {
	return strconv.FormatFloat(1+98*s.part(year), 'f', 2, 64) + "%"
}

// row puts a document to its place. The label begins with the line where there is room, else it ends with it; a long
// one that has room on neither side of a phone stands in the middle.
func (s scale) row(line dated) TimelineRow {
	row := TimelineRow{
		Label: line.ID, Self: line.self, From: s.at(line.from), To: s.at(line.to), Open: line.to <= line.from,
	}
	if row.Open {
		row.To = "100%"
	}
	const long = 20
	begin, end := s.part(line.from), 1.0
	if !row.Open {
		end = s.part(line.to)
	}
	switch {
	case begin < 0.35 || begin < 0.5 && len(line.ID) < long:
		row.LabelAt, row.Anchor = row.From, "start"
	case end > 0.65 || len(line.ID) < long:
		row.LabelAt, row.Anchor = row.To, "end"
	default:
		row.LabelAt, row.Anchor = "50%", "middle"
	}
	return row
}

// ticks gives at most six years that fall on the scale.
func (s scale) ticks() []TimelineTick {
	for _, step := range []int{1, 2, 5, 10, 20, 50, 100} {
		if (s.to-s.from)/float64(step) > 5 {
			continue
		}
		var ticks []TimelineTick
		for year := (int(s.from) + step - 1) / step * step; float64(year) < s.to; year += step {
			ticks = append(ticks, TimelineTick{s.at(float64(year)), year})
		}
		return ticks
	}
	return nil
}

// inYears gives a date as a number of years, an unspecific one as the beginning of its time; 0 when unknown.
func inYears(value string) float64 {
	date, ok := relaton.ParseDate(value)
	if !ok {
		return 0
	}
	return float64(date.Year) + float64(max(date.Month, 1)-1)/12 + float64(max(date.Day, 1)-1)/372
}
