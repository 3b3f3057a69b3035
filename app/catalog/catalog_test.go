package catalog

import (
	"context"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// shelf is a Store over a few records in memory; what these tests do not ask for is left to the nil
// interface, which would panic.
type shelf struct {
	Store
	records []merge.Record
	queries int
}

func (s *shelf) Candidates(_ context.Context, q docid.Query) ([]Candidate, error) {
	s.queries++
	var found []Candidate
	for _, record := range s.records {
		for _, id := range record.Item.DocID {
			same := id.ID == q.Value || q.Match == docid.Fuzzy && docid.Normalize(id.ID) == docid.Normalize(q.Value) ||
				q.Match == docid.Fold && strings.EqualFold(id.ID, q.Value)
			if same && (q.Type == "" || q.Type == id.Type) {
				found = append(found, Candidate{Document: record.Document, ID: id, Latest: record.LatestDate})
			}
		}
	}
	return found, nil
}

func (s *shelf) Editions(_ context.Context, docType string, begins []string) ([]Candidate, error) {
	s.queries++
	var found []Candidate
	for _, record := range s.records {
		id, _ := record.Item.PrimaryID()
		for _, begin := range begins {
			if id.Type == docType && strings.HasPrefix(id.ID, begin) {
				found = append(found, Candidate{Document: record.Document, ID: id, Latest: record.LatestDate, Published: record.Item.Published()})
			}
		}
	}
	return found, nil
}

func (s *shelf) Resolve(_ context.Context, ids []docid.ID) (map[docid.ID]int64, map[int64][]merge.Record, error) {
	s.queries++
	keyOf, records := make(map[docid.ID]int64), make(map[int64][]merge.Record)
	for _, record := range s.records {
		id, _ := record.Item.PrimaryID()
		for _, wanted := range ids {
			if id.ID == wanted.ID {
				keyOf[wanted], records[record.Document] = record.Document, []merge.Record{record}
			}
		}
	}
	return keyOf, records, nil
}

func (s *shelf) Targets(_ context.Context, ids []docid.ID) (map[docid.ID]int64, error) {
	s.queries++
	keyOf := make(map[docid.ID]int64)
	for _, wanted := range ids {
		if key := s.carrier(wanted); key != 0 {
			keyOf[wanted] = key
		}
	}
	return keyOf, nil
}

func (s *shelf) carrier(wanted docid.ID) int64 {
	for _, record := range s.records {
		if id, _ := record.Item.PrimaryID(); docid.Canonical(id.ID) == docid.Canonical(wanted.ID) {
			return record.Document
		}
	}
	return 0
}

func (s *shelf) Referring(_ context.Context, carriers map[int64][]string, types []string, limit int) ([]Reference, error) {
	s.queries++
	var all []Reference
	for _, record := range s.records {
		for _, relation := range record.Item.Relation {
			target, _ := relation.Target()
			to := s.carrier(target)
			r := Reference{From: record.Document, Type: relation.Type, To: to}
			if carriers[to] != nil && to != record.Document && slices.Contains(types, r.Type) && !slices.Contains(all, r) {
				all = append(all, r)
			}
		}
	}
	slices.Reverse(all) // the newest first
	return all[:min(len(all), limit)], nil
}

func (s *shelf) ReferredTo(ctx context.Context, carriers map[int64][]string, types []string, except int64) (map[int64][]string, error) {
	all, err := s.Referring(ctx, carriers, types, math.MaxInt)
	found := make(map[int64][]string)
	for _, r := range all {
		if r.From != except && !slices.Contains(found[r.To], r.Type) {
			found[r.To] = append(found[r.To], r.Type)
		}
	}
	return found, err
}

func (s *shelf) Records(_ context.Context, documents []int64) (map[int64][]merge.Record, error) {
	s.queries++
	found := make(map[int64][]merge.Record)
	for _, key := range documents {
		for _, record := range s.records {
			if record.Document == key {
				found[key] = append(found[key], record)
			}
		}
	}
	return found, nil
}

func record(key int64, id, docType, title string, relations ...relaton.Relation) merge.Record {
	return merge.Record{Dataset: "rfcs", Ref: id, Document: key, Item: &relaton.Item{
		DocID:    []docid.ID{{ID: id, Type: docType, Primary: true}},
		Title:    []relaton.Title{{Text: relaton.Text{Content: title}}},
		Relation: relations,
	}}
}

func relation(kind, id string) relaton.Relation {
	return relaton.Relation{Type: kind, Bibitem: &relaton.Item{DocID: []docid.ID{{ID: id, Type: "IETF", Primary: true}}}}
}

func newShelf() *shelf {
	other := record(4, "Report 7", "ACME", "About RFC 2119")
	other.Item.DocID = append([]docid.ID{{ID: "RFC 2119", Type: "IETF", Scope: "mentions"}}, other.Item.DocID...)
	return &shelf{records: []merge.Record{
		other,
		record(1, "RFC 2119", "IETF", "Key words"),
		record(2, "RFC 8174", "IETF", "Uppercase and lowercase", relation("updates", "RFC 2119"), relation("updates", "RFC 99999")),
		record(3, "BCP 14", "IETF", "Best Current Practice 14", relation("includes", "RFC 2119"), relation("includes", "RFC 8174"), relation("updates", "RFC 8174")),
	}}
}

func TestByDocID(t *testing.T) {
	store := newShelf()
	store.records = append(store.records, record(5, "IEEE Std 754-2019", "IEEE", "Floating-point arithmetic"), record(6, "IEEE 1003.1-2017", "IEEE", "POSIX"))
	tests := []struct {
		name, id, docType string
		want              int64 // 0: not found
	}{
		{"as written", "RFC 8174", "", 2},
		{"with its type", "RFC 8174", "IETF", 2},
		{"a dot for any character", "RFC.8174", "ietf", 2},
		{"no other character for a dot", "RFC-8174", "W3C", 0},
		{"case ignored when nothing matches as written", "rfc 8174", "", 2},
		{"zeros before the number", "RFC 08174", "", 2},
		{"without the blank", "rfc8174", "IETF", 2},
		{"of another type", "RFC 8174", "W3C", 0},
		{"IEEE without the Std of its source", "IEEE 754-2019", "IEEE", 5},
		{"IEEE with a Std that its source leaves out", "ieee std 1003.1-2017", "", 6},
		{"IEEE standard in full", "IEEE Standard 754-2019", "", 5},
		{"IEEE of another year", "IEEE 754-2008", "", 0},
		{"unknown", "RFC 99999", "", 0},
		{"primary before mentioned", "RFC 2119", "", 1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			doc, err := New(store).ByDocID(t.Context(), test.id, test.docType, AllRelations)
			if test.want == 0 {
				if !fault.Is(err, fault.NotFound) || !strings.Contains(fault.Message(err), test.id) {
					t.Errorf("error = %v, want a NotFound that names %s", err, test.id)
				}
				return
			}
			if err != nil || doc.Key != test.want {
				t.Errorf("document = %+v, %v, want key %d", doc, err, test.want)
			}
		})
	}
}

