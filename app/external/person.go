package external

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// suffixes distinguish people of the same name; they are neither surnames nor people.
var suffixes = []string{"jr", "sr", "ii", "iii", "iv", "2nd", "3rd", "4th"}

// IsSuffix says whether a word is one like Jr. or III.
func IsSuffix(word string) bool {
	return slices.Contains(suffixes, strings.ToLower(strings.TrimRight(strings.TrimLeft(word, ","), ".")))
}

// IsNobody says whether a name stands for people who are not named.
func IsNobody(name string) bool {
	name = strings.ToLower(strings.Trim(name, " .,"))
	return name == "" || name == "et al" || name == "anonymous"
}

// Person makes a person of the parts of a name, of which any but the family name may be empty.
func Person(given, family, suffix string) *relaton.Person {
	name := relaton.PersonName{
		Surname:      &relaton.Text{Content: family},
		CompleteName: &relaton.Text{Content: strings.Join(strings.Fields(given+" "+family+" "+suffix), " ")},
	}
	if given != "" {
		name.Given = &relaton.GivenName{Forename: []relaton.Forename{{Text: relaton.Text{Content: given}}}}
		if initials := Initials(given); initials != "" {
			name.Given.FormattedInitials = &relaton.Text{Content: initials}
		}
	}
	if suffix != "" {
		name.Addition = []relaton.Text{{Content: suffix}}
	}
	return &relaton.Person{Name: name}
}

// Initials abbreviates given names as references do: Wendy R. is W.R., Jean-Pierre is J-P. What is written as
// initials already is kept, as in IJ. or Y(J).
func Initials(given string) string {
	var b strings.Builder
	for word := range strings.FieldsSeq(strings.ReplaceAll(given, ".", ". ")) {
		if short, ok := strings.CutSuffix(word, "."); ok && short != "" && isInitial(short) {
			b.WriteString(word)
			continue
		}
		if letters := hyphenated(word); letters != "" {
			b.WriteString(letters + ".")
		}
	}
	return strings.ReplaceAll(b.String(), ".-", "-")
}

// isInitial tells J, IJ and H-Y from a name that ends a sentence.
func isInitial(word string) bool {
	return utf8.RuneCountInString(word) <= 4 && word == strings.ToUpper(word)
}

func hyphenated(word string) string {
	var letters []string
	for part := range strings.SplitSeq(word, "-") {
		if first, _ := utf8.DecodeRuneInString(part); unicode.IsLetter(first) {
			letters = append(letters, string(unicode.ToUpper(first)))
		}
	}
	return strings.Join(letters, "-")
}

// Affiliated adds organizations that a person works for; those without a name are left out.
func Affiliated(person *relaton.Person, names ...string) {
	for _, name := range names {
		if name = strings.Join(strings.Fields(name), " "); name != "" {
			person.Affiliation = append(person.Affiliation, relaton.Affiliation{Organization: Organization(name)})
		}
	}
}

// Organization makes an organization of a name.
func Organization(name string) *relaton.Organization {
	return &relaton.Organization{Name: []relaton.Text{{Content: name}}}
}
