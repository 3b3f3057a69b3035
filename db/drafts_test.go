package db_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/drafts"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func written(id, kind, title, date, author string) string {
	return fmt.Sprintf(`docid: [{id: %s, type: %s, primary: true}]
title: %q
date: [{type: published, value: %s}]
contributor:
- {role: [{type: author}], person: {name: {surname: {content: %s}}}}
- {role: [{type: publisher}], organization: {name: [{content: Publisher}]}}
`, id, kind, title, date, author)
}

// becoming has a draft that was renamed and became an RFC, and one that nothing became of.
func becoming(t *testing.T) *db.DB {
	t.Helper()
	d := dbtest.Open(t)
	ids := files{"data/draft-ietf-a.yaml": `docid: [{id: draft-ietf-a, type: Internet-Draft, primary: true}]
title: A Protocol
relation:
- {type: includes, bibitem: {docid: [{id: draft-ietf-a-00, type: Internet-Draft, primary: true}]}}
- {type: includes, bibitem: {docid: [{id: draft-ietf-a-01, type: Internet-Draft, primary: true}]}}
`}
	for name, content := range map[string]string{
		"draft-ito-a-00":  written("draft-ito-a-00", "Internet-Draft", "The A Protocol", "2018-01-01", "Ito"),
		"draft-ietf-a-00": written("draft-ietf-a-00", "Internet-Draft", "The A Protocol", "2019-01-01", "Ito"),
		"draft-ietf-a-01": written("draft-ietf-a-01", "Internet-Draft", "The   A protocol", "2020-03-01", "Itö"),
		"draft-eco-b-00":  written("draft-eco-b-00", "Internet-Draft", "The B Protocol", "2020-03-01", "Eco"),
	} {
		ids["data/"+name+".yaml"] = content
	}
	index(t, d, "ids", ids)
	index(t, d, "rfcs", files{
		"data/RFC9000.yaml": written("RFC 9000", "IETF", "The <em>A</em> Protocol", "2021-05", "Ito"),
		"data/RFC9001.yaml": written("RFC 9001", "IETF", "The B Protocol", "2019-05", "Eco"),
	})
	d.FinishUpkeep()
	return d
}

var became = []string{"draftOf", "hasDraft", "obsoletes", "obsoletedBy"}

// references writes what leads to a document as "draft-a-01 draftOf", with a question mark when it is inferred.
func references(t *testing.T, d *db.DB, kind, id string) []string {
	t.Helper()
	found, err := d.Referring(t.Context(), map[int64][]string{key(kind, id): {"none"}}, became, 100)
	require.NoError(t, err)
	all := []string{}
	for _, r := range found {
		all = append(all, toldOf(t, d, r))
	}
	return all
}

func toldOf(t *testing.T, d *db.DB, r catalog.Reference) (line string) {
	t.Helper()
	require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT primary_id FROM documents WHERE id = $1`, r.From).Scan(&line))
	if line += " " + r.Type; r.Inferred {
		line += "?"
	}
	return line
}

func TestDraftsThatBecameRFCs(t *testing.T) {
	t.Parallel()
	d := becoming(t)
	for _, draft := range []string{"draft-ietf-a", "draft-ietf-a-00", "draft-ietf-a-01"} {
		require.Equal(t, []string{"RFC 9000 hasDraft?"}, references(t, d, "Internet-Draft", draft), draft)
	}
	require.Equal(t, []string{"draft-ietf-a-01 draftOf?"}, references(t, d, "IETF", "RFC 9000"))
	require.Empty(t, references(t, d, "Internet-Draft", "draft-ito-a-00"), "nobody says that it was renamed")
	require.Empty(t, references(t, d, "IETF", "RFC 9001"), "it is older than the draft")
}

// What the Datatracker reports goes before what is inferred.
func TestReportsOfDrafts(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name    string
		reports []drafts.Report
		want    map[string][]string // by the draft or the number of the RFC
	}{
		{"confirmed, and a former name", []drafts.Report{{Kind: drafts.Became, Source: "draft-ietf-a", Target: "rfc9000"}, {Kind: drafts.Replaces, Source: "draft-ietf-a", Target: "draft-ito-a"}}, map[string][]string{
			"draft-ietf-a-00": {"RFC 9000 hasDraft"}, "9000": {"draft-ietf-a-01 draftOf"}, "draft-ito-a-00": {"draft-ietf-a-01 obsoletes"},
			"draft-ietf-a-01": {"RFC 9000 hasDraft", "draft-ito-a-00 obsoletedBy"},
		}},
		{"of another draft", []drafts.Report{{Kind: drafts.Became, Source: "draft-ito-a", Target: "rfc9000"}}, map[string][]string{
			"draft-ietf-a-01": {}, "9000": {"draft-ito-a-00 draftOf"}, "draft-ito-a-00": {"RFC 9000 hasDraft"},
		}},
		{"another RFC", []drafts.Report{{Kind: drafts.Became, Source: "draft-ietf-a", Target: "rfc9001"}}, map[string][]string{
			"draft-ietf-a-01": {"RFC 9001 hasDraft"}, "9000": {}, "9001": {"draft-ietf-a-01 draftOf"},
		}},
		{"an RFC that is not indexed", []drafts.Report{{Kind: drafts.Became, Source: "draft-ietf-a", Target: "rfc9999"}}, map[string][]string{
			"draft-ietf-a-01": {}, "9000": {},
		}},
		{"drafts that are not indexed", []drafts.Report{{Kind: drafts.Replaces, Source: "draft-x", Target: "draft-y"}}, map[string][]string{"9000": {"draft-ietf-a-01 draftOf?"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			d := becoming(t)
			before := generation(t, d)
			require.NoError(t, d.ReportDrafts(t.Context(), c.reports))
			for id, want := range c.want {
				kind := "Internet-Draft"
				if id[0] == '9' {
					kind, id = "IETF", "RFC "+id
				}
				require.Equal(t, want, references(t, d, kind, id), id)
			}
			if c.name != "drafts that are not indexed" {
				require.Greater(t, generation(t, d), before, "visitors are told")
			} else {
				require.Equal(t, before, generation(t, d))
			}
			require.NoError(t, d.ReportDrafts(t.Context(), nil))
			require.Equal(t, []string{"draft-ietf-a-01 draftOf?"}, references(t, d, "IETF", "RFC 9000"), "nothing is reported any more")
		})
	}
}

func TestWhenDraftsWereReported(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	at, err := d.DraftsReported(t.Context())
	require.NoError(t, err)
	require.True(t, at.IsZero())
	require.NoError(t, d.ReportDrafts(t.Context(), nil))
	at, err = d.DraftsReported(t.Context())
	require.NoError(t, err)
	require.False(t, at.IsZero())
}
