package views

import (
	"net/url"
	"strings"
)

// reportedProblems is how many problems a prefilled report lists: addresses must not grow too long.
const reportedProblems = 8

// Locate adds where the records of a document are: their files at the commit that was indexed, and where a fault in
// them can be reported. The function tells of a dataset; origin is where this service is.
func (m *Document) Locate(dataset func(name string) Dataset, origin string) {
	for i := range m.Sources {
		source := &m.Sources[i]
		of := dataset(source.Dataset)
		source.Repository, source.Commit, source.CommitURL = of.RepoURL, of.Commit, of.CommitURL
		source.FileURL = SourceFileURL(of.RepoURL, of.Commit, source.Ref)
		source.ReportURL, source.ReportLabel = m.report(*source, origin)
	}
}

// report gives where to report a fault: at GitHub a new issue with what is known already, elsewhere the file or the
// repository; nothing where browsers cannot go.
func (m *Document) report(source Source, origin string) (where, label string) {
	repository, err := url.Parse(source.Repository)
	if err != nil || repository.Host == "" {
		return "", ""
	}
	if repository.Host != "github.com" {
		if source.FileURL != "" {
			return source.FileURL, "See the file, to report a fault"
		}
		return source.Repository, "See the repository, to report a fault"
	}
	return address(source.Repository+"/issues/new", "title", m.reportTitle(source), "body", m.reportBody(source, origin)), "Report a fault"
}

func (m *Document) reportTitle(source Source) string {
	if m.ID.ID == "" {
		return "Fault in data/" + source.Ref + ".yaml"
	}
	return "Fault in the record of " + m.ID.ID
}

func (m *Document) reportBody(source Source, origin string) string {
	var b strings.Builder
	b.WriteString("Record: " + source.FileURL + "\nAs the BibXML service shows it: " + origin + m.URL + "\n\n")
	b.WriteString("What is wrong:\n\n\nWhat should be there, and where that can be checked:\n\n")
	listed := 0
	for _, problem := range m.Problems {
		if problem.Record != source.Dataset+"/"+source.Ref {
			continue
		}
		if listed == 0 {
			b.WriteString("\nThe service found this in it:\n")
		}
		if listed++; listed > reportedProblems {
			b.WriteString("- and more\n")
			break
		}
		b.WriteString("- " + problem.Where + ": " + problem.What + "\n")
	}
	return b.String()
}
