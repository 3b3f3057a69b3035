package relaton

import (
	"html"
	"strings"
)

// Paragraphs gives the text as plain paragraphs without markup, none of them empty: those of HTML <p>
// or JATS <jats:p>, else those that blank lines separate (compatibility, section 4). Only a text that
// is markup is taken for such: in plain text "<" and "&#8482;" are what they are.
func (t *Text) Paragraphs() []string {
	if only, ok := onlyParagraph(t.Content); ok {
		return []string{only}
	}
	if t.isMarkup() {
		return markupParagraphs(t.Content)
	}
	var out []string
	var lines []string
	for line := range strings.Lines(t.Content + "\n\n") {
		if line = oneLine(line); line != "" {
			lines = append(lines, line)
		} else if len(lines) > 0 {
			out = append(out, strings.Join(lines, " "))
			lines = lines[:0]
		}
	}
	return out
}

// onlyParagraph knows the form of nearly all abstracts: one <p> that holds words with single blanks
// between them and nothing else. It costs a tenth of the general way.
func onlyParagraph(s string) (string, bool) {
	s, ok := strings.CutPrefix(s, "<p>")
	if !ok {
		return "", false
	}
	s, ok = strings.CutSuffix(s, "</p>")
	if !ok || s == "" || s[0] == ' ' || s[len(s)-1] == ' ' {
		return "", false
	}
	for i := range len(s) {
		switch c := s[i]; {
		case c == '<', c == '&', c < ' ', c == ' ' && s[i+1] == ' ':
			return "", false
		}
	}
	return s, true
}

func (t *Text) isMarkup() bool {
	switch t.Format {
	case "text/html", "application/x-jats+xml":
		return true
	}
	return strings.Contains(t.Content, "<p>") || strings.Contains(t.Content, "<jats:p>")
}

// markupParagraphs drops the tags of HTML and JATS. Every block begins a paragraph.
func markupParagraphs(s string) []string {
	var out []string
	var text strings.Builder
	flush := func() {
		if p := oneLine(html.UnescapeString(text.String())); p != "" {
			out = append(out, p)
		}
		text.Reset()
	}
	for s != "" {
		name, rest, found := nextTag(&text, s)
		if !found {
			break
		}
		if isBlock(name) {
			flush()
		}
		s = rest
	}
	flush()
	if len(out) > 1 && strings.EqualFold(out[0], "abstract") {
		out = out[1:] // the heading that many publishers put into it
	}
	return out
}

// nextTag writes what stands before the next tag to text, and gives the name of the tag and what
// follows it. A "<" that begins no tag of HTML or JATS is text: abstracts speak of "the tuple <Care of
// Address, Home Address>" (RFC 6245) and of <iframe>s (RFC 6455) without escaping them.
func nextTag(text *strings.Builder, s string) (name, rest string, found bool) {
	for s != "" {
		open := strings.IndexByte(s, '<')
		if open < 0 {
			break
		}
		text.WriteString(s[:open])
		s = s[open:]
		if end := strings.IndexByte(s, '>'); end > 1 {
			if name = tagName(s[1:end]); isBlock(name) || isInline(name) {
				return name, s[end+1:], true
			}
		}
		text.WriteByte('<')
		s = s[1:]
	}
	text.WriteString(s)
	return "", "", false
}

// tagName gives the local name: p of p, /p, jats:p and p class="x".
func tagName(inside string) string {
	name := strings.Trim(inside, "/")
	if i := strings.IndexAny(name, " \t\n/"); i >= 0 {
		name = name[:i]
	}
	if _, local, ok := strings.Cut(name, ":"); ok {
		name = local
	}
	return strings.ToLower(name)
}

func isBlock(name string) bool {
	switch name {
	case "p", "br", "div", "li", "ul", "ol", "dl", "dt", "dd", "pre", "blockquote", "table", "tr",
		"abstract", "section", "title", "sec", "list", "list-item", "h1", "h2", "h3", "h4", "h5", "h6":
		return true
	}
	return false
}

func isInline(name string) bool {
	switch name {
	case "a", "abbr", "b", "bold", "cite", "code", "em", "ext-link", "font", "i", "inline-formula", "italic", "monospace",
		"q", "sc", "small", "span", "strong", "sub", "sup", "tt", "u", "underline", "xref":
		return true
	}
	return false
}
