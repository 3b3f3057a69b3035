package views

import (
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
)

func TestHumanize(t *testing.T) {
	tests := map[string]string{
		"obsoletedBy":    "Obsoleted by",
		"hasEdition":     "Has edition",
		"groupNote":      "Group note",
		"internet-draft": "Internet draft",
		"TR":             "TR",
		"":               "",
		"éditeur":        "Éditeur",
	}
	for word, want := range tests {
		t.Run(word, func(t *testing.T) {
			assert.Equal(t, want, humanize(word))
		})
	}
}

func TestCounted(t *testing.T) {
	assert.Equal(t, "0 records", counted(0, "record"))
	assert.Equal(t, "1 record", counted(1, "record"))
	assert.Equal(t, "999 records", counted(999, "record"))
	assert.Equal(t, "9,154 records", counted(9154, "record"))
	assert.Equal(t, "1,234,567 records", counted(1234567, "record"))
}

func TestAge(t *testing.T) {
	now := time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC)
	tests := []struct {
		name    string
		elapsed time.Duration
		want    string
	}{
		{"seconds", 59 * time.Second, "just now"},
		{"a clock that is ahead", -time.Hour, "just now"},
		{"a minute", time.Minute, "1 minute ago"},
		{"under an hour", 59 * time.Minute, "59 minutes ago"},
		{"an hour", 80 * time.Minute, "1 hour ago"},
		{"under two days", 47 * time.Hour, "47 hours ago"},
		{"two days", 48 * time.Hour, "2 days ago"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, age(now.Add(-test.elapsed), now))
		})
	}
}

func TestDates(t *testing.T) {
	tests := []struct{ value, text, machine, year string }{
		{"2021", "2021", "2021", "2021"},
		{"2021-05", "May 2021", "2021-05", "2021"},
		{"2017-03-09", "9 March 2017", "2017-03-09", "2017"},
		{"May 2021", "May 2021", "2021-05", "2021"},
		{"Spring 2025", "Spring 2025", "", ""},
		{"", "", "", ""},
	}
	for _, test := range tests {
		t.Run(test.value, func(t *testing.T) {
			assert.Equal(t, test.text, dateText(test.value))
			assert.Equal(t, test.machine, dateValue(test.value))
			assert.Equal(t, test.year, year(test.value))
		})
	}
}

func TestShorten(t *testing.T) {
	assert.Equal(t, "as it is", shorten("as it is", 8))
	assert.Equal(t, "cut after…", shorten("cut after, a word", 12))
	assert.Equal(t, "unbroken…", shorten("unbrokenword", 8))

	cut := shorten(strings.Repeat("國", 100), 50)
	assert.True(t, utf8.ValidString(cut))
	assert.LessOrEqual(t, len(cut), 50+len("…"))
}

func TestWebAddress(t *testing.T) {
	tests := []struct{ name, text, address, host string }{
		{"https", " https://www.rfc-editor.org/info/rfc1 ", "https://www.rfc-editor.org/info/rfc1", "www.rfc-editor.org"},
		{"ftp", "ftp://ftp.example/x", "ftp://ftp.example/x", "ftp.example"},
		{"script", "javascript:alert(1)", "", ""},
		{"data", "data:text/html,x", "", ""},
		{"relative", "/etc/passwd", "", ""},
		{"broken", "https://%zz", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			address, host := webAddress(test.text)
			assert.Equal(t, test.address, address)
			assert.Equal(t, test.host, host)
		})
	}
}

func TestIncludeLineIsXML(t *testing.T) {
	assert.Equal(t, `<xi:include href="https://x/?a=1&amp;b=&quot;&lt;"/>`, includeLine(`https://x/?a=1&b="<`))
}
