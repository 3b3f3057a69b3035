package views

import (
	"fmt"
	"net/url"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// humanize turns a word of the model into one for readers: obsoletedBy → Obsoleted by.
func humanize(word string) string {
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

// machineTime writes a point in time for the datetime attribute.
func machineTime(t time.Time) string { return t.UTC().Format(time.RFC3339) }

// dateText writes a date as precisely as it is known: 2021, May 2021, 9 March 2017.
func dateText(value string) string {
	for layout, text := range map[string]string{"2006-01": "January 2006", "2006-01-02": "2 January 2006"} {
		if date, err := time.Parse(layout, value); err == nil {
			return date.Format(text)
		}
	}
	return value
}

// isDate says whether a value is fit for the datetime attribute.
func isDate(value string) bool {
	for _, layout := range []string{"2006", "2006-01", "2006-01-02"} {
		if _, err := time.Parse(layout, value); err == nil {
			return true
		}
	}
	return false
}

func year(date string) string {
	if len(date) > 4 {
		return date[:4]
	}
	return date
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

// webAddress gives an address that a page may link to, or nothing.
func webAddress(address string) string {
	address = strings.TrimSpace(address)
	u, err := url.Parse(address)
	if err != nil || u.Host == "" {
		return ""
	}
	switch u.Scheme {
	case "http", "https", "ftp":
		return address
	}
	return ""
}

// includeLine is what an author writes into a draft to cite a document.
func includeLine(address string) string {
	escaped := strings.NewReplacer("&", "&amp;", `"`, "&quot;", "<", "&lt;").Replace(address)
	return fmt.Sprintf(`<xi:include href="%s"/>`, escaped)
}