func TestRelationsAreExpandedByKind(t *testing.T) {
	catalog := New(newShelf())
	group, err := catalog.ByDocID(t.Context(), "BCP 14", "", Includes)
	if err != nil {
		t.Fatal(err)
	}
	if len(group.Related) != 2 || group.Related[0].Key != 1 || group.Related[1].Key != 2 {
		t.Errorf("members = %v, want RFC 2119 and RFC 8174 only", group.Related)
	}
	whole, err := catalog.ByDocID(t.Context(), "RFC 8174", "", AllRelations)
	if err != nil {
		t.Fatal(err)
	}
	if len(whole.Related) != 1 || whole.Related[0].Key != 1 {
		t.Errorf("related = %v, want RFC 2119 alone: the other is not indexed", whole.Related)
	}
}

func TestLongListsCostNoMoreQueries(t *testing.T) {
	shelf := newShelf()
	var many []relaton.Relation
	for range 90 {
		many = append(many, relation("updates", "RFC 2119"))
	}
	shelf.records = append(shelf.records, record(5, "RFC 8996", "IETF", "Deprecating TLS 1.0", many...))
	doc, err := New(shelf).ByDocID(t.Context(), "RFC 8996", "", AllRelations)
	if err != nil {
		t.Fatal(err)
	}
	if len(doc.Related) != 90 || shelf.queries != 3 {
		t.Errorf("%d related documents took %d queries, want 90 by 3", len(doc.Related), shelf.queries)
	}
}
