package relaton

import "github.com/ietf-tools/bibxml/app/docid"

// LatestDate gives the newest date of the item as YYYY-MM-DD, an unspecific one as its first day
// (compatibility, section 1). An item without any takes the newest of the parts and versions that it
// points to, as far as their dates are written in it (they hardly ever are: see PartIDs). It is empty
// when there is no date at all.
func (it *Item) LatestDate() string { return it.latest().FirstDay() }

func (it *Item) latest() PartialDate {
	newest := it.newestDate("")
	if newest != (PartialDate{}) {
		return newest
	}
	if d, ok := ParseDate(it.RevDate); ok {
		return d
	}
	for i := range it.Relation {
		if rel := &it.Relation[i]; rel.IsPart() && rel.Bibitem != nil {
			newest = later(newest, rel.Bibitem.latest())
		}
	}
	return newest
}

// Published gives the newest date of publication as YYYY-MM-DD; empty when there is none.
func (it *Item) Published() string { return it.newestDate("published").FirstDay() }

// PublicationDate gives the date to cite, as precise as it is known: the first that is published, else
// the first (compatibility, section 4). It says false when there is none that can be read.
func (it *Item) PublicationDate() (PartialDate, bool) {
	var first PartialDate
	for i := range it.Date {
		d, ok := ParseDate(it.Date[i].Value)
		if !ok {
			continue
		}
		if it.Date[i].Type == "published" {
			return d, true
		}
		if first == (PartialDate{}) {
			first = d
		}
	}
	return first, first != PartialDate{}
}

// newestDate gives the newest date of a type, or of any when the type is empty.
func (it *Item) newestDate(kind string) PartialDate {
	var newest PartialDate
	for i := range it.Date {
		if kind != "" && it.Date[i].Type != kind {
			continue
		}
		if d, ok := ParseDate(it.Date[i].Value); ok {
			newest = later(newest, d)
		}
	}
	return newest
}

func later(a, b PartialDate) PartialDate {
	if a.before(b) {
		return b
	}
	return a
}

// IsPart says whether the relation points to a part of the item or to a version of it, whose dates
// may stand for its own: the members of a BCP, the versions of a draft, the editions of a
// recommendation.
func (rel *Relation) IsPart() bool {
	switch rel.Type {
	case "includes", "hasPart", "hasEdition", "hasInstance", "hasDraft", "instance":
		return true
	}
	return false
}

// PartIDs gives the primary identifiers of the parts and versions that the item points to. Whoever
// knows their dates can give an item without any the newest of them.
func (it *Item) PartIDs() []docid.ID {
	var ids []docid.ID
	for i := range it.Relation {
		if rel := &it.Relation[i]; rel.IsPart() && rel.Bibitem != nil {
			if id, ok := rel.Bibitem.PrimaryID(); ok {
				ids = append(ids, id)
			}
		}
	}
	return ids
}
