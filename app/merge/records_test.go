package merge

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

func record(t *testing.T, ref, source string) Record {
	t.Helper()
	item, problems, err := relaton.Decode([]byte(source))
	if err != nil {
		t.Fatal(err)
	}
	return Record{Dataset: "misc", Ref: ref, Document: 7, Item: item, LatestDate: item.LatestDate(), Problems: problems}
}

const newer = `
docid: [{id: W3C soap12, type: W3C, primary: true}]
title: [{content: SOAP (Second Edition)}]
date: [{type: published, value: 2007-04-27}, {type: created, value: 2000-05-08}]
link: [{content: https://www.w3.org/TR/soap12/, type: src}]
type: standard
series: [{title: {content: W3C REC}, number: soap12}]
id: W3Csoap12
docstatus: {stage: {value: recommendation}}
ext: {schema-version: v1, doctype: {type: rec}}
`

const older = `
docid: [{id: W3C soap12, type: W3C, primary: true}, {id: W3C.soap12, type: W3C, scope: anchor}]
title: [{content: SOAP}]
date: [{type: published, value: 2002-06-26}, {type: created, value: 2000-05-08}]
link: [{content: http://www.w3.org/TR/soap12, type: src}, {content: https://www.w3.org/TR/soap12/, type: src}]
type: report
docnumber: soap12
series: [{title: {content: W3C REC}, number: soap12}]
id: W3C.soap12
docstatus: {stage: {value: recommendation}}
ext: {schema-version: v1, doctype: {type: rfc}, flavor: w3c}
fetched: 2022-07-23
`

func TestRecords(t *testing.T) {
	doc := Records([]Record{record(t, "old", older), record(t, "new", newer)})
	want, _, err := relaton.Decode([]byte(`
docid: [{id: W3C soap12, type: W3C, primary: true}, {id: W3C.soap12, type: W3C, scope: anchor}]
title: [{content: SOAP (Second Edition)}, {content: SOAP}]
date: [{type: published, value: 2007-04-27}, {type: created, value: 2000-05-08}, {type: published, value: 2002-06-26}]
link: [{content: https://www.w3.org/TR/soap12/, type: src}, {content: http://www.w3.org/TR/soap12, type: src}]
type: standard
docnumber: soap12
series: [{title: {content: W3C REC}, number: soap12}]
id: [W3Csoap12, W3C.soap12]
docstatus: {stage: {value: recommendation}}
ext: {schema-version: v1, doctype: {type: [rec, rfc]}, flavor: w3c}
fetched: 2022-07-23
`))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, doc.Item); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if doc.Records[0].Ref != "new" || doc.Records[1].Ref != "old" || doc.Key != 7 {
		t.Errorf("records %s, %s; key %d", doc.Records[0].Ref, doc.Records[1].Ref, doc.Key)
	}
	if doc.Primary != (docid.ID{ID: "W3C soap12", Type: "W3C", Primary: true}) {
		t.Errorf("primary %+v", doc.Primary)
	}
}

func TestRecordsLeavesItsRecordsAlone(t *testing.T) {
	a, b := record(t, "old", older), record(t, "new", newer)
	Records([]Record{a, b})
	if diff := cmp.Diff(record(t, "old", older), a); diff != "" {
		t.Errorf("older: -before +after:\n%s", diff)
	}
	if diff := cmp.Diff(record(t, "new", newer), b); diff != "" {
		t.Errorf("newer: -before +after:\n%s", diff)
	}
}

