package bibxml

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestAuthors(t *testing.T) {
	role := func(kinds ...string) (roles []relaton.Role) {
		for _, kind := range kinds {
			roles = append(roles, relaton.Role{Type: kind})
		}
		return roles
	}
	org := func(name, abbreviation string) *relaton.Organization {
		o := &relaton.Organization{Name: []relaton.Text{{Content: name}}}
		if abbreviation != "" {
			o.Abbreviation = &relaton.Text{Content: abbreviation}
		}
		return o
	}
	ieee := org("Institute of Electrical and Electronics Engineers", "IEEE")
	ieee.URL = "http://www.ieee.org"
	ieee.Contact = []relaton.Contact{{Email: "x@example.org"}, {Address: &relaton.Address{City: "New York", Country: "USA"}}}
	person := func(name relaton.PersonName) *relaton.Person { return &relaton.Person{Name: name} }
	bormann := relaton.PersonName{
		Given:   &relaton.GivenName{FormattedInitials: &relaton.Text{Content: "C."}},
		Surname: &relaton.Text{Content: "Bormann"}, CompleteName: &relaton.Text{Content: "Carsten Bormann"},
	}
	for _, c := range []struct {
		name string
		in   relaton.Contributor
		want string
	}{
		{"author", relaton.Contributor{Role: role("author"), Person: person(bormann)}, `<author fullname="Carsten Bormann" initials="C." surname="Bormann"/>
`},
		{"editor, who is an author too", relaton.Contributor{Role: role("author", "editor"), Person: person(bormann)}, `<author fullname="Carsten Bormann" initials="C." role="editor" surname="Bormann"/>
`},
		{"with an affiliation", relaton.Contributor{Role: role("author"), Person: &relaton.Person{
			Name: bormann, Affiliation: []relaton.Affiliation{{Organization: org("Universität Bremen TZI", "")}},
		}}, `<author fullname="Carsten Bormann" initials="C." surname="Bormann">
  <organization>Universität Bremen TZI</organization>
</author>
`},
		{"name in parts", relaton.Contributor{Role: role("author"), Person: person(relaton.PersonName{
			Prefix:   []relaton.Text{{Content: "Dr."}},
			Given:    &relaton.GivenName{Forename: []relaton.Forename{{Text: relaton.Text{Content: "Ray"}}, {Initial: "A"}}},
			Surname:  &relaton.Text{Content: "Perlner"},
			Addition: []relaton.Text{{Content: "Jr."}},
		})}, `<author fullname="Dr. Ray Perlner Jr." surname="Perlner"/>
`},
		{"person without a name", relaton.Contributor{Role: role("author"), Person: &relaton.Person{}}, `<author/>
`},
		{"organization with an address", relaton.Contributor{Role: role("publisher"), Organization: ieee}, `<author>
  <organization abbrev="IEEE">Institute of Electrical and Electronics Engineers</organization>
  <address>
    <postal>
      <country>USA</country>
      <city>New York</city>
    </postal>
    <uri>http://www.ieee.org</uri>
  </address>
</author>
`},
		{"organization as editor", relaton.Contributor{Role: role("editor"), Organization: org("Internet Architecture Board", "IAB")}, `<author role="editor">
  <organization abbrev="IAB">Internet Architecture Board</organization>
</author>
`},
		{"organization without a name", relaton.Contributor{Role: role("author"), Organization: &relaton.Organization{}}, `<author/>
`},
		{"IANA by its long name", relaton.Contributor{Role: role("publisher"), Organization: org("Internet Assigned Numbers Authority", "")}, `<author>
  <organization>IANA</organization>
</author>
`},
		{"IANA by its abbreviation", relaton.Contributor{Role: role("publisher"), Organization: org("Numbers Authority", "IANA")}, `<author>
  <organization>IANA</organization>
</author>
`},
		{"RFC Publisher", relaton.Contributor{Role: role("publisher"), Organization: org("RFC Publisher", "")}, `<author/>
`},
		{"another role", relaton.Contributor{Role: role("translator"), Person: person(bormann)}, `<author/>
`},
		{"nobody", relaton.Contributor{Role: role("author")}, `<author/>
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWriter(0)
			w.authors([]relaton.Contributor{c.in})
			require.Equal(t, c.want, string(w.buf))
		})
	}
}
