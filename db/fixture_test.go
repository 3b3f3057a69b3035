package db_test

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// files is a source in memory: content by path.
type files map[string]string

func hash(content string) string {
	sum := sha1.Sum([]byte(content))
	return hex.EncodeToString(sum[:])
}

// Fetch implements indexing.Repository: the commit stands for the whole content.
func (f files) Fetch(context.Context) (string, error) {
	var all strings.Builder
	for _, name := range f.names("") {
		all.WriteString(name + "\x00" + f[name] + "\x00")
	}
	return hash(all.String()), nil
}

func (f files) names(dir string) []string {
	var names []string
	for name := range f {
		if strings.HasPrefix(name, dir) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// List implements indexing.Repository.
func (f files) List(_ context.Context, _, dir string) ([]gitrepo.File, error) {
	names := f.names(dir)
	if len(names) == 0 {
		return nil, fault.New(fault.NotFound, "no folder %s", dir)
	}
	list := make([]gitrepo.File, len(names))
	for i, name := range names {
		list[i] = gitrepo.File{Path: name, Hash: hash(f[name])}
	}
	return list, nil
}

// Read implements indexing.Repository.
func (f files) Read(_ context.Context, list []gitrepo.File, fn func(gitrepo.File, []byte, error) error) error {
	for _, file := range list {
		if err := fn(file, []byte(f[file.Path]), nil); err != nil {
			return err
		}
	}
	return nil
}

// Prune implements indexing.Repository.
func (f files) Prune(context.Context, ...string) error { return nil }

// index brings a dataset of the database to the given content.
func index(t testing.TB, d *db.DB, dataset string, content files) indexing.Outcome {
	t.Helper()
	sources := func(string) (indexing.Source, error) {
		return indexing.Source{URL: "https://example.org/" + dataset, Branch: "main", Repository: content}, nil
	}
	outcome, err := indexing.New(sources, d.Index(0)).Run(t.Context(), indexing.Request{Dataset: dataset}, nil)
	require.NoError(t, err)
	return outcome
}

// library is a small index with something of each kind.
func library(t testing.TB) *db.DB {
	t.Helper()
	d := dbtest.Open(t)
	index(t, d, "rfcs", files{
		"data/RFC0020.yaml": `docid: [{id: RFC 20, type: IETF, primary: true}]
title: [{content: ASCII format for network interchange, type: main}]
date: [{type: published, value: 1969-10-16}]
doctype: rfc
`,
		"data/RFC2119.yaml": `docid: [{id: RFC 2119, type: IETF, primary: true}, {id: 10.17487/RFC2119, type: DOI}, {id: RFC2119, type: IETF, scope: anchor}]
title: Key words for use in RFCs to Indicate Requirement Levels
date: [{type: published, value: 1997-03}]
keyword: [Standards, Track, Documents]
abstract: "<p>In many standards track documents several <em>words</em> are used to signify the requirements.</p>"
contributor: [{role: author, person: {name: {completename: Scott Bradner}}}]
doctype: rfc
`,
		"data/RFC9000.yaml": `docid: [{id: RFC 9000, type: IETF, primary: true}, {id: 10.17487/RFC9000, type: DOI}]
title: "QUIC: A UDP-Based Multiplexed and Secure Transport"
date: [{type: published, value: 2021-05}]
link: [{content: "https://www.rfc-editor.org/info/rfc9000", type: src}]
type: standard
doctype: rfc
`,
	})
	index(t, d, "misc", files{
		"data/also.yaml": `docid: [{id: RFC 9000, type: IETF, primary: true}]
title: QUIC, as seen from elsewhere
type: article
date: [{type: published, value: 2020}]
`,
		"data/undated.yaml": `docid: [{id: "W3C REC_xml%2", type: W3C, primary: true}, {id: Über 1, type: X}]
title: Ein Über-Dokument
`,
		"data/lower.yaml": `docid: [{id: rfc 9000, type: Other, primary: true}]
title: Not the same
date: [{type: updated, value: 2023-01-01}]
`,
	})
	return d
}

func key(kind, id string) int64 { return indexing.Hash(kind + "\n" + id) }

// reset removes a dataset.
func reset(t testing.TB, d *db.DB, dataset string) {
	t.Helper()
	_, err := indexing.New(nil, d.Index(0)).Run(t.Context(), indexing.Request{Dataset: dataset, Action: indexing.Reset}, nil)
	require.NoError(t, err)
}
