package db

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgtype"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/drafts"
)

// draftLink is a row of draft_links.
type draftLink struct {
	document         int64
	kind             string
	target           int64
	inferred, latest bool
}

// Types of links of drafts, of the Relaton model.
const (
	toRFC   = "draftOf"
	toDraft = "obsoletedBy"
)

// deriveDrafts finds out what drafts became, and writes it when it differs from what is there; then readers are told of a new state
// of the index.
func deriveDrafts(ctx context.Context, tx pgx.Tx) error {
	wanted, err := newDraftLinks(ctx, tx)
	if err != nil {
		return err
	}
	rows, err := tx.Query(ctx, `SELECT document_id, type, target_id, inferred, latest FROM draft_links`)
	if err != nil {
		return err
	}
	known := make(map[draftLink]bool)
	var l draftLink
	_, err = pgx.ForEachRow(rows, []any{&l.document, &l.kind, &l.target, &l.inferred, &l.latest}, func() error {
		known[l] = true
		return nil
	})
	if err != nil || maps.Equal(known, wanted) {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM draft_links`); err != nil {
		return err
	}
	var all [][]any
	for l := range wanted {
		all = append(all, []any{l.document, l.kind, l.target, l.inferred, l.latest})
	}
	columns := []string{"document_id", "type", "target_id", "inferred", "latest"}
	if _, err := tx.CopyFrom(ctx, pgx.Identifier{"draft_links"}, columns, pgx.CopyFromRows(all)); err != nil {
		return err
	}
	return announce(ctx, tx, 0)
}

// newDraftLinks makes the links of what the index has now. What the Datatracker reports of a draft or an RFC goes before what
// follows from titles and authors.
func newDraftLinks(ctx context.Context, tx pgx.Tx) (map[draftLink]bool, error) {
	shelf, err := readDrafts(ctx, tx)
	if err != nil {
		return nil, err
	}
	candidates := drafts.Candidates(shelf.series, shelf.rfcs)
	authors, err := surnames(ctx, tx, shelf.documentsOf(candidates))
	if err != nil {
		return nil, err
	}
	rows, err := tx.Query(ctx, `SELECT kind, source, target FROM draft_reports`)
	if err != nil {
		return nil, err
	}
	reports, err := pgx.CollectRows(rows, pgx.RowToStructByPos[drafts.Report])
	if err != nil {
		return nil, err
	}
	links := make(map[draftLink]bool)
	reported := make(map[string]bool) // drafts and RFCs
	for _, r := range reports {
		at, known := shelf.byName[r.Source]
		if r.Kind == drafts.Replaces {
			if old, ok := shelf.byName[r.Target]; ok && known {
				shelf.link(links, old, toDraft, shelf.series[at].Last, false)
			}
			continue
		}
		reported[r.Source], reported[r.RFC()] = true, true
		if rfc, ok := shelf.byRFC[r.RFC()]; ok && known {
			shelf.link(links, at, toRFC, rfc, false)
		}
	}
	for _, m := range drafts.Choose(candidates, shelf.series, shelf.rfcs, authors) {
		if !reported[shelf.series[m.Series].Name] && !reported[shelf.ids[m.RFC]] {
			shelf.link(links, m.Series, toRFC, shelf.rfcs[m.RFC].Document, true)
		}
	}
	return links, nil
}

// shelf is what the index has of drafts and RFCs.
type shelf struct {
	series   []drafts.Series
	versions [][]int64      // documents of each series, in any order
	byName   map[string]int // places of series
	rfcs     []drafts.RFC
	ids      []string // of the RFCs
	byRFC    map[string]int64
}

func readDrafts(ctx context.Context, tx pgx.Tx) (*shelf, error) {
	rows, err := tx.Query(ctx, `
		SELECT id, primary_id, primary_type, title, latest_date FROM documents
		WHERE primary_type = 'Internet-Draft' AND primary_id LIKE 'draft-%' OR kind = 'rfc' AND primary_id LIKE 'RFC %'`)
	if err != nil {
		return nil, err
	}
	s := &shelf{byName: make(map[string]int), byRFC: make(map[string]int64)}
	newest := make(map[int][]int) // order of the last version of each series
	var document int64
	var id docid.ID
	var title string
	var date dateOrNone
	_, err = pgx.ForEachRow(rows, []any{&document, &id.ID, &id.Type, &title, &date}, func() error {
		edition, ok := docid.EditionOf(id)
		if !ok {
			s.rfcs = append(s.rfcs, drafts.RFC{Document: document, Title: title, Published: date.Time})
			s.ids, s.byRFC[id.ID] = append(s.ids, id.ID), document
			return nil
		}
		at, known := s.byName[edition.Family]
		if !known {
			at = len(s.series)
			s.byName[edition.Family] = at
			s.series = append(s.series, drafts.Series{Name: edition.Family})
			s.versions = append(s.versions, nil)
		}
		s.versions[at] = append(s.versions[at], document)
		of := &s.series[at]
		if of.Last == 0 || slices.Compare(newest[at], edition.Order) < 0 {
			newest[at], of.Last, of.Title, of.Until = edition.Order, document, title, date.Time
		}
		if !date.IsZero() && (of.Since.IsZero() || date.Before(of.Since)) { // that of the draft as such is that of a version
			of.Since = date.Time
		}
		return nil
	})
	return s, err
}

// link adds links of all documents of a series, which do not lead to one of these.
func (s *shelf) link(links map[draftLink]bool, series int, kind string, target int64, inferred bool) {
	for _, document := range s.versions[series] {
		if document != target {
			links[draftLink{document, kind, target, inferred, document == s.series[series].Last}] = true
		}
	}
}

func (s *shelf) documentsOf(matches []drafts.Match) []int64 {
	var all []int64
	for _, m := range matches {
		all = append(all, s.series[m.Series].Last, s.rfcs[m.RFC].Document)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// surnames reads the authors and editors of documents, organisations among them.
func surnames(ctx context.Context, tx pgx.Tx, documents []int64) (map[int64][]string, error) {
	rows, err := tx.Query(ctx, `
		SELECT document_id, coalesce(contributor #>> '{person,name,surname,content}', contributor #>> '{organization,name,0,content}', ''),
			coalesce(contributor #>> '{person,name,completename,content}', '')
		FROM records, jsonb_array_elements(body -> 'contributor') AS contributor
		WHERE document_id = ANY ($1) AND body ? 'contributor' AND contributor -> 'role' @? '$[*] ? (@.type == "author" || @.type == "editor")'`, documents)
	if err != nil {
		return nil, err
	}
	found := make(map[int64][]string)
	var document int64
	var surname, complete string
	_, err = pgx.ForEachRow(rows, []any{&document, &surname, &complete}, func() error {
		name := drafts.Surname(surname, false)
		if name == "" {
			name = drafts.Surname(complete, true)
		}
		found[document] = append(found[document], name)
		return nil
	})
	return found, err
}

// dateOrNone is a date, zero when there is none.
type dateOrNone struct{ time.Time }

// ScanDate implements pgtype.DateScanner.
func (d *dateOrNone) ScanDate(v pgtype.Date) error {
	d.Time = v.Time // zero when it is null
	return nil
}

// DraftsReported returns when the Datatracker was last asked successfully what became of drafts; zero when never.
func (d *DB) DraftsReported(ctx context.Context) (at time.Time, err error) {
	var known *time.Time
	err = d.pool.QueryRow(ctx, `SELECT reported_at FROM draft_reports_state`).Scan(&known)
	if known != nil {
		at = *known
	}
	return at, failure("look at the reports of drafts", err)
}

// ReportDrafts keeps what the Datatracker reports, in place of what it reported before.
func (d *DB) ReportDrafts(ctx context.Context, reports []drafts.Report) error {
	rows := make([][]any, len(reports))
	for i, r := range reports {
		rows[i] = []any{r.Kind, r.Source, r.Target}
	}
	err := pgx.BeginFunc(ctx, d.pool, func(tx pgx.Tx) error {
		// Whoever derives the same at this moment is waited for.
		_, err := tx.Exec(ctx, `SELECT FROM derived FOR UPDATE; DELETE FROM draft_reports; UPDATE draft_reports_state SET reported_at = now()`)
		if err != nil {
			return err
		}
		if _, err := tx.CopyFrom(ctx, pgx.Identifier{"draft_reports"}, []string{"kind", "source", "target"}, pgx.CopyFromRows(rows)); err != nil {
			return err
		}
		return deriveDrafts(ctx, tx)
	})
	return failure("keep the reports of drafts", err)
}
