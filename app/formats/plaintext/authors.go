package plaintext

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/formats/bibxml"
)

// authors lists the authors of a reference as the RFC Editor does: surname first, but of the last of several; two are
// joined by "and", more by commas and ", and".
func authors(r bibxml.Reference) string {
	all := r.Authors
	names := make([]string, len(all))
	for i, author := range all {
		if hasOneInitial(r) {
			author.Initials, _, _ = strings.Cut(author.Initials, ".")
		}
		names[i] = name(author, i > 0 && i == len(all)-1)
	}
	switch last := len(names) - 1; last {
	case -1:
		return ""
	case 0:
		return names[0]
	case 1:
		return names[0] + " and " + names[1]
	default:
		return strings.Join(names[:last], ", ") + ", and " + names[last]
	}
}

// lastOfOneInitial is the last RFC whose authors xml2rfc prints with their first initial alone.
const lastOfOneInitial = 1272

func hasOneInitial(r bibxml.Reference) bool {
	for _, s := range r.Series {
		if s.Name == "RFC" {
			number, err := strconv.Atoi(s.Value)
			return err == nil && number <= lastOfOneInitial
		}
	}
	return false
}

// name returns an author as xml2rfc prints it: an organization by its abbreviation where it has one.
func name(a bibxml.Author, initialsFirst bool) string {
	role := ""
	if a.Editor {
		role = ", Ed."
	}
	if !a.IsPerson() {
		return cmp.Or(a.Abbreviation, a.Organization) + role
	}
	surname, initials := a.ShortName()
	switch {
	case initials == "":
		return surname + role
	case initialsFirst:
		return initials + " " + surname + role
	}
	return surname + ", " + initials + role
}
