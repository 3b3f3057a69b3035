package validity

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// A little of what the real schemas say: what xmllint finds is its own affair, that it is heard is ours.
const (
	element = `<element name="%s" xmlns="http://relaxng.org/ns/structure/1.0" datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
	<attribute name="anchor"><data type="ID"/></attribute>%s</element>`
	member = `<oneOrMore><element name="reference"><attribute name="anchor"><data type="ID"/></attribute></element></oneOrMore>`
)

func schemas(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, references), fmt.Appendf(nil, element, "reference", "<empty/>"), 0o600))
	require.NoError(t, os.WriteFile(filepath.Join(dir, groups), fmt.Appendf(nil, element, "referencegroup", member), 0o600))
	return dir
}

func TestCheck(t *testing.T) {
	answers := map[string]string{
		"/good":      `<reference anchor="RFC9000"/>`,
		"/archived":  `<?xml version="1.0"?><!-- old --><reference anchor="RFC9000"></reference>`,
		"/group":     `<referencegroup anchor="BCP14"><reference anchor="RFC2119"/></referencegroup>`,
		"/same-id":   `<referencegroup anchor="A"><reference anchor="A"/></referencegroup>`,
		"/digit":     `<reference anchor="3GPP"/>`,
		"/broken":    `<reference anchor="A"`,
		"/forbidden": "<reference anchor=\"A\">\x01</reference>",
		"/page":      `<html/>`,
	}
	service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if body, ok := answers[r.URL.Path]; ok {
			_, _ = w.Write([]byte(body))
			return
		}
		http.Error(w, answers["/good"], http.StatusNotFound)
	}))
	defer service.Close()
	tally, err := Check(t.Context(), service.URL, []string{
		"/good", "/archived", "/group", "/same-id", "/digit", "/broken", "/forbidden", "/page", "/gone",
	}, schemas(t))
	require.NoError(t, err)
	require.Equal(t, 2, tally.References)
	require.Equal(t, 1, tally.Groups)
	reasons := map[string]string{}
	for _, fault := range tally.Faults {
		reasons[fault.Address] = fault.Reason
	}
	require.Len(t, reasons, 6)
	require.Contains(t, reasons["/same-id"], "validity error")
	require.Contains(t, reasons["/digit"], "validity error")
	require.Contains(t, reasons["/broken"], "parser error")
	require.Contains(t, reasons["/forbidden"], "parser error")
	require.Contains(t, reasons["/page"], "status 200")
	require.Contains(t, reasons["/gone"], "status 404")

	var report bytes.Buffer
	require.EqualError(t, tally.Report(&report), "6 XML answers are not valid")
	require.Contains(t, report.String(), "validated 9 XML answers by xmllint: 2 references and 1 groups are valid, 6 are not\n")
	require.Contains(t, report.String(), "/digit")
}

func TestReasons(t *testing.T) {
	var report bytes.Buffer
	err := Tally{References: 1, Faults: []Fault{
		{"/b", `4: xml:id : attribute value "3GPP" is not an xml:id`}, {"/a", `12: xml:id : attribute value "4|5" is not an xml:id`}, {"/c", "status 500"},
	}}.Report(&report)
	require.EqualError(t, err, "3 XML answers are not valid")
	require.Equal(t, "validated 4 XML answers by xmllint: 1 references and 0 groups are valid, 3 are not\n\n"+
		"| answers | reason | for example |\n|--:|---|---|\n"+
		"| 2 | 12: xml:id : attribute value \"4\\|5\" is not an xml:id | `/a` |\n| 1 | status 500 | `/c` |\n", report.String())
}

func TestReport(t *testing.T) {
	require.NoError(t, Tally{References: 1}.Report(&bytes.Buffer{}))
	require.EqualError(t, Tally{}.Report(&bytes.Buffer{}), "no XML answer was judged")
}

func TestSchemas(t *testing.T) {
	var said bytes.Buffer
	dir := schemas(t)
	found, ok := Schemas(t.Context(), dir, &said)
	require.True(t, ok)
	require.Equal(t, dir, found)
	require.Empty(t, said.String())

	t.Run("those of xml2rfc", func(t *testing.T) {
		lib := t.TempDir()
		require.NoError(t, os.Mkdir(filepath.Join(lib, "xml2rfc"), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(lib, "xml2rfc", "__init__.py"), nil, 0o600))
		require.NoError(t, os.Rename(dir, filepath.Join(lib, "xml2rfc", "data")))
		t.Setenv("PYTHONPATH", lib)
		found, ok := Schemas(t.Context(), filepath.Join(lib, "nowhere"), &said)
		require.True(t, ok)
		require.Equal(t, filepath.Join(lib, "xml2rfc", "data"), found)
	})
	t.Run("none", func(t *testing.T) {
		lib := t.TempDir() // with a package that has no schemas, whatever this machine has
		require.NoError(t, os.WriteFile(filepath.Join(lib, "xml2rfc.py"), nil, 0o600))
		t.Setenv("PYTHONPATH", lib)
		_, ok := Schemas(t.Context(), "", &said)
		require.False(t, ok)
		require.Contains(t, said.String(), "LEFT OUT: validation by schema")
	})
	t.Run("no xmllint", func(t *testing.T) {
		t.Setenv("PATH", t.TempDir())
		_, ok := Schemas(t.Context(), dir, &said)
		require.False(t, ok)
		require.Contains(t, said.String(), "xmllint is not installed")
	})
}

func TestAddress(t *testing.T) {
	require.Equal(t, "/api/v1/by-docid/?docid=3GPP+TS+23.501%3AREL-15%2F15.2.0&doctype=3GPP&format=bibxml", address("document", "3GPP TS 23.501:REL-15/15.2.0", "3GPP"))
	require.Equal(t, "/api/v1/ref/misc/reference.A%2FB/?format=bibxml", address("record", "misc", "reference.A/B"))
	require.Equal(t, "/public/rfc/bibxml6/reference.IEEE.754_1985.xml", address("file", "bibxml6", "reference.IEEE.754_1985.xml"))
}

// TestCheckBoth judges of the other service what differs alone.
func TestCheckBoth(t *testing.T) {
	serve := func(answers map[string]string) string {
		service := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(answers[r.URL.Path])) }))
		t.Cleanup(service.Close)
		return service.URL
	}
	one := serve(map[string]string{"/same": `<reference anchor="A"/>`, "/better": `<reference anchor="B"/>`, "/worse": `<reference anchor="C"/>`, "/bad": `<reference anchor="1"/>`})
	two := serve(map[string]string{"/same": `<reference anchor="A"/>`, "/better": `<reference anchor="BB"/>`, "/worse": `<reference anchor="2"/>`, "/bad": `<reference anchor="1"/>`})
	all, differing, err := CheckBoth(t.Context(), one, two, []string{"/same", "/better", "/worse", "/bad"}, schemas(t))
	require.NoError(t, err)
	require.Equal(t, 3, all.References)
	require.Len(t, all.Faults, 1)
	require.Equal(t, "/bad", all.Faults[0].Address)
	require.Equal(t, 1, differing.References)
	require.Len(t, differing.Faults, 1)
	require.Equal(t, "/worse", differing.Faults[0].Address)
}
