package states

import (
	"fmt"
	"net/url"
	"strconv"
)

// IETF is the dataset whose documents are RFCs and whose groups are BCPs; those of every other dataset are
// IANA registries.
const IETF = "rfcs"

func (s *Source) docType() string {
	if s.Dataset == IETF {
		return "IETF"
	}
	return "IANA"
}

// ID is the primary identifier of a document.
func (s *Source) ID(document int) string {
	if s.Dataset == IETF {
		return fmt.Sprintf("RFC %d", document)
	}
	return fmt.Sprintf("IANA d%d", document)
}

// GroupID is the primary identifier of a group.
func (s *Source) GroupID(group int) string {
	if s.Dataset == IETF {
		return fmt.Sprintf("BCP %d", group)
	}
	return fmt.Sprintf("IANA g%d", group)
}

// Path is the xml2rfc path of a document.
func (s *Source) Path(document int) string {
	if s.Dataset == IETF {
		return "/public/rfc/bibxml/reference.RFC." + strconv.Itoa(document) + ".xml"
	}
	return "/public/rfc/bibxml8/reference.IANA.d" + strconv.Itoa(document) + ".xml"
}

// GroupPath is the xml2rfc path of a group.
func (s *Source) GroupPath(group int) string {
	if s.Dataset == IETF {
		return "/public/rfc/bibxml9/reference.BCP." + strconv.Itoa(group) + ".xml"
	}
	return "/public/rfc/bibxml8/reference.IANA.g" + strconv.Itoa(group) + ".xml"
}

// ByDocID is the address of an answer in JSON, or of a page, about an identifier.
func byDocID(base, id string) string { return base + "?docid=" + url.QueryEscape(id) }
