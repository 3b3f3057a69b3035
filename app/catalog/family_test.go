package catalog

import (
	"fmt"
	"strings"
	"testing"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// shelve gives each line a document: its identifier, then relations as "kind=identifier".
func shelve(docType string, lines ...string) *shelf {
	s := &shelf{}
	for i, line := range lines {
		fields := strings.Split(line, "; ")
		var relations []relaton.Relation
		for _, field := range fields[1:] {
			kind, id, _ := strings.Cut(field, "=")
			relations = append(relations, relation(kind, id))
		}
		s.records = append(s.records, record(int64(i+1), fields[0], docType, "Title of "+fields[0], relations...))
	}
	return s
}

// told writes a chain as "1 obsoletedBy RFC 2, 2 obsoletedBy RFC 3".
func told(f *Family, chain []Successor) string {
	var all []string
	for _, s := range chain {
		all = append(all, fmt.Sprintf("%d %s %s", s.Step, s.Relation, f.Members[s.Member].ID.ID))
	}
	return strings.Join(all, ", ")
}

var webauthn = []string{
	"W3C webauthn", "W3C webauthn-1", "W3C WD-webauthn-20160531", "W3C REC-webauthn-1-20190304", "W3C REC-webauthn-2-20210408",
	"W3C WD-webauthn-2-20200730", "W3C WD-webauthn-3-20230927",
}

// linkedOf reads a document with its links.
func linkedOf(t *testing.T, s *shelf, id string) *Linked {
	t.Helper()
	doc, err := New(s).ByDocID(t.Context(), id, "", NoRelations)
	if err != nil {
		t.Fatal(err)
	}
	linked, err := New(s).Linked(t.Context(), doc)
	if err != nil {
		t.Fatal(err)
	}
	return linked
}

func TestFamily(t *testing.T) {
	tls := []string{
		"RFC 2246; obsoletedBy=RFC 4346", "RFC 4346; obsoletedBy=RFC 5246; obsoletes=RFC 2246",
		"RFC 3268; obsoletedBy=RFC 5246", "RFC 5246; obsoletedBy=RFC 8446; obsoletes=RFC 3268; obsoletes=RFC 4346",
		"RFC 8446; obsoletes=RFC 5246; updates=RFC 1",
	}
	for _, c := range []struct {
		name, docType string
		lines         []string
		of            string
		after, before string
		queries       int // for the family alone
	}{
		{"to the end of the chain", "IETF", tls, "RFC 2246", "1 obsoletedBy RFC 4346, 2 obsoletedBy RFC 5246, 3 obsoletedBy RFC 8446", "", 8},
		{"from its middle", "IETF", tls, "RFC 5246", "1 obsoletedBy RFC 8446", "1 obsoletedBy RFC 3268, 1 obsoletedBy RFC 4346, 2 obsoletedBy RFC 2246", 5},
		{"nothing", "IETF", []string{"RFC 1"}, "RFC 1", "", "", 0},
		{"a fork that joins again", "IETF", []string{
			"RFC 1; obsoletedBy=RFC 2; obsoletedBy=RFC 3; obsoletedBy=RFC 4", "RFC 2; obsoletedBy=RFC 4", "RFC 3; obsoletedBy=RFC 4", "RFC 4",
		}, "RFC 1", "1 obsoletedBy RFC 2, 1 obsoletedBy RFC 3, 2 obsoletedBy RFC 4", "", 2},
		{"a circle", "IETF", []string{
			"RFC 1; obsoletedBy=RFC 2", "RFC 2; obsoletedBy=RFC 3", "RFC 3; obsoletedBy=RFC 1; obsoletedBy=RFC 3",
		}, "RFC 1", "1 obsoletedBy RFC 2, 2 obsoletedBy RFC 3", "1 obsoletedBy RFC 3, 2 obsoletedBy RFC 2", 2},
		{"what the index does not have ends the chain", "IETF", []string{"RFC 1; obsoletedBy=RFC 99"}, "RFC 1", "1 obsoletedBy RFC 99", "", 0},
		{"versions of a draft", "Internet-Draft", []string{
			"draft-a-b-02; updates=draft-a-b-01", "draft-a-b-00", "draft-a-b", "draft-a-b-01; updates=draft-a-b-00", "draft-a-b-c-07",
		}, "draft-a-b-00", "1 hasSuccessor draft-a-b-01, 2 hasSuccessor draft-a-b-02", "", 3},
		{"the newest version of a draft", "Internet-Draft", []string{"draft-a-00", "draft-a-01"}, "draft-a-01", "", "1 hasSuccessor draft-a-00", 2},
		{"a draft as such", "Internet-Draft", []string{"draft-a", "draft-a-00", "draft-a-01"}, "draft-a", "1 hasEdition draft-a-01", "", 3},
		{"the latest edition of the W3C", "W3C", []string{
			"W3C xml", "W3C REC-xml-20060816", "W3C REC-xml-20081126", "W3C PER-xml-20080205", "W3C REC-xml-names-20091208",
		}, "W3C xml", "1 hasEdition W3C REC-xml-20081126", "", 3},
		{"what a newer edition says of the one before adds nothing", "W3C", []string{
			"W3C WD-a-20230405", "W3C WD-a-20230712; obsoletes=W3C WD-a-20230405", "W3C WD-a-20231220; obsoletes=W3C WD-a-20230712",
		}, "W3C WD-a-20230405", "1 hasSuccessor W3C WD-a-20230712, 2 hasSuccessor W3C WD-a-20231220", "", 4},
		{"a shortname with its stage", "W3C", []string{"W3C REC-xml", "W3C REC-xml-20060816", "W3C PER-xml-20080205"}, "W3C REC-xml", "1 hasEdition W3C PER-xml-20080205", "", 3},
		{"editions of every stage are of one family", "W3C", []string{
			"W3C CR-css-grid-1-20171214", "W3C CRD-css-grid-1-20201218", "W3C WD-css-grid-1-20150917", "W3C CRD-css-grid-2-20201218",
		}, "W3C CR-css-grid-1-20171214", "1 hasSuccessor W3C CRD-css-grid-1-20201218", "1 hasSuccessor W3C WD-css-grid-1-20150917", 3},
		{"a level of a series", "W3C", webauthn, "W3C webauthn-1", "1 hasEdition W3C REC-webauthn-1-20190304", "", 3},
		{"a series: its highest level that is mature", "W3C", webauthn, "W3C webauthn", "1 hasEdition W3C REC-webauthn-2-20210408", "", 3},
		{"an edition from before the levels", "W3C", webauthn, "W3C WD-webauthn-20160531", "1 hasSuccessor W3C WD-webauthn-2-20200730, 2 hasSuccessor W3C REC-webauthn-2-20210408", "", 3},
		{"a series of drafts: its highest level", "W3C", []string{"W3C css-x", "W3C WD-css-x-1-20240101", "W3C WD-css-x-2-20230101"}, "W3C css-x", "1 hasEdition W3C WD-css-x-2-20230101", "", 3},
		{"a level that is no successor of a standard yet", "W3C", []string{
			"W3C payment", "W3C REC-payment-20220908", "W3C WD-payment-1.1-20240101",
		}, "W3C payment", "1 hasEdition W3C REC-payment-20220908", "", 3},
		{"a module of CSS that has another name now", "W3C", []string{
			"W3C css3-color", "W3C REC-css3-color-20110607", "W3C REC-css-color-3-20220118", "W3C CR-css-color-4-20240213",
		}, "W3C css3-color", "1 hasEdition W3C REC-css-color-3-20220118", "", 3},
		{"a release of 3GPP that was written on after the next one", "3GPP", []string{
			"3GPP TS 1.2:REL-15/15.1.0", "3GPP TS 1.2:REL-16/16.0.0", "3GPP TS 1.2:REL-15/15.2.0",
		}, "3GPP TS 1.2:REL-15/15.1.0", "1 hasSuccessor 3GPP TS 1.2:REL-15/15.2.0, 2 hasSuccessor 3GPP TS 1.2:REL-16/16.0.0", "", 3},
		{"a relation says more than a number", "IEEE", []string{
			"IEEE Std 1-2007; obsoletedBy=IEEE Std 1-2012", "IEEE Std 1-2012", "IEEE Std 1-2020; obsoletedBy=IEEE Std 2-2022", "IEEE Std 2-2022",
		}, "IEEE Std 1-2007", "1 obsoletedBy IEEE Std 1-2012, 2 hasSuccessor IEEE Std 1-2020, 3 obsoletedBy IEEE Std 2-2022", "", 6},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := shelve(c.docType, c.lines...)
			for _, r := range s.records { // relations are to documents of the same type
				for _, relation := range r.Item.Relation {
					relation.Bibitem.DocID[0].Type = c.docType
				}
			}
			doc := linkedOf(t, s, c.of)
			s.queries = 0
			f, err := New(s).Family(t.Context(), doc)
			if err != nil {
				t.Fatal(err)
			}
			if got := told(f, f.Successors()); got != c.after {
				t.Errorf("successors: %s\nwant: %s", got, c.after)
			}
			if got := told(f, f.Predecessors()); got != c.before {
				t.Errorf("predecessors: %s\nwant: %s", got, c.before)
			}
			if s.queries != c.queries || f.Cut {
				t.Errorf("%d queries, want %d; cut: %v", s.queries, c.queries, f.Cut)
			}
		})
	}
}

