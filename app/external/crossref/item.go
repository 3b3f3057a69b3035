package crossref

import (
	"cmp"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// types are those of Relaton for Crossref's (https://api.crossref.org/types); others are misc.
var types = map[text]string{
	"journal-article": "article", "proceedings-article": "inproceedings", "proceedings": "proceedings", "journal": "journal",
	"book": "book", "monograph": "book", "edited-book": "book", "reference-book": "book", "book-chapter": "inbook",
	"book-section": "inbook", "book-part": "inbook", "reference-entry": "inbook", "report": "techreport",
	"standard": "standard", "dissertation": "thesis", "dataset": "dataset", "posted-content": "unpublished",
}

// item makes a document of a work, under the DOI that it was asked for.
func (w *work) item(doi string) *relaton.Item {
	item := &relaton.Item{
		Type:        cmp.Or(types[w.Type], "misc"),
		DocID:       w.identifiers(doi),
		Title:       w.titles(),
		Link:        []relaton.Link{linkTo(doi)},
		Contributor: w.contributors(),
		Extent:      w.extent(),
	}
	if published := w.published(); published != "" {
		item.Date = []relaton.Date{{Value: published, Type: "published"}}
	}
	if abstract := strings.TrimSpace(string(w.Abstract)); abstract != "" {
		item.Abstract = []relaton.Text{{Content: abstract, Format: "application/x-jats+xml"}}
	}
	if w.Language != "" {
		item.Language = []string{string(w.Language)}
	}
	return item
}

// published is the date that Crossref cites by (issued: the earlier of print and online), or else any other of
// publication; empty when unknown. When the same year is known more precisely, that one is taken.
func (w *work) published() string {
	var best relaton.PartialDate
	for _, d := range []date{w.Issued, w.Published, w.InPrint, w.Online} {
		candidate := relaton.PartialDate(d)
		if best.Year == 0 || candidate.Year == best.Year && best.Month == 0 {
			best = candidate
		}
	}
	return best.String()
}

func (w *work) identifiers(doi string) []docid.ID {
	ids := []docid.ID{primary(doi)}
	for _, number := range w.ISSN {
		ids = appendID(ids, "ISSN", string(number))
	}
	for _, number := range w.ISBN {
		ids = appendID(ids, "ISBN", hyphenated(string(number)))
	}
	return ids
}

func appendID(ids []docid.ID, kind, number string) []docid.ID {
	if number = strings.TrimSpace(number); number == "" {
		return ids
	}
	return append(ids, docid.ID{ID: number, Type: kind})
}

// hyphenated writes an ISBN of 13 digits in the groups that this service has always used; where they really
// lie depends on the country. Older deposits are links to the number.
func hyphenated(isbn string) string {
	isbn = isbn[strings.LastIndexByte(isbn, '/')+1:]
	if len(isbn) != 13 || strings.Trim(isbn, "0123456789") != "" {
		return isbn
	}
	return isbn[:3] + "-" + isbn[3:4] + "-" + isbn[4:8] + "-" + isbn[8:12] + "-" + isbn[12:]
}

// extent tells where in a journal or a book the work stands.
func (w *work) extent() []relaton.Locality {
	if len(w.Container) == 0 {
		return nil
	}
	from, to := pages(plain(w.Page))
	var extent []relaton.Locality
	for _, locality := range []relaton.Locality{
		{Type: "container-title", ReferenceFrom: ascii(w.container())},
		{Type: "volume", ReferenceFrom: plain(w.Volume)},
		{Type: "issue", ReferenceFrom: plain(cmp.Or(w.Issue, w.JournalIssue.Issue))},
		{Type: "page", ReferenceFrom: from, ReferenceTo: to},
	} {
		if locality.ReferenceFrom != "" {
			extent = append(extent, locality)
		}
	}
	return extent
}

// container returns the most specific title of what contains the work. Publishers deposit the name of a series before that
// of the volume, which tells a year or a number more often than not; a journal with several names has its own first.
func (w *work) container() string {
	var last, numbered string
	for _, title := range w.Container {
		title := plain(title)
		switch {
		case title == "":
			continue
		case w.Type == "journal-article":
			return title
		case strings.ContainsAny(title, "0123456789"):
			numbered = title
		}
		last = title
	}
	return cmp.Or(numbered, last)
}

// pages reads 29-40 and 29–40 as a span; other numbers with hyphens (1-1-1-10) stay whole.
func pages(page string) (from, to string) {
	page = ascii(page)
	if from, to, found := strings.Cut(page, "-"); found && from != "" && to != "" && !strings.Contains(to, "-") {
		return strings.TrimSpace(from), strings.TrimSpace(to)
	}
	return page, ""
}

// contributors gives authors, editors, translators and chairs in their order, and the publisher at last.
func (w *work) contributors() []relaton.Contributor {
	var out []relaton.Contributor
	for _, group := range []struct {
		role string
		contributors
	}{{"author", w.Author}, {"editor", w.Editor}, {"translator", w.Translator}, {"chair", w.Chair}} {
		for _, c := range group.contributors {
			if made, ok := c.as(group.role); ok {
				out = append(out, made)
			}
		}
	}
	if publisher := plain(w.Publisher); publisher != "" {
		out = append(out, relaton.Contributor{Role: []relaton.Role{{Type: "publisher"}}, Organization: external.Organization(publisher)})
	}
	return out
}

// as makes a person of a family name, an organization of a name. It says false of those without either, and
// of those who are not named.
func (c *contributor) as(role string) (relaton.Contributor, bool) {
	made := relaton.Contributor{Role: []relaton.Role{{Type: role}}}
	given, family, suffix := plain(c.Given), plain(c.Family), plain(c.Suffix)
	if family == "" && plain(c.Name) == "" {
		given, family = "", given // one name only
	}
	if words := strings.Fields(family); suffix == "" && len(words) > 1 && external.IsSuffix(words[len(words)-1]) {
		family, suffix = strings.Join(words[:len(words)-1], " "), words[len(words)-1]
	}
	name := cmp.Or(family, plain(c.Name))
	if external.IsNobody(name) {
		return made, false
	}
	if family == "" {
		made.Organization = external.Organization(name)
		return made, true
	}
	made.Person = external.Person(given, strings.TrimRight(family, ","), suffix)
	for _, a := range c.Affiliation {
		external.Affiliated(made.Person, plain(a.Name))
	}
	return made, true
}
