package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/formats/bibxml/bibxmltest"
	"github.com/ietf-tools/bibxml/e2e/validity"
)

// Every XML that leaves is valid: of each document of the samples, of each record that shares its
// document with others, of each archived file, whatever anchor is asked for.
func TestEveryXMLIsValid(t *testing.T) {
	for _, corrections := range []string{"all", "none"} {
		t.Run(corrections, func(t *testing.T) { everyXMLIsValid(t, corrections) })
	}
}

func everyXMLIsValid(t *testing.T, corrections string) {
	s := start(t, map[string]string{"CORRECTIONS": corrections})
	s.index(t, append(config.Datasets(), config.Archive)...)
	addresses, err := validity.Addresses(t.Context(), s.cfg.DatabaseURL, "")
	require.NoError(t, err)
	require.Greater(t, len(addresses), 150)
	for _, address := range addresses {
		valid(t, s, address)
	}
	for _, address := range append(onePathOfEach, "/api/v1/by-docid/?docid=BCP+14&format=bibxml", "/get-one/export/?docid=SAMPLE+markup&format=bibxml") {
		for _, anchor := range badAnchors {
			valid(t, s, withAnchor(address, anchor)) // an attribute or element of its own would not be
		}
		for _, anchor := range []string{"a\x00b", "\xff\xfe"} {
			require.Equal(t, http.StatusBadRequest, s.get(t, withAnchor(address, anchor)).status, "not even text: %q", anchor)
		}
		require.Contains(t, valid(t, s, withAnchor(address, "My-anchor.1")), "My-anchor.1")
	}
}

func valid(t *testing.T, s *service, address string) string {
	t.Helper()
	got := s.get(t, address)
	require.Equal(t, http.StatusOK, got.status, "%s: %s", address, got.body)
	require.NoError(t, bibxmltest.Check([]byte(got.body)), "%s: %s", address, got.body)
	return got.body
}

// onePathOfEach directory, of the index and of the archive; DOIs are asked of Crossref alone.
var onePathOfEach = []string{
	"/public/rfc/bibxml/reference.RFC.9000.xml",
	"/public/rfc/bibxml/reference.RFC.0008.xml",
	"/public/rfc/bibxml2/reference.ISO.8601.2004.xml",
	"/public/rfc/bibxml2/reference.ANSI.T1-102.1987.xml",
	"/public/rfc/bibxml3/reference.I-D.ietf-quic-transport.xml",
	"/public/rfc/bibxml3/reference.I-D.sample-forgotten.xml",
	"/public/rfc/bibxml4/reference.W3C.REC-xml-names-20091208.xml",
	"/public/rfc/bibxml5/reference.3GPP.23.501.xml",
	"/public/rfc/bibxml5/reference.3GPP.24.293.xml",
	"/public/rfc/bibxml6/reference.IEEE.802.11_2012.xml",
	"/public/rfc/bibxml7/reference.DOI.10.1000_182.xml",
	"/public/rfc/bibxml8/reference.IANA.tls-parameters.xml",
	"/public/rfc/bibxml9/reference.STD.13.xml",
	"/public/rfc/bibxml9/reference.BCP.0099.xml",
	"/public/rfc/bibxml-nist/reference.NIST.FIPS.186-5.xml",
}

// badAnchors are none, or are meant to break out.
var badAnchors = []string{
	`x" onload="y`, `x' onload='y`, "x><onload/>", "]]>", "<!--", "&ldquo;", "&#1;", "a\x01b", "\uFFFE", "a:b",
	" ", "9", "-", ".", "\u200d", "×", "a\nb\tc", "{{7*7}}", "${x}", "日本語", strings.Repeat("ä", 1000),
}

func withAnchor(address, anchor string) string {
	separator := "?"
	if strings.Contains(address, "?") {
		separator = "&"
	}
	return address + separator + url.Values{"anchor": {anchor}}.Encode()
}
