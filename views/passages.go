package views

import (
	"html"
	"regexp"
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

var (
	paragraphTag = regexp.MustCompile(`(?i)</?(?:jats:)?p(?:\s[^>]*)?/?>`)
	anyTag       = regexp.MustCompile(`</?[a-zA-Z][^>]*>`)
	blankLines   = regexp.MustCompile(`\n\s*\n`)
)

// passageOf cuts a text into paragraphs: those of its markup (HTML or JATS), else at blank lines.
// Markup itself is dropped, since pages show the words of sources and never their tags.
func passageOf(t relaton.Text) Passage {
	var paragraphs []string
	if paragraphTag.MatchString(t.Content) || strings.Contains(t.Format, "html") || strings.Contains(t.Format, "jats") {
		for _, part := range paragraphTag.Split(t.Content, -1) {
			paragraphs = append(paragraphs, html.UnescapeString(anyTag.ReplaceAllString(part, "")))
		}
	} else {
		paragraphs = blankLines.Split(t.Content, -1)
	}
	passage := Passage{}
	for _, paragraph := range paragraphs {
		if words := strings.Fields(paragraph); len(words) > 0 {
			passage.Paragraphs = append(passage.Paragraphs, strings.Join(words, " "))
		}
	}
	passage.Lang = languageTag(strings.Join(passage.Paragraphs, " "), t.Language, t.Script)
	return passage
}

func passagesOf(texts []relaton.Text) []Passage {
	var passages []Passage
	for _, text := range texts {
		if passage := passageOf(text); len(passage.Paragraphs) > 0 {
			passages = append(passages, passage)
		}
	}
	return passages
}
