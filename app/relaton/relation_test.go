package relaton

import (
	"slices"
	"testing"

	"github.com/ietf-tools/bibxml/app/docid"
)

func TestInverse(t *testing.T) {
	for kind, want := range map[string]string{
		"updates": "updatedBy", "obsoletedBy": "obsoletes", "hasSuccessor": "successorOf", "includes": "includedIn", "draftOf": "hasDraft",
		"mergedInto": "merges", "translatedFrom": "hasTranslation", "instance": "instanceOf", "instanceOf": "hasInstance", "adoptedFrom": "adoptedAs",
	} {
		if got, ok := Inverse(kind); got != want || !ok {
			t.Errorf("Inverse(%q) = %q, %v, want %q", kind, got, ok, want)
		}
	}
	for _, kind := range []string{"", "related", "unheardOf"} {
		if got, ok := Inverse(kind); ok {
			t.Errorf("Inverse(%q) = %q", kind, got)
		}
	}
	all := Invertible()
	if !slices.Contains(all, "updates") || !slices.Contains(all, "updatedBy") || !slices.IsSorted(all) {
		t.Errorf("Invertible() = %v", all)
	}
}

func TestTarget(t *testing.T) {
	primary := docid.ID{ID: "RFC 1", Type: "IETF", Primary: true}
	for name, c := range map[string]struct {
		item *Item
		want docid.ID
	}{
		"the primary one":          {&Item{DocID: []docid.ID{{ID: "10.1/x", Type: "DOI"}, primary}}, docid.ID{ID: "RFC 1", Type: "IETF"}},
		"the first":                {&Item{DocID: []docid.ID{{ID: "10.1/x", Type: "DOI"}, {ID: "y"}}}, docid.ID{ID: "10.1/x", Type: "DOI"}},
		"the reference":            {&Item{FormattedRef: &Text{Content: "RFC1"}}, docid.ID{ID: "RFC1"}},
		"an empty one is none":     {&Item{DocID: []docid.ID{{Type: "DOI"}}, FormattedRef: &Text{Content: "RFC1"}}, docid.ID{ID: "RFC1"}},
		"nothing":                  {&Item{}, docid.ID{}},
		"no target":                {nil, docid.ID{}},
		"scope makes none primary": {&Item{DocID: []docid.ID{{ID: "a", Type: "X", Primary: true, Scope: "anchor"}}}, docid.ID{ID: "a", Type: "X"}},
	} {
		rel := Relation{Bibitem: c.item}
		got, ok := rel.Target()
		if got != c.want || ok != (c.want.ID != "") {
			t.Errorf("%s: %v, %v", name, got, ok)
		}
	}
}
