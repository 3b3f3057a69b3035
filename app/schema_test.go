package app

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// schemas compiles the schemas that the service answers with, by their names.
func (s *service) schemas(t *testing.T, names ...string) map[string]*jsonschema.Schema {
	t.Helper()
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	for _, name := range names {
		path := "/api/v1/json-schema/" + name + "/"
		content, err := jsonschema.UnmarshalJSON(strings.NewReader(s.get(t, path).body))
		if err != nil {
			t.Fatal(err)
		}
		if err := compiler.AddResource(s.base+path, content); err != nil {
			t.Fatal(err)
		}
	}
	compiled := make(map[string]*jsonschema.Schema)
	for _, name := range names {
		schema, err := compiler.Compile(s.base + "/api/v1/json-schema/" + name + "/")
		if err != nil {
			t.Fatal(err)
		}
		compiled[name] = schema
	}
	return compiled
}

// Every document and every record of the sample sources has the form that the schemas describe.
func TestAnswersFollowTheirSchemas(t *testing.T) {
	t.Parallel()
	s := start(t, nil)
	for _, source := range s.cfg.Sources() {
		s.index(t, source.Dataset)
	}
	schemas := s.schemas(t, "BibliographicItem", "Document")
	seen := 0
	for path := "/api/v1/search/%7B%7D/?query_format=json_struct"; path != ""; {
		page := s.search(t, path)
		var found struct{ Data []any }
		if err := json.Unmarshal([]byte(s.get(t, path).body), &found); err != nil {
			t.Fatal(err)
		}
		for i, document := range found.Data {
			seen++
			if err := schemas["Document"].Validate(document); err != nil {
				t.Errorf("%s: %v", page.Data[i].Primary, err)
			}
			if id := page.Data[i].Primary; id != "" {
				s.followsSchema(t, schemas["Document"], "/api/v1/by-docid/?docid="+url.QueryEscape(id))
			}
			for source := range document.(map[string]any)["sources"].(map[string]any) {
				ref, dataset, _ := strings.Cut(source, "@relaton-data-")
				s.followsSchema(t, schemas["BibliographicItem"], "/api/v1/ref/"+dataset+"/"+url.PathEscape(ref)+"/")
			}
		}
		path = strings.TrimPrefix(page.Meta.Next, s.base)
	}
	if seen < 140 {
		t.Errorf("only %d documents were seen", seen)
	}
	// The schemas do refuse something.
	for name, schema := range schemas {
		if schema.Validate(map[string]any{"docid": []any{}}) == nil {
			t.Errorf("the schema %s accepts anything", name)
		}
	}
	if got := s.get(t, "/api/v1/json-schema/Nope/"); got.status != 400 || !strings.Contains(got.body, "BibliographicItem and Document") {
		t.Errorf("an unknown schema: status %d, %s", got.status, got.body)
	}
}

func (s *service) followsSchema(t *testing.T, schema *jsonschema.Schema, path string) {
	t.Helper()
	got := s.get(t, path)
	var answer struct{ Data any }
	if err := json.Unmarshal([]byte(got.body), &answer); err != nil || got.status != 200 {
		t.Errorf("%s: status %d, %v", path, got.status, err)
		return
	}
	if err := schema.Validate(answer.Data); err != nil {
		t.Errorf("%s: %v", path, err)
	}
}
