// Package plaintext writes documents as the RFC Editor prints references (RFC 7322, section 4.8.6), for text that
// is no source of xml2rfc. It says what
// corrected BibXML says, from which it is made (docs/adr/0014).
package plaintext

import (
	"regexp"
	"strings"

	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
)

// Name is what the API calls the format.
const Name = "text"

// Format writes documents, and offers that to a formats.Set.
type Format struct{}

// Name is "text".
func (Format) Name() string { return Name }

// MediaType is that of plain text in UTF-8.
func (Format) MediaType() string { return "text/plain; charset=utf-8" }

// Extension is "txt".
func (Format) Extension() string { return "txt" }

// Write gives a line for a document; for a group one for itself and one for each member.
func (Format) Write(doc *merge.Document, options formats.Options) ([]byte, error) {
	reference, err := bibxml.Read(bibxml.Format{Corrections: bibxml.EveryCorrection}.XML(doc, options.Anchor))
	if err != nil {
		return nil, err
	}
	return []byte(text(reference)), nil
}

func text(r bibxml.Reference) string {
	label := "[" + r.Anchor + "]  "
	if len(r.Members) == 0 {
		return label + entry(r) + "\n"
	}
	var b strings.Builder
	b.WriteString(label + groupHead(r) + "\n")
	for _, member := range r.Members {
		b.WriteString("\n" + entry(member) + "\n")
	}
	return b.String()
}

// subseries are those of the RFC Editor, by the beginning of their anchors.
var subseries = map[string]string{"BCP": "Best Current Practice", "STD": "Internet Standard", "FYI": "For Your Information"}

var subseriesAnchor = regexp.MustCompile(`^(BCP|STD|FYI)[._]?0*([1-9][0-9]*)$`)

// groupHead is the first paragraph of a group, in the words of the RFC Editor.
func groupHead(r bibxml.Reference) string {
	name, kind := "", "group"
	if found := subseriesAnchor.FindStringSubmatch(r.Anchor); found != nil {
		kind = found[1]
		name = subseries[kind] + " " + found[2]
	}
	return sentence(name, bracketed(r.Target)) + "At the time of writing, this " + kind + " comprises the following:"
}

func entry(r bibxml.Reference) string {
	parts := []string{authors(r.Authors), `"` + r.Title + `"`, r.Content}
	for _, s := range r.Series {
		parts = append(parts, series(s))
	}
	return strings.TrimSpace(sentence(append(parts, date(r), bracketed(r.Target))...))
}

// series writes one as the RFC Editor does; a draft is never cited but as work in progress (RFC 7322, section
// 4.8.6.4).
func series(s bibxml.Series) string {
	if s.Name == "Internet-Draft" {
		return "Work in Progress, Internet-Draft, " + s.Value
	}
	if strings.HasPrefix(s.Value, s.Name+" ") {
		return s.Value // IEEE Std 754-2019
	}
	return s.Name + " " + s.Value
}

func date(r bibxml.Reference) string { return join(" ", r.Day, r.Month, r.Year) }

func bracketed(address string) string {
	if address == "" {
		return ""
	}
	return "<" + address + ">"
}

// sentence joins what there is with commas and ends it; empty when there is nothing.
func sentence(parts ...string) string {
	if all := join(", ", parts...); all != "" {
		return all + ". "
	}
	return ""
}

func join(separator string, parts ...string) string {
	var all []string
	for _, part := range parts {
		if part != "" {
			all = append(all, part)
		}
	}
	return strings.Join(all, separator)
}
