package views

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/merge"
)

// FieldProblem is a problem of a record in the words of the page.
type FieldProblem struct {
	Section string // of the page that shows the field
	Where   string // "Second contributor, role"
	What    string
	Record  string // "misc/reference.SAMPLE.broken"
	URL     string // of the line in the record
}

// fieldSections are the parts of the page by the fields that they show; all others are details.
var fieldSections = map[string]string{
	"docid": "identifiers", "title": "head", "abstract": "abstract", "contributor": "people", "relation": "relations",
	"keyword": "keywords", "biblionote": "notes",
}

func problemsOf(records []merge.Record) []FieldProblem {
	var all []FieldProblem
	for _, record := range records {
		for _, problem := range record.Problems {
			field := strings.TrimRight(regexpField.FindString(problem.Path), ".[")
			section, ok := fieldSections[field]
			if !ok {
				section = "details"
			}
			p := FieldProblem{
				Section: section, Where: placeInWords(problem.Path), What: problem.Message,
				Record: record.Dataset + "/" + record.Ref, URL: RecordURL(record.Dataset, record.Ref),
			}
			if problem.Line > 0 {
				p.URL += "#" + lineID(problem.Line)
			}
			all = append(all, p)
		}
	}
	return all
}

var (
	regexpField = regexp.MustCompile(`^[^.[]*`)
	regexpParts = regexp.MustCompile(`([^.[\]]+)(?:\[([0-9]+)\])?`)
)

// fieldNames are the words of pages for fields whose own names say less.
var fieldNames = map[string]string{
	"docid": "identifier", "doctype": "document type", "biblionote": "note", "revdate": "date of revision",
	"formattedref": "reference as printed", "docnumber": "number", "fetched": "day of fetching",
}

// placeInWords turns contributor[1].role into "Second contributor, role".
func placeInWords(path string) string {
	var words []string
	for _, part := range regexpParts.FindAllStringSubmatch(path, -1) {
		name := part[1]
		if known, ok := fieldNames[name]; ok {
			name = known
		} else {
			name = strings.ToLower(humanize(name))
		}
		if n, err := strconv.Atoi(part[2]); err == nil {
			name = ordinal(n+1) + " " + name
		}
		words = append(words, name)
	}
	if len(words) == 0 {
		return "The record"
	}
	first := strings.Join(words, ", ")
	return strings.ToUpper(first[:1]) + first[1:]
}

func ordinal(n int) string {
	spelled := []string{"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"}
	if n <= len(spelled) {
		return spelled[n-1]
	}
	suffix := "th"
	if n/10%10 != 1 {
		switch n % 10 {
		case 1:
			suffix = "st"
		case 2:
			suffix = "nd"
		case 3:
			suffix = "rd"
		}
	}
	return strconv.Itoa(n) + suffix
}

// problemsIn gives the problems to show in a section.
func (m Document) problemsIn(section string) []FieldProblem {
	var found []FieldProblem
	for _, p := range m.Problems {
		if p.Section == section {
			found = append(found, p)
		}
	}
	return found
}

// elsewhere moves the problems of sections that the page does not have to the sources.
func elsewhere(m *Document) {
	shown := map[string]bool{
		"head": true, "identifiers": true, "abstract": len(m.Abstracts) > 0, "people": len(m.People) > 0,
		"details": len(m.Dates)+len(m.Facts) > 0, "relations": len(m.Relations) > 0, "keywords": len(m.Keywords) > 0,
		"notes": len(m.Notes) > 0,
	}
	for i := range m.Problems {
		if !shown[m.Problems[i].Section] {
			m.Problems[i].Section = "provenance"
		}
	}
}
