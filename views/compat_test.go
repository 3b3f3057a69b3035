package views

import (
	"strings"
	"testing"

	"github.com/a-h/templ"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

func TestCompatURLs(t *testing.T) {
	for want, got := range map[string]string{
		"/management/xml2rfc-compat/bibxml-nist/":                                     CompatDirectoryURL("bibxml-nist"),
		"/management/xml2rfc-compat/bibxml/?outcome=worse&after=reference.RFC.1.xml":  CompatListingURL("bibxml", "worse", "reference.RFC.1.xml"),
		"/management/xml2rfc-compat/bibxml6/reference.R.a/b%25%20%28c%29;d+e.xml/":    CompatPathURL("bibxml6/reference.R.a/b% (c);d+e.xml"),
		"/public/rfc/bibxml6/reference.R.a/b%25%20%28c%29;d+e.xml":                    CompatPublicURL(xml2rfc.Path{Dir: "bibxml6", Anchor: "R.a/b% (c);d+e"}),
		"/management/xml2rfc-compat/bibxml/?after=reference.%C3%A4%26outcome%3Dx.xml": CompatListingURL("bibxml", "", "reference.ä&outcome=x.xml"),
	} {
		require.Equal(t, want, got)
	}
}

// addCompat adds the pages of the management to all pages.
func addCompat(pages map[string]templ.Component, f, bad Frame) {
	directory := CompatDirectoryOf(xml2rfc.Directory{Name: "bibxml", Aliases: []string{"bibxml-rfcs"}}, compat.Directory{Files: 3, XML: 2, Mapped: 1, Invalid: 1})
	badDirectory := CompatDirectory{Directory: compat.Directory{Name: hostile}, Title: hostile, Aliases: []string{hostile}, URL: CompatDirectoryURL(hostile)}
	file := CompatFile{
		File: "reference.RFC.1.xml", URL: CompatPathURL("bibxml/reference.RFC.1.xml"), Class: compat.Worse,
		DocID: "RFC 1", Lost: []string{"title"}, Changed: []string{"date"},
	}
	badFile := CompatFile{File: hostile, URL: CompatPathURL(hostile), Class: hostile, DocID: hostile, Note: hostile, Lost: []string{hostile}}
	method := CompatMethod{Name: "Sidecar", About: "by hand", Tried: true, LookedFor: "RFC 1", Failure: "not found"}
	used := CompatMethod{Name: "Rule", About: "by rule", Used: true, Tried: true, Documents: []CompatDocument{{ID: "RFC 1", URL: DocumentURL("RFC 1", ""), Title: Phrase{Text: "One"}}}, XML: "<reference/>"}
	unused := CompatMethod{Name: "Archive", About: "as it was", Tried: true, XML: "<reference/>"}
	lines := []compat.Line{{Kind: compat.Skipped}, {Kind: compat.InBoth, Text: "<a>\n"}, {Kind: compat.InArchive, Text: "<b/>\n"}, {Kind: compat.InOurs, Text: "<c/>\n"}}

	pages["compat index"] = CompatIndexPage(f, CompatIndex{Directories: []CompatDirectory{directory, {Directory: compat.Directory{Name: "bibxml99"}}}})
	pages["compat index bad"] = CompatIndexPage(bad, CompatIndex{Directories: []CompatDirectory{badDirectory}, Problem: hostile, Path: hostile})
	pages["compat directory"] = CompatDirectoryPage(f, CompatListing{Directory: directory, Files: []CompatFile{file, {File: "reference.ä.xml", Class: compat.Missing}}, After: "a", NextURL: CompatListingURL("bibxml", "", "b")})
	pages["compat directory empty"] = CompatDirectoryPage(f, CompatListing{Directory: directory, Outcome: compat.Same})
	pages["compat directory bad"] = CompatDirectoryPage(bad, CompatListing{Directory: badDirectory, Outcome: hostile, Files: []CompatFile{badFile}, NextURL: CompatListingURL(hostile, hostile, hostile)})
	pages["compat path"] = CompatPathPage(f, CompatPath{
		Directory: directory, File: file.File, PublicURL: "/public/rfc/bibxml/reference.RFC.1.xml", Methods: []CompatMethod{method, used, unused},
		XML: "<reference/>", Archived: "<reference anchor='x'/>", Class: compat.Worse, Lines: lines,
		Differences: []compat.Difference{{Place: "anchor", Archived: "x", Loss: true}, {Place: "title", Ours: "y"}},
	})
	pages["compat path nowhere"] = CompatPathPage(f, CompatPath{Directory: directory, File: file.File, Methods: []CompatMethod{{Name: "Sidecar"}}, Class: compat.Missing, Note: "Nothing is answered."})
	pages["compat path bad"] = CompatPathPage(bad, CompatPath{
		Directory: badDirectory, File: hostile, PublicURL: CompatPathURL(hostile), Class: compat.Better, Note: hostile, XML: hostile, Archived: hostile,
		Methods: []CompatMethod{{
			Name: hostile, About: hostile, Tried: true, LookedFor: hostile, Failure: hostile, XML: hostile,
			Documents: []CompatDocument{{hostile, DocumentURL(hostile, hostile), Phrase{Text: hostile}}},
		}},
		Differences: []compat.Difference{{Place: hostile, Archived: hostile, Ours: hostile}},
		Lines:       []compat.Line{{Kind: compat.InOurs, Text: hostile}},
	})
}

func TestDifferencesThatMatterComeFirst(t *testing.T) {
	archived := &xml2rfc.Archived{HasXML: true, XML: `<reference anchor="A" target="http://example.org/"><front><title>Old</title></front></reference>`}
	path, err := xml2rfc.ParsePath("bibxml2/reference.A.B.xml")
	require.NoError(t, err)
	document := rfc9000()
	m := CompatPathOf(xml2rfc.Explanation{
		Resolution: xml2rfc.Resolution{
			Path: path, Document: document,
			XML: []byte(`<reference anchor="A" target="https://example.org/"><front><title>New</title></front></reference>`),
		},
		Used: xml2rfc.Auto, Archived: archived,
		Findings: [3]xml2rfc.Finding{{}, {Attempt: xml2rfc.Attempt{Tried: true}, Document: document}, {Attempt: xml2rfc.Attempt{Tried: true}, XML: []byte(archived.XML)}},
	})
	require.Equal(t, compat.Worse, m.Class)
	require.Equal(t, "title", m.Differences[0].Place)
	require.Equal(t, "target", m.Differences[1].Place)
	require.NotEmpty(t, m.Lines)
	require.True(t, m.Methods[1].Used)
	require.Equal(t, "RFC 9000", m.Methods[1].Documents[0].ID)

	page := content(render(t, CompatPathPage(testFrame, m)))
	require.Less(t, strings.Index(page, "changed"), strings.Index(page, "corrected"))
	require.Contains(t, page, "− <reference anchor=\"A\" target=\"http://example.org/\">")
	require.Contains(t, page, "+ <reference anchor=\"A\" target=\"https://example.org/\">")
}

func TestVerdict(t *testing.T) {
	for want, d := range map[string]compat.Difference{
		"gone":      {Archived: "a", Loss: true},
		"changed":   {Archived: "a", Ours: "b", Loss: true},
		"corrected": {Archived: "a", Ours: "b"},
		"added":     {Ours: "b"},
	} {
		require.Equal(t, want, verdict(d))
	}
}
