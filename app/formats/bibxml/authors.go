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

// isAuthor counts authors, editors and publishers, but not the RFC Publisher, which no reference names,
// and nobody.
func isAuthor(c *relaton.Contributor) bool {
	if c.Person == nil && c.Organization == nil || isNamed(c.Organization, "RFC Publisher") {
		return false
	}
	if c.Organization != nil && len(c.Organization.Name) == 1 && isNobody(c.Organization.Name[0].Content) {
		return false
	}
	if c.Person != nil && c.Person.Name.Surname == nil && isNobody(content(c.Person.Name.CompleteName)) {
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
	name, org := w.whoIs(c)
	w.start("author")
	w.known("fullname", name.full)
	w.known("initials", name.initials)
	if c.HasRole("editor") {
		w.attr("role", "editor")
	}
	w.known("surname", name.surname)
	if org == nil || len(org.Name) == 0 && !hasAddress(org) {
		w.empty()
		return
	}
	w.enter()
	w.organization(org)
	w.address(org)
	w.leave("author")
}

// whoIs gives the name of a person and the organization that is contributing or, of a person, the one
// of the first affiliation. The records of RFC 7893 and its drafts have a person as an organization.
func (w *writer) whoIs(c *relaton.Contributor) (authorName, *relaton.Organization) {
	switch {
	case c.Person == nil && w.abbreviates && len(c.Organization.Name) > 0:
		if name, ok := alternative(c.Organization.Name[0].Content); ok {
			return name, nil
		}
		return authorName{}, c.Organization
	case c.Person == nil:
		return authorName{}, c.Organization
	case w.corrections.Has(Organizations) && isOrganization(&c.Person.Name):
		return authorName{}, &relaton.Organization{Name: []relaton.Text{*c.Person.Name.CompleteName}}
	case c.Organization != nil:
		return w.nameOf(&c.Person.Name), c.Organization
	case len(c.Person.Affiliation) > 0:
		return w.nameOf(&c.Person.Name), c.Person.Affiliation[0].Organization
	}
	return w.nameOf(&c.Person.Name), nil
}

// alternative reads the name of a person with a choice of initials, such as Y(J) Stein.
func alternative(full string) (authorName, bool) {
	initials, surname, ok := strings.Cut(full, " ")
	if !ok || !strings.Contains(initials, "(") || strings.Contains(surname, " ") || !isInitials(initials+".") {
		return authorName{}, false
	}
	return authorName{full, initials, surname}, true
}

// organization writes the name, IANA by its short one: that is how it is cited.
func (w *writer) organization(org *relaton.Organization) {
	abbreviation := ""
	if org.Abbreviation != nil {
		abbreviation = org.Abbreviation.Content
	}
	if abbreviation == "" && w.corrections.Has(Organizations) && !w.abbreviates {
		abbreviation = knownAbbreviation(org)
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

func hasAddress(org *relaton.Organization) bool { return site(org) != "" || postal(org) != nil }

// site returns the web address of an organization; empty when it has none that a reference may have.
func site(org *relaton.Organization) string {
	address, _, _ := relaton.WebAddress(org.URL)
	return address
}

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
	if address := site(org); address != "" {
		w.leaf("uri", address)
	}
	w.leave("address")
}
