package plaintext

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/formats/bibxml"
)

// authors lists them as the RFC Editor does: surname first, but of the last of several; two are joined by "and",
// more by commas and ", and".
func authors(all []bibxml.Author) string {
	names := make([]string, len(all))
	for i, author := range all {
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

func name(a bibxml.Author, initialsFirst bool) string {
	role := ""
	if a.Editor {
		role = ", Ed."
	}
	if !a.IsPerson() {
		return a.Name() + role
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
