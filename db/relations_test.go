package db_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// linkedRFCs are records that point to each other, as their sources write it.
func linkedRFCs() files {
	return files{
		"data/RFC0793.yaml": `docid: [{id: RFC 793, type: IETF, primary: true}, {id: 10.17487/RFC0793, type: DOI}]
title: Transmission Control Protocol
date: [{type: published, value: 1981-09}]
relation: [{type: obsoletedBy, bibitem: {docid: [{id: RFC9293, type: IETF, primary: true}]}}]
`,
		"data/RFC9293.yaml": `docid: [{id: RFC 9293, type: IETF, primary: true}]
title: Transmission Control Protocol (TCP)
date: [{type: published, value: 2022-08}]
`,
		"data/RFC6528.yaml": `docid: [{id: RFC 6528, type: IETF, primary: true}]
title: Defending against Sequence Number Attacks
date: [{type: published, value: 2012-02}]
relation:
- {type: updates, bibitem: {docid: [{id: RFC0793, type: IETF, primary: true}]}}
- {type: updates, bibitem: {docid: [{id: rfc793, type: IETF, primary: true}]}}
- {type: obsoletedBy, bibitem: {formattedref: {content: RFC9293}}}
- {type: updates, bibitem: {docid: [{id: RFC6528, type: IETF, primary: true}]}}
`,
		"data/RFC1122.yaml": `docid: [{id: RFC 1122, type: IETF, primary: true}]
title: Requirements for Internet Hosts
date: [{type: published, value: 1989-10}]
relation: [{type: updates, bibitem: {docid: [{id: 10.17487/RFC0793, type: DOI}]}}]
`,
	}
}

func linkedIndex(t *testing.T) *db.DB {
	t.Helper()
	d := dbtest.Open(t)
	index(t, d, "rfcs", linkedRFCs())
	index(t, d, "rfcsubseries", files{
		"data/STD7.yaml": `docid: [{id: STD 0007, type: IETF, primary: true}]
relation: [{type: includes, bibitem: {docid: [{id: RFC 0793, type: IETF, primary: true}]}}]
`,
	})
	index(t, d, "ids", files{
		"data/draft-ietf-tcpm-x.yaml":    "docid: [{id: draft-ietf-tcpm-x, type: Internet-Draft, primary: true}]\ntitle: X\n",
		"data/draft-ietf-tcpm-x-00.yaml": "docid: [{id: draft-ietf-tcpm-x-00, type: Internet-Draft, primary: true}, {id: I-D.ietf-tcpm-x, type: IETF, scope: anchor}]\ntitle: X\n",
	})
	index(t, d, "misc", files{
		"data/other.yaml": "docid: [{id: rfc 793, type: Other, primary: true}]\ntitle: Not the same\ndate: [{type: published, value: 2023}]\n",
	})
	return d
}

func TestTargets(t *testing.T) {
	t.Parallel()
	d := linkedIndex(t)
	tcp, group, draft := key("IETF", "RFC 793"), key("IETF", "STD 0007"), key("Internet-Draft", "draft-ietf-tcpm-x")
	for wanted, document := range map[docid.ID]int64{
		{ID: "RFC 793", Type: "IETF"}:                     tcp,
		{ID: "RFC793", Type: "IETF"}:                      tcp,
		{ID: "rfc0793", Type: "IETF"}:                     tcp,
		{ID: "RFC.793", Type: "ietf"}:                     tcp,
		{ID: "RFC 793"}:                                   tcp,
		{ID: "rfc 793", Type: "Other"}:                    key("Other", "rfc 793"),
		{ID: "RFC 9293", Type: "RFC"}:                     key("IETF", "RFC 9293"),
		{ID: "10.17487/rfc0793", Type: "DOI"}:             tcp,
		{ID: "10.17487/rfc0793", Type: "ISBN"}:            0,
		{ID: "STD 7", Type: "IETF"}:                       group,
		{ID: "STD0007", Type: "IETF"}:                     group,
		{ID: "std7"}:                                      group,
		{ID: "draft-ietf-tcpm-x", Type: "Internet-Draft"}: draft,
		{ID: "I-D.ietf-tcpm-x", Type: "IETF"}:             draft,
		{ID: "I-D.draft-ietf-tcpm-x-00"}:                  key("Internet-Draft", "draft-ietf-tcpm-x-00"),
		{ID: "RFC 79", Type: "IETF"}:                      0,
		{ID: "RFC 7930", Type: "IETF"}:                    0,
		{ID: "RFC\x00793", Type: "IETF"}:                  0,
		{}:                                                0,
	} {
		found, err := d.Targets(t.Context(), []docid.ID{{ID: "unknown"}, wanted})
		require.NoError(t, err)
		require.Equal(t, document, found[wanted], "%+v", wanted)
	}
	none, err := d.Targets(t.Context(), nil)
	require.NoError(t, err)
	require.Empty(t, none)
}

