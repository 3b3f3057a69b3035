package views

import (
	"net/url"

	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

// CompatURL is the explorer of xml2rfc paths.
const CompatURL = ManagementURL + "xml2rfc-compat/"

// CompatDirectoryURL is the page of a directory.
func CompatDirectoryURL(dir string) string { return CompatURL + url.PathEscape(dir) + "/" }

// CompatListingURL is the part of a directory's page that begins after a file, narrowed to an outcome. Both
// may be empty.
func CompatListingURL(dir, outcome, after string) string {
	return address(CompatDirectoryURL(dir), "outcome", outcome, "after", after)
}

// CompatPathURL is the page of a path, <dir>/reference.<anchor>.xml.
func CompatPathURL(path string) string {
	u := url.URL{Path: CompatURL + path + "/"}
	return u.EscapedPath()
}

// CompatIndex is the first page of the explorer.
type CompatIndex struct {
	Directories []CompatDirectory
	Problem     string // with the path that was looked for; empty: none
	Path        string // that was looked for
}

// CompatDirectory is a directory of xml2rfc paths and what the archive holds of it.
type CompatDirectory struct {
	compat.Directory
	Title   string // what it holds; empty when that is not known
	Aliases []string
	URL     string // empty when nobody can ask for its paths
}

// directoryTitles says what the directories hold.
var directoryTitles = map[string]string{
	"bibxml": "RFCs", "bibxml2": "Miscellaneous standards", "bibxml3": "Internet-Drafts", "bibxml4": "W3C technical reports",
	"bibxml5": "3GPP specifications", "bibxml6": "IEEE standards", "bibxml7": "Documents by their DOI", "bibxml8": "IANA registries",
	"bibxml9": "BCP, STD and FYI series", "bibxml-nist": "NIST publications",
}

// CompatDirectoryOf makes the model of a directory. Those of the archive that no path leads to have no page.
func CompatDirectoryOf(dir xml2rfc.Directory, archived compat.Directory) CompatDirectory {
	archived.Name = dir.Name
	d := CompatDirectory{Directory: archived, Title: directoryTitles[dir.Name], Aliases: dir.Aliases}
	if _, err := xml2rfc.DirectoryOf(dir.Name); err == nil {
		d.URL = CompatDirectoryURL(dir.Name)
	}
	return d
}

// CompatListing is the page of a directory: some of its archived files, by name.
type CompatListing struct {
	Directory CompatDirectory
	Outcome   compat.Class // that is asked for; empty: all
	After     string       // the file after which this page begins; empty on the first
	Files     []CompatFile
	Looked    int    // files that were looked at to find these
	NextURL   string // of the following files; empty on the last page
}

// CompatFile is an archived file in a listing.
type CompatFile struct {
	File    string
	URL     string // of the page of its path; empty when nobody can ask for it
	Class   compat.Class
	DocID   string   // that the sidecar names; empty: none
	Note    string   // beside the differences; empty: none
	Lost    []string // in which points it became worse
	Changed []string // in which other points it differs
}

// CompatFileOf makes the model of an archived file in a listing.
func CompatFileOf(archived xml2rfc.Archived, result compat.Result) CompatFile {
	f := CompatFile{File: archived.File, Class: result.Class, DocID: archived.PrimaryDocID, Note: result.Note}
	if _, err := xml2rfc.ParsePath(result.Path()); err == nil {
		f.URL = CompatPathURL(result.Path())
	}
	for _, difference := range result.Differences {
		if difference.Loss {
			f.Lost = append(f.Lost, difference.Place)
		} else {
			f.Changed = append(f.Changed, difference.Place)
		}
	}
	return f
}

// outcomes are the choices of a listing; the first is all of them.
var outcomes = append([]compat.Class{""}, compat.Classes...)

func outcomeLabel(class compat.Class) string {
	if class == "" {
		return "All"
	}
	return classLabel(class)
}

func classLabel(class compat.Class) string {
	return map[compat.Class]string{
		compat.Same: "Same", compat.Better: "Better", compat.Worse: "Worse", compat.Missing: "Missing",
	}[class]
}

// CompatPublicURL is where a path is answered.
func CompatPublicURL(path xml2rfc.Path) string {
	u := url.URL{Path: xml2rfc.Prefix + path.String()}
	return u.EscapedPath()
}
