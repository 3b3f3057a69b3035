package relaton

import (
	"strconv"
	"strings"
)

// earliest is the first year of four digits, in which no standard was published: what looks like a year
// before it is none, and would not survive being written as a number or with the name of its month.
const earliest = 1000

// PartialDate is a date as precise as it is known: Month and Day are 0 when they are not.
type PartialDate struct {
	Year, Month, Day int
}

var months = [...]string{
	"January", "February", "March", "April", "May", "June",
	"July", "August", "September", "October", "November", "December",
}

// ParseDate reads YYYY-MM-DD, YYYY-MM, YYYY and Month YYYY (compatibility, section 1); of a time stamp
// such as 2021-03-04T10:00:00Z it reads the day. It says false of everything else, days that the
// calendar does not have and years before earliest included.
func ParseDate(s string) (PartialDate, bool) {
	s = strings.TrimSpace(s)
	if name, year, ok := strings.Cut(s, " "); ok && len(year) == 4 {
		y, ok := digits(year)
		m := monthNumber(name)
		if !ok || y < earliest || m == 0 {
			return PartialDate{}, false
		}
		return PartialDate{Year: y, Month: m}, true
	}
	if len(s) > 10 && (s[10] == 'T' || s[10] == ' ') {
		s = s[:10]
	}
	return parseNumeric(s)
}

func parseNumeric(s string) (PartialDate, bool) {
	var d PartialDate
	var ok bool
	switch {
	case len(s) == 10 && s[4] == '-' && s[7] == '-':
		if d.Day, ok = digits(s[8:]); !ok || d.Day == 0 {
			return PartialDate{}, false
		}
		fallthrough
	case len(s) == 7 && s[4] == '-':
		if d.Month, ok = digits(s[5:7]); !ok || d.Month < 1 || d.Month > 12 {
			return PartialDate{}, false
		}
		fallthrough
	case len(s) == 4:
		if d.Year, ok = digits(s[:4]); !ok || d.Year < earliest || d.Day > daysIn(d.Year, d.Month) {
			return PartialDate{}, false
		}
		return d, true
	}
	return PartialDate{}, false
}

func digits(s string) (int, bool) {
	n := 0
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return 0, false
		}
		n = 10*n + int(s[i]-'0')
	}
	return n, true
}

// monthNumber knows the English names of months and their first three letters.
func monthNumber(name string) int {
	for i, month := range months {
		if strings.EqualFold(name, month) || strings.EqualFold(name, month[:3]) {
			return i + 1
		}
	}
	return 0
}

func daysIn(year, month int) int {
	switch month {
	case 4, 6, 9, 11:
		return 30
	case 2:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	}
	return 31
}

// String gives YYYY-MM-DD, YYYY-MM or YYYY; empty for the zero value.
func (d PartialDate) String() string {
	if d == (PartialDate{}) {
		return ""
	}
	b := appendPadded(make([]byte, 0, 10), d.Year, 4)
	if d.Month > 0 {
		b = appendPadded(append(b, '-'), d.Month, 2)
	}
	if d.Day > 0 {
		b = appendPadded(append(b, '-'), d.Day, 2)
	}
	return string(b)
}

// FirstDay gives YYYY-MM-DD, an unspecific date as its first day; empty for the zero value.
func (d PartialDate) FirstDay() string {
	if d == (PartialDate{}) {
		return ""
	}
	return PartialDate{d.Year, max(d.Month, 1), max(d.Day, 1)}.String()
}

// MonthName gives the English name of the month, empty when it is unknown.
func (d PartialDate) MonthName() string {
	if d.Month < 1 || d.Month > len(months) {
		return ""
	}
	return months[d.Month-1]
}

// Human gives the date as the API of 1.x writes it: 2021-07-05, July 2021 or 2021.
func (d PartialDate) Human() string {
	if d.Month > 0 && d.Day == 0 {
		return d.MonthName() + " " + strconv.Itoa(d.Year)
	}
	return d.String()
}

// before compares two dates, unspecific ones as their first day.
func (d PartialDate) before(other PartialDate) bool {
	switch {
	case d.Year != other.Year:
		return d.Year < other.Year
	case max(d.Month, 1) != max(other.Month, 1):
		return d.Month < other.Month
	}
	return max(d.Day, 1) < max(other.Day, 1)
}

func appendPadded(b []byte, n, width int) []byte {
	s := strconv.Itoa(n)
	for range width - len(s) {
		b = append(b, '0')
	}
	return append(b, s...)
}
