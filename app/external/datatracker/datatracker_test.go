package datatracker

import (
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

const (
	transport     = "/api/v1/doc/document/draft-ietf-quic-transport/?format=json"
	transportBody = `{"name": "draft-ietf-quic-transport", "rev": "35", "title": "QUIC: A  Transport", "abstract": "One.\n\nTwo.",
		"submissions": ["/api/v1/submit/submission/1/", "/api/v1/submit/submission/2/"], "time": "2027-01-01T00:00:00Z"}`
	newest     = "/api/v1/submit/submission/2/?format=json"
	newestBody = `{"name": "draft-ietf-quic-transport", "rev": "35", "title": "x", "document_date": "2021-03-04", "submission_date": "2021-03-05",
		"authors": "[{\"name\": \"Jana Iyengar\", \"email\": \"j@example.org\", \"affiliation\": \"Fastly\"}, {\"name\": \"Martin Thomson\"}]"}`
)

// standIn answers as the Datatracker does, from what is given by path and query.
func standIn(t *testing.T, answers map[string]string) (*Client, *atomic.Int32) {
	t.Helper()
	var asked atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked.Add(1)
		body, ok := answers[r.RequestURI]
		switch {
		case !ok:
			http.NotFound(w, r)
		case body == "":
			w.WriteHeader(http.StatusServiceUnavailable)
		default:
			_, _ = fmt.Fprint(w, body)
		}
	}))
	t.Cleanup(server.Close)
	source, err := external.New[*relaton.Item](external.Options{
		Name: "The Datatracker", URL: server.URL, Patience: time.Minute, Timeout: time.Minute, Fresh: time.Hour, Stale: time.Hour, Parallel: 2,
		Observe: func(string, time.Duration) {}, Log: slog.New(slog.DiscardHandler),
	})
	require.NoError(t, err)
	return New(source), &asked
}

func TestNewestVersion(t *testing.T) {
	client, asked := standIn(t, map[string]string{transport: transportBody, newest: newestBody})
	doc, err := client.Draft(t.Context(), "draft-ietf-quic-transport", "")
	require.NoError(t, err)
	require.Equal(t, "draft-ietf-quic-transport-35", doc.Primary.ID)
	require.Equal(t, []relaton.Version{{Draft: "35"}}, doc.Item.Version)
	require.Equal(t, Name, doc.Records[0].Dataset)
	require.Equal(t, `<reference anchor="I-D.ietf-quic-transport" target="https://datatracker.ietf.org/doc/html/draft-ietf-quic-transport-35">
  <front>
    <title>QUIC: A Transport</title>
    <author fullname="Jana Iyengar" initials="J." surname="Iyengar">
      <organization>Fastly</organization>
    </author>
    <author fullname="Martin Thomson" initials="M." surname="Thomson"/>
    <date day="4" month="March" year="2021"/>
    <abstract>
      <t>One.</t>
      <t>Two.</t>
    </abstract>
  </front>
  <seriesInfo name="Internet-Draft" value="draft-ietf-quic-transport-35"/>
</reference>
`, written(t, doc, "I-D.ietf-quic-transport"))

	again, err := client.Document(t.Context(), "draft-ietf-quic-transport")
	require.NoError(t, err)
	require.Equal(t, doc.Item, again.Item)
	require.EqualValues(t, 2, asked.Load(), "the answer is kept")
}

// Other versions than the newest can be asked for, also those that are not indexed.
func TestEarlierVersion(t *testing.T) {
	const list = "/api/v1/submit/submission/?format=json&name=draft-ietf-quic-transport&rev=07"
	const listed = `{"meta": {"total_count": 2}, "objects": [
		{"name": "draft-ietf-quic-transport", "rev": "07", "title": "Withdrawn", "state": "/api/v1/name/draftsubmissionstatename/cancel/"},
		{"name": "draft-ietf-quic-transport", "rev": "07", "title": "QUIC", "abstract": "", "document_date": null, "submission_date": "2017-10-13",
		 "authors": [{"name": "Jana Iyengar"}], "state": "/api/v1/name/draftsubmissionstatename/posted/"}]}`
	client, _ := standIn(t, map[string]string{transport: transportBody, newest: newestBody, list: listed})
	for _, c := range []struct{ id, title, date string }{
		{"draft-ietf-quic-transport-07", "QUIC", "2017-10-13"},
		{"draft-ietf-quic-transport-35", "QUIC: A Transport", "2021-03-04"},
	} {
		doc, err := client.Document(t.Context(), c.id)
		require.NoError(t, err)
		require.Equal(t, c.id, doc.Primary.ID)
		require.Equal(t, c.title, doc.Item.Title[0].Content)
		require.Equal(t, c.date, doc.Item.Published())
	}
	_, err := client.Draft(t.Context(), "draft-ietf-quic-transport", "36")
	require.True(t, fault.Is(err, fault.NotFound), "%v", err)
}

