package views

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// DocumentOf turns a document into the model of its page. How it can be cited, its family and where its records are
// is left to be filled in.
func DocumentOf(doc *merge.Document) Document {
	m := contentOf(doc)
	m.Sources = sourcesOf(doc.Records)
	m.Problems = problemsOf(doc.Records)
	elsewhere(&m)
	markOrigins(&m, doc.Records)
	return m
}

// Place puts the document among its family: what has taken its place, and its versions.
func (m *Document) Place(family *catalog.Family) {
	m.Notices = noticesOf(m, family)
	m.Published = publishedAs(family)
	m.Timeline = timelineOf(family, m.Relations)
}

// contentOf is what a document says by itself.
func contentOf(doc *merge.Document) Document {
	id := headID(doc)
	return Document{
		ID:        identifierOf(id),
		URL:       DocumentURL(id.ID, id.Type),
		Titles:    titlesOf(doc),
		Authors:   creatorsOf(doc.Item.Contributor),
		Date:      mainDate(doc.Item),
		Status:    statusOf(doc.Item),
		IDs:       identifiersOf(doc.Item.DocID),
		People:    peopleOf(doc.Item.Contributor),
		Dates:     datesOf(doc.Item),
		Facts:     factsOf(doc.Item),
		Abstracts: passagesOf(doc.Item.Abstract),
		Notes:     notesOf(doc.Item.BiblioNote),
		Keywords:  keywordsOf(doc.Item.Keyword),
		Links:     linksOf(doc.Item.Link),
		Relations: relationsOf(doc),

		MembersLeft: doc.LeftOut[string(catalog.Includes)],
	}
}

// RecordOf turns a record into the model of its page.
func RecordOf(record *catalog.RecordDetail, dataset Dataset) Record {
	item := record.Item
	if item == nil { // a file that could not be read at all
		item = &relaton.Item{}
	}
	model := Record{
		Dataset:     dataset,
		Ref:         record.Ref,
		Title:       titleOf(item),
		UpstreamURL: SourceFileURL(dataset.RepoURL, dataset.Commit, record.Ref),
		IndexedAt:   timeOf(record.IndexedAt),
		Latest:      record.LatestDate,
	}
	if id := headOf(item); id.ID != "" {
		model.ID, model.DocumentURL = id.ID, DocumentURL(id.ID, id.Type)
	}
	model.YAML, model.Cut = beginningOf(record.Original)
	for _, problem := range record.Problems {
		model.Problems = append(model.Problems, Problem(problem))
	}
	return model
}

// headID is the identifier by which pages name a document and link to it.
func headID(doc *merge.Document) docid.ID {
	if doc.Primary.ID != "" {
		return doc.Primary
	}
	return headOf(doc.Item)
}

func headOf(item *relaton.Item) docid.ID {
	if id, ok := item.PrimaryID(); ok {
		return id
	}
	for _, id := range item.DocID {
		if id.ID != "" {
			return id
		}
	}
	return docid.ID{}
}

func identifierOf(id docid.ID) Identifier {
	identifier := Identifier{ID: id.ID, Type: id.Type, Scope: id.Scope, Primary: id.IsPrimary()}
	if strings.EqualFold(id.Type, "DOI") {
		identifier.URL = "https://doi.org/" + (&url.URL{Path: id.ID}).EscapedPath()
	}
	return identifier
}

func identifiersOf(ids []docid.ID) []Identifier {
	var out []Identifier
	for _, id := range ids {
		identifier := identifierOf(id)
		same := func(other Identifier) bool { // DOIs are the same in any case
			return other == identifier || identifier.URL != "" && strings.EqualFold(other.URL, identifier.URL) && other.Scope == identifier.Scope
		}
		if id.ID != "" && !slices.ContainsFunc(out, same) {
			out = append(out, identifier)
		}
	}
	return out
}

// titlesOf gives at least one title: where sources have none, what stands for the reference.
func titlesOf(doc *merge.Document) []Title {
	var titles []Title
	for _, title := range doc.Item.Title {
		if phrase := phraseOf(title.Text); phrase.Text != "" {
			titles = append(titles, Title{Phrase: phrase, Kind: titleKind(title.Type)})
		}
	}
	if len(titles) > 0 {
		return mainFirst(titles, doc.Item.MainTitle())
	}
	phrase := titleOf(doc.Item)
	if phrase.Text == "" {
		phrase.Text = headID(doc).ID
	}
	if phrase.Text == "" {
		phrase.Text = "Untitled document"
	}
	return []Title{{Phrase: phrase}}
}

