package relaton

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/docid"
)

// sample has a value in every field of the model.
func sample() *Item {
	text := func(s string) *Text {
		return &Text{Content: s, Format: "text/plain", Script: []string{"Latn"}, Language: []string{"en"}}
	}
	org := Organization{
		Name:         []Text{*text("IEEE")},
		Abbreviation: text("IEEE"),
		URL:          "https://www.ieee.org",
		Contact: []Contact{
			{Address: &Address{Street: []string{"3 Park Ave", "17th floor"}, City: "New York", Country: "US", State: "NY", Postcode: "10016"}},
			{Phone: "+1 212"},
			{Email: "a@example.org"},
			{URI: "https://example.org"},
		},
	}
	return &Item{
		FormattedRef: text("IEEE 1003.1"),
		DocID:        []docid.ID{{ID: "IEEE 1003.1", Type: "IEEE", Primary: true}, {ID: "1003.1", Type: "IEEE", Scope: "trademark"}},
		DocNumber:    "1003.1",
		Language:     []string{"en", "fr"},
		Type:         "standard",
		DocType:      "standard",
		Script:       []string{"Latn"},
		Date:         []Date{{"2021-07", "published"}, {"2021", "issued"}, {"2021-07-05", "updated"}},
		Link:         []Link{{"https://example.org", "src"}},
		Relation:     []Relation{{Type: "obsoletes", Bibitem: &Item{FormattedRef: text("IEEE 1"), RevDate: "1990-01"}, Description: text("in part")}},
		Version:      []Version{{Draft: "2"}},
		Title:        []Title{{Text: *text("POSIX"), Type: "main"}},
		Edition:      &Edition{"second", "2"},
		Abstract:     []Text{*text("Says \"much\" \\ more\n")},
		Fetched:      "2022-07-23",
		RevDate:      "2021-07",
		BiblioNote:   []Note{{"withdrawn", "comment"}},
		Contributor: []Contributor{
			{Role: []Role{{"publisher", []Text{*text("print")}}}, Organization: &org},
			{Role: []Role{{Type: "author"}}, Person: &Person{
				Name: PersonName{
					Prefix: []Text{*text("Dr.")}, Surname: text("Doe"), CompleteName: text("Jane Doe"), Addition: []Text{*text("Jr.")},
					Given: &GivenName{Forename: []Forename{{*text("Jane"), "J"}, {Initial: "K"}}, FormattedInitials: text("J.K.")},
				},
				Affiliation: []Affiliation{{&org}},
				Contact:     []Contact{{Email: "jane@example.org"}, {}},
			}},
		},
		Place: []any{"New York", map[string]any{"city": "Geneva", "floors": 2.0}},
		Series: []Series{{
			FormattedRef: text("Std 1"), Title: text("Std"), Abbrev: text("S"), Place: "New York", Number: "1", Organization: "IEEE", Run: "1", PartNumber: "2", Type: "main",
		}},
		Keyword:   []Keyword{{"operating systems"}},
		Copyright: []Copyright{{From: 1990, To: 2021, Owner: []Organization{org}}, {From: 1991}},
		Extent:    []Locality{{"page", "1", "9"}},
		Extra: map[string]any{
			"id": "IEEE1003.1", "flag": true, "none": nil, "half": 0.5, "big": 1e300, "count": -12.0,
			"list": []any{"a", 1.0, []any{}, map[string]any{}}, "odd key \"\n": "v",
		},
	}
}

func TestJSONRoundTrip(t *testing.T) {
	for name, item := range map[string]*Item{
		"every field":      sample(),
		"no field":         {},
		"empty texts":      {FormattedRef: &Text{}, Abstract: []Text{{}}, Title: []Title{{}}},
		"empty people":     {Contributor: []Contributor{{Person: &Person{}}, {Organization: &Organization{}}, {Person: &Person{Name: PersonName{Given: &GivenName{}}}}}},
		"strange date":     {Date: []Date{{"soon", "published"}}, RevDate: "2021-02-30"},
		"relation to none": {Relation: []Relation{{Bibitem: &Item{}}}},
	} {
		for _, full := range []bool{false, true} {
			b := item.AppendJSON(nil, full)
			if !json.Valid(b) {
				t.Fatalf("%s: not valid JSON: %s", name, b)
			}
			got, err := DecodeJSON(b)
			if err != nil {
				t.Fatalf("%s: %v\n%s", name, err, b)
			}
			if diff := cmp.Diff(item, got); diff != "" {
				t.Errorf("%s, full %v: -want +got:\n%s", name, full, diff)
			}
		}
	}
}

