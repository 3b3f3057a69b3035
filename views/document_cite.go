package views

import (
	"strings"
	"unicode/utf8"
)

// Citation is one way to cite a document, as a tab shows it.
type Citation struct {
	ID     string // of the panel
	Label  string
	Blocks []CitationBlock
}

// CitationBlock is a text to copy.
type CitationBlock struct {
	ID      string // of the element that holds the text
	Subject string // what is copied: "the include line"
	Note    string // what to do with it; empty when that goes without saying
	Text    string
	XML     bool
	Cut     bool // Text is only the beginning, and nothing to copy
}

// shownText bounds a text that a page shows, in bytes.
const shownText = 200_000

// beginningOf returns a text as far as a page shows it, up to the end of a line where there is one, and reports whether it is
// cut.
func beginningOf(text string) (beginning string, cut bool) {
	if len(text) <= shownText {
		return text, false
	}
	end := shownText
	for !utf8.RuneStart(text[end]) {
		end--
	}
	text = text[:end]
	if line := strings.LastIndexByte(text, '\n'); line >= 0 {
		text = text[:line+1]
	}
	return text, true
}

// shown cuts what is too long to be shown, and says what is missing.
func (b CitationBlock) shown(membersLeft int) CitationBlock {
	b.Text, b.Cut = beginningOf(b.Text)
	switch {
	case membersLeft > 0:
		b.Cut = true
		b.Note += " Only the first members are shown; the download has " + number(membersLeft) + " more."
	case b.Cut:
		b.Note += " Only the beginning is shown; all of it is in the download."
	}
	return b
}

// citations gives the ways in which a document can be cited, the usual one first.
func citations(m Document, origin string) []Citation {
	var all []Citation
	if len(m.Paths) > 0 {
		all = append(all, Citation{"cite-include", "xi:include", []CitationBlock{{
			ID: "include-line", Subject: "the include line", Text: includeLine(origin + m.Paths[0]), XML: true,
			Note: "For the references of a draft in XML; xml2rfc fetches the reference when the draft is built.",
		}}})
	}
	if m.BibXML != "" {
		all = append(all, Citation{"cite-bibxml", "BibXML", []CitationBlock{CitationBlock{
			ID: "bibxml-text", Subject: "the BibXML", Text: m.BibXML, XML: true,
			Note: "For a draft in XML that must not depend on anything outside.",
		}.shown(m.MembersLeft)}})
	}
	if m.Kramdown != "" {
		all = append(all, Citation{"cite-kramdown", "kramdown-rfc", kramdownBlocks(m)})
	}
	if m.Text != "" {
		all = append(all, Citation{"cite-text", "Plain text", []CitationBlock{CitationBlock{
			ID: "reference-text", Subject: "the reference", Text: m.Text,
			Note: "As the RFC Editor prints it (RFC 7322, section 4.8.6).",
		}.shown(m.MembersLeft)}})
	}
	return all
}

func kramdownBlocks(m Document) []CitationBlock {
	entry := CitationBlock{
		ID: "kramdown-entry", Subject: "the entry", Text: m.Kramdown,
		Note: "In the header of a draft, below normative: or informative:. kramdown-rfc cannot fetch this document itself, so everything is told.",
	}
	if m.KramdownKey == "" {
		return []CitationBlock{entry.shown(m.MembersLeft)}
	}
	entry.Note = "The same with everything told: nothing is fetched, and all of it can be changed."
	return []CitationBlock{{
		ID: "kramdown-key", Subject: "the key", Text: m.KramdownKey + ":\n",
		Note: "In the header of a draft, below normative: or informative:. kramdown-rfc fetches the rest.",
	}, entry.shown(m.MembersLeft)}
}