// mainFirst moves the main title to the front.
func mainFirst(titles []Title, main string) []Title {
	at := slices.IndexFunc(titles, func(t Title) bool { return t.Text == main })
	if at < 1 {
		return titles
	}
	first := titles[at]
	return slices.Insert(slices.Delete(titles, at, at+1), 0, first)
}

// titleOf gives the title to show in one line, in its language.
func titleOf(item *relaton.Item) Phrase {
	main := item.MainTitle()
	for _, title := range item.Title {
		if phrase := phraseOf(title.Text); phrase.Text == main {
			return phrase
		}
	}
	return Phrase{Text: main}
}

func titleKind(kind string) string {
	kind = strings.TrimPrefix(kind, "title-")
	if kind == "main" {
		return ""
	}
	return humanize(kind)
}

func datesOf(item *relaton.Item) []Date {
	var dates []Date
	for _, date := range item.Date {
		line := Date{Term: humanize(date.Type), Value: date.Value}
		if line.Term == "" {
			line.Term = "Dated"
		}
		if date.Value != "" && !slices.Contains(dates, line) {
			dates = append(dates, line)
		}
	}
	if len(dates) == 0 && item.RevDate != "" {
		dates = append(dates, Date{Term: "Revised", Value: item.RevDate})
	}
	return dates
}

// mainDate is the date that stands beside a title.
func mainDate(item *relaton.Item) string {
	if date, ok := item.PublicationDate(); ok {
		return date.String()
	}
	return item.RevDate
}

func passagesOf(texts []relaton.Text) []Passage {
	var passages []Passage
	for i := range texts {
		text := &texts[i]
		if paragraphs := text.PlainParagraphs(); len(paragraphs) > 0 {
			lang := languageTag(strings.Join(paragraphs, " "), text.Language, text.Script)
			passages = append(passages, Passage{Paragraphs: paragraphs, Lang: lang})
		}
	}
	return passages
}

func notesOf(notes []relaton.Note) []Phrase {
	var out []Phrase
	for _, note := range notes {
		phrase := Phrase{Text: strings.TrimSpace(relaton.PlainText(note.Content))}
		if phrase.Text != "" && !slices.Contains(out, phrase) {
			out = append(out, phrase)
		}
	}
	return out
}

func keywordsOf(keywords []relaton.Keyword) []string {
	var out []string
	for _, keyword := range keywords {
		word := strings.TrimSpace(relaton.PlainText(keyword.Content))
		if word != "" && !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}

// linkLabels names the kinds of links that say more than where they lead.
var linkLabels = map[string]string{
	"pdf":     "PDF",
	"doi":     "DOI",
	"txt":     "Text",
	"html":    "HTML",
	"xml":     "XML",
	"current": "Current version",
}

// linksOf returns the links of a document, each address once, and each DOI by one address and one label.
func linksOf(links []relaton.Link) []Link {
	var out []Link
	for _, link := range links {
		address, host := webAddress(link.Content)
		label, ok := linkLabels[link.Type]
		if !ok {
			label = strings.TrimPrefix(host, "www.")
		}
		same := func(l Link) bool { return l.URL == address }
		if doi, ok := doiAddress(address); ok {
			address, label = doi, linkLabels["doi"]
			same = func(l Link) bool { return strings.EqualFold(l.URL, doi) }
		}
		if address != "" && !slices.ContainsFunc(out, same) {
			out = append(out, Link{URL: address, Label: label})
		}
	}
	return out
}

// doiAddress returns the address of a DOI in the form that the DOI Foundation recommends, of an address in any form.
func doiAddress(address string) (string, bool) {
	u, err := url.Parse(address)
	if err != nil || !strings.HasPrefix(u.Path, "/10.") {
		return "", false
	}
	switch strings.ToLower(u.Host) {
	case "doi.org", "dx.doi.org", "www.doi.org":
		return "https://doi.org" + u.EscapedPath(), true
	}
	return "", false
}

func sourcesOf(records []merge.Record) []Source {
	sources := make([]Source, 0, len(records))
	for _, record := range records {
		sources = append(sources, Source{
			Dataset:   record.Dataset,
			Ref:       record.Ref,
			URL:       RecordURL(record.Dataset, record.Ref),
			Latest:    record.LatestDate,
			IndexedAt: timeOf(record.IndexedAt),
			Problems:  len(record.Problems),
		})
	}
	return sources
}

// timeOf reads a point in time; zero when it is unknown.
func timeOf(value string) time.Time {
	t, err := time.Parse(time.RFC3339, value)
	if err != nil {
		return time.Time{}
	}
	return t
}
