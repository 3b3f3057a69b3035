package relaton

import (
	"net/url"
	"strings"
	"unicode"
)

// WebAddress returns an address of a record as it may stand in a reference or a link: absolute, with the scheme http,
// https, ftp or urn, and without blanks inside. It reports false for every other text, with what is wrong with it.
func WebAddress(s string) (address, fault string, ok bool) {
	s = strings.TrimSpace(s)
	if s == "" {
		return "", "an empty address", false
	}
	if strings.ContainsFunc(s, isNoAddress) {
		return "", "blanks or control characters in an address", false
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return "", "not an address", false
	case u.Scheme == "":
		return "", "not an absolute address", false
	}
	switch u.Scheme { // in lower case, however it is written
	case "http", "https", "ftp":
		if u.Hostname() == "" {
			return "", "not an absolute address", false
		}
		return s, "", true
	case "urn":
		if nid, nss, _ := strings.Cut(u.Opaque, ":"); nid != "" && nss != "" {
			return s, "", true
		}
		return "", "not an address", false
	}
	return "", "an address that is none of http, https, ftp and urn", false
}

// isNoAddress reports characters that no address has, and that some programs skip when they read its scheme.
func isNoAddress(r rune) bool {
	return unicode.IsSpace(r) || unicode.IsControl(r) || unicode.Is(unicode.Cf, r)
}
