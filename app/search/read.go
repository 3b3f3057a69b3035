package search

import (
	"slices"
	"strings"
)

const (
	// maxText bounds what is read of a text, in characters; a pasted reference is shorter.
	maxText = 1000
	// maxTerms bounds the words of a text that are looked for.
	maxTerms = 24
)

// Read reads what was written into the search box: an identifier in any common spelling, address or path; a reference
// as it was printed; or words, "phrases", -words, alternatives with OR, and fields such as title:, author: and
// year:2019..2023. Any text can be read; of one that says nothing, the Reading is empty.
func Read(text string) Reading {
	text = clean(text)
	named := identify(text)
	r := Reading{Identifiers: named.exact, Related: named.related, ISBN: named.isbn, Section: named.section, Whole: named.whole}
	if named.whole && len(named.exact) > 0 && (named.address || isReference(text) || !strings.Contains(text, " ") && certainly(text)) {
		text = named.exact[0] // the words of an address say nothing, and those of a reference are too many
	}
	for _, token := range tokens(text) {
		if token.facet != "" {
			r.choose(token.facet, token.text)
		} else if len(r.Terms) < maxTerms {
			r.Terms = append(r.Terms, token.Term)
		}
	}
	return r
}

func (r *Reading) choose(facet Facet, value string) {
	if r.Chosen == nil {
		r.Chosen = make(map[Facet][]string)
	}
	if !slices.Contains(r.Chosen[facet], value) {
		r.Chosen[facet] = append(r.Chosen[facet], value)
	}
}

// Empty says whether nothing is to be looked for.
func (r Reading) Empty() bool {
	return len(r.Identifiers) == 0 && r.ISBN == "" && len(r.Terms) == 0 && len(r.Chosen) == 0
}

// Words gives the words of all terms that have to be there.
func (r Reading) Words() []string {
	var words []string
	for _, term := range r.Terms {
		if !term.Not {
			words = append(words, plainWords(term.Text)...)
		}
	}
	return words
}

// clean makes a text one line of valid characters, with plain quotes and hyphens.
func clean(text string) string {
	runes := []rune(strings.ToValidUTF8(text, " "))
	if len(runes) > maxText {
		runes = runes[:maxText]
	}
	for i, r := range runes {
		switch r {
		case '“', '”', '„', '«', '»':
			runes[i] = '"'
		case '‐', '‑', '‒', '–', '—', '−':
			runes[i] = '-'
		case 0, '\u00a0', '\u200b':
			runes[i] = ' '
		}
	}
	return strings.Join(strings.Fields(string(runes)), " ")
}