func TestFamiliesAreBounded(t *testing.T) {
	var fork, chain []string
	for i := 2; i < 300; i++ {
		fork = append(fork, fmt.Sprintf("obsoletedBy=RFC %d", i))
		chain = append(chain, fmt.Sprintf("RFC %d; obsoletedBy=RFC %d", i-1, i))
	}
	for name, s := range map[string]*shelf{"a wide fork": shelve("IETF", "RFC 1; "+strings.Join(fork, "; ")), "a long chain": shelve("IETF", chain...)} {
		doc := linkedOf(t, s, "RFC 1")
		s.queries = 0
		f, err := New(s).Family(t.Context(), doc)
		if err != nil || !f.Cut || len(f.Members) > maxMembers || s.queries > 3*maxRounds {
			t.Errorf("%s: %d members, %d queries, cut: %v, %v", name, len(f.Members), s.queries, f.Cut, err)
		}
	}
}

func TestExternalDocumentsHaveFamilies(t *testing.T) {
	s := shelve("Internet-Draft", "draft-a-00")
	outside := record(0, "draft-a-01", "Internet-Draft", "Newer than the index")
	doc, err := New(s).Linked(t.Context(), merge.Records([]merge.Record{outside}))
	if err != nil {
		t.Fatal(err)
	}
	f, err := New(s).Family(t.Context(), doc)
	if err != nil || told(f, f.Predecessors()) != "1 hasSuccessor draft-a-00" {
		t.Errorf("%s, %v", told(f, f.Predecessors()), err)
	}
}

