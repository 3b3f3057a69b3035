package merge

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func relations(kinds map[string]int) string {
	var b strings.Builder
	b.WriteString("docid: [{id: G 1, type: X, primary: true}]\nrelation:\n")
	for i := range 5 {
		for _, kind := range []string{"includes", "obsoletes"} {
			if i < kinds[kind] {
				fmt.Fprintf(&b, "- {type: %s, bibitem: M %d}\n", kind, i)
			}
		}
	}
	return b.String()
}

func targets(d *Document) (list []string) {
	for _, relation := range d.Item.Relation {
		list = append(list, relation.Type+" "+relation.Bibitem.FormattedRef.Content)
	}
	return list
}

func TestBeginning(t *testing.T) {
	doc := Records([]Record{record(t, "g", relations(map[string]int{"includes": 5, "obsoletes": 2}))})
	got := doc.Beginning(2)
	if diff := cmp.Diff([]string{"includes M 0", "obsoletes M 0", "includes M 1", "obsoletes M 1"}, targets(got)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	if diff := cmp.Diff(map[string]int{"includes": 3}, got.LeftOut); diff != "" {
		t.Errorf("left out: -want +got:\n%s", diff)
	}
	if len(doc.Item.Relation) != 7 || doc.LeftOut != nil || doc.Beginning(5) != doc {
		t.Error("the document itself was changed")
	}
}
