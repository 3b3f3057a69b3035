package relaton

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestParagraphs(t *testing.T) {
	for _, c := range []struct {
		name, format, content string
		want                  []string
	}{
		{"one HTML paragraph", "text/html", "<p>This memo defines QUIC.</p>", []string{"This memo defines QUIC."}},
		{"an only paragraph with blanks to mend", "text/html", "<p> This  memo\n defines. </p>", []string{"This memo defines."}},
		{"an only paragraph with an entity", "text/html", "<p>R&amp;D</p>", []string{"R&D"}},
		{"two HTML paragraphs", "text/html", "<p>First.</p><p>Second.</p>", []string{"First.", "Second."}},
		{"HTML with attributes and inline tags", "text/html", `<p class="x">Of <em>great</em> use.</p>`, []string{"Of great use."}},
		{"JATS", "application/x-jats+xml", "<jats:title>Abstract</jats:title><jats:p>Of <jats:italic>use</jats:italic>.</jats:p>", []string{"Of use."}},
		{"markup without its format", "", "<jats:p>Of use.</jats:p>", []string{"Of use."}},
		{
			"what merely looks like a tag", "text/html", "<p>The tuple <Care of Address, Home Address> stays, and <iframe>s.</p>",
			[]string{"The tuple <Care of Address, Home Address> stays, and <iframe>s."},
		},
		{"a comparison in HTML", "text/html", "<p>With 2 <= m <= 16.</p>", []string{"With 2 <= m <= 16."}},
		{"plain text", "text/plain", "First.\n\nSecond\nline.\n", []string{"First.", "Second line."}},
		{"plain text with a less-than sign", "text/plain", "a <b> c &#8482;", []string{"a <b> c &#8482;"}},
		{"an empty paragraph", "text/html", "<p></p>", nil},
		{"nothing", "", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := Text{Content: c.content, Format: c.format}
			require.Equal(t, c.want, text.Paragraphs())
		})
	}
}
