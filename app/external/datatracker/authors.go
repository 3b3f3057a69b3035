package datatracker

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/yamltree"
)

// author is one person on the title page.
type author struct{ name, affiliation string }

// authors come as a list of objects, or as a text that holds one: in JSON, or as Python prints it. Authors
// without a name are left out: a malformed one must not lose the draft.
type authors []author

// UnmarshalJSON never fails.
func (a *authors) UnmarshalJSON(data []byte) error {
	*a = nil
	var text string
	if json.Unmarshal(data, &text) == nil {
		data = []byte(text)
	}
	var list []any
	if json.Unmarshal(data, &list) != nil {
		// What Python prints is close enough to YAML of the kind that is written on one line.
		if tree, err := yamltree.Parse(data); err == nil {
			list, _ = tree.Any().([]any)
		}
	}
	for _, entry := range list {
		fields, _ := entry.(map[string]any)
		if name := field(fields, "name"); !external.IsNobody(name) {
			*a = append(*a, author{name, field(fields, "affiliation")})
		}
	}
	return nil
}

// field gives a text; None is nothing in Python.
func field(fields map[string]any, key string) string {
	text, _ := fields[key].(string)
	if text == "None" {
		return ""
	}
	return strings.Join(strings.Fields(text), " ")
}

func (a author) contributor() relaton.Contributor {
	given, family, suffix := split(a.name)
	person := external.Person(given, family, suffix)
	external.Affiliated(person, a.affiliation)
	return relaton.Contributor{Role: []relaton.Role{{Type: "author"}}, Person: person}
}

// honorifics stand before a name, and in no reference.
var honorifics = []string{"dr", "prof", "professor", "mr", "mrs", "ms", "sir"}

// particles begin a surname of several words, as in De Schepper or van der Meer.
var particles = []string{
	"af", "al", "da", "dal", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "in", "la", "le", "st", "ten",
	"ter", "van", "von", "zu", "'t",
}

// split takes a name apart: Koen De Schepper is Koen and De Schepper. A name in brackets after it is the same
// in another script.
func split(name string) (given, family, suffix string) {
	if before, _, found := strings.Cut(name, " ("); found {
		name = before
	}
	words := strings.Fields(name)
	for len(words) > 1 && slices.Contains(honorifics, lower(words[0])) {
		words = words[1:]
	}
	if last := len(words) - 1; last > 1 && external.IsSuffix(words[last]) {
		words, suffix = words[:last], words[last]
	}
	words[len(words)-1] = strings.TrimRight(words[len(words)-1], ",")
	at := len(words) - 1
	for i := 1; i < at; i++ {
		if slices.Contains(particles, lower(words[i])) {
			at = i
		}
	}
	return strings.Join(words[:at], " "), strings.Join(words[at:], " "), suffix
}

func lower(word string) string { return strings.ToLower(strings.TrimSuffix(word, ".")) }
