package search

import (
	"strings"
	"unicode"
)

// token is a term, or a choice of a facet.
type token struct {
	Term
	facet Facet
	text  string // the value of the facet
}

// fieldNames are the names before a colon that say where a word has to be, and those that narrow the results.
var (
	fieldNames = map[string]Field{"title": FieldTitle, "author": FieldAuthor, "by": FieldAuthor, "editor": FieldAuthor}
	facetNames = map[string]Facet{
		"year": FacetYear, "decade": FacetDecade, "type": FacetKind, "source": FacetSource, "status": FacetStatus,
		"group": FacetGroup, "wg": FacetGroup, "committee": FacetGroup,
	}
)

// tokens splits a text that is one line into its terms and choices.
func tokens(text string) (all []token) {
	or := false
	for text != "" {
		var t token
		t, text = nextToken(text)
		switch {
		case t.facet == "" && !t.Phrase && !t.Not && (t.Text == "OR" || t.Text == "|"):
			or = len(all) > 0
			continue
		case t.facet == "" && len(plainWords(t.Text)) == 0:
		default:
			t.Or = or && t.facet == ""
			all = append(all, t)
		}
		or = false
	}
	return all
}

// nextToken reads one token from a text that does not begin with a blank, and gives the rest.
func nextToken(text string) (t token, rest string) {
	if len(text) > 1 && text[0] == '-' && text[1] != ' ' {
		t.Not = true
		text = text[1:]
	}
	if name, after, ok := strings.Cut(text, ":"); ok && after != "" && after[0] != ' ' {
		name = strings.ToLower(name)
		if field, ok := fieldNames[name]; ok {
			t.Field, text = field, after
		} else if facet, ok := facetNames[name]; ok {
			value, _, rest := nextText(after)
			t.facet, t.text = facet, facetValue(facet, value)
			return t, rest
		}
	}
	t.Text, t.Phrase, rest = nextText(text)
	if word, ok := strings.CutSuffix(t.Text, "*"); ok && !t.Phrase && len([]rune(word)) >= 3 {
		t.Text, t.Prefix = word, true
	}
	return t, rest
}

// nextText reads a phrase in quotes, which may lack the last one, or what stands before the next blank.
func nextText(text string) (value string, phrase bool, rest string) {
	if text[0] == '"' {
		value, rest, _ = strings.Cut(text[1:], `"`)
		return strings.TrimSpace(value), true, strings.TrimSpace(rest)
	}
	value, rest, _ = strings.Cut(text, " ")
	return value, false, strings.TrimSpace(rest)
}

// otherValues are the words that people have for the values of facets.
var otherValues = map[Facet]map[string]string{
	FacetKind: {
		"draft": KindDraft, "drafts": KindDraft, "i-d": KindDraft, "id": KindDraft, "rfcs": KindRFC,
		"bcp": KindSubseries, "std": KindSubseries, "fyi": KindSubseries, "registries": KindRegistry,
	},
	FacetSource: {
		"rfc": "rfcs", "drafts": "ids", "draft": "ids", "internet-drafts": "ids", "i-d": "ids", "bcp": "rfcsubseries",
		"std": "rfcsubseries", "subseries": "rfcsubseries",
	},
	FacetStatus: {"obsolete": StatusObsoleted, "superseded": StatusObsoleted, "drafts": StatusDraft, "published": StatusCurrent},
}

func facetValue(facet Facet, value string) string {
	value = strings.ToLower(value)
	if proper, ok := otherValues[facet][value]; ok {
		return proper
	}
	if facet == FacetYear {
		if from, to, ok := strings.Cut(value, "-"); ok {
			return from + ".." + to
		}
	}
	return value
}

// plainWords gives the words of a text: runs of letters and digits, in lower case.
func plainWords(text string) []string {
	return strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}
