package crossref

import (
	"html"
	"regexp"
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// titles gives the whole title first (a reference has one, and the half of a title is a wrong one), then
// those in other languages, then its parts and other titles with their kinds.
func (w *work) titles() []relaton.Title {
	var out []relaton.Title
	add := func(kind string, titles ...text) {
		for _, title := range titles {
			if content := plain(title); content != "" {
				out = append(out, relaton.Title{Text: relaton.Text{Content: content, Format: "text/plain"}, Type: kind})
			}
		}
	}
	if len(w.Title) > 0 {
		add("main", w.whole())
		add("", w.Title[1:]...)
	}
	add("subtitle", w.Subtitle...)
	add("original-title", w.OriginalTitle...)
	add("short-title", w.ShortTitle...)
	add("container-title", w.Container...)
	add("short-container-title", w.ShortName...)
	add("group-title", w.GroupTitle...)
	return out
}

// whole joins title and subtitle, which publishers give apart or, some of them, twice.
func (w *work) whole() text {
	title := plain(w.Title[0])
	if len(w.Subtitle) == 0 {
		return text(title)
	}
	subtitle := plain(w.Subtitle[0])
	switch {
	case subtitle == "" || strings.Contains(strings.ToLower(title), strings.ToLower(subtitle)):
		return text(title)
	case title == "":
		return text(subtitle)
	case strings.ContainsAny(title[len(title)-1:], ":?!."):
		return text(title + " " + subtitle)
	}
	return text(title + ": " + subtitle)
}

// markup are the elements that Crossref allows in titles
// (https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/face-markup/) and
// that come with text from JATS and MathML. Any other thing in angle brackets is part of the text.
var markup = regexp.MustCompile(`(?i)</?(?:(?:jats|mml):[a-z]+|i|b|em|strong|u|ovl|sup|sub|scp|sc|tt|font|italic|bold|span)(?:\s[^<>]*)?/?>`)

// breaks are where a line ends.
var breaks = regexp.MustCompile(`(?i)</?(?:p|br)\s*/?>`)

// plain takes the markup out of a text and decodes entities, which some publishers encode twice.
func plain(t text) string {
	s := withoutMarkup(string(t))
	for range 3 {
		decoded := html.UnescapeString(s)
		if decoded == s {
			break
		}
		s = withoutMarkup(decoded)
	}
	return strings.Join(strings.Fields(s), " ")
}

func withoutMarkup(s string) string {
	return markup.ReplaceAllString(breaks.ReplaceAllString(s, " "), "")
}

var typographic = strings.NewReplacer(
	"\u2010", "-", "\u2011", "-", "\u2012", "-", "\u2013", "-", "\u2014", "-", "\u2212", "-",
	"\u2018", "'", "\u2019", "'", "\u201c", `"`, "\u201d", `"`, "\u2026", "...",
)

// ascii writes dashes and quotes plainly: xml2rfc warns of others in refcontent.
func ascii(s string) string { return typographic.Replace(s) }
