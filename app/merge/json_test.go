package merge

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/relaton"
)

func sources(dataset string) SourceInfo {
	home := "https://example.org/relaton-data-" + dataset
	return SourceInfo{ID: "relaton-data-" + dataset, HomeURL: home, IssuesURL: home + "/issues/new", FilesURL: home + "/tree/main/data"}
}

// asAnswer writes a document and reads what a client does.
func asAnswer(t *testing.T, doc *Document) map[string]any {
	t.Helper()
	var answer map[string]any
	b := doc.AppendJSON([]byte(`{"data":`), sources)
	if err := json.Unmarshal(append(b, '}'), &answer); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	return answer["data"].(map[string]any)
}

func TestAppendJSON(t *testing.T) {
	member := Records([]Record{record(t, "RFC2119", "docid: [{id: RFC 2119, type: IETF, primary: true}]\nrelation: [{type: updatedBy, bibitem: {docid: [{id: RFC 8174}]}}]")})
	group := record(t, "BCP0014", "docid: [{id: BCP 14, type: IETF, primary: true}]\nid: BCP14\nrelation: [{type: includes, bibitem: {formattedref: RFC 2119}}, {type: includes, bibitem: {formattedref: RFC 8174}, description: later}]")
	group.Dataset, group.IndexedAt = "rfcsubseries", "2026-11-23T13:00:00Z"
	doc := Records([]Record{group})
	doc.Related = map[int]*Document{0: member}

	got := asAnswer(t, doc)
	if got["primary_docid"] != "BCP 14" || got["id"] != "BCP14" || got["abstract"] != nil {
		t.Errorf("primary_docid %v, id %v, abstract %v", got["primary_docid"], got["id"], got["abstract"])
	}
	if _, ok := got["abstract"]; !ok {
		t.Error("a field that is unknown is missing, not null")
	}

	source := got["sources"].(map[string]any)["BCP0014@relaton-data-rfcsubseries"].(map[string]any)
	if item := source["bibitem"].(map[string]any); item["id"] != "BCP14" {
		t.Errorf("the record reads %v", item)
	}
	delete(source, "bibitem")
	home := "https://example.org/relaton-data-rfcsubseries"
	want := map[string]any{
		"validation_errors": nil,
		"details":           nil,
		"indexed_object":    map[string]any{"name": "BCP0014", "external_url": home + "/tree/main/data/BCP0014.yaml", "indexed_at": "2026-11-23T13:00:00Z"},
		"source":            map[string]any{"id": "relaton-data-rfcsubseries", "home_url": home, "issues_url": home + "/issues/new"},
	}
	if diff := cmp.Diff(want, source); diff != "" {
		t.Errorf("source: -want +got:\n%s", diff)
	}

	relations := got["relation"].([]any)
	found := relations[0].(map[string]any)["bibitem"].(map[string]any)
	if found["primary_docid"] != "RFC 2119" || found["sources"].(map[string]any)["RFC2119@relaton-data-misc"] == nil || found["formattedref"] != nil {
		t.Errorf("the member that is known reads %v", found)
	}
	inner := found["relation"].([]any)[0].(map[string]any)["bibitem"].(map[string]any)
	if inner["sources"] != nil {
		t.Error("the relations of a related document are expanded too")
	}
	kept := relations[1].(map[string]any)
	if item := kept["bibitem"].(map[string]any); item["formattedref"].(map[string]any)["content"] != "RFC 8174" || item["sources"] != nil {
		t.Errorf("the member that is unknown reads %v", item)
	}
	if kept["description"].(map[string]any)["content"] != "later" {
		t.Errorf("the description reads %v", kept["description"])
	}
}

func TestAppendJSONOfSeveralRecords(t *testing.T) {
	a, b := record(t, "old", older), record(t, "new", newer)
	b.Dataset = "w3c"
	b.Problems = []relaton.Problem{{Path: "contributor[2].role", Message: "odd"}, {Message: "odd too"}}
	got := asAnswer(t, Records([]Record{a, b}))["sources"].(map[string]any)
	if len(got) != 2 || got["old@relaton-data-misc"] == nil {
		t.Fatalf("sources %v", got)
	}
	want := []any{
		map[string]any{"loc": []any{"contributor", 2.0, "role"}, "msg": "odd", "type": "value_error"},
		map[string]any{"loc": []any{}, "msg": "odd too", "type": "value_error"},
	}
	if diff := cmp.Diff(want, got["new@relaton-data-w3c"].(map[string]any)["validation_errors"]); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A source might have fields of the names that the answer adds.
func TestAppendJSONWritesEachFieldOnce(t *testing.T) {
	doc := Records([]Record{record(t, "x", "docid: [{id: X 1}]\nsources: [a]\nprimary_docid: b\nother: c")})
	got := asAnswer(t, doc)
	if got["primary_docid"] != nil || got["other"] != "c" || doc.Item.Extra["sources"] == nil {
		t.Errorf("primary_docid %v, other %v", got["primary_docid"], got["other"])
	}
	if _, ok := got["sources"].(map[string]any)["x@relaton-data-misc"]; !ok {
		t.Errorf("sources %v", got["sources"])
	}
}