// Of 3GPP, the version that was published last need not be of the newest release.
func TestNewestByDate(t *testing.T) {
	versions := map[string]string{
		"3GPP TS 1.2:REL-17/17.9.0": "2024-06-20", "3GPP TS 1.2:REL-17/17.8.0": "2023-12-20", "3GPP TS 1.2:REL-18/18.1.0": "2024-03-20",
		"3GPP TS 1.2:REL-19/0.1.0": "", "3GPP TS 1.23:REL-18/18.0.0": "2025-01-01",
	}
	for i := range 100 {
		versions[fmt.Sprintf("3GPP TS 1.2:REL-16/16.%d.0", i)] = "2022-01-01"
	}
	s := &shelf{}
	for id, date := range versions {
		r := record(int64(len(s.records)+1), id, "3GPP", "Title")
		if r.LatestDate = date; date != "" {
			r.Item.Date = []relaton.Date{{Type: "published", Value: date}}
		}
		s.records = append(s.records, r)
	}
	for id := range versions {
		f, err := New(s).Family(t.Context(), linkedOf(t, s, id))
		if err != nil {
			t.Fatal(err)
		}
		latest, byDate := "3GPP TS 1.2:REL-19/0.1.0", "3GPP TS 1.2:REL-17/17.9.0"
		if strings.HasPrefix(id, "3GPP TS 1.23") {
			latest, byDate = id, id
		}
		if f.Members[f.ByDate].ID.ID != byDate || f.Members[f.Latest].ID.ID != latest {
			t.Errorf("%s: the newest by date is member %d", id, f.ByDate)
		}
	}
}