func TestRecordsOrder(t *testing.T) {
	dated := func(ref, own, latest string) Record {
		item := &relaton.Item{}
		if own != "" {
			item.Date = []relaton.Date{{Value: own, Type: "published"}}
		}
		return Record{Ref: ref, Item: item, LatestDate: latest}
	}
	all := dated("all editions", "", "1999-02-22")
	all.Item.Relation = []relaton.Relation{{Type: "instance", Bibitem: &relaton.Item{}}}
	doc := Records([]Record{
		dated("no date", "", ""),
		dated("edition", "1999-02-22", "1999-02-22"),
		dated("first of two", "2001", "2001-01-01"),
		dated("second of two", "2001", "2001-01-01"),
		all,
		dated("newest", "2020-05", "2020-05-01"),
		dated("no date either", "", ""),
	})
	var got []string
	for _, r := range doc.Records {
		got = append(got, r.Ref)
	}
	want := []string{"all editions", "newest", "first of two", "second of two", "edition", "no date", "no date either"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestRecordsOfOneAndNone(t *testing.T) {
	r := record(t, "new", newer)
	if doc := Records([]Record{r}); doc.Item != r.Item {
		t.Error("the item of a single record is copied")
	}
	if doc := Records(nil); doc.Item == nil || doc.Primary.ID != "" || doc.LatestDate() != "" {
		t.Errorf("without records: %+v", doc)
	}
}

func TestMergeValues(t *testing.T) {
	type m = map[string]any
	type l = []any
	for _, c := range []struct {
		name               string
		newer, older, want any
	}{
		{"equal", "a", "a", "a"},
		{"unequal", "a", "b", l{"a", "b"}},
		{"of different kinds", "a", m{"k": 1.0}, l{"a", m{"k": 1.0}}},
		{"lists", l{"a", "b"}, l{"b", "c"}, l{"a", "b", "c"}},
		{"equal lists", l{"a"}, l{"a"}, l{"a"}},
		{"list and value", l{"a"}, "b", l{"a", "b"}},
		{"value and list with it", "a", l{"a"}, l{"a"}},
		{"mappings", m{"a": 1.0, "b": l{m{"c": true}}}, m{"a": 2.0, "b": l{m{"c": true}}, "d": nil}, m{"a": l{1.0, 2.0}, "b": l{m{"c": true}}, "d": nil}},
		{"unknown newer", nil, "a", "a"},
		{"unknown older", "a", nil, "a"},
		{"unknown", nil, nil, nil},
	} {
		if diff := cmp.Diff(c.want, mergeValues(c.newer, c.older)); diff != "" {
			t.Errorf("%s: -want +got:\n%s", c.name, diff)
		}
	}
}

func TestLatestDateOfADocument(t *testing.T) {
	group := Records([]Record{record(t, "BCP14", "docid: [{id: BCP 14}]\nrelation: [{type: includes, bibitem: RFC 2119}, {type: includes, bibitem: RFC 8174}, {type: updates, bibitem: RFC 9999}]")})
	if got := group.LatestDate(); got != "" {
		t.Errorf("alone: %q", got)
	}
	member := func(date string) *Document {
		return Records([]Record{{Item: &relaton.Item{RevDate: date}}})
	}
	group.Related = map[int]*Document{0: member("1997-03"), 1: member("2017-05"), 2: member("2023")}
	if got := group.LatestDate(); got != "2017-05-01" {
		t.Errorf("with its members: %q", got)
	}
	if got := group.Related[0].LatestDate(); got != "1997-03-01" {
		t.Errorf("of a member: %q", got)
	}
}

// Two records of one large group tell the same members but for one each.
func TestRecordsOfManyRelations(t *testing.T) {
	group := func(from, to int) Record {
		var b strings.Builder
		b.WriteString("docid: [{id: G 1, type: X, primary: true}]\nrelation:\n")
		for i := from; i < to; i++ {
			fmt.Fprintf(&b, "- {type: includes, bibitem: {docid: [{id: M %d, type: X}], date: [{value: 2020-01, type: published}]}}\n", i)
		}
		return record(t, "g", b.String())
	}
	doc := Records([]Record{group(0, 5000), group(1, 5001)})
	var got []string
	for _, relation := range doc.Item.Relation {
		got = append(got, relation.Bibitem.DocID[0].ID)
	}
	if len(got) != 5001 || got[0] != "M 0" || got[4999] != "M 4999" || got[5000] != "M 5000" {
		t.Errorf("%d members, from %s to %s", len(got), got[0], got[len(got)-1])
	}
}

// Values that differ in nothing but what JSON does not show stay apart.
func TestUnionOfMany(t *testing.T) {
	numbers := func(from, to int) (list []any) {
		for i := from; i < to; i++ {
			list = append(list, float64(i), map[string]any{"a": []any{float64(i)}})
		}
		return list
	}
	newer, older := numbers(0, 100), append(numbers(50, 150), func() {}, math.NaN(), "x", "x")
	got := union(newer, older)
	if len(got) != 2*150+3 {
		t.Errorf("%d values", len(got))
	}
	if len(newer) != 200 {
		t.Errorf("the newer list was changed")
	}
}

// One record of an edition lacks its date, and says less than the newest.
func TestRecordsOfEditions(t *testing.T) {
	edition := func(number, date string) Record {
		source := "docid: [{id: ACME-1, type: ACME, primary: true}]\ntitle: [{content: The language}, {content: The language of " + number + "}]\nedition: {content: '" + number + "'}\n"
		if date != "" {
			source += "date: [{type: published, value: " + date + "}]\n"
		}
		return record(t, "ACME-1-"+number, source)
	}
	doc := Records([]Record{edition("4", ""), edition("1", "1997-06"), edition("16", "2025-06"), edition("15", "2024-06")})
	if doc.Item.Edition.Content != "16" || doc.Records[0].Ref != "ACME-1-16" || doc.Records[3].Ref != "ACME-1-4" {
		t.Errorf("edition %s, records from %s to %s", doc.Item.Edition.Content, doc.Records[0].Ref, doc.Records[3].Ref)
	}
}

// Of thousands of records that share an identifier, those that count first are merged.
func TestRecordsAreBounded(t *testing.T) {
	var many []Record
	for i := range 5000 {
		many = append(many, record(t, fmt.Sprint(i), fmt.Sprintf("docid: [{id: X 1, type: X, primary: true}]\ntitle: Title %d\ndate: [{type: published, value: '%d'}]\n", i, 1000+i)))
	}
	doc := Records(many)
	if len(doc.Records) != maxRecords || len(doc.Item.Title) != maxRecords || doc.Item.MainTitle() != "Title 4999" {
		t.Errorf("%d records, %d titles, first %q", len(doc.Records), len(doc.Item.Title), doc.Item.MainTitle())
	}
}
