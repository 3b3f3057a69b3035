package views

import (
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/merge"
)

// markOrigins says of each value which records tell it, unless all of them do. Of a document of one record,
// everything is from there, and the page says so once.
func markOrigins(m *Document, records []merge.Record) {
	if len(records) < 2 {
		return
	}
	o := origins{names: recordNames(records)}
	for _, record := range records {
		o.alone = append(o.alone, contentOf(&merge.Document{Item: record.Item, Records: []merge.Record{record}}))
	}
	for i := range m.Titles {
		m.Titles[i].From = o.of(func(d *Document) bool { return slices.Contains(d.Titles, m.Titles[i]) })
	}
	for i := range m.IDs {
		m.IDs[i].From = o.of(func(d *Document) bool { return slices.Contains(d.IDs, m.IDs[i]) })
	}
	for i := range m.Dates {
		m.Dates[i].From = o.of(func(d *Document) bool { return slices.Contains(d.Dates, m.Dates[i]) })
	}
	for i := range m.People {
		m.People[i].From = o.of(func(d *Document) bool {
			return slices.ContainsFunc(d.People, func(p Person) bool { return samePerson(p, m.People[i]) })
		})
	}
	for i := range m.Facts {
		m.Facts[i].From = o.of(func(d *Document) bool {
			return slices.ContainsFunc(d.Facts, func(f Fact) bool { return f.Term == m.Facts[i].Term })
		})
	}
	for i := range m.Abstracts {
		m.Abstracts[i].From = o.of(func(d *Document) bool {
			return slices.ContainsFunc(d.Abstracts, func(p Passage) bool { return slices.Equal(p.Paragraphs, m.Abstracts[i].Paragraphs) })
		})
	}
	for i := range m.Relations {
		m.Relations[i].From = o.of(func(d *Document) bool {
			return slices.ContainsFunc(d.Relations, func(g RelationGroup) bool { return g.Kind == m.Relations[i].Kind })
		})
	}
	m.KeywordsFrom = o.of(func(d *Document) bool { return len(d.Keywords) > 0 })
}

// origins is what each record tells by itself.
type origins struct {
	names []string
	alone []Document
}

// of names the records that tell something; nothing when all of them do.
func (o origins) of(tells func(*Document) bool) string {
	var names []string
	for i := range o.alone {
		if tells(&o.alone[i]) {
			names = append(names, o.names[i])
		}
	}
	if len(names) == len(o.alone) {
		return ""
	}
	return strings.Join(names, ", ")
}

// recordNames names records by their sources, those of one source by themselves.
func recordNames(records []merge.Record) []string {
	names := make([]string, len(records))
	for i, record := range records {
		names[i] = record.Dataset
		for j, other := range records {
			if i != j && other.Dataset == record.Dataset {
				names[i] = record.Dataset + "/" + record.Ref
			}
		}
	}
	return names
}

func samePerson(a, b Person) bool {
	return a.Name == b.Name && slices.Equal(a.Roles, b.Roles) && slices.Equal(a.Affiliations, b.Affiliations)
}
