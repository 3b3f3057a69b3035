// Package plaintext writes documents as the RFC Editor prints references (RFC 7322, section 4.8.6), for text that
// is no source of xml2rfc. It says what
// corrected BibXML says, from which it is made (docs/adr/0014).
package plaintext

import (
	"slices"
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

// text is laid out as xml2rfc does: a group has a heading when its members name the series of RFCs that it is of, else
// its address comes last.
func text(r bibxml.Reference) string {
	label := "[" + r.Anchor + "]  "
	if len(r.Members) == 0 {
		return label + entry(r) + "\n"
	}
	var paragraphs []string
	heading := heading(r)
	if heading != "" {
		paragraphs = append(paragraphs, heading)
	}
	for _, member := range r.Members {
		paragraphs = append(paragraphs, entry(member))
	}
	if address := bracketed(r.Target); heading == "" && address != "" {
		paragraphs = append(paragraphs, address)
	}
	return label + strings.Join(paragraphs, "\n\n") + "\n"
}

// subseries are the series that group RFCs, as they are called in print.
var subseries = map[string]string{"BCP": "Best Current Practice", "STD": "Internet Standard", "FYI": "For Your Information"}

// heading is the first paragraph of a group, in the words of the RFC Editor; empty for other groups than those of RFCs.
func heading(r bibxml.Reference) string {
	for _, member := range r.Members {
		for _, s := range member.Series {
			if !bibxml.IsSubseries(s.Name) {
				continue
			}
			name := subseries[s.Name] + " " + s.Value
			if r.Target == "" {
				r.Target = "https://www.rfc-editor.org/info/" + strings.ToLower(s.Name) + s.Value
			}
			return sentence(name, bracketed(r.Target)) + "At the time of writing, this " + s.Name + " comprises the following:"
		}
	}
	return ""
}

// entry prints one reference. A draft is never cited but as work in progress (RFC 7322, section 4.8.6.4).
func entry(r bibxml.Reference) string {
	parts := []string{authors(r), `"` + r.Title + `"`, r.Content}
	if slices.ContainsFunc(r.Series, func(s bibxml.Series) bool { return s.Name == draft }) {
		parts = append(parts, "Work in Progress")
	}
	for _, s := range r.Series {
		parts = append(parts, series(s))
	}
	return strings.TrimSpace(sentence(append(parts, date(r), bracketed(target(r)))...))
}

const draft = "Internet-Draft"

// series prints a series, its name once: IEEE Std 754-2019.
func series(s bibxml.Series) string {
	switch {
	case s.Name == draft:
		return s.Name + ", " + s.Value
	case strings.HasPrefix(s.Value, s.Name+" "):
		return s.Value
	}
	return s.Name + " " + s.Value
}

// targets are the addresses of what is cited without one, by series.
var targets = map[string]string{
	"RFC": "https://www.rfc-editor.org/rfc/rfc",
	draft: "https://datatracker.ietf.org/doc/html/",
	"DOI": "https://doi.org/",
}

// target returns the address of a reference, else that of its first RFC, Internet-Draft or DOI.
func target(r bibxml.Reference) string {
	if r.Target != "" {
		return r.Target
	}
	for _, s := range r.Series {
		if base, ok := targets[s.Name]; ok {
			return base + s.Value
		}
	}
	return ""
}

// date prints a date as far as it is known: xml2rfc drops a day without a month.
func date(r bibxml.Reference) string {
	if r.Month == "" {
		return r.Year
	}
	return join(" ", r.Day, r.Month, r.Year)
}

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
