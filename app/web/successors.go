package web

import (
	"context"
	"encoding/json"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/merge"
)

// successor is what by-docid tells of a document that took the place of another one.
type successor struct {
	DocID    string  `json:"docid"`
	Title    string  `json:"title"`
	Date     *string `json:"date"` // YYYY, YYYY-MM or YYYY-MM-DD
	Relation string  `json:"relation"`
	Inferred bool    `json:"inferred,omitempty"` // from titles, dates and authors
	Step     int     `json:"step"`
}

// withSuccessors adds what took the place of a document to the answer about it, to the end of the chain. Only those
// who ask for it get it: clients compare whole answers.
func (s *Server) withSuccessors(ctx context.Context, body []byte, doc *merge.Document) ([]byte, error) {
	linked, err := s.Catalog.Linked(ctx, doc)
	if err != nil {
		return nil, err
	}
	family, err := s.Catalog.Family(ctx, linked)
	if err != nil {
		return nil, err
	}
	list, err := json.Marshal(successorsOf(family))
	if err != nil {
		return nil, err
	}
	end := len(body) - len("}\n")
	out := append(body[:end:end], `, "successors": `...)
	return append(append(out, list...), "}\n"...), nil
}

func successorsOf(family *catalog.Family) []successor {
	all := []successor{}
	for _, s := range family.Successors() {
		member := &family.Members[s.Member]
		one := successor{DocID: member.ID.ID, Title: member.Item.MainTitle(), Relation: s.Relation, Inferred: s.Inferred, Step: s.Step}
		if date := member.PublishedOn(); date != "" {
			one.Date = &date
		}
		all = append(all, one)
	}
	return all
}
