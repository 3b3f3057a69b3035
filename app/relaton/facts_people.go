package relaton

import "strings"

// DisplayName gives the name of a person for people to read: the complete name, or prefix, forenames,
// initials, surname and addition joined (compatibility, section 4). It is empty when the name is
// unknown.
func (p *Person) DisplayName() string {
	n := &p.Name
	if n.CompleteName != nil && strings.TrimSpace(n.CompleteName.Content) != "" {
		return oneLine(PlainText(n.CompleteName.Content))
	}
	parts := appendContents(nil, n.Prefix)
	if n.Given != nil {
		for i := range n.Given.Forename {
			parts = append(parts, n.Given.Forename[i].Content)
		}
		parts = appendContent(parts, n.Given.FormattedInitials)
	}
	parts = appendContent(parts, n.Surname)
	parts = appendContents(parts, n.Addition)
	return oneLine(PlainText(strings.Join(parts, " ")))
}

func appendContents(parts []string, texts []Text) []string {
	for i := range texts {
		parts = append(parts, texts[i].Content)
	}
	return parts
}

func appendContent(parts []string, t *Text) []string {
	if t == nil {
		return parts
	}
	return append(parts, t.Content)
}

// DisplayName gives the first name of the organization; empty when it is unknown.
func (o *Organization) DisplayName() string {
	for i := range o.Name {
		if o.Name[i].Content != "" {
			return oneLine(PlainText(o.Name[i].Content))
		}
	}
	return ""
}

// Name gives the name of the person or else of the organization; empty when it is unknown.
func (c *Contributor) Name() string {
	if c.Person != nil {
		if name := c.Person.DisplayName(); name != "" {
			return name
		}
	}
	if c.Organization != nil {
		return c.Organization.DisplayName()
	}
	return ""
}

// HasRole says whether the contributor has one of the given roles.
func (c *Contributor) HasRole(types ...string) bool {
	for i := range c.Role {
		for _, t := range types {
			if c.Role[i].Type == t {
				return true
			}
		}
	}
	return false
}