func TestReferring(t *testing.T) {
	t.Parallel()
	d := linkedIndex(t)
	tcp := key("IETF", "RFC 793")
	carriers := map[int64][]string{tcp: {"rfc.793", "10.17487.rfc0793"}, key("IETF", "RFC 9293"): {"rfc.9293"}}
	found, err := d.Referring(t.Context(), carriers, []string{"updates", "obsoletedBy", "includes"}, 10)
	require.NoError(t, err)
	require.Equal(t, []catalog.Reference{
		{From: key("IETF", "RFC 6528"), Type: "obsoletedBy", To: key("IETF", "RFC 9293")},
		{From: key("IETF", "RFC 6528"), Type: "updates", To: tcp},
		{From: key("IETF", "RFC 1122"), Type: "updates", To: tcp},
		{From: tcp, Type: "obsoletedBy", To: key("IETF", "RFC 9293")},
		{From: key("IETF", "STD 0007"), Type: "includes", To: tcp},
	}, found)
	first, err := d.Referring(t.Context(), carriers, []string{"updates"}, 1)
	require.NoError(t, err)
	require.Equal(t, found[1:2], first)
	other, err := d.Referring(t.Context(), map[int64][]string{key("Other", "rfc 793"): {"rfc.793"}}, []string{"updates"}, 10)
	require.NoError(t, err)
	require.Empty(t, other, "what names RFC 793 means the RFC")

	types, err := d.ReferredTo(t.Context(), carriers, []string{"updates", "obsoletedBy"}, tcp)
	require.NoError(t, err)
	require.Equal(t, map[int64][]string{tcp: {"updates"}, key("IETF", "RFC 9293"): {"obsoletedBy"}}, types)
}

// The rows follow the records, and what the version before leaves behind is not seen.
func TestRelationsFollowTheRecords(t *testing.T) {
	t.Parallel()
	d := linkedIndex(t)
	updating := func() int {
		found, err := d.Referring(t.Context(), map[int64][]string{key("IETF", "RFC 793"): {"rfc.793", "10.17487.rfc0793"}}, []string{"updates"}, 10)
		require.NoError(t, err)
		return len(found)
	}
	require.Equal(t, 2, updating())
	changed := linkedRFCs()
	changed["data/RFC6528.yaml"] = "docid: [{id: RFC 6528, type: IETF, primary: true}]\ntitle: Without relations\n"
	index(t, d, "rfcs", changed)
	require.Equal(t, 1, updating())
	_, err := d.Pool().Exec(t.Context(), `DELETE FROM records WHERE ref = 'RFC1122'; DELETE FROM documents WHERE primary_id = 'RFC 1122'`)
	require.NoError(t, err)
	require.Zero(t, updating())
	reset(t, d, "rfcs")
	var left int
	require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT count(*) FROM relations`).Scan(&left))
	require.Equal(t, 3, left, "that of the STD in two forms, and that of the record which was removed without its relations")
	d.FinishUpkeep()
	require.NoError(t, d.Pool().QueryRow(t.Context(), `SELECT count(*) FROM relations WHERE type = 'updates'`).Scan(&left))
	require.Zero(t, left)
}

// Facets and ranking count what is written in another spelling.
func TestStandingFollowsTheLinks(t *testing.T) {
	t.Parallel()
	d := linkedIndex(t)
	index(t, d, "w3c", files{
		"data/new.yaml": "docid: [{id: W3C new, type: W3C, primary: true}]\nrelation:\n- {type: obsoletes, bibitem: {docid: [{id: RFC1122, type: IETF, primary: true}]}}\n- {type: obsoletes, bibitem: {docid: [{id: W3C-new, type: W3C, primary: true}]}}\n",
	})
	d.FinishUpkeep()
	standing := func(id string) (told string) {
		require.NoError(t, d.Pool().QueryRow(t.Context(), `
			SELECT status || ' ' || coalesce(obsoleted, false) || ' ' || coalesce(cited, 0) FROM documents LEFT JOIN standing ON document_id = id
			WHERE primary_id = $1`, id).Scan(&told))
		return told
	}
	for id, want := range map[string]string{
		"RFC 793":  "obsoleted false 8", // by its own record; two update it and a STD, which counts more, includes it
		"RFC 6528": "obsoleted false 0",
		"RFC 9293": "current false 2",
		"RFC 1122": "current true 1",
		"W3C new":  "current false 0",
	} {
		require.Equal(t, want, standing(id), id)
	}
}

func TestReferencesAreBounded(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	all := files{"data/RFC1.yaml": "docid: [{id: RFC 1, type: IETF, primary: true}]\n"}
	for i := range 3000 {
		all[fmt.Sprintf("data/%d.yaml", i)] = fmt.Sprintf("docid: [{id: X %d, type: X, primary: true}]\nrelation: [{type: updates, bibitem: {docid: [{id: RFC1, type: IETF}]}}]\n", i)
	}
	index(t, d, "rfcs", all)
	found, err := d.Referring(t.Context(), map[int64][]string{key("IETF", "RFC 1"): {"rfc.1"}}, []string{"updates"}, 1000)
	require.NoError(t, err)
	require.Len(t, found, 1000)
}
