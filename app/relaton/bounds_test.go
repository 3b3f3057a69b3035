package relaton

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

const named = "docid: [{id: X 1, type: X, primary: true}]\n"

// Of a field that exceeds a limit the rest is kept, and the problem tells the limit.
func TestDecodeCutsToLimits(t *testing.T) {
	long := strings.Repeat("é", 500_000)
	list := func(item string, n int) string { return strings.TrimSuffix(strings.Repeat(item+", ", n), ", ") }
	for name, c := range map[string]struct {
		source  string
		problem Problem
		got     func(*Item) any
		want    any
	}{
		"title": {
			"title: [{content: " + long + "}, {content: Short}]",
			Problem{"title[0].content", "the text has 1000000 bytes; it is cut to 4000, which is the limit", 2},
			func(it *Item) any { return []any{len(it.Title[0].Content), it.Title[1].Content} },
			[]any{3999, "Short"},
		},
		"title of a relation": {
			"relation: [{type: updates, bibitem: {docid: [{id: Y 1}], title: [" + long + "]}}]",
			Problem{"relation[0].bibitem.title[0]", "the text has 1000000 bytes; it is cut to 4000, which is the limit", 2},
			func(it *Item) any {
				return []any{len(it.Relation[0].Bibitem.Title[0].Content), it.Relation[0].Bibitem.DocID[0].ID}
			},
			[]any{3999, "Y 1"},
		},
		"abstract": {
			"abstract: [" + long + ", Short]",
			Problem{"abstract[0]", "the text has 1000000 bytes; it is cut to 100000, which is the limit", 2},
			func(it *Item) any { return []any{len(it.Abstract[0].Content), it.Abstract[1].Content} },
			[]any{99_999, "Short"},
		},
		"name": {
			"contributor: [{person: {name: {completename: " + long + "}}}]",
			Problem{"contributor[0].person.name.completename", "the text has 1000000 bytes; it is cut to 2000, which is the limit", 2},
			func(it *Item) any { return len(it.Contributor[0].Name()) }, 1999,
		},
		"keyword": {
			"keyword: [{content: " + long + "}]",
			Problem{"keyword[0].content", "the text has 1000000 bytes; it is cut to 2000, which is the limit", 2},
			func(it *Item) any { return len(it.Keyword[0].Content) }, 1999,
		},
		"note": {
			"biblionote: [{content: " + long + "}]",
			Problem{"biblionote[0].content", "the text has 1000000 bytes; it is cut to 10000, which is the limit", 2},
			func(it *Item) any { return len(it.BiblioNote[0].Content) }, 9999,
		},
		"field outside the model": {
			"ext: {a: {b: [" + long + "]}}",
			Problem{"ext.a.b[0]", "the text has 1000000 bytes; it is cut to 10000, which is the limit", 2},
			func(it *Item) any {
				return len(it.Extra["ext"].(map[string]any)["a"].(map[string]any)["b"].([]any)[0].(string))
			}, 9999,
		},
		"key": {
			"ext: {? " + long[:2000] + "\n: x, c: d}",
			Problem{"ext", "the key has 2000 bytes; it is left out, since the limit is 1000", 3},
			func(it *Item) any { return it.Extra["ext"] },
			map[string]any{"c": "d"},
		},
		"identifier": {
			"docid: [{id: X 1, type: X, primary: true}, {id: " + long + ", type: Y}, {id: Z 1, type: Z}]",
			Problem{"docid[1].id", "the value has 1000000 bytes; it is left out, since the limit is 1000", 1},
			func(it *Item) any { return []any{len(it.DocID), it.DocID[1].ID} },
			[]any{2, "Z 1"},
		},
		"link": {
			"link: [{content: 'https://example.org/" + long + "', type: src}, {content: 'https://example.org/', type: pdf}]",
			Problem{"link[0].content", "the value has 1000020 bytes; it is left out, since the limit is 4000", 2},
			func(it *Item) any { return it.Link },
			[]Link{{"https://example.org/", "pdf"}},
		},
		"relations": {
			"relation: [" + list("{type: includes, bibitem: Y 1}", 10_001) + "]",
			Problem{"relation", "the list has 10001 items; the first 10000 are kept, which is the limit", 2},
			func(it *Item) any { return len(it.Relation) }, 10_000,
		},
		"contributors": {
			"contributor: [" + list("{organization: A}", 2001) + "]",
			Problem{"contributor", "the list has 2001 items; the first 2000 are kept, which is the limit", 2},
			func(it *Item) any { return len(it.Contributor) }, 2000,
		},
		"keywords": {
			"keyword: [" + list("a", 6000) + "]",
			Problem{"keyword", "the list has 6000 items; the first 5000 are kept, which is the limit", 2},
			func(it *Item) any { return len(it.Keyword) }, 5000,
		},
		"all texts": {
			"abstract: [" + list(strings.Repeat("a", 100_000), 20) + "]\ntitle: [Short]",
			Problem{"abstract[10]", "the record has more than 1048576 bytes, which is the limit; from here on they are left out", 2},
			func(it *Item) any { return []any{len(it.Abstract), it.MainTitle()} },
			[]any{10, "Short"},
		},
		"all relations": {
			"relation: [" + list("{type: includes, bibitem: {formattedref: "+strings.Repeat("a", 10_000)+"}}", 500) + "]\ntitle: [Short]",
			Problem{"relation[415].bibitem.formattedref", "the relations have more than 4194304 bytes, which is the limit; from here on they are left out", 2},
			func(it *Item) any { return []any{len(it.Relation), it.MainTitle()} },
			[]any{415, "Short"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			source := c.source
			if !strings.HasPrefix(source, "docid") {
				source = named + source
			}
			item, problems, err := Decode([]byte(source))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, c.got(item)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if len(problems) == 0 || problems[len(problems)-1].Message != c.problem.Message && problems[0].Message != c.problem.Message {
				t.Fatalf("problems %v", problems)
			}
			at := problems[0]
			if at.Message != c.problem.Message {
				at = problems[len(problems)-1]
			}
			if diff := cmp.Diff(c.problem, at); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if body := item.AppendJSON(nil, true); !utf8.Valid(body) || len(body) > 4*(maxTexts+maxRelations) {
				t.Errorf("the record has %d bytes", len(body))
			}
		})
	}
}

// The largest values of public sources are far below the limits.
func TestDecodeKeepsWhatIsWithinLimits(t *testing.T) {
	var source strings.Builder
	source.WriteString(named + "title: [" + strings.Repeat("t", 800) + "]\nabstract: [" + strings.Repeat("a", 25_000) + "]\nkeyword:\n")
	for i := range 600 {
		fmt.Fprintf(&source, "- {content: %s%d}\n", strings.Repeat("k", 480), i)
	}
	source.WriteString("relation:\n")
	for i := range 5000 {
		fmt.Fprintf(&source, "- {type: includes, bibitem: {docid: [{id: Y %d, type: X, primary: true}], formattedref: {content: Y %d}}}\n", i, i)
	}
	item, problems, err := Decode([]byte(source.String()))
	if err != nil || len(problems) > 0 {
		t.Fatal(problems, err)
	}
	if len(item.Keyword) != 600 || len(item.Relation) != 5000 || len(item.MainTitle()) != 800 || len(item.Abstract[0].Content) != 25_000 {
		t.Error("something was cut")
	}
}
