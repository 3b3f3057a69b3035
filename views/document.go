package views

import (
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// abstractInHit is how many bytes of an abstract a search result shows.
const abstractInHit = 260

// DocumentOf turns a document into the model of its page. What is written in other formats and the
// paths that lead to it are left to be filled in.
func DocumentOf(doc *merge.Document) Document {
	id := headID(doc)
	return Document{
		ID:        identifierOf(id),
		URL:       DocumentURL(id.ID, id.Type),
		Titles:    titlesOf(doc),
		IDs:       identifiersOf(doc.Item.DocID),
		People:    peopleOf(doc.Item.Contributor),
		Dates:     datesOf(doc.Item),
		Facts:     factsOf(doc.Item),
		Abstracts: passagesOf(doc.Item.Abstract),
		Notes:     notesOf(doc.Item.BiblioNote),
		Keywords:  keywordsOf(doc.Item.Keyword),
		Links:     linksOf(doc.Item.Link),
		Relations: relationsOf(doc),
		Sources:   sourcesOf(doc.Records),
	}
}

// HitOf turns a document into a search result.
func HitOf(doc *merge.Document) Hit {
	id := headID(doc)
	hit := Hit{
		ID:    identifierOf(id),
		Title: titlesOf(doc)[0].Phrase,
		URL:   DocumentURL(id.ID, id.Type),
		Date:  mainDate(doc.Item),
	}
	hit.People = creators(peopleOf(doc.Item.Contributor))
	if len(hit.People) > namedInHit {
		hit.People, hit.More = hit.People[:namedInHit], len(hit.People)-namedInHit
	}
	if status := statusOf(doc.Item); len(status) > 0 {
		hit.Status = status[0]
	}
	if abstracts := passagesOf(doc.Item.Abstract); len(abstracts) > 0 {
		hit.Abstract = Phrase{Text: shorten(abstracts[0].Paragraphs[0], abstractInHit), Lang: abstracts[0].Lang}
	}
	for _, record := range doc.Records {
		if !slices.Contains(hit.Datasets, record.Dataset) {
			hit.Datasets = append(hit.Datasets, record.Dataset)
		}
	}
	return hit
}

// RecordOf turns a record into the model of its page, all but the file itself.
func RecordOf(record merge.Record, dataset Dataset) Record {
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
	if id := headOf(item.DocID); id.ID != "" {
		model.ID, model.DocumentURL = id.ID, DocumentURL(id.ID, id.Type)
	}
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
	return headOf(doc.Item.DocID)
}

func headOf(ids []docid.ID) docid.ID {
	for _, id := range ids {
		if id.IsPrimary() {
			return id
		}
	}
	for _, id := range ids {
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
		if identifier := identifierOf(id); id.ID != "" && !slices.Contains(out, identifier) {
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
		return titles
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

func titleOf(item *relaton.Item) Phrase {
	for _, title := range item.Title {
		if phrase := phraseOf(title.Text); phrase.Text != "" {
			return phrase
		}
	}
	if item.FormattedRef != nil {
		return phraseOf(*item.FormattedRef)
	}
	return Phrase{}
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

// mainDate is the date that stands beside a title: of publication, else the first one.
func mainDate(item *relaton.Item) string {
	for _, date := range item.Date {
		if date.Type == "published" && date.Value != "" {
			return date.Value
		}
	}
	if dates := datesOf(item); len(dates) > 0 {
		return dates[0].Value
	}
	return ""
}

func notesOf(notes []relaton.Note) []Phrase {
	var out []Phrase
	for _, note := range notes {
		phrase := Phrase{Text: strings.TrimSpace(note.Content)}
		if phrase.Text != "" && !slices.Contains(out, phrase) {
			out = append(out, phrase)
		}
	}
	return out
}

func keywordsOf(keywords []relaton.Keyword) []string {
	var out []string
	for _, keyword := range keywords {
		word := strings.TrimSpace(keyword.Content)
		if word != "" && !slices.Contains(out, word) {
			out = append(out, word)
		}
	}
	return out
}

var linkKinds = map[string]string{
	"":        "Link",
	"src":     "Source",
	"self":    "Page",
	"pdf":     "PDF",
	"doi":     "DOI",
	"current": "Current version",
	"txt":     "Text",
	"html":    "HTML",
	"xml":     "XML",
}

func linksOf(links []relaton.Link) []Link {
	var out []Link
	for _, link := range links {
		kind, known := linkKinds[link.Type]
		if !known {
			kind = humanize(link.Type)
		}
		line := Link{URL: webAddress(link.Content), Kind: kind}
		if line.URL != "" && !slices.Contains(out, line) {
			out = append(out, line)
		}
	}
	return out
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