// Drafts older than the tool for submissions have authors and dates on their pages alone.
func TestDraftWithoutSubmission(t *testing.T) {
	const (
		old      = "/api/v1/doc/document/draft-touch-template-v2.0/?format=json"
		page     = "/doc/draft-touch-template-v2.0/doc.json"
		document = `{"name": "draft-touch-template-v2.0", "rev": "06", "title": "Word", "abstract": "", "submissions": %s}`
		known    = `{"authors": [{"name": "Dr. Joe Touch", "affiliation": null}], "rev_history": [
			{"name": "draft-touch-template-v2.0", "rev": "05", "published": "2009-01-02T03:04:05+00:00"},
			{"name": "draft-touch-template-v2.0", "rev": "06", "published": "2010-01-02T03:04:05+00:00"}]}`
	)
	for _, c := range []struct {
		name    string
		answers map[string]string
		authors int
		date    string
	}{
		{"no submission", map[string]string{old: fmt.Sprintf(document, "[]"), page: known}, 1, "2010-01-02"},
		{"nor a page", map[string]string{old: fmt.Sprintf(document, "[]")}, 0, ""},
		{"a submission elsewhere", map[string]string{old: fmt.Sprintf(document, `["http://evil.example/", "//evil.example/api"]`), page: known}, 1, "2010-01-02"},
		{"a submission that is gone", map[string]string{old: fmt.Sprintf(document, `["/api/v1/submit/submission/9/"]`), page: known}, 1, "2010-01-02"},
		{"a submission of another version", map[string]string{
			old: fmt.Sprintf(document, `["/api/v1/submit/submission/2/"]`), newest: newestBody, page: known,
		}, 1, "2010-01-02"},
	} {
		t.Run(c.name, func(t *testing.T) {
			client, _ := standIn(t, c.answers)
			doc, err := client.Draft(t.Context(), "draft-touch-template-v2.0", "")
			require.NoError(t, err)
			require.Len(t, doc.Item.Contributor, c.authors)
			require.Equal(t, c.date, doc.Item.Published())
		})
	}
}

func TestRefusals(t *testing.T) {
	for _, c := range []struct {
		name, id string
		answers  map[string]string
		kind     fault.Kind
		asked    int32
	}{
		{"unknown", "draft-no-such", nil, fault.NotFound, 1},
		{"a path", "draft-../../admin", nil, fault.NotFound, 0},
		{"another host", "draft-@evil.example", nil, fault.NotFound, 0},
		{"a query", "draft-x?y=z", nil, fault.NotFound, 0},
		{"an RFC", "rfc9000", nil, fault.NotFound, 0},
		{"nothing", "", nil, fault.NotFound, 0},
		{"too long", "draft-" + strings.Repeat("x", 300), nil, fault.NotFound, 0},
		{"down", "draft-ietf-quic-transport", map[string]string{transport: ""}, fault.Upstream, 1},
		{"half down", "draft-ietf-quic-transport", map[string]string{transport: transportBody, newest: ""}, fault.Upstream, 2},
		{"another document", "draft-ietf-quic-transport", map[string]string{transport: `{"name": "draft-x", "rev": "00"}`}, fault.Upstream, 1},
		{"without a version", "draft-ietf-quic-transport", map[string]string{transport: `{"name": "draft-ietf-quic-transport", "rev": ""}`}, fault.NotFound, 1},
	} {
		t.Run(c.name, func(t *testing.T) {
			client, asked := standIn(t, c.answers)
			_, err := client.Document(t.Context(), c.id)
			require.Equal(t, c.kind, fault.Of(err), "%v", err)
			require.Equal(t, c.asked, asked.Load())
		})
	}
}

