package compat

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// differences gathers in which points two references differ.
type differences struct {
	list   []Difference
	member string // before each place within a group
	// newer: ours is a later version of the same draft, so that its title, authors and date may differ.
	newer bool
}

func (d *differences) add(place, archived, ours string, loss bool) {
	d.list = append(d.list, Difference{Place: d.member + place, Archived: archived, Ours: ours, Loss: loss && !d.newer})
}

func (d *differences) loss(place, archived, ours string) { d.add(place, archived, ours, true) }

func (d *differences) gain(place, archived, ours string) { d.add(place, archived, ours, false) }

func (d *differences) references(archived, ours reference) {
	if archived.element != ours.element {
		d.loss("element", archived.element, ours.element)
	}
	if archived.anchor != ours.anchor {
		d.add("anchor", archived.anchor, ours.anchor, archived.anchor != "")
	}
	if archived.target != ours.target {
		d.add("target", archived.target, ours.target, !corrects(ours.target, archived.target))
	}
	d.series(archived.series, ours.series)
	d.newer = later(archived.series, ours.series)
	d.title(archived.title, ours.title)
	d.authors(archived.authors, ours.authors)
	d.date(archived.date, ours.date)
	d.newer = false
	if fold(archived.abstract) != fold(ours.abstract) {
		d.add("abstract", archived.abstract, ours.abstract, ours.abstract == "")
	}
	d.others(archived.others, ours.others)
	d.members(archived.members, ours.members)
}

// title: case and punctuation are corrected, words are not.
func (d *differences) title(archived, ours string) {
	if archived != ours {
		d.add("title", archived, ours, archived != "" && fold(archived) != fold(ours))
	}
}

// date: each part that the archive has must be the same; a part more is an addition.
func (d *differences) date(archived, ours date) {
	if archived == ours {
		return
	}
	kept := true
	for _, part := range [][2]string{{archived.year, ours.year}, {archived.month, ours.month}, {archived.day, ours.day}} {
		kept = kept && (part[0] == "" || part[0] == part[1])
	}
	d.add("date", archived.String(), ours.String(), !kept)
}

// series compares sets: neither their order nor zeros before a number, nor the case of a DOI, matter.
func (d *differences) series(archived, ours []series) {
	left := slices.Clone(ours)
	var lost []series
	for _, s := range archived {
		if at := slices.IndexFunc(left, s.equals); at >= 0 {
			left = slices.Delete(left, at, at+1)
		} else {
			lost = append(lost, s)
		}
	}
	for _, s := range lost {
		at := slices.IndexFunc(left, func(o series) bool { return strings.EqualFold(o.name, s.name) })
		if at < 0 {
			d.loss("seriesInfo "+s.name, s.value, "")
			continue
		}
		d.add("seriesInfo "+s.name, s.value, left[at].value, !left[at].follows(s))
		left = slices.Delete(left, at, at+1)
	}
	for _, s := range left {
		d.gain("seriesInfo "+s.name, "", s.value)
	}
}

func (s series) equals(o series) bool {
	return strings.EqualFold(s.name, o.name) && strings.EqualFold(plain(s.value), plain(o.value))
}

// follows says whether s is a later version of the same draft.
func (s series) follows(o series) bool {
	if s.name != "Internet-Draft" || o.name != s.name {
		return false
	}
	name, version := draft(s.value)
	oldName, old := draft(o.value)
	return name == oldName && version > old
}

// draft cuts the name of a draft from its version, which is -1 when there is none.
func draft(value string) (name string, version int) {
	if at := strings.LastIndexByte(value, '-'); at >= 0 && at == len(value)-3 {
		if version, err := strconv.Atoi(value[at+1:]); err == nil {
			return value[:at], version
		}
	}
	return value, -1
}

func later(archived, ours []series) bool {
	return slices.ContainsFunc(archived, func(o series) bool {
		return slices.ContainsFunc(ours, func(s series) bool { return s.follows(o) })
	})
}

// printed are the other elements that a reader of the draft sees; xml2rfc prints nothing of the rest, and
// RFC 7991 deprecates some of it (format, section 3.3).
var printed = []string{"refcontent", "annotation"}

func (d *differences) others(archived, ours []other) {
	left := slices.Clone(ours)
	for _, o := range archived {
		if at := slices.Index(left, o); at >= 0 {
			left = slices.Delete(left, at, at+1)
			continue
		}
		d.add(o.name, o.text, "", slices.Contains(printed, o.name))
	}
	for _, o := range left {
		d.gain(o.name, "", o.text)
	}
}

// members compares the references of a group by their anchors.
func (d *differences) members(archived, ours []reference) {
	group, left := d.member, slices.Clone(ours)
	for _, m := range archived {
		at := slices.IndexFunc(left, func(o reference) bool { return o.anchor == m.anchor })
		if at < 0 {
			d.loss("member "+m.anchor, m.title, "")
			continue
		}
		d.member = group + m.anchor + ": "
		d.references(m, left[at])
		d.member = group
		left = slices.Delete(left, at, at+1)
	}
	for _, m := range left {
		d.gain("member "+m.anchor, "", m.title)
	}
}

// corrects says whether an address is the better form of another: known where none was, secure, at the
// host that the DOI Foundation recommends, or the page of the IETF for the same RFC or draft.
func corrects(ours, archived string) bool {
	if archived == "" {
		return true
	}
	if !strings.HasPrefix(ours, "https://") {
		return false
	}
	if place(ours) == place(archived) {
		return true
	}
	document := atIETF(ours)
	return document != "" && document == atIETF(archived)
}

// place is an address without what is corrected in it.
func place(address string) string {
	_, rest, _ := strings.Cut(address, "://")
	rest = strings.TrimPrefix(rest, "dx.")
	return strings.TrimSuffix(rest, "/")
}

var ietfPage = regexp.MustCompile(`^https?://(?:[a-z]+\.)?(?:ietf|rfc-editor)\.org/(?:[A-Za-z-]+/)*(rfc[0-9]+|draft-[a-z0-9-]+)(?:\.(?:txt|html|pdf|xml))?/?$`)

// atIETF gives the RFC or draft that an address of the IETF or the RFC Editor shows; empty for any other.
func atIETF(address string) string {
	if found := ietfPage.FindStringSubmatch(address); found != nil {
		return found[1]
	}
	return ""
}
