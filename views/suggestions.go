package views

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/search"
)

func documentsIn(suggestions []Suggestion) []Suggestion {
	return chosenOf(suggestions, func(s Suggestion) bool { return s.ID != "" })
}

func peopleIn(suggestions []Suggestion) []Suggestion {
	return chosenOf(suggestions, func(s Suggestion) bool { return s.ID == "" })
}

func chosenOf(suggestions []Suggestion, wanted func(Suggestion) bool) []Suggestion {
	var chosen []Suggestion
	for _, s := range suggestions {
		if wanted(s) {
			chosen = append(chosen, s)
		}
	}
	return chosen
}

// typedWords are the words of a text that is still being typed.
func typedWords(typed string) stems { return stemsOf([]search.Term{{Text: typed}}) }

func plainYear(year int) string { return strconv.Itoa(year) }

var doi = regexp.MustCompile(`(?i)\b10\.[0-9]{4,9}/\S+`)

// doiIn finds a DOI in a text, in whatever form of address; empty when there is none.
func doiIn(text string) string { return strings.TrimRight(doi.FindString(text), ".,;") }

func joined(ids []string) string { return strings.Join(ids, ", ") }
