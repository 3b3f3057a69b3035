package bibxml

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// draftPages is where the readable pages of Internet-Drafts are.
const draftPages = "https://datatracker.ietf.org/doc/html/"

// target gives the address of the document: a page for people over TLS, wherever we know of one.
func target(item *relaton.Item) string {
	address := firstLink(item)
	id, _ := item.PrimaryID()
	switch {
	case address == "":
		return ""
	case id.Type == "Internet-Draft" && !strings.HasPrefix(address, draftPages):
		return draftPages + id.ID
	case id.Type == "IANA":
		return secure(address)
	}
	return address
}

// firstLink returns the address of the document itself (type src or pdf), else that of the first link. Addresses that are
// relative or of another scheme do not count: they would lead nowhere, or run as a script.
func firstLink(item *relaton.Item) string {
	first := ""
	for _, link := range item.Link {
		address, _, ok := relaton.WebAddress(link.Content)
		if !ok {
			continue
		}
		if link.Type == "src" || link.Type == "pdf" {
			return address
		}
		if first == "" {
			first = address
		}
	}
	return first
}

func secure(address string) string {
	if rest, ok := strings.CutPrefix(address, "http://"); ok {
		return "https://" + rest
	}
	return address
}
