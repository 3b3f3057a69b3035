package xml2rfc

import (
	"cmp"
	"context"
	"net/url"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// library is a small index and archive in memory. The key of a document is its place, from 1.
type library struct {
	docs    []*merge.Document
	archive map[string]Archived // by directory and file
	err     error               // of every question
}

func (l *library) Candidates(_ context.Context, q docid.Query) ([]docid.Candidate, error) {
	var found []docid.Candidate
	for i, doc := range l.docs {
		for _, id := range doc.Item.DocID {
			if matches(id, q) {
				found = append(found, docid.Candidate{
					Document: int64(i + 1), ID: id, Published: doc.Item.Published(), Latest: doc.Item.LatestDate(),
				})
			}
		}
	}
	slices.SortStableFunc(found, func(a, b docid.Candidate) int {
		return cmp.Or(cmp.Compare(b.Latest, a.Latest), cmp.Compare(a.ID.ID, b.ID.ID))
	})
	return found, l.err
}

func matches(id docid.ID, q docid.Query) bool {
	if q.Type != "" && q.Type != id.Type || q.PrimaryOnly && !id.Primary {
		return false
	}
	switch q.Match {
	case docid.Exact:
		return id.ID == q.Value
	case docid.Fold:
		return strings.EqualFold(id.ID, q.Value)
	case docid.Fuzzy:
		return docid.Normalize(id.ID) == docid.Normalize(q.Value)
	case docid.Prefix:
		return strings.HasPrefix(id.ID, q.Value)
	default:
		return strings.Contains(strings.ToLower(id.ID), strings.ToLower(q.Value))
	}
}

func (l *library) Load(_ context.Context, key int64) (*merge.Document, error) {
	return l.docs[key-1], nil
}

func (l *library) Archived(_ context.Context, dir, file string) (*Archived, error) {
	if archived, ok := l.archive[dir+"/"+file]; ok {
		return &archived, l.err
	}
	if l.err != nil {
		return nil, l.err
	}
	return nil, fault.New(fault.NotFound, "no such file")
}

func (l *library) resolver() *Resolver { return &Resolver{Finder: l, Documents: l, Archive: l} }

// document makes one with a primary identifier, published on a date.
func document(kind, id, published string) *merge.Document {
	item := &relaton.Item{
		DocID: []docid.ID{{ID: id, Type: kind, Primary: true}},
		Title: []relaton.Title{{Text: relaton.Text{Content: "About " + id}}},
		Link:  []relaton.Link{{Content: "http://example.org/" + url.PathEscape(id), Type: "src"}},
	}
	if published != "" {
		item.Date = []relaton.Date{{Value: published, Type: "published"}}
	}
	if kind == "Internet-Draft" && id[len(id)-3] == '-' {
		item.Version = []relaton.Version{{Draft: id[len(id)-2:]}}
	}
	return &merge.Document{Item: item, Records: []merge.Record{{Dataset: "any", Item: item}}}
}

const archivedXML = `<?xml version="1.0" encoding="UTF-8"?>
<!-- <reference anchor="not.this"> -->
<reference anchor='Old.anchor' target='https://example.org/a>b'>
  <front><title>Archived</title><author/></front>
</reference>
`

func shelf() *library {
	docs := []*merge.Document{
		document("IETF", "RFC 822", "1982-08"), document("IETF", "RFC 10007", "2030-01"), document("IETF", "RFC 2119", "1997-03"),
		document("IETF", "BCP 14", ""), document("IETF", "BCP 0048", ""), document("IETF", "STD 78", ""),
		document("ANSI", "ANSI X3-4.1986", "1986"), document("W3C", "W3C P3P", "2002-04"),
		document("W3C", "W3C REC-xml-20081126", "2008-11-26"), document("W3C", "W3C rec_XML-20081126", "2009"),
		document("Internet-Draft", "draft-ietf-quic-http", ""),
		document("Internet-Draft", "draft-ietf-quic-http-09", "2018-01-23"), document("Internet-Draft", "draft-ietf-quic-http-34", "2021-02-02"),
		document("Internet-Draft", "draft-ietf-quic-http-10", ""), document("Internet-Draft", "draft-ietf-quic-http-34bis-02", "2022-01-01"),
		document("Internet-Draft", "draft-touch-template-v2.0-06", "2015-05-05"),
		document("3GPP", "3GPP TS 23.501:REL-17/17.9.0", "2023-06-20"), document("3GPP", "3GPP TS 23.501:REL-18/18.2.0", "2023-06-21"),
		document("3GPP", "3GPP TS 23.501:REL-19/19.0.0", ""), document("3GPP", "3GPP TS 23.501-1:REL-19/19.0.0", "2024-01-01"),
		document("3GPP", "3GPP TR 36.871:REL-11/0.0.1", "2011-12-02"), document("3GPP", "3GPP TR 36.871:REL-11/1.0.0", "2011-12-02"),
		document("3GPP", "3GPP TR 36.871:R99/9.0.0", "2011-12-02"), document("3GPP", "3GPP TR 21.900", "2020"),
		document("IEEE", "IEEE Std 754-2019", "2019-07-22"), document("IEEE", "ISO/IEC/IEEE 8802.3/D-1", "2014"),
		document("IANA", "IANA media-types", "2020-01-01"), document("IANA", "IANA matroska/alpha-modes", "2021"),
		document("IANA", "IANA _6tisch", "2020"), document("IANA", "IANA _6tisch/_6tisch-6p-message-types", "2020"),
		document("IANA", "IANA manet-parameters/link_status-tlv", "2020"),
		document("3GPP", "3GPP TS 05.05:REL-99/8.0.0", "2000-01-01"), document("XSF", "XSF XEP-0045", "2020"), document("IETF", "FYI 0036", ""),
		document("IEEE", "IEEE 960-1989", "1989"), document("IANA", "IANA application/x+xml", "2021"), document("ECMA", "ECMA-262", "2025"),
		document("IEEE", "AIEE 1-1937", "1937"), document("NIST", "LCIRC 141", "1927"), document("IEEE", "IEEE Std 802-1990", "1990"), document("IEEE", "IEEE 802.1990", "1990"),
		document("Internet-Draft", "draft-x-ieee-802-11", ""), document("Internet-Draft", "draft-x-ieee-802-11-00", "2018"),
		document("Internet-Draft", "draft-x-ieee-802-11-01", "2019"), document("Internet-Draft", "draft-x-twice-05", "2001"),
		document("Internet-Draft", "draft-x-twice-05-00", "2002"),
		document("NIST", "NIST SP 800-53r5", "2020-09"), document("NIST", "NIST SP 800-53r5 ipd", "2021-01"), document("NIST", "NBS FIPS 46", "1977"),
	}
	for _, doc := range docs {
		if doc.Item.DocID[0].ID == "draft-x-ieee-802-11" {
			doc.Item.Version, doc.Item.Relation = nil, []relaton.Relation{{Type: "includes", Bibitem: &relaton.Item{}}}
		}
	}
	docs[2].Item.DocID = append(docs[2].Item.DocID, docid.ID{ID: "10.17487/RFC2119", Type: "DOI"})
	docs[7].Records[0].Dataset = "misc"
	return &library{docs: docs, archive: map[string]Archived{
		"bibxml/reference.RFC.26000.xml":               {XML: archivedXML, HasXML: true},
		"bibxml/reference.RFC.0014.xml":                {XML: archivedXML, HasXML: true},
		"bibxml/reference.RFC.15.xml":                  {XML: archivedXML, HasXML: true},
		"bibxml/reference.RFC.0016.xml":                {PrimaryDocID: "RFC 822"},
		"bibxml-nist/reference.NIST.OLD.1.xml":         {XML: archivedXML, HasXML: true},
		"bibxml2/reference.W3C.old.xml":                {XML: archivedXML, HasXML: true},
		"bibxml3/reference.I-D.draft-gone-03.xml":      {XML: archivedXML, HasXML: true},
		"bibxml2/reference.LEGACY.MAPPED.xml":          {XML: archivedXML, HasXML: true, PrimaryDocID: "rfc 2119"},
		"bibxml6/reference.IEEE.754_1985.xml":          {XML: archivedXML, HasXML: true, PrimaryDocID: "IEEE Nonexistent 1"},
		"bibxml6/reference.IEEE.Withdrawn.xml":         {XML: archivedXML, HasXML: true, Invalid: true},
		"bibxml5/reference.3GPP.99.999.xml":            {XML: archivedXML, HasXML: true},
		"bibxml7/reference.DOI.10.1000_182.xml":        {XML: archivedXML, HasXML: true},
		"bibxml9/reference.BCP.9999.xml":               {XML: archivedXML, HasXML: true},
		"bibxml-nist/reference.NBS.SIDECAR.ALONE.xml":  {PrimaryDocID: "NIST SP 1"},
		"bibxml3/reference.I-D.draft-zzz-no-draft.xml": {XML: archivedXML, HasXML: true},
	}}
}

// parseURL reads a path that is escaped as in an address.
func parseURL(address string) (Path, error) {
	u, err := url.Parse(address)
	if err != nil {
		return Path{}, err
	}
	return ParsePath(u.Path)
}
