package views

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ietf-tools/bibxml/app/search"
)

// shownMarks writes marked words in brackets.
func shownMarks(pieces []piece) string {
	var b strings.Builder
	for _, piece := range pieces {
		if piece.Marked {
			b.WriteString("[" + piece.Text + "]")
		} else {
			b.WriteString(piece.Text)
		}
	}
	return b.String()
}

func TestMarks(t *testing.T) {
	tests := []struct{ name, looked, text, want string }{
		{"a word in any case", "quic", "QUIC: a transport", "[QUIC]: a transport"},
		{"other forms of the word", "encrypting keys", "Encrypted key encryption", "[Encrypted] [key] [encryption]"},
		{"not a part of a word", "key", "Keyboards, monkeys", "Keyboards, monkeys"},
		{"at the end", "protocol", "The Protocol", "The [Protocol]"},
		{"letters beyond ASCII", "über", "Das Über-Dokument", "Das [Über]-Dokument"},
		{"punctuation of the query", "(tls)", "TLS 1.3", "[TLS] 1.3"},
		{"nothing", "", "Anything", "Anything"},
		{"in nothing", "quic", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pieces := stemsOf([]search.Term{{Text: test.looked}}).mark(test.text)
			assert.Equal(t, test.want, shownMarks(pieces))
		})
	}
	assert.Empty(t, stemsOf([]search.Term{{Text: "quic", Not: true}}), "what must not be there is not marked")
}

func TestExcerpt(t *testing.T) {
	words := stemsOf([]search.Term{{Text: "congestion"}})
	long := strings.Repeat("Much is said before that. ", 10)
	tests := []struct{ name, text, want string }{
		{"short enough", "All about congestion.", "All about congestion."},
		{"early in the text", "Congestion is first. " + long, "Congestion is first. Much is said before that…"},
		{"later: from its sentence on", long + "Then congestion control. And more of it all.", "… Then congestion control. And more of it all."},
		{"late in a long sentence", strings.Repeat("word ", 40) + "congestion comes " + strings.Repeat("late ", 30), "congestion comes"},
		{"not there", long, "Much is said before that. Much is said before…"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := words.excerpt(test.text, 50)
			assert.Contains(t, got, test.want)
			assert.LessOrEqual(t, len(got), 50+len("… …"))
		})
	}
}

func FuzzMarks(f *testing.F) {
	f.Add("quic İß", "QUIC, İ ß \xff ÜBER")
	f.Fuzz(func(t *testing.T, looked, text string) {
		var b strings.Builder
		words := stemsOf([]search.Term{{Text: looked}})
		for _, piece := range words.mark(text) {
			b.WriteString(piece.Text)
		}
		if b.String() != text {
			t.Fatalf("%q marked in %q gives %q", looked, text, b.String())
		}
		words.excerpt(text, 40)
	})
}
