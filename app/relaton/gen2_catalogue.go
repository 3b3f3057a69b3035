package relaton

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/yamltree"
)

// Records of generation 2.x that come from library catalogues (the NIST's are made of MODS) keep the conventions of
// those: headings in place of names, and identifiers without what all of them begin with. Here they become what the
// model means.

// nistDOI matches what follows the prefix in a DOI of the NIST.
var nistDOI = regexp.MustCompile(`^(NIST|NBS)\.[^/]+$`)

// fullDOI returns an identifier with the prefix of the NIST where it is a DOI of the NIST without one.
func fullDOI(id docid.ID) string {
	if strings.EqualFold(id.Type, "DOI") && nistDOI.MatchString(id.ID) {
		return "10.6028/" + id.ID
	}
	return id.ID
}

// gen2Series reads a series. A title such as "NBS handbook; NBS HB" is a name with its abbreviations: the first one is
// the name, the last one the abbreviation.
func (r *reader) gen2Series(n *yamltree.Node) (Series, bool) {
	s, ok := r.series(n)
	if v := n.Get("abbreviation"); v != nil && s.Abbrev == nil {
		s.Abbrev = one(r, "abbreviation", v, (*reader).text)
	}
	if s.Title == nil {
		return s, ok
	}
	names := strings.Split(s.Title.Content, ";")
	if len(names) < 2 || !slices.ContainsFunc(names[1:], isAbbreviation) {
		return s, ok
	}
	s.Title.Content = strings.TrimSpace(names[0])
	if last := strings.TrimSpace(names[len(names)-1]); s.Abbrev == nil && last != "" {
		s.Abbrev = &Text{Content: last}
	}
	return s, ok
}

// isAbbreviation reports whether a name is made of acronyms and numbers alone: NBS HB, SP 800.
func isAbbreviation(name string) bool {
	return strings.TrimSpace(name) != "" && strings.IndexFunc(name, unicode.IsLower) < 0
}

// inOrder turns the heading of a person, "Surname, Given.", into a name in the order in which it is read. Names whose
// comma has another meaning stay as they are.
func inOrder(name PersonName) PersonName {
	if name.CompleteName == nil || name.Surname != nil || name.Given != nil {
		return name
	}
	parts := strings.Split(name.CompleteName.Content, ",")
	for i := range parts {
		parts[i] = oneLine(parts[i])
	}
	if len(parts) == 3 && isNameSuffix(parts[2]) {
		name.Addition = []Text{derived(name.CompleteName, parts[2])}
	} else if len(parts) != 2 {
		return name
	}
	surname, given := parts[0], withoutFullStop(parts[1])
	if utf8.RuneCountInString(surname) < 2 || !isNameOf(surname) || !isNameOf(given) || isNameSuffix(given) {
		name.Addition = nil
		return name
	}
	words := strings.Fields(given)
	name.Given = &GivenName{FormattedInitials: new(derived(name.CompleteName, initialsOf(words)))}
	for _, word := range words {
		name.Given.Forename = append(name.Given.Forename, Forename{Text: derived(name.CompleteName, word)})
	}
	name.Surname = new(derived(name.CompleteName, surname))
	full := given + " " + surname
	if name.Addition != nil {
		full += " " + name.Addition[0].Content
	}
	name.CompleteName = new(derived(name.CompleteName, full))
	return name
}

// derived returns another text in the language of one.
func derived(from *Text, content string) Text {
	t := *from
	t.Content = content
	return t
}

// withoutFullStop takes off the full stop that ends a heading, but not that of an initial: "John." but "Richard V.".
func withoutFullStop(s string) string {
	last := s[strings.LastIndexByte(s, ' ')+1:]
	body, stopped := strings.CutSuffix(last, ".")
	if stopped && utf8.RuneCountInString(body) > 2 && !strings.Contains(body, ".") {
		return s[:len(s)-1]
	}
	return s
}

// longestName is the number of words that the given names or the surname of a person have at most.
const longestName = 4

// isNameOf reports whether a text may be the given names or the surname of a person: a few words of letters, at least
// one of them capitalized.
func isNameOf(s string) bool {
	words := strings.Fields(s)
	if len(words) == 0 || len(words) > longestName || isOrganization(words) {
		return false
	}
	if strings.IndexFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune(" .-'’()", r)
	}) >= 0 {
		return false
	}
	return slices.ContainsFunc(words, func(word string) bool {
		first, _ := utf8.DecodeRuneInString(word)
		return unicode.IsUpper(first) || unicode.IsLetter(first) && !unicode.IsLower(first)
	})
}

// isOrganization reports whether one of the words is that of a company, which some records have among the people.
func isOrganization(words []string) bool {
	return slices.ContainsFunc(words, func(word string) bool {
		return isCompany(word) || strings.EqualFold(word, "university") || strings.EqualFold(word, "institute")
	})
}

// isCompany reports whether a word is the form of a company.
func isCompany(word string) bool {
	switch strings.ToLower(strings.TrimSuffix(word, ".")) {
	case "inc", "ltd", "llc", "gmbh", "corp", "co", "company", "corporation", "limited", "s.a", "b.v", "ag":
		return true
	}
	return false
}

// isNameSuffix reports whether a text follows the names of a person: a generation, a degree or a title.
func isNameSuffix(s string) bool {
	switch strings.ToLower(strings.ReplaceAll(s, ".", "")) {
	case "jr", "sr", "ii", "iii", "iv", "v", "2nd", "3rd", "phd", "md", "dr", "esq", "ed", "eds", "editor", "et al":
		return true
	}
	return false
}

// initialsOf abbreviates given names: Jean-Paul M. becomes J-P. M.
func initialsOf(words []string) string {
	initials := make([]string, 0, len(words))
	for _, word := range words {
		var letters []string
		for part := range strings.SplitSeq(word, "-") {
			if first, _ := utf8.DecodeRuneInString(part); unicode.IsLetter(first) {
				letters = append(letters, string(unicode.ToUpper(first)))
			}
		}
		if len(letters) > 0 {
			initials = append(initials, strings.Join(letters, "-")+".")
		}
	}
	return strings.Join(initials, " ")
}

// mostSpecificFirst turns the heading of an organization, from the whole to the part and each with its full stop
// ("United States.", "National Bureau of Standards."), into names of which the first is the organization's own.
func mostSpecificFirst(names []Text) []Text {
	if len(names) < 2 {
		return names
	}
	for i := range names {
		if name := strings.TrimSpace(names[i].Content); !strings.HasSuffix(name, ".") || isCompany(name[strings.LastIndexByte(name, ' ')+1:]) {
			return names
		}
	}
	for i := range names {
		names[i].Content = strings.TrimSuffix(strings.TrimSpace(names[i].Content), ".")
	}
	slices.Reverse(names)
	return names
}
