package views

import (
	"time"

	"github.com/ietf-tools/bibxml/app/search"
)

// Frame is what surrounds every page: the header, the footer and the head of the HTML.
type Frame struct {
	Service string // name of the service, as in its title: "BibXML"
	Contact string // e-mail address for questions; empty: none shown
	Version string // of the program; empty: none shown
	Origin  string // scheme and host without a final slash: "https://bib.ietf.org"
	Path    string // of this request; marks the current entry of the navigation
	Query   string // what the header's search box holds
	// Canonical is the one address, among several, under which this page should be known; empty: it has no other.
	Canonical string
	Assets    Assets
	Index     Index
	Now       time.Time // ages are counted up to it
	Closed    bool      // the API needs a token
	Account   *Account  // nil: nobody can sign in
	Matomo    *Matomo   // nil: visits are not counted
	Feeds     []FeedLink
	// FormToken is for the forms of the management; see FormToken.
	FormToken string
}

// Assets holds the addresses of the files that every page loads, hashes included.
type Assets struct {
	CSS, HTMX, Script string
	Combobox          string // the script of the search box
	Matomo            string // loaded when there is a Matomo server
	Icon              string // an SVG image
}

// Index is the state of the index as a whole.
type Index struct {
	Unknown   bool // it could not be read
	Records   int
	UpdatedAt time.Time // of the newest indexing; zero when nothing was indexed yet
}

// Home is the first page.
type Home struct {
	Datasets []Dataset // in the order of the sources
	Newest   []Hit     // the newest documents
}

// Dataset is the state of one source in the index. DatasetOf fills the first group of fields.
type Dataset struct {
	Name      string // "rfcs"
	Title     string // what it holds: "RFCs"; empty when nothing is known of it
	URL       string // of its page here
	RepoURL   string // of its repository; empty when browsers cannot visit it
	Commit    string // last indexed, in full; empty when never
	CommitURL string // where that commit can be looked at; empty when it cannot

	IndexedAt time.Time // when the index last changed; zero when the source was never indexed in full
	CheckedAt time.Time // when the source was last looked at without failure; zero when that is not known
	Stale     bool      // that is too long ago
	Records   int
	Problems  int // records that break the model
	// Unreadable is how many files could not be read; no record tells of them.
	Unreadable int
}

// RecordEntry is a record in a listing.
type RecordEntry struct {
	Ref      string
	URL      string // of its page; RecordURL gives it
	ID       string // its first primary identifier, else its first; empty when it has none
	Title    string // empty when unknown
	Latest   string // newest date, YYYY-MM-DD; empty when unknown
	Problems int
}

// Record is the page of one record: what one file of one source says. RecordOf fills all but Changes and the neighbours.
type Record struct {
	Dataset     Dataset
	Ref         string
	Title       Phrase
	ID          string // as in RecordEntry
	DocumentURL string // of the document that it belongs to; empty when it has no identifier
	UpstreamURL string // of its file in the source; empty when that cannot be visited
	IndexedAt   time.Time
	Latest      string
	Problems    []Problem
	Before      Neighbour
	After       Neighbour
	YAML        string   // the file, as it is in the source, or its beginning
	Cut         bool     // YAML is only the beginning
	Changes     []Change // the last ones, newest first
}

// Problem is a place where a record breaks the model.
type Problem struct {
	Path    string // contributor[2].role; empty: the whole file
	Message string
	Line    int // in the file, from 1; 0 when unknown
}

// Search is a search and one page of what it found.
type Search struct {
	Query    string
	Format   string // in which it was answered; one of QueryFormats, as a rule
	Asked    string // the format that was asked for; differs when nothing was found in that
	Problem  string // why the query cannot be run, for its author; empty when it can
	CutOff   bool   // the problem is that it took too long
	Hits     []Hit
	Total    int
	Capped   bool // there are more than Total
	Page     int  // from 1
	PageSize int
	// NoSuchPage says that this page stands for one that does not exist.
	NoSuchPage bool
	FeedURL    string // of the changes in what it finds; empty: there is none
}

// Ask is a search by the one box, and one page of what it found. AskOf fills all but NoSuchPage.
type Ask struct {
	Choices Choices
	Reading search.Reading
	Exact   string // the identifier that the query is exactly; it is that of the first hit; empty: none
	Hits    []Hit
	Total   int
	AtLeast bool // there are more than Total
	Facets  []search.FacetCounts
	Offered string // a mended query; empty: none
	Mended  bool   // what was found was found for that
	Nearest []Suggestion
	Problem string // why nothing could be looked for, for the author of the query; empty when that could be
	CutOff  bool   // the problem is that it took too long
	// NoSuchPage says that this page stands for one that does not exist.
	NoSuchPage bool
}

// Suggestion is a document, or a person with documents, that somebody may be looking for.
type Suggestion struct {
	ID    string // of a document; empty for a person
	Text  string // title, or name
	Year  int    // of a document; 0 when unknown
	Count int    // documents of a person
	URL   string
}

// Check is what is known of a query in one of the query languages before it is run.
type Check struct {
	Format  string
	Problem string // what is wrong; empty when nothing is
	Empty   bool   // there is nothing to check yet
}

