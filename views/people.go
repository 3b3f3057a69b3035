package views

import (
	"regexp"
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
		person.Name = fullName(c.Person)
		for _, affiliation := range c.Person.Affiliation {
			if name := unitName(affiliation.Organization); name.Text != "" {
				person.Affiliations = append(person.Affiliations, name)
			}
		}
		person.Identifiers = identifiersOfPeople(c.Person.Identifier)
		person.URL = firstAddress(c.Person.Contact)
	case c.Organization != nil:
		person.Organization = true
		person.Name = unitName(c.Organization)
		person.Identifiers = identifiersOfPeople(c.Organization.Identifier)
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

var orcid = regexp.MustCompile(`([0-9]{4}-){3}[0-9]{3}[0-9X]$`)

// identifiersOfPeople returns the identifiers of a person or an organization, each with the address where it leads.
func identifiersOfPeople(ids []relaton.Identifier) []Link {
	var links []Link
	for _, id := range ids {
		link := Link{Label: strings.TrimSpace(strings.ToUpper(id.Type) + " " + id.ID)}
		if link.URL, _ = webAddress(id.ID); link.URL != "" {
			link.Label = id.ID
		}
		if found := orcid.FindString(id.ID); found != "" && strings.EqualFold(id.Type, "orcid") {
			link = Link{URL: "https://orcid.org/" + found, Label: "ORCID " + found}
		}
		if !slices.Contains(links, link) {
			links = append(links, link)
		}
	}
	return links
}

// unitName returns the name of an organization with those of the units that are meant: "Acme, Optics".
func unitName(o *relaton.Organization) Phrase {
	name := organizationName(o)
	if o == nil {
		return name
	}
	for _, unit := range o.Subdivision {
		if text := phraseOf(unit).Text; text != "" && name.Text != "" {
			name.Text += ", " + text
		}
	}
	return name
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