// The stored form must mean to others (jsonb, for one) what it means to us.
func TestJSONMeansTheSameToOthers(t *testing.T) {
	var got any
	if err := json.Unmarshal(sample().AppendJSON(nil, false), &got); err != nil {
		t.Fatal(err)
	}
	extra := got.(map[string]any)
	for key, want := range sample().Extra {
		if diff := cmp.Diff(want, extra[key]); diff != "" {
			t.Errorf("%q: -want +got:\n%s", key, diff)
		}
	}
}

func TestStoredJSON(t *testing.T) {
	item := mustDecode(t, draft)
	item.Contributor, item.Relation, item.Extra = item.Contributor[:1], nil, map[string]any{"id": "draft-barth-cookie-07"}
	const want = `{"docid":[{"id":"draft-barth-cookie-07","type":"Internet-Draft","primary":true},{"id":"I-D.barth-cookie","type":"IETF","scope":"anchor"}],` +
		`"docnumber":"I-D.barth-cookie","language":["en"],"type":"standard","script":["Latn"],"date":[{"value":"2009-12","type":"published"}],` +
		`"link":[{"content":"https://datatracker.ietf.org/doc/html/draft-barth-cookie-07","type":"src"}],"version":[{"draft":"07"}],` +
		`"title":[{"content":"HTTP State Management Mechanism","format":"text/plain","script":["Latn"],"language":["en"]}],"revdate":"2009-12",` +
		`"contributor":[{"role":[{"type":"author"}],"person":{"name":{"given":{"forename":[{"language":["en"],"initial":"A"}],` +
		`"formatted_initials":{"content":"A.","language":["en"]}},"surname":{"content":"Barth"},"completename":{"content":"Adam Barth"}},` +
		`"affiliation":[{"organization":{"name":[{"content":"U.C. Berkeley"}]}}],"contact":[{"email":"adam@example.org"}]}}],` +
		`"series":[{"title":{"content":"Internet-Draft"},"number":"draft-barth-cookie-07","type":"main"}],"id":"draft-barth-cookie-07"}`
	if got := string(item.AppendJSON(nil, false)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// The answer of the API has every field, null where unknown, and dates for people (compatibility, section 6).
func TestFullJSON(t *testing.T) {
	item := &Item{
		DocID:     []docid.ID{{ID: "BCP 14", Type: "IETF", Primary: true}, {ID: "BCP14"}},
		Date:      []Date{{"1997-03", "published"}, {"1997", "issued"}, {"1997-03-01", ""}},
		RevDate:   "1997-03",
		Title:     []Title{{Text: Text{}}},
		Copyright: []Copyright{{}},
		Contributor: []Contributor{{Person: &Person{
			Name:    PersonName{Given: &GivenName{Forename: []Forename{{Initial: "S"}}}},
			Contact: []Contact{{}, {URI: "u"}},
		}}},
		Extra: map[string]any{"id": "BCP14"},
	}
	const want = `{"formattedref":null,"docid":[{"id":"BCP 14","type":"IETF","primary":true,"scope":null},{"id":"BCP14","type":null,"primary":null,"scope":null}],` +
		`"docnumber":null,"language":null,"type":null,"doctype":null,"script":null,` +
		`"date":[{"value":"March 1997","type":"published"},{"value":"1997","type":"issued"},{"value":"1997-03-01","type":null}],` +
		`"link":null,"relation":null,"version":null,"title":[{"content":"","format":null,"script":null,"language":null,"type":null}],` +
		`"edition":null,"abstract":null,"fetched":null,"revdate":"March 1997","biblionote":null,` +
		`"contributor":[{"role":null,"person":{"name":{"prefix":null,"given":{"forename":[{"content":null,"format":null,"script":null,"language":null,"initial":"S"}],` +
		`"formatted_initials":null},"surname":null,"completename":null,"addition":null},"affiliation":null,` +
		`"contact":[{"address":null,"phone":null,"email":"","uri":null},{"address":null,"phone":null,"email":null,"uri":"u"}]},"organization":null}],` +
		`"place":null,"series":null,"keyword":null,"copyright":[{"from":null,"owner":null}],"extent":null,"id":"BCP14"}`
	if got := string(item.AppendJSON(nil, true)); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, err := json.Marshal(item); err != nil || string(got) != want {
		t.Errorf("json.Marshal: %v, %s", err, got)
	}
}

func TestAppendFieldsReplacesTargets(t *testing.T) {
	item := &Item{Type: "standard", Relation: []Relation{{Type: "includes", Bibitem: &Item{}}, {Type: "updates", Bibitem: &Item{}}}}
	got := item.AppendFields([]byte(`{"own":1,`), false, func(dst []byte, i int) []byte { return append(dst, '0'+byte(i)) })
	const want = `{"own":1,"type":"standard","relation":[{"type":"includes","bibitem":0},{"type":"updates","bibitem":1}]`
	if string(got) != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAppendString(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "RFC 9000", `"RFC 9000"`},
		{"empty", "", `""`},
		{"quotes and backslashes", `a"b\c`, `"a\"b\\c"`},
		{"blanks", "a\n\t\rb", `"a\n\t\rb"`},
		{"other controls", "a\x01\x1f\x7f", `"a\u0001\u001f` + "\x7f\""},
		{"NUL", "a\x00b", "\"a\uFFFDb\""},
		{"not UTF-8", "a\xff\xc3(b\xe2\x82", "\"a\uFFFD\uFFFD(b\uFFFD\uFFFD\""},
		{"letters of all kinds", "Łukasz 中文 😀", `"Łukasz 中文 😀"`},
		{"line ends of JavaScript", "a\u2028b\u2029c", `"a\u2028b\u2029c"`},
		{"neighbours of those", "\u2027\u202a\uFFFD", "\"\u2027\u202a\uFFFD\""},
		{"markup", "<p>&", `"<p>&"`},
	} {
		if got := string(AppendString(nil, c.in)); got != c.want || !json.Valid([]byte(got)) {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestDecodeJSONEscapes(t *testing.T) {
	item, err := DecodeJSON([]byte("\t{ \"id\" : \"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\\ud83dx\\ude00\" ,\r\n\"n\":[ 1 , -2.5e3,true , null ] } \n"))
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]any{"id": "\"\\/\b\f\n\r\té😀\uFFFDx\uFFFD", "n": []any{1.0, -2500.0, true, nil}}
	if diff := cmp.Diff(want, item.Extra); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestDecodeJSONRefuses(t *testing.T) {
	for _, source := range []string{
		"", " ", "null", "[]", `"a"`, "{", "}", `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{"a" 1}`, `{a:1}`, `{"a":[1}`, `{"a":[1,]}`, `{,}`, `{"a":1 "b":2}`,
		`{"a":tru}`, `{"a":1x}`, `{"a":inf}`, `{"a":0x1p4}`, `{"a":"\x"}`, `{"a":"\u12"}`, `{"a":"\u12zz"}`, `{"a":"\`, `{"a":"b`, `{} x`, `{"a":"\n`, strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000),
	} {
		if item, err := DecodeJSON([]byte(source)); err == nil {
			t.Errorf("DecodeJSON(%.40s) = %+v, want an error", source, item)
		}
	}
	var item Item
	if err := json.Unmarshal([]byte(`{"type":"standard"}`), &item); err != nil || item.Type != "standard" {
		t.Errorf("json.Unmarshal: %v, %+v", err, item)
	}
}