// Hit is a document that a search found.
type Hit struct {
	ID       Identifier
	Title    Phrase
	URL      string
	People   []Phrase // at most a few names
	More     int      // people beyond those
	Date     string   // YYYY, YYYY-MM or YYYY-MM-DD; empty when unknown
	Status   string
	Abstract Phrase   // its beginning; empty when unknown
	Datasets []string // that the records are from
	Kind     string   // "RFC"; empty when unknown
	// Superseded names the documents that have taken its place.
	Superseded []string
}

// Document is the page of a document. DocumentOf fills all but the last groups of fields.
type Document struct {
	ID           Identifier // the one that heads the page
	URL          string
	Titles       []Title  // the first heads the page; never empty
	Authors      []Phrase // named under the title: authors and editors, else the publisher
	Date         string   // that stands with the title; empty when unknown
	Status       string   // "Withdrawn"; empty when unknown
	IDs          []Identifier
	People       []Person
	Dates        []Date
	Facts        []Fact // type, status, version, edition, series, extent, …
	Abstracts    []Passage
	Notes        []Phrase
	Keywords     []string
	KeywordsFrom string
	Links        []Link
	Relations    []RelationGroup
	Sources      []Source
	Problems     []FieldProblem

	Published []Published // the RFCs that the draft became
	Notices   []Notice    // what Place fills: whether the document still holds
	Timeline  Timeline

	BibXML      string     // the XML of the document; empty when it cannot be written
	Kramdown    string     // its entry for kramdown-rfc
	KramdownKey string     // by which kramdown-rfc fetches it; empty when it cannot
	Text        string     // its reference as the RFC Editor prints it
	MembersLeft int        // members of a group that are left out of these
	Paths       []string   // the xml2rfc paths that resolve to the document, escaped, the best one first
	Downloads   []Download // in each format
}

// Phrase is a short text with what is known of its language.
type Phrase struct {
	Text string
	Lang string // a language tag of BCP 47, fit for the lang attribute; empty when unknown
}

// Title is a title of a document.
type Title struct {
	Phrase
	Kind string // "Main", "Part", …; empty when unremarkable
	From string // the records that tell it, when there are several
}

// Identifier is an identifier of a document.
type Identifier struct {
	ID      string
	Type    string // "IETF", "DOI", …
	Scope   string // "anchor", "trademark", …; empty for an ordinary one
	Primary bool
	URL     string // where it leads outside of the service (DOIs); empty when nowhere
	From    string // as in Title
}

// Person is a contributor: a person or an organization.
type Person struct {
	Name         Phrase
	Organization bool
	Abbreviation string // of an organization
	Roles        []string
	Affiliations []Phrase
	Identifiers  []Link // an ORCID, an ISNI; without an address where nobody knows one
	URL          string // of an organization or a person; http or https only
	From         string // as in Title
}

// Fact is a property of a document and its values.
type Fact struct {
	Term   string   // "Published"
	Values []Phrase // never empty
	From   string   // as in Title
}

// Date is a date of an event in the life of a document.
type Date struct {
	Term  string // "Published"
	Value string // YYYY, YYYY-MM or YYYY-MM-DD
	From  string // as in Title
}

// Passage is a longer text in paragraphs.
type Passage struct {
	Paragraphs []string
	Lang       string
	From       string // as in Title
}

// Link is an address that a source gives for the document; http, https or ftp only.
type Link struct {
	URL   string
	Label string // "PDF", or the host that it leads to
}

// RelationGroup holds the relations of one kind.
type RelationGroup struct {
	Kind      string // "obsoletes"
	Label     string // "Obsoletes"
	Relations []Relation
	From      string // as in Title
	More      int    // relations that are left out
	URL       string // of the list of all; empty when none is left out
}

// Relation leads to another document.
type Relation struct {
	ID    string
	Title Phrase
	Note  string // what the source remarks
	URL   string // of its page here; empty when it is not in the index
	Date  string
	State string // "Obsolete", "Updated", …; empty when it is in force, or unknown
}

// Source is a record that a document is made of. Locate fills the last group of fields.
type Source struct {
	Dataset   string
	Ref       string
	URL       string // of the record's page
	Latest    string // newest date, YYYY-MM-DD; empty when unknown
	IndexedAt time.Time
	Problems  int

	Repository  string // empty when browsers cannot visit it
	Commit      string // last indexed, in full
	CommitURL   string // where that commit can be looked at; empty when it cannot
	FileURL     string // where the file can be read; empty when it cannot
	ReportURL   string // where a fault in it can be reported; empty when nowhere
	ReportLabel string
}

// Download is the document in one format.
type Download struct {
	Format string // "bibxml"
	Label  string // "BibXML"
	URL    string // ExportURL gives it
}

// API is the readable page of the programming interface.
type API struct {
	Formats []Download // the formats of by-docid; URL is of an example
}

// Error is the page of a failed request.
type Error struct {
	Status    int
	Title     string // what happened, in a few words; empty: after the status
	Message   string // what happened to this request; empty: none
	Advice    string // what to do; empty: after the status
	RequestID string // to quote when asking for help; empty: none
	Sought    string // the identifier that was asked for, to search for instead; empty: none
}
