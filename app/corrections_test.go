package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/ietf-tools/bibxml/app/config"
)

// ways are documents of every kind, with their paths.
var ways = []struct{ docID, path string }{
	{"RFC 9000", "bibxml/reference.RFC.9000.xml"},
	{"RFC 20", "bibxml/reference.RFC.0020.xml"},
	{"draft-ietf-quic-http-34", "bibxml3/reference.I-D.draft-ietf-quic-http-34.xml"},
	{"draft-iab-xml2rfc", "bibxml3/reference.I-D.iab-xml2rfc.xml"},
	{"BCP 0014", "bibxml9/reference.BCP.0014.xml"},
	{"W3C REC-xml-20081126", "bibxml4/reference.W3C.REC-xml-20081126.xml"},
	{"3GPP TS 23.501:REL-18/18.8.0", "bibxml5/reference.SDO-3GPP.23.501.xml"},
	{"IANA quic", "bibxml8/reference.IANA.quic.xml"},
	{"IANA _6tisch", "bibxml8/reference.IANA._6tisch.xml"},
	{"NIST SP 800-207", "bibxml-nist/reference.NIST.NIST_SP_800-207.xml"},
}

func TestDownloadIsWhatThePathAnswers(t *testing.T) {
	s := start(t, map[string]string{"CORRECTIONS": "none"})
	s.index(t, config.Datasets()...)
	for _, way := range ways {
		for _, anchor := range []string{"", "&anchor=JUPITER"} {
			path := s.get(t, "/public/rfc/"+way.path+strings.Replace(anchor, "&", "?", 1))
			download := s.get(t, "/get-one/export/?format=bibxml&docid="+url.QueryEscape(way.docID)+anchor)
			if path.status != http.StatusOK || download.body != path.body {
				t.Errorf("%s %s:\n%d %s\n%d %s", way.docID, anchor, path.status, path.body, download.status, download.body)
			}
		}
	}
	if own := s.get(t, "/api/v1/by-docid/?format=bibxml&docid=BCP+14"); !strings.Contains(own.body, `anchor="BCP_14"`) {
		t.Errorf("the API names a document otherwise, unless that is corrected: %s", own.body)
	}
	for path, part := range map[string]string{
		"bibxml5/reference.SDO-3GPP.23.501.xml":      "</front>\n</reference>",
		"bibxml4/reference.W3C.REC-xml-20081126.xml": `<seriesInfo name="W3C REC" value="REC-xml-20081126"/>`,
	} {
		if got := s.get(t, "/public/rfc/"+path); !strings.Contains(got.body, part) {
			t.Errorf("%s is not as recorded, it lacks %s: %s", path, part, got.body)
		}
	}
}

func TestByDefaultEveryWayGivesTheSameCorrectedAnswer(t *testing.T) {
	s := start(t, nil)
	s.index(t, config.Datasets()...)
	for _, way := range ways {
		path := s.get(t, "/public/rfc/"+way.path)
		for _, address := range []string{"/api/v1/by-docid/", "/get-one/export/"} {
			other := s.get(t, address+"?format=bibxml&docid="+url.QueryEscape(way.docID))
			if path.status != http.StatusOK || other.body != path.body {
				t.Errorf("%s at %s:\n%d %s\n%d %s", way.docID, address, path.status, path.body, other.status, other.body)
			}
		}
	}
	for path, part := range map[string]string{
		"bibxml/reference.RFC.9000.xml":                     `initials="J."`,
		"bibxml5/reference.SDO-3GPP.23.501.xml":             `<seriesInfo name="3GPP TS" value="23.501 18.8.0"/>`,
		"bibxml4/reference.W3C.REC-xml-20081126.xml":        `<seriesInfo name="W3C" value="REC-xml-20081126"/>`,
		"bibxml3/reference.I-D.draft-ietf-quic-http-34.xml": `anchor="I-D.ietf-quic-http"`,
		"bibxml6/reference.R.IEEE.Std%20754-2019.xml":       `<seriesInfo name="IEEE" value="Std 754-2019"/>`,
	} {
		if got := s.get(t, "/public/rfc/"+path); !strings.Contains(got.body, part) {
			t.Errorf("%s lacks %s: %s", path, part, got.body)
		}
	}
}

func TestUnknownCorrectionIsRefused(t *testing.T) {
	_, err := New(t.Context(), &config.Config{Corrections: []string{"w3c-series", "names"}})
	if err == nil || !strings.Contains(err.Error(), `CORRECTIONS: unknown correction "names"`) || !strings.Contains(err.Error(), "full-names") {
		t.Errorf("error = %v, want the names that exist", err)
	}
}