func TestAuthors(t *testing.T) {
	for _, c := range []struct {
		name, source string
		want         authors
	}{
		{"a list", `[{"name": "Dave Crocker", "email": null, "affiliation": "Brandenburg"}]`, authors{{"Dave Crocker", "Brandenburg"}}},
		{"a text of JSON", `"[{\"name\": \"Mirja K\\u00fchlewind\"}]"`, authors{{"Mirja Kühlewind", ""}}},
		{
			"as Python prints it", `"[{'email': None, 'name': \"Pat O'Brien\", 'affiliation': None}, {'name': 'Paul Overell'}]"`,
			authors{{"Pat O'Brien", ""}, {"Paul Overell", ""}},
		},
		{"a malformed one among others", `[7, null, {"name": 7}, {"name": ""}, {"email": "x"}, {"name": "Paul Overell", "affiliation": []}]`, authors{{"Paul Overell", ""}}},
		{"et al.", `[{"name": "Paul Overell"}, {"name": "et al."}]`, authors{{"Paul Overell", ""}}},
		{"none", `null`, nil},
		{"an empty text", `""`, nil},
		{"no list", `{"name": "x"}`, nil},
		{"a text that is none", `"[{'name': "`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got authors
			require.NoError(t, got.UnmarshalJSON([]byte(c.source)))
			require.Equal(t, c.want, got)
		})
	}
}

func TestNames(t *testing.T) {
	for _, c := range []struct{ name, given, family, suffix string }{
		{"Martin Thomson", "Martin", "Thomson", ""},
		{"Koen De Schepper", "Koen", "De Schepper", ""},
		{"Jacobus E. van der Merwe", "Jacobus E.", "van der Merwe", ""},
		{"Henk in 't Veld", "Henk", "in 't Veld", ""},
		{"Michael St. Johns", "Michael", "St. Johns", ""},
		{"Philip J. Nesser II", "Philip J.", "Nesser", "II"},
		{"Frank L. Howard, Jr.", "Frank L.", "Howard", "Jr."},
		{"Dr. Joe Touch", "Joe", "Touch", ""},
		{"IJsbrand Wijnands", "IJsbrand", "Wijnands", ""},
		{"Xiao Ming (小明)", "Xiao", "Ming", ""},
		{"Plato", "", "Plato", ""},
		{"Dr", "", "Dr", ""},
	} {
		given, family, suffix := split(c.name)
		require.Equal(t, []string{c.given, c.family, c.suffix}, []string{given, family, suffix}, c.name)
	}
}

// written is the reference that tools get.
func written(t *testing.T, doc *merge.Document, anchor string) string {
	t.Helper()
	xml, err := bibxml.Format{}.Write(doc, formats.Options{Anchor: anchor})
	require.NoError(t, err)
	return string(xml)
}

// What is no answer of the Datatracker is its fault, and is not passed on.
func TestAnswersThatAreNone(t *testing.T) {
	const older = "/api/v1/submit/submission/?format=json&name=draft-ietf-quic-transport&rev=34"
	document := func(rev string) string { return strings.Replace(transportBody, `"rev": "35"`, `"rev": `+rev, 1) }
	submitted := func(dates string) string {
		return `{"name": "draft-ietf-quic-transport", "rev": "35", "authors": "[]", ` + dates + `}`
	}
	for name, c := range map[string]struct {
		version string
		answers map[string]string
	}{
		"revision with markup":      {"", map[string]string{transport: document(`"35\"/><x"`), newest: newestBody}},
		"revision of one digit":     {"", map[string]string{transport: document(`"5"`), newest: newestBody}},
		"revision of four digits":   {"", map[string]string{transport: document(`"2021"`), newest: newestBody}},
		"revision with a path":      {"", map[string]string{transport: document(`"../35"`), newest: newestBody}},
		"revision in other digits":  {"", map[string]string{transport: document(`"٣٥"`), newest: newestBody}},
		"another draft":             {"", map[string]string{transport: strings.Replace(transportBody, "quic-transport", "quic-tls", 1), newest: newestBody}},
		"date":                      {"", map[string]string{transport: transportBody, newest: submitted(`"document_date": "soon"`)}},
		"date that no calendar has": {"", map[string]string{transport: transportBody, newest: submitted(`"document_date": "2021-02-30"`)}},
		"date of an older version":  {"34", map[string]string{transport: transportBody, older: `{"objects": [{"name": "draft-ietf-quic-transport", "rev": "34", "document_date": "<b>"}]}`}},
	} {
		t.Run(name, func(t *testing.T) {
			client, _ := standIn(t, c.answers)
			doc, err := client.Draft(t.Context(), "draft-ietf-quic-transport", c.version)
			require.True(t, fault.Is(err, fault.Upstream), "%v, %v", doc, err)
		})
	}
}
