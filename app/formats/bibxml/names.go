package bibxml

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// authorName is a person's name as the attributes of an <author> have it. What is empty is not written:
// readers would take an empty attribute for a name.
type authorName struct{ full, initials, surname string }

// nameParts is a name as a record tells it in parts.
type nameParts struct {
	prefixes, forenames []string
	initials            string // formatted
	further             bool   // the initials are those of further names, after the forenames
	surname             string
	additions           []string
}

// nameOf gives the name to write. Blanks inside and after a name stay unless they are corrected.
func (w *writer) nameOf(name *relaton.PersonName) authorName {
	parts := partsOf(name)
	out := authorName{full: content(name.CompleteName), initials: parts.initials, surname: parts.surname}
	if out.full == "" {
		out.full = parts.joined(w.corrections.Has(FullNames))
	}
	if w.corrections.Has(FullNames) {
		out.full, out.surname = words(out.full), words(out.surname)
	}
	if w.corrections.Has(Initials) {
		out.initials = parts.completeInitials()
		if out.initials == "" && w.abbreviates {
			out.initials, out.surname = splitName(out.full, out.surname)
		}
		if out.initials == "" {
			out.initials = givenInitials(out.full, out.surname)
		}
	}
	return out
}

func partsOf(name *relaton.PersonName) nameParts {
	parts := nameParts{prefixes: contents(name.Prefix), surname: content(name.Surname), additions: contents(name.Addition)}
	if name.Given == nil {
		return parts
	}
	parts.initials = strings.TrimSpace(content(name.Given.FormattedInitials))
	for i := range name.Given.Forename {
		forename := &name.Given.Forename[i]
		if given := strings.TrimSpace(forename.Content); given != "" {
			parts.forenames = append(parts.forenames, given)
			parts.further = parts.further || forename.Initial != ""
		}
	}
	return parts.withoutSuffix()
}

// withoutSuffix moves a suffix from the place of the surname to its own: the NIST's records have
// "Burgess Jr., Donald R." as {Donald R. Burgess} {Jr.}.
func (n nameParts) withoutSuffix() nameParts {
	given := strings.Fields(strings.Join(n.forenames, " "))
	if !isSuffix(n.surname) || len(given) == 0 {
		return n
	}
	n.additions = append([]string{n.surname}, n.additions...)
	n.surname, n.forenames = given[len(given)-1], given[:len(given)-1]
	return n
}

// joined makes a full name. Between initials and surname there is no blank unless that is corrected:
// the references in use have none.
func (n nameParts) joined(corrected bool) string {
	last := []string{n.initials + n.surname}
	if corrected {
		last = []string{dotted(n.initials), n.surname}
	}
	return strings.TrimSpace(strings.Join(slices.Concat(n.prefixes, n.forenames, last, n.additions), " "))
}

// completeInitials gives those of all given names, each with its dot. The NIST's records have initials of
// the second name alone, beside a forename and without dots.
func (n nameParts) completeInitials() string {
	first := initialsOf(n.forenames)
	complete := strings.HasSuffix(n.initials, ".") && strings.HasPrefix(n.initials, first)
	switch {
	case n.initials == "":
		return first
	case n.further && !complete:
		return words(first + " " + dotted(n.initials))
	}
	return dotted(n.initials)
}

// initialsOf abbreviates forenames: Jean-Pierre Adam becomes J-P. A.
func initialsOf(forenames []string) string {
	var all []string
	for _, forename := range strings.Fields(strings.Join(forenames, " ")) {
		var letters []string
		for part := range strings.SplitSeq(forename, "-") {
			first, _ := utf8.DecodeRuneInString(part)
			if first = unicode.ToUpper(first); unicode.IsUpper(first) {
				letters = append(letters, string(first))
			}
		}
		if len(letters) > 0 {
			all = append(all, strings.Join(letters, "-")+".")
		}
	}
	return strings.Join(all, " ")
}

// dotted ends each initial with a dot: K A becomes K. A.
func dotted(initials string) string {
	all := strings.Fields(initials)
	for i, initial := range all {
		if isInitials(initial + ".") {
			all[i] = strings.TrimSuffix(initial, ".") + "."
		}
	}
	return strings.Join(all, " ")
}

// splitName reads a full name in the style of the RFC Editor, initials before the surname, such as
// "JL. Le Roux" or "S P. Romano". The surname may be known already.
func splitName(full, surname string) (initials, rest string) {
	all := strings.Fields(full)
	n := 0
	for n < len(all)-1 && (isInitials(all[n]) || utf8.RuneCountInString(all[n]) == 1 && isInitials(all[n]+".")) {
		n++
	}
	initials, rest = strings.Join(all[:n], " "), strings.Join(all[n:], " ")
	if n == 0 || surname != "" && surname != rest {
		return "", surname
	}
	return initials, rest
}

// givenInitials derives initials from the words before a known surname in a full name; empty when there are none.
func givenInitials(full, surname string) string {
	given, _, found := strings.Cut(full, surname) // a suffix may follow
	if !found || surname == "" || strings.TrimSpace(given) == "" {
		return ""
	}
	if initials, _ := splitName(given+" x", ""); initials != "" {
		return dotted(initials)
	}
	return initialsOf([]string{given})
}

// maxInitials is longer than any of the RFC Editor's: "D.C.M." and "J.-H." among them.
const maxInitials = 8

// isInitials says whether a word is made of capital letters and ends with a dot. "Y(J)." is one.
func isInitials(word string) bool {
	body, dot := strings.CutSuffix(word, ".")
	if first, _ := utf8.DecodeRuneInString(body); !dot || len(word) > maxInitials || !unicode.IsUpper(first) {
		return false
	}
	return strings.IndexFunc(body, func(r rune) bool { return !unicode.IsUpper(r) && !strings.ContainsRune(".-()", r) }) < 0
}

// isSuffix says whether a text only tells generations of a name apart.
func isSuffix(name string) bool {
	switch strings.TrimSuffix(name, ".") {
	case "Jr", "Sr", "II", "III", "IV":
		return true
	}
	return false
}

// isNobody says whether a name names nobody: a suffix that lost its person, "et al.", or the 3GPP's
// mark of an office without holder.
func isNobody(name string) bool {
	name = strings.TrimRight(name, ", ")
	return isSuffix(name) || strings.EqualFold(strings.TrimSuffix(name, "."), "et al") || name == "VACANT"
}

// content gives what a text says, from its first word on; empty when it says nothing.
func content(text *relaton.Text) string {
	if text == nil {
		return ""
	}
	return strings.TrimLeft(text.Content, " \t\r\n")
}

func contents(texts []relaton.Text) []string {
	var all []string
	for i := range texts {
		if said := content(&texts[i]); said != "" {
			all = append(all, said)
		}
	}
	return all
}

// words makes all blanks between words single ones.
func words(s string) string { return strings.Join(strings.Fields(s), " ") }
