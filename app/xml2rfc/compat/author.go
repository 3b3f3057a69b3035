package compat

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// author is a person or an organisation.
type author struct {
	name         string // as people read it
	person       bool
	role         string
	initials     string
	organization string // of a person
	contact      string // the address, in canonical form
	keys         []string
}

// readAuthor gives an author without keys when the element names nobody.
func readAuthor(n *node) author {
	org := n.child("organization")
	a := author{role: n.attr("role"), initials: n.attr("initials")}
	if address := n.child("address"); address.name != "" {
		a.contact = strings.TrimSuffix(address.canonical(), "\n")
	}
	surname, fullname := n.attr("surname"), n.attr("fullname")
	if surname == "" && fullname == "" {
		a.name = org.text()
		for _, name := range []string{fold(org.text()), fold(org.attr("abbrev"))} {
			if name != "" {
				a.keys = append(a.keys, "organization "+name)
			}
		}
		return a
	}
	a.person = true
	a.organization = org.text()
	a.name = fullname
	if a.name == "" {
		a.name = squeeze(a.initials + " " + surname)
	}
	if surname == "" {
		surname = fullname[strings.LastIndexByte(fullname, ' ')+1:]
	}
	// The surname alone finds its person as well: initials may be what differs.
	a.keys = []string{"person " + fold(surname) + " " + initial(a), "person " + fold(surname)}
	return a
}

func initial(a author) string {
	for _, text := range []string{a.initials, a.name} {
		if folded := fold(text); folded != "" {
			r, _ := utf8.DecodeRuneInString(folded)
			return string(r)
		}
	}
	return ""
}

// fold makes texts equal that differ in case and punctuation alone, typographic or plain.
func fold(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) })
	return strings.Join(words, " ")
}

// match finds for each of the archived authors its like among ours, -1 for none. The best keys are
// compared first, so that of two people with one surname each finds itself.
func match(archived, ours []author) []int {
	found := make([]int, len(archived))
	for i := range found {
		found[i] = -1
	}
	for key := range 2 {
		for i, a := range archived {
			if found[i] < 0 && key < len(a.keys) {
				found[i] = free(ours, a.keys[key], found)
			}
		}
	}
	return found
}

// free gives the first author with a key who is nobody's like yet.
func free(ours []author, key string, taken []int) int {
	for i, author := range ours {
		if slices.Contains(author.keys, key) && !slices.Contains(taken, i) {
			return i
		}
	}
	return -1
}

// authors compares who is named, in which order and in which role. A name that says more is an addition.
func (d *differences) authors(archived, ours []author) {
	found := match(archived, ours)
	last, unordered := -1, false
	for i, at := range found {
		if at < 0 {
			d.loss("author "+archived[i].name, archived[i].name, "")
			continue
		}
		unordered = unordered || at < last
		last = at
		d.author(archived[i], ours[at])
	}
	for i, author := range ours {
		if !slices.Contains(found, i) {
			d.gain("author "+author.name, "", author.name)
		}
	}
	if unordered {
		d.loss("order of authors", listed(archived), listed(ours))
	}
}

func (d *differences) author(archived, ours author) {
	place := "author " + archived.name
	if archived.person {
		d.gradual(place, archived.name, ours.name)
	} else if fold(archived.name) != fold(ours.name) {
		d.gain(place, archived.name, ours.name) // the abbreviation of one, the name of the other
	}
	d.gradual(place+", initials", archived.initials, ours.initials)
	d.gradual(place+", organization", archived.organization, ours.organization)
	if archived.role != ours.role {
		d.add(place+", role", archived.role, ours.role, archived.role != "")
	}
	if archived.contact != ours.contact {
		d.gain(place+", address", archived.contact, ours.contact) // printed in no reference
	}
}

// gradual compares names: one that says all that the other says, and more, is an addition.
func (d *differences) gradual(place, archived, ours string) {
	if fold(archived) != fold(ours) {
		d.add(place, archived, ours, !completes(ours, archived))
	}
}

// completes says whether each word of part begins a word of whole, in the same order: "S. Bradner" is
// completed by "Scott O. Bradner".
func completes(whole, part string) bool {
	words := strings.Fields(fold(whole))
	for _, word := range strings.Fields(fold(part)) {
		at := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(w, word) })
		if at < 0 {
			return false
		}
		words = words[at+1:]
	}
	return true
}

func listed(authors []author) string {
	names := make([]string, len(authors))
	for i, author := range authors {
		names[i] = author.name
	}
	return strings.Join(names, "; ")
}
