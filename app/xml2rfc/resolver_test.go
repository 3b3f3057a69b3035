package xml2rfc

import (
	"context"
	"encoding/xml"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
)

// resolve gives the primary identifier of the document found ("archive" for archived XML), and the
// anchor of the root element.
func resolve(t *testing.T, r *Resolver, path, asked string) (id, anchor string) {
	t.Helper()
	parsed, err := ParsePath(path)
	require.NoError(t, err)
	got, err := r.Resolve(context.Background(), parsed, asked)
	require.NoError(t, err)
	root := struct {
		Anchor string `xml:"anchor,attr"`
	}{}
	require.NoError(t, xml.Unmarshal(got.XML, &root))
	if got.FromArchive() {
		return "archive", root.Anchor
	}
	return got.Document.Item.DocID[0].ID, root.Anchor
}

func TestResolve(t *testing.T) {
	for _, c := range []struct{ name, path, asked, id, anchor string }{
		{"RFC with padding", "bibxml/reference.RFC.0822.xml", "", "RFC 822", "RFC0822"},
		{"RFC without", "bibxml/reference.RFC.822.xml", "", "RFC 822", "RFC822"},
		{"RFC with too much", "bibxml/reference.RFC.002119.xml", "", "RFC 2119", "RFC002119"},
		{"RFC of five digits", "bibxml/reference.RFC.10007.xml", "", "RFC 10007", "RFC10007"},
		{"RFC from the archive", "bibxml/reference.RFC.26000.xml", "", "archive", "RFC26000"},
		{"anchor asked for", "bibxml/reference.RFC.2119.xml", "KEYWORDS", "RFC 2119", "KEYWORDS"},
		{"anchor asked for and mended", "bibxml/reference.RFC.2119.xml", `1"/><x y="`, "RFC 2119", "_1x.y"},
		{"anchor asked for that is none", "bibxml/reference.RFC.2119.xml", `"`, "RFC 2119", "RFC2119"},
		{"RFC by alias and with an underscore", "bibxml-rfcs/_reference.RFC.2119.xml", "", "RFC 2119", "RFC2119"},
		{"anchor asked of a draft", "bibxml-ids/reference.I-D.ietf-quic-http.xml", "HTTP3", "draft-ietf-quic-http-34", "HTTP3"},
		{"anchor asked of a group", "bibxml9/reference.BCP.14.xml", "KEYWORDS", "BCP 14", "KEYWORDS"},
		{"anchor asked of misc", "bibxml2/reference.ANSI.X3-4.1986.xml", "ASCII", "ANSI X3-4.1986", "ASCII"},
		{"anchor asked of W3C", "bibxml4/reference.W3C.REC-xml-20081126.xml", "XML", "W3C REC-xml-20081126", "XML"},
		{"anchor asked of 3GPP", "bibxml5/reference.3GPP.23.501.xml", "TS23501", "3GPP TS 23.501:REL-18/18.2.0", "TS23501"},
		{"anchor asked of IEEE", "bibxml6/reference.R.IEEE.Std%20754-2019.xml", "FLOAT", "IEEE Std 754-2019", "FLOAT"},
		{"anchor asked of IANA", "bibxml8/reference.IANA.media-types.xml", "MEDIA", "IANA media-types", "MEDIA"},
		{"anchor asked of NIST", "bibxml-nist/reference.NIST.SP.800-53r5.xml", "CONTROLS", "NIST SP 800-53r5", "CONTROLS"},
		{"anchor asked of a DOI from the archive", "bibxml7/reference.DOI.10.1000_182.xml", "JUPITER", "archive", "JUPITER"},
		{"anchor asked of the archive", "bibxml/reference.RFC.26000.xml", `a" x="b`, "archive", "a.xb"},

		{"RFC from the archive, where it is padded", "bibxml/reference.RFC.14.xml", "", "archive", "RFC14"},
		{"RFC from the archive, padded too much", "bibxml/reference.RFC.00014.xml", "", "archive", "RFC00014"},
		{"RFC from the archive, where it is not padded", "bibxml/reference.RFC.0015.xml", "", "archive", "RFC0015"},
		{"RFC that the archive maps under another spelling", "bibxml/reference.RFC.16.xml", "", "RFC 822", "RFC16"},
		{"BCP from the archive with zeros", "bibxml9/reference.BCP.09999.xml", "", "archive", "BCP9999"},
		{"FYI padded in its source", "bibxml9/reference.FYI.36.xml", "", "FYI 0036", "FYI36"},
		{"STD with too much padding", "bibxml-rfcsubseries/reference.STD.00078.xml", "", "STD 78", "STD78"},
		{"misc with zeros", "bibxml2/reference.ANSI.X3-04.1986.xml", "", "ANSI X3-4.1986", "ANSI.X3-04.1986"},
		{"misc that its source pads", "bibxml2/reference.XSF.XEP-45.xml", "", "XSF XEP-0045", "XSF.XEP-45"},
		{"NIST with zeros", "bibxml-nist/reference.NIST.SP.0800-053r5.xml", "", "NIST SP 800-53r5", "NIST_SP_800_53r5"},
		{"3GPP series without its zero", "bibxml5/reference.3GPP.5.05.xml", "", "3GPP TS 05.05:REL-99/8.0.0", "SDO-3GPP.05.05"},
		{"3GPP series with its zero", "bibxml5/reference.3GPP.05.05.xml", "", "3GPP TS 05.05:REL-99/8.0.0", "SDO-3GPP.05.05"},
		{"3GPP with a zero too much", "bibxml5/reference.SDO-3GPP.023.501.xml", "", "3GPP TS 23.501:REL-18/18.2.0", "SDO-3GPP.23.501"},
		{"3GPP from the archive, with SDO", "bibxml5/reference.SDO-3GPP.99.999.xml", "", "archive", "Old.anchor"},
		{"3GPP as kramdown-rfc derives it", "/public/rfc//reference.SDO-.3GPP.23.501.xml", "", "3GPP TS 23.501:REL-18/18.2.0", "SDO-3GPP.23.501"},

		{"BCP with padding", "bibxml9/reference.BCP.0014.xml", "", "BCP 14", "BCP14"},
		{"BCP by alias", "bibxml-rfcsubseries-new/reference.BCP.14.xml", "", "BCP 14", "BCP14"},
		{"BCP that its source pads", "bibxml9/reference.BCP.0048.xml", "", "BCP 0048", "BCP48"},
		{"STD without padding", "bibxml9/reference.STD.78.xml", "", "STD 78", "STD78"},
		{"BCP from the archive", "bibxml9/reference.BCP.9999.xml", "", "archive", "BCP9999"},

		{"misc", "bibxml2/reference.ANSI.X3-4.1986.xml", "", "ANSI X3-4.1986", "ANSI.X3-4.1986"},
		{"misc with other punctuation", "bibxml-misc/reference.ANSI.x3_4.1986.xml", "", "ANSI X3-4.1986", "ANSI.x3_4.1986"},
		{"mapped, whatever the case", "bibxml2/reference.LEGACY.MAPPED.xml", "", "RFC 2119", "LEGACY.MAPPED"},

		{"W3C", "bibxml4/reference.W3C.REC-xml-20081126.xml", "", "W3C REC-xml-20081126", "W3C.REC-xml-20081126"},
		{"W3C without its prefix", "bibxml4/reference.REC-xml-20081126.xml", "", "W3C REC-xml-20081126", "REC-xml-20081126"},
		{"W3C, the very identifier before a newer one", "bibxml4/reference.W3C.rec_XML-20081126.xml", "", "W3C rec_XML-20081126", "W3C.rec_XML-20081126"},
		{"W3C of the misc source", "bibxml2/reference.W3C.P3P.xml", "", "W3C P3P", "W3C.P3P"},

		{"3GPP, newest published version", "bibxml5/reference.3GPP.23.501.xml", "", "3GPP TS 23.501:REL-18/18.2.0", "SDO-3GPP.23.501"},
		{"3GPP with SDO", "bibxml5/reference.SDO-3GPP.23.501.xml", "", "3GPP TS 23.501:REL-18/18.2.0", "SDO-3GPP.23.501"},
		{"3GPP, several of one day", "bibxml5/reference.3GPP.36.871.xml", "", "3GPP TR 36.871:REL-11/0.0.1", "SDO-3GPP.36.871"},
		{"3GPP without version", "bibxml5/reference.3GPP.21.900.xml", "", "3GPP TR 21.900", "SDO-3GPP.21.900"},
		{"3GPP from the archive", "bibxml5/reference.3GPP.99.999.xml", "", "archive", "Old.anchor"},

		{"IEEE, quoted once more", "bibxml6/reference.R.IEEE.Std%20754-2019.xml", "", "IEEE Std 754-2019", "IEEE_Std_754_2019"},
		{"IEEE, not quoted", "bibxml6/reference.R.IEEE.Std 754-2019.xml", "", "IEEE Std 754-2019", "IEEE_Std_754_2019"},
		{"IEEE with others", "bibxml6/reference.R.ISO_IEC_IEEE.8802.3/D-1.xml", "", "ISO/IEC/IEEE 8802.3/D-1", "ISO_IEC_IEEE_8802.3_D_1"},
		{"IEEE mapped to nothing", "bibxml6/reference.IEEE.754_1985.xml", "", "archive", "Old.anchor"},

		{"IANA registry", "bibxml8/reference.IANA.media-types.xml", "", "IANA media-types", "IANA_media_types"},
		{"IANA subregistry", "bibxml8/reference.IANA.matroska_alpha-modes.xml", "", "IANA matroska/alpha-modes", "IANA_matroska_alpha_modes"},
		{"IANA subregistry with a slash", "bibxml-iana/reference.IANA.matroska/alpha-modes.xml", "", "IANA matroska/alpha-modes", "IANA_matroska_alpha_modes"},

		{"IANA registry that begins with an underscore", "bibxml8/reference.IANA._6tisch.xml", "", "IANA _6tisch", "IANA__6tisch"},
		{"IANA subregistry of it", "bibxml8/reference.IANA._6tisch__6tisch-6p-message-types.xml", "", "IANA _6tisch/_6tisch-6p-message-types", "IANA__6tisch__6tisch_6p_message_types"},
		{"IANA subregistry with an underscore inside", "bibxml-iana/reference.IANA.manet-parameters_link_status-tlv.xml", "", "IANA manet-parameters/link_status-tlv", "IANA_manet_parameters_link_status_tlv"},

		{"NIST, the very identifier", "bibxml-nist/reference.NIST.NIST_SP_800-53r5.xml", "", "NIST SP 800-53r5", "NIST_SP_800_53r5"},
		{"NIST with dots", "bibxml-nist/reference.NIST.SP.800-53r5.xml", "", "NIST SP 800-53r5", "NIST_SP_800_53r5"},
		{"NIST that is an NBS", "bibxml-nist/reference.NIST.NIST_FIPS_46.xml", "", "NBS FIPS 46", "NBS_FIPS_46"},

		{"IEEE of bibxml2, as kramdown-rfc requests its anchor", "bibxml6/reference.IEEE.Std.754-2019.xml", "", "IEEE Std 754-2019", "IEEE.Std.754-2019"},
		{"IANA of bibxml2", "bibxml8/reference.IANA.application.x-xml.xml", "", "IANA application/x+xml", "IANA.application.x-xml"},
		{"NIST of the archive in bibxml-nist", "bibxml2/reference.NIST.OLD.1.xml", "", "archive", "Old.anchor"},
		{"W3C of the archive in bibxml2", "bibxml4/reference.W3C.old.xml", "", "archive", "W3C.old"},

		{"DOI from the archive", "bibxml7/reference.DOI.10.1000_182.xml", "", "archive", "DOI_10.1000_182"},
	} {
		t.Run(c.name, func(t *testing.T) {
			id, anchor := resolve(t, shelf().resolver(), c.path, c.asked)
			require.Equal(t, c.id, id)
			require.Equal(t, c.anchor, anchor)
		})
	}
}

