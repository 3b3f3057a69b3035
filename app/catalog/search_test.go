package catalog

import (
	"context"
	"errors"
	"testing"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
)

// Search finds every document for the text "all", and fails for some others.
func (s *shelf) Search(_ context.Context, q search.Query) (hits []int64, total int, err error) {
	s.queries++
	switch q.Text {
	case "all":
		for i, record := range s.records {
			if !q.Last && i >= q.Offset && i < q.Offset+q.Limit || q.Last && i == len(s.records)-1 {
				hits = append(hits, record.Document)
			}
		}
		return hits, len(s.records), nil
	case "slow":
		return nil, 0, fault.Wrap(fault.Invalid, search.ErrCutOff, "It took too long.")
	case "wrong":
		return nil, 0, fault.New(fault.Invalid, "It is wrong.")
	case "broken":
		return nil, 0, errors.New("broken")
	}
	return nil, 0, nil
}

func query(format search.Format, text string, offset int) search.Query {
	return search.Query{Format: format, Text: text, Offset: offset, Limit: 2}
}

func TestSearch(t *testing.T) {
	last := query(search.WebSearch, "all", 0)
	last.Last = true
	tests := []struct {
		name    string
		queries []search.Query
		want    Found // with as many documents as shown
		shown   int
		kind    fault.Kind // of the failure, when failed
		failed  bool
	}{
		{"first page", []search.Query{query("a", "all", 0)}, Found{Total: 4, Page: 1, Format: "a"}, 2, 0, false},
		{"second page", []search.Query{query("a", "all", 2)}, Found{Total: 4, Page: 2, Format: "a"}, 2, 0, false},
		{"last page", []search.Query{last}, Found{Total: 4, Page: 2, Format: search.WebSearch}, 1, 0, false},
		{"beyond the last page", []search.Query{query("a", "all", 4)}, Found{}, 0, fault.NotFound, true},
		{"nothing", []search.Query{query("a", "none", 0)}, Found{Page: 1, Format: "a"}, 0, 0, false},
		{"second page of nothing", []search.Query{query("a", "none", 2)}, Found{}, 0, fault.NotFound, true},
		{"the next finds something", []search.Query{query("a", "none", 0), query("b", "all", 0)}, Found{Total: 4, Page: 1, Format: "b"}, 2, 0, false},
		{"the next after a wrong one", []search.Query{query("a", "wrong", 0), query("b", "all", 0)}, Found{Total: 4, Page: 1, Format: "b"}, 2, 0, false},
		{"none finds anything", []search.Query{query("a", "wrong", 0), query("b", "none", 0)}, Found{Page: 1, Format: "b"}, 0, 0, false},
		{"wrong", []search.Query{query("a", "wrong", 0)}, Found{Page: 1, Format: "a", Problem: "It is wrong."}, 0, 0, false},
		{"cut off", []search.Query{query("a", "slow", 0)}, Found{Page: 1, Format: "a", Problem: "It took too long.", CutOff: true}, 0, 0, false},
		{"cut off, and nothing found", []search.Query{query("a", "slow", 0), query("b", "none", 0)}, Found{Page: 1, Format: "a", Problem: "It took too long.", CutOff: true}, 0, 0, false},
		{"cut off, and something found", []search.Query{query("a", "slow", 0), query("b", "all", 0)}, Found{Total: 4, Page: 1, Format: "b"}, 2, 0, false},
		{"broken", []search.Query{query("a", "broken", 0), query("b", "all", 0)}, Found{}, 0, fault.Internal, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := New(newShelf()).Search(t.Context(), test.queries...)
			if test.failed {
				if err == nil || fault.Of(err) != test.kind {
					t.Errorf("error = %v, want one of kind %v", err, test.kind)
				}
				return
			}
			shown := len(got.Documents)
			got.Documents = nil
			if err != nil || shown != test.shown || got.Total != test.want.Total || got.Page != test.want.Page ||
				got.Format != test.want.Format || got.Problem != test.want.Problem || got.CutOff != test.want.CutOff {
				t.Errorf("found %d of %+v, %v; want %d of %+v", shown, got, err, test.shown, test.want)
			}
		})
	}
}
