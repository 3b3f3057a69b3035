package views

import (
	"net/url"
	"strconv"
	"strings"
)

// The fixed addresses of the service (compatibility, section 7).
const (
	HomeURL    = "/"
	SearchPath = "/search/"
	// AdvancedURL is the page of the exact query languages, CheckPath what looks at queries in them while they are
	// written, SuggestionsPath what the search box offers meanwhile.
	AdvancedURL     = SearchPath + "advanced/"
	CheckPath       = SearchPath + "check/"
	SuggestionsPath = SearchPath + "suggestions/"

	// YearFrom and YearTo are the parameters of the form that asks for a range of years.
	YearFrom = "year_from"
	YearTo   = "year_to"

	LookupPath = "/get-bibliographic-item/"
	AboutURL   = "/about"
	APIURL     = "/api/v1/"
	OpenAPIURL = "/openapi.yaml"

	// SignInPath begins the addresses of the sign-in; by itself it leads to the provider.
	SignInPath  = "/datatracker-auth/"
	SignOutPath = SignInPath + "log-out/"
	SpecURL     = "/api-spec/openapi_spec_main/"
	SchemaURL   = "/api/v1/json-schema/Document/"

	// examplePath is an xml2rfc path for explanations.
	examplePath = "/public/rfc/bibxml/reference.RFC.9000.xml"

	// exampleDOI is a work that no source of ours has.
	exampleDOI = "10.1145/2975159"

	documentPath = "/get-one/by-docid/"
	exportPath   = "/get-one/export/"
	// RelationsPath is a page of the relations of one type that a document has.
	RelationsPath = "/get-one/relations/"
	sourcesPath   = "/indexed-sources/"
	externalPath  = "/external-sources/"

	// DOIPath is the look-up of a DOI, with the parameter ref.
	DOIPath = "/get-one/external/doi/"
)

// ExportURL is the download of a document in a format.
func ExportURL(id, format string) string {
	return address(exportPath, "docid", id, "format", format)
}

// RelationsURL is a page of the relations of one type that a document has.
func RelationsURL(id, docType, kind string, page int) string {
	number := ""
	if page > 1 {
		number = strconv.Itoa(page)
	}
	return address(RelationsPath, "docid", id, "doctype", docType, "type", kind, "page", number)
}

// ExternalURL is the page of a document that an external source knows by an identifier.
func ExternalURL(source, ref string) string {
	return externalPath + url.PathEscape(source) + "/" + (&url.URL{Path: ref}).EscapedPath() + "/"
}

// ExternalExportURL is the download of a document that the external source for a type of identifiers knows.
func ExternalExportURL(id, docType, format string) string {
	return address(exportPath, "docid", id, "doctype", docType, "format", format)
}

// LookupURL leads to the document that a query names, or to a search for it.
func LookupURL(query string) string { return address(LookupPath, "query", query) }

// SearchURL is a page of search results. The first page is written without its number, so that one
// page has one address.
func SearchURL(query, format string, page int) string {
	number := ""
	if page > 1 {
		number = strconv.Itoa(page)
	}
	return address(SearchPath, "query", query, "query_format", format, "page", number)
}

// AnySearchURL is a search that tries one query language after the other until something is found.
func AnySearchURL(query string) string {
	return address(SearchPath, "query", query, "allow_format_fallback", "1")
}

// DatasetURL is the page of a dataset.
func DatasetURL(dataset string) string {
	return sourcesPath + "relaton-data-" + url.PathEscape(dataset) + "/"
}

// ListingAt is a place in the list of a dataset's records; at most one of From, After, Before and Last is given.
type ListingAt struct {
	Year    string // that the list is narrowed to: "2019", or NoYear for records without a date; empty: all
	Problem string // that the list is narrowed to, as browse.ProblemKind.Name; empty: all
	From    string // a name or its beginning
	After   string // a ref
	Before  string // a ref
	Last    bool
}

// NoYear stands for a year where records have no date.
const NoYear = "none"

// ListingURL is the part of a dataset's page at a place. The first part is written without one, so that one page has
// one address.
func ListingURL(dataset string, at ListingAt) string {
	page := ""
	if at.Last {
		page = "last"
	}
	return address(DatasetURL(dataset), "year", at.Year, "problem", at.Problem, "from", at.From, "after", at.After, "before", at.Before, "page", page)
}

// RecordURL is the page of a record.
func RecordURL(dataset, ref string) string {
	return DatasetURL(dataset) + url.PathEscape(ref) + "/"
}

// APIDocumentURL is the answer of the API about a document. format may be empty.
func APIDocumentURL(id, docType, format string) string {
	return address(APIURL+"by-docid/", "docid", id, "doctype", docType, "format", format)
}

// APIRecordURL is the answer of the API about a record.
func APIRecordURL(dataset, ref string) string {
	return APIURL + "ref/" + url.PathEscape(dataset) + "/" + url.PathEscape(ref) + "/"
}

// SourceFileURL is where a file of a source can be read at a commit (or on a branch), or nothing when
// the repository is not one that browsers can visit. The form is that of GitHub.
func SourceFileURL(repo, commit, ref string) string {
	base := visitable(repo)
	if base == "" || commit == "" {
		return ""
	}
	return base + "/blob/" + url.PathEscape(commit) + "/data/" + url.PathEscape(ref) + ".yaml"
}

// CommitURL is where a commit of a source can be read, or nothing (see SourceFileURL).
func CommitURL(repo, commit string) string {
	base := visitable(repo)
	if base == "" || commit == "" {
		return ""
	}
	return base + "/commit/" + url.PathEscape(commit)
}

// visitable gives the address of a repository for browsers; nothing for local paths and for addresses
// that hold credentials, which must not be shown.
func visitable(repo string) string {
	u, err := url.Parse(repo)
	if err != nil || u.Host == "" || u.User != nil || (u.Scheme != "https" && u.Scheme != "http") {
		return ""
	}
	return strings.TrimSuffix(strings.TrimSuffix(repo, "/"), ".git")
}

// address adds the parameters that have a value to a path, in their order.
func address(path string, pairs ...string) string {
	var b strings.Builder
	b.WriteString(path)
	separator := byte('?')
	for i := 0; i+1 < len(pairs); i += 2 {
		if pairs[i+1] == "" {
			continue
		}
		b.WriteByte(separator)
		b.WriteString(pairs[i] + "=" + url.QueryEscape(pairs[i+1]))
		separator = '&'
	}
	return b.String()
}