func TestRefusals(t *testing.T) {
	const opening = "Error resolving bibliographic item. Tried methods: "
	for _, c := range []struct{ name, path, message string }{
		{"unknown RFC", "bibxml/reference.RFC.1.xml", "auto (IETF RFC 1): not found, fallback (): not indexed"},
		{"no RFC", "bibxml/reference.RFC2119.xml", "auto (RFC2119): not found, fallback (): not indexed"},
		{"not a number", "bibxml/reference.RFC.-1.xml", "auto (RFC.-1): not found, fallback (): not indexed"},
		{"STD among RFCs", "bibxml/reference.STD.69.xml", "auto (STD.69): not found, fallback (): not indexed"},
		{"RFC among subseries", "bibxml9/reference.RFC.20.xml", "auto (RFC.20): not found, fallback (): not indexed"},
		{"subseries without number", "bibxml9/reference.BCP.xml", "auto (BCP): not found, fallback (): not indexed"},
		{"another type", "bibxml2/reference.ISO.X3-4.1986.xml", "auto (ISO ISO X3-4.1986): not found, fallback (): not indexed"},
		{"misc without type", "bibxml2/reference.X.xml", "auto (X): not found, fallback (): not indexed"},
		{"W3C, of which there is another edition", "bibxml4/reference.W3C.REC-xml-20060816.xml", "auto (W3C W3C REC-xml-20060816): not found, fallback (): not indexed"},
		{"3GPP in lower case", "bibxml5/reference.3gpp.23.501.xml", "auto (3GPP TR|TS 3gpp.23.501): not found, fallback (): not indexed"},
		{"3GPP that was never published", "bibxml5/reference.3GPP.23.5.xml", "auto (3GPP TR|TS 23.5): not found, fallback (): not indexed"},
		{"IEEE by an old name", "bibxml6/reference.IEEE.802.11_2012.xml", "auto (IEEE.802.11_2012): not found, fallback (): not indexed"},
		{"IEEE without rest", "bibxml6/reference.R.IEEE.xml", "auto (R.IEEE): not found, fallback (): not indexed"},
		{"marked as invalid", "bibxml6/reference.IEEE.Withdrawn.xml", "auto (IEEE.Withdrawn): not found, fallback (): marked as invalid"},
		{"IANA in capitals", "bibxml8/reference.IANA.MEDIA-TYPES.xml", "auto (IANA IANA MEDIA-TYPES): not found, fallback (): not indexed"},
		{"not of IANA", "bibxml8/reference.media-types.xml", "auto (media-types): not found, fallback (): not indexed"},
		{"NIST without rest", "bibxml-nist/reference.NIST.FIPS.xml", "auto (NIST FIPS): not found, fallback (): not indexed"},
		{"NIST without prefix", "bibxml-nist/reference.NBS.FIPS.46.xml", "auto (NBS.FIPS.46): not found, fallback (): not indexed"},
		{
			"sidecar without XML", "bibxml-nist/reference.NBS.SIDECAR.ALONE.xml",
			"manual (NIST SP 1): not found, auto (NBS.SIDECAR.ALONE): not found, fallback (): not indexed",
		},
		{"DOI without Crossref", "bibxml7/reference.DOI.10.1145/1.xml", "auto (DOI 10.1145/1): not found, fallback (): not indexed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, err := ParsePath(c.path)
			require.NoError(t, err)
			got, err := shelf().resolver().Resolve(context.Background(), path, "")
			require.True(t, fault.Is(err, fault.NotFound))
			require.Equal(t, opening+c.message, fault.Message(err))
			require.Nil(t, got.XML)
		})
	}
}

