// Package bibxmltest checks in tests that BibXML is what RFC 7991 lets <reference> and
// <referencegroup> be. It knows no schema file: the rules are written here from the text of the RFC, so
// that they hold wherever the tests run. What xml2rfc's own schemas say besides is for e2e/validity.
package bibxmltest

import "regexp"

// rule says what an element may have. The content is a regular expression over the names of its
// children, each followed by a blank.
type rule struct {
	needs, may []string // attributes
	content    *regexp.Regexp
	text       bool // character data beside or instead of children
}

func content(expression string) *regexp.Regexp { return regexp.MustCompile(`^(` + expression + `)$`) }

// rules has the elements that a reference is made of: RFC 7991 section 2, and for the target of a group
// draft-iab-rfc7991bis. Anchors elsewhere than on references are not used.
var rules = map[string]rule{
	"referencegroup": {needs: []string{"anchor"}, may: []string{"target"}, content: content(`(reference )+`)},
	"reference": {
		needs: []string{"anchor"}, may: []string{"target", "quoteTitle"},
		content: content(`front ((annotation|format|refcontent|seriesInfo) )*`),
	},
	"front": {content: content(`title (seriesInfo )*(author )+(date )?(area )*(workgroup )*(keyword )*(abstract )?(note )*`)},
	"title": {may: []string{"abbrev", "ascii"}, text: true},
	"author": {
		may:     []string{"fullname", "initials", "surname", "role", "asciiFullname", "asciiInitials", "asciiSurname"},
		content: content(`(organization )?(address )?`),
	},
	"organization": {may: []string{"abbrev", "ascii", "asciiAbbrev"}, text: true},
	"address":      {content: content(`(postal )?(phone )?(facsimile )?(email )?(uri )?`)},
	"postal":       {content: content(`((city|code|country|region|street) )*|(postalLine )+`)},
	"date":         {may: []string{"day", "month", "year"}},
	"abstract":     {content: content(`((t|dl|ol|ul) )+`)},
	"note":         {may: []string{"title", "removeInRFC"}, content: content(`((t|dl|ol|ul) )+`)},
	"seriesInfo":   {needs: []string{"name", "value"}, may: []string{"status", "stream", "asciiName", "asciiValue"}},
	"format":       {needs: []string{"type"}, may: []string{"target", "octets"}},
	"annotation":   {text: true},
	"refcontent":   {text: true},
	"city":         {may: []string{"ascii"}, text: true},
	"code":         {may: []string{"ascii"}, text: true},
	"country":      {may: []string{"ascii"}, text: true},
	"region":       {may: []string{"ascii"}, text: true},
	"street":       {may: []string{"ascii"}, text: true},
	"postalLine":   {may: []string{"ascii"}, text: true},
	"phone":        {text: true},
	"facsimile":    {text: true},
	"email":        {may: []string{"ascii"}, text: true},
	"uri":          {text: true},
	"area":         {text: true},
	"workgroup":    {text: true},
	"keyword":      {text: true},
	"t":            {text: true},
}

// values are what an attribute may be, where that is not any text.
var values = map[string]*regexp.Regexp{
	"reference anchor":      id,
	"referencegroup anchor": id,
	"author role":           content(`editor`),
	"reference quoteTitle":  content(`true|false`),
	"date day":              content(`0?[1-9]|[12][0-9]|3[01]`),
	"date month":            content(`January|February|March|April|May|June|July|August|September|October|November|December`),
	"date year":             content(`[0-9]{4}`),
}

// id is an XML name without a colon; the schema's type of anchors allows no other.
var id = content(`[\p{L}_][\p{L}\p{M}\p{Nd}._-]*`)
