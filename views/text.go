package views

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// humanize turns a word of the model into one for readers: obsoletedBy → Obsoleted by.
func humanize(word string) string {
	if strings.EqualFold(strings.TrimSpace(word), "rfc") {
		return "RFC"
	}
	var b strings.Builder
	previous := ' '
	for i, r := range strings.TrimSpace(word) {
		switch {
		case i == 0:
			b.WriteRune(unicode.ToUpper(r))
		case r == '-' || r == '_' || r == ' ':
			b.WriteByte(' ')
		case unicode.IsUpper(r) && unicode.IsLower(previous):
			b.WriteByte(' ')
			b.WriteRune(unicode.ToLower(r))
		default:
			b.WriteRune(r)
		}
		previous = r
	}
	return b.String()
}

// number groups the digits of a count: 9,154.
func number(n int) string {
	digits := strconv.Itoa(n)
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	return digits
}

// counted gives a count with its noun: 1 record, 9,154 records.
func counted(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}

// age says how long ago a moment was, as people do.
func age(moment, now time.Time) string {
	elapsed := now.Sub(moment)
	switch {
	case elapsed < time.Minute:
		return "just now"
	case elapsed < time.Hour:
		return counted(int(elapsed/time.Minute), "minute") + " ago"
	case elapsed < 48*time.Hour:
		return counted(int(elapsed/time.Hour), "hour") + " ago"
	}
	return counted(int(elapsed/(24*time.Hour)), "day") + " ago"
}

// moment writes a point in time for readers anywhere.
func moment(t time.Time) string { return t.UTC().Format("2 January 2006, 15:04 UTC") }

// checkTitle tells when a source was looked at, and when it had changed.
func checkTitle(d Dataset) string {
	title := "looked at " + moment(d.CheckedAt)
	if !d.IndexedAt.IsZero() {
		title += ", last changed " + moment(d.IndexedAt)
	}
	return title
}

// machineTime writes a point in time for the datetime attribute.
func machineTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// dateText writes a date as precisely as it is known: 2021, May 2021, 9 March 2017. What cannot be read
// is shown as it is.
func dateText(value string) string {
	date, ok := relaton.ParseDate(value)
	if !ok {
		return value
	}
	text := date.MonthName() + " " + strconv.Itoa(date.Year)
	if date.Day > 0 {
		text = strconv.Itoa(date.Day) + " " + text
	}
	return strings.TrimSpace(text)
}

// dateValue is a date for the datetime attribute; empty when it cannot be read.
func dateValue(value string) string {
	date, _ := relaton.ParseDate(value)
	return date.String()
}

// year is what of a date stands on a label; empty when it cannot be read.
func year(value string) string {
	date, ok := relaton.ParseDate(value)
	if !ok {
		return ""
	}
	return strconv.Itoa(date.Year)
}

// shorten cuts a text after a word when it is longer than limit bytes.
func shorten(text string, limit int) string {
	if len(text) <= limit {
		return text
	}
	for limit > 0 && !utf8.RuneStart(text[limit]) {
		limit--
	}
	cut := text[:limit]
	if at := strings.LastIndexByte(cut, ' '); at > limit/2 {
		cut = cut[:at]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}

// webAddress returns an address that a page may link to, and its host; or nothing.
func webAddress(text string) (address, host string) {
	address, _, ok := relaton.WebAddress(text)
	if !ok {
		return "", ""
	}
	u, err := url.Parse(address)
	if err != nil || u.Host == "" { // a URN, which no browser knows
		return "", ""
	}
	return address, u.Host
}

// includeLine is what an author writes into a draft to cite a document.
func includeLine(address string) string {
	escaped := strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;").Replace(address)
	return fmt.Sprintf(`<xi:include href="%s"/>`, escaped)
}
