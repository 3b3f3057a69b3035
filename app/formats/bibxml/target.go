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

// firstLink gives the address of the document itself (type src or pdf), else the first link.
func firstLink(item *relaton.Item) string {
	for _, link := range item.Link {
		if link.Type == "src" || link.Type == "pdf" {
			return strings.TrimSpace(link.Content)
		}
	}
	if len(item.Link) > 0 {
		return strings.TrimSpace(item.Link[0].Content)
	}
	return ""
}

func secure(address string) string {
	if rest, ok := strings.CutPrefix(address, "http://"); ok {
		return "https://" + rest
	}
	return address
}
