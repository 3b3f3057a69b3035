package search

import (
	"net/url"
	"regexp"
	"slices"
	"strings"
)

var (
	likeAddress = regexp.MustCompile(`(?i)^(?:https?://|/|www\.|[a-z0-9.-]+\.(?:org|net|int|gov|com)/)\S+$|^(?:public/rfc/|bibxml|_?reference\.)\S+\.xml$`)
	referenceOf = regexp.MustCompile(`(?i)(?:^|/)_?reference\.([^/]+)\.xml$`)
	fileEnding  = regexp.MustCompile(`(?i)\.(?:txt|html?|xhtml|xml|pdf|ps|json|zip|docx?)$`)
	oneVersion  = regexp.MustCompile(`^\d\d$`)
	archived3G  = regexp.MustCompile(`^(\d\d)(\d{3})(?:-[0-9a-z]{3,6})?$`)
)

// identifyAddress reads the address of a document at its publisher, or at a service like this one.
func identifyAddress(text string) (n named, ok bool) {
	text = strings.Trim(text, "<>")
	if !likeAddress.MatchString(text) {
		return n, false
	}
	if strings.HasPrefix(text, "reference.") || strings.HasPrefix(text, "_reference.") {
		text = "/" + text
	}
	if !strings.Contains(text, "://") && !strings.HasPrefix(text, "/") {
		text = "//" + text
	}
	u, err := url.Parse(text)
	if err != nil {
		return n, false
	}
	host := strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
	n = identifyPlace(host, u)
	if len(n.exact) == 0 {
		return n, false
	}
	n.section = strings.TrimPrefix(u.Fragment, "section-")
	if n.section == u.Fragment {
		n.section = ""
	}
	n.whole, n.address = true, true
	return n, true
}

func identifyPlace(host string, u *url.URL) (n named) {
	if found := referenceOf.FindStringSubmatch(u.Path); found != nil {
		return identifyAnchor(found[1])
	}
	for _, name := range []string{"docid", "query"} {
		if id := u.Query().Get(name); id != "" {
			n, _ = identifyWhole(clean(id))
			n.add([]string{clean(id)}, nil)
			return n
		}
	}
	segments := strings.FieldsFunc(u.Path, func(r rune) bool { return r == '/' })
	switch {
	case len(segments) == 0:
	case host == "doi.org" || host == "dx.doi.org":
		n.add([]string{strings.TrimPrefix(u.Path, "/")}, nil)
	case host == "w3.org" && strings.EqualFold(segments[0], "TR") && len(segments) > 1:
		n.add(w3c([]string{"", segments[min(len(segments)-1, nameAt(segments))]}))
	case host == "iana.org" && segments[0] == "assignments" && len(segments) > 1:
		name := fileEnding.ReplaceAllString(segments[1], "")
		if u.Fragment != "" {
			n.add([]string{"IANA " + name + "/" + u.Fragment}, []string{"IANA " + name})
		}
		n.add([]string{"IANA " + name}, nil)
	default:
		return identifySegments(host, segments)
	}
	return n
}

// nameAt is where the name of a recommendation stands: /TR/xml/, /TR/2008/REC-xml-20081126/, /TR/xml/Overview.html.
func nameAt(segments []string) int {
	if strings.Trim(segments[1], "0123456789") == "" {
		return 2
	}
	return 1
}

// identifyAnchor reads an anchor of an xml2rfc path: RFC.9000, I-D.ietf-quic-http, W3C.REC-xml-20081126.
func identifyAnchor(anchor string) (n named) {
	n, _ = identifyWhole(anchor)
	publisher, rest, ok := strings.Cut(anchor, ".")
	if ok {
		n.add([]string{strings.TrimPrefix(publisher, "SDO-") + " " + rest, strings.ReplaceAll(publisher+" "+rest, "_", "/")}, nil)
	}
	n.add([]string{anchor}, nil)
	return n
}

// identifySegments looks through a path from its end for a name of a document.
func identifySegments(host string, segments []string) (n named) {
	for i := len(segments) - 1; i >= 0; i-- {
		name := fileEnding.ReplaceAllString(segments[i], "")
		if i > 0 && oneVersion.MatchString(name) && strings.HasPrefix(segments[i-1], "draft-") {
			name = segments[i-1] + "-" + name
		}
		switch found := archived3G.FindStringSubmatch(name); {
		case found != nil && host == "3gpp.org":
			n.add(threeGPPOfAnyKind(found))
			return n
		case host == "3gpp.org" && regularTS.MatchString(name), certainly(name):
			n, _ = identifyWhole(name)
			return n
		}
		if i >= 2 && strings.HasPrefix(host, "csrc.nist.gov") {
			if at := slices.Index(segments, "sp"); at >= 0 && len(segments) > at+1 {
				return identifyCSRC(segments[at+1:])
			}
		}
	}
	return n
}

var regularTS = regexp.MustCompile(`^\d\d\.\d{3}(?:-\d+)*$`)

// identifyCSRC reads what follows sp/ at csrc.nist.gov: 800/53/r5/upd1/final, or 800-53/rev-5/final.
func identifyCSRC(parts []string) (n named) {
	number, rest := parts[0], parts[1:]
	if !strings.Contains(number, "-") && len(rest) > 0 {
		number, rest = number+"-"+rest[0], rest[1:]
	}
	id := "NIST SP " + number
	if len(rest) > 0 {
		if revision := strings.TrimPrefix(strings.TrimPrefix(rest[0], "rev-"), "r"); strings.Trim(revision, "0123456789") == "" && revision != "" {
			n.add([]string{id + "r" + revision}, []string{id})
			return n
		}
	}
	n.add([]string{id}, nil)
	return n
}