func TestOutcomes(t *testing.T) {
	for _, c := range []struct{ name, path, want string }{
		{"by rule", "bibxml/reference.RFC.2119.xml", ";IETF RFC 2119,;"},
		{"mapped", "bibxml2/reference.LEGACY.MAPPED.xml", "rfc 2119,;;"},
		{"mapped to nothing", "bibxml6/reference.IEEE.754_1985.xml", "IEEE Nonexistent 1,not found;IEEE.754_1985,not found;,"},
		{"nothing", "bibxml2/reference.A;b.xml", ";A b,not found;,not indexed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			path, err := ParsePath(c.path)
			require.NoError(t, err)
			got, _ := shelf().resolver().Resolve(context.Background(), path, "")
			require.Equal(t, "manual;auto;fallback", got.Methods())
			require.Equal(t, c.want, got.Outcomes())
		})
	}
}

func TestUnavailable(t *testing.T) {
	library := shelf()
	library.err = fault.New(fault.Unavailable, "the database is away")
	for _, entry := range entries {
		_, err := library.resolver().Resolve(context.Background(), Path{entry.name, "RFC.2119"}, "")
		require.True(t, fault.Is(err, fault.Unavailable), "%s: %v", entry.name, err)
	}
}

func TestIANAIsUndatedAndSecure(t *testing.T) {
	library := shelf()
	path := Path{"bibxml8", "IANA.media-types"}
	got, err := library.resolver().Resolve(context.Background(), path, "")
	require.NoError(t, err)
	require.NotContains(t, string(got.XML), "<date")
	require.Contains(t, string(got.XML), `target="https://example.org/IANA%20media-types"`)

	again, err := library.Candidates(context.Background(), ianaQuery())
	require.NoError(t, err)
	require.Equal(t, "2020-01-01", again[0].Published, "the document itself is unchanged")
}
