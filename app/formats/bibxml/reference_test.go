package bibxml

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func TestDate(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []relaton.Date
		want string
	}{
		{"day", []relaton.Date{{Value: "2013-04-04", Type: "published"}}, `<date day="4" month="April" year="2013"/>` + "\n"},
		{"month", []relaton.Date{{Value: "2013-04", Type: "published"}}, `<date month="April" year="2013"/>` + "\n"},
		{"year", []relaton.Date{{Value: "2013"}}, `<date year="2013"/>` + "\n"},
		{"published before others", []relaton.Date{{Value: "2012", Type: "created"}, {Value: "2013", Type: "published"}}, `<date year="2013"/>` + "\n"},
		{"the first when none is published", []relaton.Date{{Value: "2012", Type: "created"}, {Value: "2013", Type: "updated"}}, `<date year="2012"/>` + "\n"},
		{"no date at all", []relaton.Date{{Value: "soon", Type: "published"}}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			w := newWriter(0)
			w.date(&relaton.Item{Date: c.in})
			require.Equal(t, c.want, string(w.buf))
		})
	}
}

func TestSeries(t *testing.T) {
	for _, c := range []struct {
		name string
		id   docid.ID
		want seriesInfo
	}{
		{"RFC", docid.ID{ID: "RFC 9000", Type: "IETF"}, seriesInfo{"RFC", "9000"}},
		{"another IETF identifier", docid.ID{ID: "BCP 14", Type: "IETF"}, seriesInfo{}},
		{"draft", docid.ID{ID: "draft-ietf-quic-http-34", Type: "Internet-Draft"}, seriesInfo{"Internet-Draft", "draft-ietf-quic-http-34"}},
		{"W3C", docid.ID{ID: "W3C REC-xml-20081126", Type: "W3C"}, seriesInfo{"W3C", "REC-xml-20081126"}},
		{"W3C with a dot", docid.ID{ID: "W3C wai-aria-1.1", Type: "W3C"}, seriesInfo{"W3C", "wai-aria-1 1"}},
		{"3GPP report", docid.ID{ID: "3GPP TR 38.901:REL-17/17.0.0", Type: "3GPP"}, seriesInfo{"3GPP TR", "38.901 17.0.0"}},
		{"3GPP specification", docid.ID{ID: "3GPP TS 23.501:REL-18/18.8.0", Type: "3GPP"}, seriesInfo{}},
		{"IEEE with number and year", docid.ID{ID: "IEEE 802-1A.1990", Type: "IEEE"}, seriesInfo{"IEEE", "802.1a-1990"}},
		{"IEEE without a dot", docid.ID{ID: "IEEE Std 754-2019", Type: "IEEE"}, seriesInfo{"IEEE", "IEEE Std 754-2019"}},
		{"DOI in lower case", docid.ID{ID: "10.17487/RFC9000", Type: "doi"}, seriesInfo{"DOI", "10.17487/RFC9000"}},
		{"ISBN", docid.ID{ID: "978-0-7381-6448-9", Type: "ISBN"}, seriesInfo{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, newWriter(0).seriesOf(c.id))
		})
	}
}

func TestSeriesOfADocument(t *testing.T) {
	w := newWriter(0)
	w.series(&relaton.Item{
		Series: []relaton.Series{
			{Title: &relaton.Text{Content: "STD"}, Number: "90"},
			{Title: &relaton.Text{Content: "RFC"}, Number: "8259"},
			{Title: &relaton.Text{Content: "RFC"}},
			{Number: "1"},
		},
		DocID: []docid.ID{
			{ID: "10.17487/RFC8259", Type: "DOI"},
			{ID: "RFC 8259", Type: "IETF", Primary: true},
			{ID: "IEEE Std 1™-2", Type: "IEEE", Scope: "trademark"},
		},
	})
	require.Equal(t, `<seriesInfo name="STD" value="90"/>
<seriesInfo name="RFC" value="8259"/>
<seriesInfo name="DOI" value="10.17487/RFC8259"/>
`, string(w.buf))
}

func TestTarget(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []relaton.Link
		want string
	}{
		{"src before doi", []relaton.Link{{Content: "https://doi.org/1", Type: "doi"}, {Content: "https://x.example/1", Type: "src"}}, "https://x.example/1"},
		{"pdf before doi", []relaton.Link{{Content: "https://doi.org/1", Type: "doi"}, {Content: "https://x.example/1.pdf", Type: "pdf"}}, "https://x.example/1.pdf"},
		{"the first of others", []relaton.Link{{Content: "https://doi.org/1", Type: "doi"}, {Content: "https://x.example/1", Type: "self"}}, "https://doi.org/1"},
		{"none", nil, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, target(&relaton.Item{Link: c.in}))
		})
	}
}
