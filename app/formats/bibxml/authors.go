package bibxml

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// authors writes an <author> for each contributor that counts as one; the schema demands at least one.
func (w *writer) authors(contributors []relaton.Contributor) {
	none := true
	for i := range contributors {
		if c := &contributors[i]; isAuthor(c) {
			w.author(c)
			none = false
		}
	}
	if none {
		w.start("author")
		w.empty()
	}
}

// isAuthor counts authors, editors and publishers, but not the RFC Publisher, which no reference names.
func isAuthor(c *relaton.Contributor) bool {
	if c.Person == nil && c.Organization == nil || isNamed(c.Organization, "RFC Publisher") {
		return false
	}
	return c.HasRole("author", "editor", "publisher")
}

func isNamed(org *relaton.Organization, name string) bool {
	if org == nil {
		return false
	}
	for _, have := range org.Name {
		if have.Content == name {
			return true
		}
	}
	return false
}

func (w *writer) author(c *relaton.Contributor) {
	w.start("author")
	if c.Person != nil {
		w.givenAttrs(&c.Person.Name)
	}
	if c.HasRole("editor") {
		w.attr("role", "editor")
	}
	if c.Person != nil && c.Person.Name.Surname != nil {
		w.attr("surname", c.Person.Name.Surname.Content)
	}
	org := organizationOf(c)
	if org == nil || len(org.Name) == 0 && !hasAddress(org) {
		w.empty()
		return
	}
	w.enter()
	w.organization(org)
	w.address(org)
	w.leave("author")
}

// organizationOf gives the contributing organization, of a person that of the first affiliation.
func organizationOf(c *relaton.Contributor) *relaton.Organization {
	if c.Organization != nil {
		return c.Organization
	}
	if len(c.Person.Affiliation) > 0 {
		return c.Person.Affiliation[0].Organization
	}
	return nil
}

// givenAttrs writes full name and initials. A part that is there but empty is written empty, as the
// references in use have it.
func (w *writer) givenAttrs(name *relaton.PersonName) {
	if name.CompleteName != nil {
		w.attr("fullname", name.CompleteName.Content)
	} else {
		w.known("fullname", joinName(name))
	}
	if name.Given != nil && name.Given.FormattedInitials != nil {
		w.attr("initials", initials(name))
	}
}

func initials(name *relaton.PersonName) string {
	if name.Given == nil || name.Given.FormattedInitials == nil {
		return ""
	}
	return strings.TrimSpace(name.Given.FormattedInitials.Content)
}

// joinName makes a full name of its parts. Between initials and surname there is no space: the
// references in use have none.
func joinName(name *relaton.PersonName) string {
	var b strings.Builder
	for _, prefix := range name.Prefix {
		b.WriteString(prefix.Content + " ")
	}
	if name.Given != nil {
		for _, forename := range name.Given.Forename {
			if forename.Content != "" {
				b.WriteString(forename.Content + " ")
			}
		}
	}
	b.WriteString(initials(name))
	if name.Surname != nil {
		b.WriteString(name.Surname.Content + " ")
	}
	for _, addition := range name.Addition {
		b.WriteString(addition.Content + " ")
	}
	return strings.TrimSpace(b.String())
}

// organization writes the name, IANA by its short one: that is how it is cited.
func (w *writer) organization(org *relaton.Organization) {
	abbreviation := ""
	if org.Abbreviation != nil {
		abbreviation = org.Abbreviation.Content
	}
	if abbreviation == "IANA" || isNamed(org, "Internet Assigned Numbers Authority") {
		w.leaf("organization", "IANA")
		return
	}
	w.start("organization")
	w.known("abbrev", abbreviation)
	name := ""
	if len(org.Name) > 0 {
		name = org.Name[0].Content
	}
	w.text("organization", name)
}

func hasAddress(org *relaton.Organization) bool { return org.URL != "" || postal(org) != nil }

// postal gives the first address with a country; others are not worth an element.
func postal(org *relaton.Organization) *relaton.Address {
	for _, contact := range org.Contact {
		if contact.Address != nil && contact.Address.Country != "" {
			return contact.Address
		}
	}
	return nil
}

func (w *writer) address(org *relaton.Organization) {
	if !hasAddress(org) {
		return
	}
	w.start("address")
	w.enter()
	if address := postal(org); address != nil {
		w.start("postal")
		w.enter()
		w.leaf("country", address.Country)
		if address.City != "" {
			w.leaf("city", address.City)
		}
		w.leave("postal")
	}
	if org.URL != "" {
		w.leaf("uri", org.URL)
	}
	w.leave("address")
}
