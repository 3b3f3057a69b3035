package datatracker

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

const kind = "Internet-Draft"

// target is where a version can be read: its page, which neither moves nor expires, whatever address the
// Datatracker is asked at.
const target = "https://datatracker.ietf.org/doc/html/"

// item makes a draft in the shape of the source of Internet-Drafts.
func (s *submission) item() *relaton.Item {
	id, anchor := s.Name+"-"+s.Rev, "I-D."+strings.TrimPrefix(s.Name, "draft-")
	item := &relaton.Item{
		Type:      "standard",
		DocID:     []docid.ID{{ID: id, Type: kind, Primary: true}, {ID: anchor, Type: "IETF", Scope: "anchor"}},
		DocNumber: anchor,
		Title:     []relaton.Title{{Text: plain(strings.Join(strings.Fields(s.Title), " ")), Type: "main"}},
		Link:      []relaton.Link{{Content: target + id, Type: "src"}},
		Version:   []relaton.Version{{Draft: s.Rev}},
		Series:    []relaton.Series{{Title: &relaton.Text{Content: kind}, Number: id, Type: "main"}},
		Extra:     map[string]any{"ext": map[string]any{"doctype": map[string]any{"type": "internet-draft"}}},
	}
	if date := s.published(); date != "" {
		item.Date, item.RevDate = []relaton.Date{{Value: date, Type: "published"}}, date
	}
	if abstract := strings.TrimSpace(s.Abstract); abstract != "" {
		item.Abstract = []relaton.Text{plain(abstract)}
	}
	for _, author := range s.Authors {
		item.Contributor = append(item.Contributor, author.contributor())
	}
	return item
}

// published is the date that stands on the version, or else that on which it came in; empty when neither can
// be read.
func (s *submission) published() string {
	for _, value := range []string{s.Date, s.Received} {
		if date, ok := relaton.ParseDate(value); ok {
			return date.String()
		}
	}
	return ""
}

// hasDates reports whether the dates, as far as there are any, are dates: what else stands in their place comes from
// something that is not the Datatracker.
func (s *submission) hasDates() bool {
	for _, value := range []string{s.Date, s.Received} {
		if _, ok := relaton.ParseDate(value); value != "" && !ok {
			return false
		}
	}
	return true
}

func plain(content string) relaton.Text {
	return relaton.Text{Content: content, Format: "text/plain", Language: []string{"en"}, Script: []string{"Latn"}}
}
