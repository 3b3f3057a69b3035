package relaton

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// FuzzDecode checks that whatever can be decoded can be stored and read again. Its seeds and saved corpus run with
// every test; make fuzz searches for new inputs.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		draft,
		"docid: RFC 1\ncontributor: {role: editor, organization: IAB}\nrelation: {bibitem: {relation: [{bibitem: x}]}}",
		"schema_version: v1.5\ndocidentifier: [{content: W3C 01}]\nstatus: [a]\next: {doctype: {content: x}}\ncontributor: [{role: {description: {content: committee}}, organization: {subdivision: [{name: a}, b, [c]]}}]",
		"date: [July 2021, {value: 2021-07-05T00:00:00Z}, {at: [2020]}]\nextent: [[{locality: {type: page}}]]\nplace: [[a], {b: 1}]\nkeyword: [{taxon: [a, b]}]",
		"title: [[a], {content: {content: [b]}}]\nedition: {content: 1}\ncopyright: [{from: 1937-05, owner: {organization: [IEEE]}}]",
		"copyright: [{from: 0001, to: '0999-12'}]\ndate: [{type: published, value: 0009-12}]",
		"contributor: [{person: {name: {given: [a], initial: [a, {content: b}], forename: {initial: x}}, address: x, phone: {a: b}}}]",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		item, problems, err := Decode(data)
		if err != nil {
			return
		}
		for _, p := range problems {
			if p.Message == "" {
				t.Errorf("a problem without a message: %+v", p)
			}
		}
		touch(item)
		stored := item.AppendJSON(nil, false)
		if !json.Valid(stored) {
			t.Fatalf("not valid JSON: %s", stored)
		}
		for _, full := range []bool{false, true} {
			got, err := DecodeJSON(item.AppendJSON(nil, full))
			if err != nil {
				t.Fatalf("full %v: %v", full, err)
			}
			if diff := cmp.Diff(string(stored), string(got.AppendJSON(nil, false))); diff != "" {
				t.Fatalf("full %v: -want +got:\n%s", full, diff)
			}
		}
	})
}

// touch asks an item for all that others ask of it.
func touch(it *Item) {
	it.LatestDate()
	it.Published()
	it.PublicationDate()
	it.PrimaryID()
	it.PartIDs()
	it.MainTitle()
	it.DocTypeName()
	it.Status()
	it.EditorialGroups()
	for i := range it.Abstract {
		it.Abstract[i].Paragraphs()
	}
	for i := range it.Contributor {
		it.Contributor[i].Name()
	}
	for i := range it.Relation {
		touch(it.Relation[i].Bibitem)
	}
}

func FuzzDecodeJSON(f *testing.F) {
	f.Add(sample().AppendJSON(nil, false))
	f.Add(sample().AppendJSON(nil, true))
	f.Add([]byte(`{"a":[1,2,{"b":"\ud83d\ude00"}],"docid":{"id":1}}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		item, err := DecodeJSON(data)
		if err != nil {
			return
		}
		if b := item.AppendJSON(nil, false); !json.Valid(b) {
			t.Fatalf("not valid JSON: %s", b)
		}
	})
}
