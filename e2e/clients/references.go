package main

import (
	"fmt"
	"strings"
)

// reference is a document of the sample sources and what a draft must get of it.
type reference struct {
	key    string // kramdown-rfc's name for it
	path   string // below /public/rfc/
	anchor string // which the service puts on it
	title  string
	target string
	// members are the anchors of a group's references; a group has no title of its own.
	members []string
}

// sampled has something from each directory. Titles, targets and members are those of e2e/sources.
var sampled = []reference{
	{
		"RFC2119", "bibxml/reference.RFC.2119.xml", "RFC2119",
		"Key words for use in RFCs to Indicate Requirement Levels", "https://www.rfc-editor.org/info/rfc2119", nil,
	},
	{
		"RFC0822", "bibxml/reference.RFC.0822.xml", "RFC0822",
		"STANDARD FOR THE FORMAT OF ARPA INTERNET TEXT MESSAGES", "https://www.rfc-editor.org/info/rfc822", nil,
	},
	{
		"RFC9000", "bibxml/reference.RFC.9000.xml", "RFC9000",
		"QUIC: A UDP-Based Multiplexed and Secure Transport", "https://www.rfc-editor.org/info/rfc9000", nil,
	},
	{
		"BCP14", "bibxml9/reference.BCP.0014.xml", "BCP14",
		"", "https://www.rfc-editor.org/info/bcp14",
		[]string{"RFC2119", "RFC8174"},
	},
	{
		"STD13", "bibxml-rfcsubseries/reference.STD.13.xml", "STD13",
		"", "https://www.rfc-editor.org/info/std13",
		[]string{"RFC1034", "RFC1035"},
	},
	{
		"I-D.ietf-quic-transport", "bibxml3/reference.I-D.ietf-quic-transport.xml", "I-D.ietf-quic-transport",
		"QUIC: A UDP-Based Multiplexed and Secure Transport", "https://datatracker.ietf.org/doc/html/draft-ietf-quic-transport-34", nil,
	},
	{
		"I-D.draft-ietf-tls-tls13-28", "bibxml-ids/reference.I-D.draft-ietf-tls-tls13-28.xml", "I-D.ietf-tls-tls13",
		"The Transport Layer Security (TLS) Protocol Version 1.3", "https://datatracker.ietf.org/doc/html/draft-ietf-tls-tls13-28", nil,
	},
	{
		"W3C.REC-xml-names-20091208", "bibxml4/reference.W3C.REC-xml-names-20091208.xml", "W3C.REC-xml-names-20091208",
		"Namespaces in XML 1.0 (Third Edition)", "https://www.w3.org/TR/2009/REC-xml-names-20091208/", nil,
	},
	{
		"3GPP.23.501", "bibxml5/reference.3GPP.23.501.xml", "SDO-3GPP.23.501",
		"System architecture for the 5G System (5GS)", "https://www.3gpp.org/ftp/Specs/archive/23_series/23.501/", nil,
	},
	{
		"ISO.8601.2004", "bibxml2/reference.ISO.8601.2004.xml", "ISO.8601.2004",
		"Data elements and interchange formats - Information interchange - Representation of dates and times", "", nil,
	},
	{
		"IEEE.754_1985", "bibxml6/reference.IEEE.754_1985.xml", "ANSI_IEEE_Std_754_1985",
		"IEEE Standard for Binary Floating-Point Arithmetic", "https://ieeexplore.ieee.org/document/30711", nil,
	},
	{
		"IANA.tls-parameters", "bibxml8/reference.IANA.tls-parameters.xml", "IANA_tls_parameters",
		"Transport Layer Security (TLS) Parameters", "https://www.iana.org/assignments/tls-parameters", nil,
	},
}

// byKey are the references as kramdown-rfc has them when it fetches: it puts its key into the anchor,
// with "_" where it would begin with a digit.
func byKey(references []reference) []reference {
	keyed := make([]reference, len(references))
	for i, r := range references {
		if r.anchor = r.key; r.key[0] >= '0' && r.key[0] <= '9' {
			r.anchor = "_" + r.key
		}
		keyed[i] = r
	}
	return keyed
}

// citable are those that can be cited by kramdown-rfc's key although the service chooses the anchor.
func citable(references []reference) []reference {
	var found []reference
	for _, r := range references {
		if r.anchor == r.key {
			found = append(found, r)
		}
	}
	return found
}

// compare says what of an element is not as it should be.
func (r reference) compare(got element) error {
	var members []string
	for _, member := range got.Members {
		members = append(members, member.Anchor)
	}
	wanted := fmt.Sprintf("title %q, target %q, members %q", r.title, r.target, r.members)
	have := fmt.Sprintf("title %q, target %q, members %q", strings.Join(strings.Fields(got.Title), " "), got.Target, members)
	if wanted != have {
		return fmt.Errorf("%s: %s; want %s", r.anchor, have, wanted)
	}
	return nil
}
