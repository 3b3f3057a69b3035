package views

import (
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// namedInHit is how many people a search result names.
const namedInHit = 4

func peopleOf(contributors []relaton.Contributor) []Person {
	var people []Person
	for _, contributor := range contributors {
		person := personOf(contributor)
		if person.Name.Text == "" {
			continue
		}
		people = append(people, person)
	}
	return people
}

func personOf(c relaton.Contributor) Person {
	var person Person
	switch {
	case c.Person != nil:
		person.Name = fullName(c.Person.Name)
		for _, affiliation := range c.Person.Affiliation {
			if name := organizationName(affiliation.Organization); name.Text != "" {
				person.Affiliations = append(person.Affiliations, name)
			}
		}
		person.URL = firstAddress(c.Person.Contact)
	case c.Organization != nil:
		person.Organization = true
		person.Name = organizationName(c.Organization)
		if abbreviation := c.Organization.Abbreviation; abbreviation != nil && abbreviation.Content != person.Name.Text {
			person.Abbreviation = abbreviation.Content
		}
		person.URL = webAddress(c.Organization.URL)
		if person.URL == "" {
			person.URL = firstAddress(c.Organization.Contact)
		}
	}
	person.Roles = rolesOf(c.Role)
	return person
}

func rolesOf(roles []relaton.Role) []string {
	var labels []string
	for _, role := range roles {
		label := humanize(role.Type)
		if label == "" && len(role.Description) > 0 {
			label = humanize(role.Description[0].Content)
		}
		if label != "" && !slices.Contains(labels, label) {
			labels = append(labels, label)
		}
	}
	return labels
}

// fullName gives the name as one text: the complete one, or the parts in their usual order.
func fullName(name relaton.PersonName) Phrase {
	if name.CompleteName != nil && name.CompleteName.Content != "" {
		return phraseOf(*name.CompleteName)
	}
	var parts []string
	for _, prefix := range name.Prefix {
		parts = append(parts, prefix.Content)
	}
	parts = append(parts, givenNames(name.Given)...)
	whole := relaton.Text{}
	if name.Surname != nil {
		whole.Language, whole.Script = name.Surname.Language, name.Surname.Script
		parts = append(parts, name.Surname.Content)
	}
	for _, addition := range name.Addition {
		parts = append(parts, addition.Content)
	}
	whole.Content = strings.Join(parts, " ")
	return phraseOf(whole)
}

// givenNames gives the forenames, or the initials where no forename is spelt out.
func givenNames(given *relaton.GivenName) []string {
	if given == nil {
		return nil
	}
	var names, initials []string
	for _, forename := range given.Forename {
		switch {
		case forename.Content != "":
			names = append(names, forename.Content)
		case forename.Initial != "":
			initials = append(initials, forename.Initial+".")
		}
	}
	switch {
	case len(names) > 0:
		return names
	case given.FormattedInitials != nil && given.FormattedInitials.Content != "":
		return []string{given.FormattedInitials.Content}
	}
	return initials
}

func organizationName(o *relaton.Organization) Phrase {
	if o == nil {
		return Phrase{}
	}
	for _, name := range o.Name {
		if name.Content != "" {
			return phraseOf(name)
		}
	}
	if o.Abbreviation != nil {
		return phraseOf(*o.Abbreviation)
	}
	return Phrase{}
}

func firstAddress(contacts []relaton.Contact) string {
	for _, contact := range contacts {
		if address := webAddress(contact.URI); address != "" {
			return address
		}
	}
	return ""
}

// creators gives those that a catalogue names under a title: authors and editors; the publisher only
// where there is nobody else.
func creators(people []Person) []Phrase {
	var made, published []Phrase
	for _, person := range people {
		switch {
		case slices.Contains(person.Roles, "Author"), slices.Contains(person.Roles, "Editor"):
			made = append(made, person.Name)
		case slices.Contains(person.Roles, "Publisher"):
			published = append(published, person.Name)
		}
	}
	if len(made) > 0 {
		return made
	}
	return published
}
