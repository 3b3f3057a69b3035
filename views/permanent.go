package views

import (
	"net/url"
	"regexp"
	"strings"
)

// documentPrefix begins the addresses of documents that have no shorter one: /doc/<type>/<id>.
const documentPrefix = "/doc/"

// The types of the identifiers that have an address at the root.
const (
	seriesType = "IETF"
	draftType  = "Internet-Draft"
)

var (
	seriesID = regexp.MustCompile(`^(RFC|BCP|STD|FYI) [1-9][0-9]{0,8}$`)
	draftID  = regexp.MustCompile(`^draft-[a-z0-9][a-z0-9._+-]*$`)

	// What people write at the root of the service when they guess: rfc9000, RFC-0791, bcp.14.
	guessedSeries = regexp.MustCompile(`(?i)^(rfc|bcp|std|fyi)[ ._-]?0*([1-9][0-9]{0,8})$`)
	guessedDraft  = regexp.MustCompile(`(?i)^(draft-|i-d\.)[a-z0-9][a-z0-9._+-]*$`)
)

// DocumentURL is the page of the document that carries an identifier: its permanent address, which people can
// guess. docType may be empty; such an identifier has no address but a look-up.
func DocumentURL(id, docType string) string {
	switch {
	case docType == seriesType && seriesID.MatchString(id):
		return "/" + strings.Replace(id, " ", "", 1)
	case docType == draftType && draftID.MatchString(id):
		return "/" + id
	case docType != "" && fitsPath(docType) && fitsPath(id):
		return documentPrefix + url.PathEscape(docType) + "/" + (&url.URL{Path: id}).EscapedPath()
	}
	return address(documentPath, "docid", id, "doctype", docType)
}

// fitsPath says whether a text survives in a path: browsers and proxies take away empty segments and dots.
func fitsPath(text string) bool {
	for segment := range strings.SplitSeq(text, "/") {
		if segment == "" || segment == "." || segment == ".." {
			return false
		}
	}
	return true
}

// DocumentAt reads the escaped path of a request: the identifier that it is the address of, or that was guessed to
// have one. docType is empty where the path does not tell; ok is false when it names no document at all.
func DocumentAt(escaped string) (id, docType string, ok bool) {
	if rest, below := strings.CutPrefix(escaped, documentPrefix); below {
		return typedDocument(rest)
	}
	name, err := url.PathUnescape(strings.Trim(escaped, "/"))
	if err != nil {
		return "", "", false
	}
	if parts := guessedSeries.FindStringSubmatch(name); parts != nil {
		return strings.ToUpper(parts[1]) + " " + parts[2], seriesType, true
	}
	if !guessedDraft.MatchString(name) {
		return "", "", false
	}
	if name = strings.ToLower(name); draftID.MatchString(name) {
		docType = draftType
	}
	return name, docType, true
}

func typedDocument(rest string) (id, docType string, ok bool) {
	docType, id, _ = strings.Cut(strings.TrimSuffix(rest, "/"), "/")
	docType, err := url.PathUnescape(docType)
	if err != nil {
		return "", "", false
	}
	id, err = url.PathUnescape(id)
	return id, docType, err == nil && id != "" && docType != ""
}
