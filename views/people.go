package views

import (
	"slices"

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
		person.Name = fullName(c.Person)
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
		person.URL, _ = webAddress(c.Organization.URL)
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

// fullName gives the name as one text, in the language of the part that says it.
func fullName(person *relaton.Person) Phrase {
	whole := relaton.Text{Content: person.DisplayName()}
	for _, part := range []*relaton.Text{person.Name.CompleteName, person.Name.Surname} {
		if part != nil {
			whole.Language, whole.Script = part.Language, part.Script
			break
		}
	}
	return phraseOf(whole)
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
		if address, _ := webAddress(contact.URI); address != "" {
			return address
		}
	}
	return ""
}

// creatorsOf gives those that a catalogue names under a title: authors and editors; the publisher only
// where there is nobody else.
func creatorsOf(contributors []relaton.Contributor) []Phrase {
	for _, roles := range [][]string{{"author", "editor"}, {"publisher"}} {
		var names []Phrase
		for _, contributor := range contributors {
			name := personOf(contributor).Name
			if contributor.HasRole(roles...) && name.Text != "" && !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if len(names) > 0 {
			return names
		}
	}
	return nil
}
