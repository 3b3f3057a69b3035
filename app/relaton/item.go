// Package relaton holds the bibliographic model of the Relaton project (https://www.relaton.org/model/)
// in the shape of its generation 1.x, which is the one that our API answers in. Files of generation 2.x
// are adapted to it while they are read. Merging records and writing other formats are left to others.
package relaton

import "github.com/ietf-tools/bibxml/app/docid"

// Item is one bibliographic item. A nil slice, a nil pointer or an empty string means "unknown" and
// is written as null; Text.Content alone is written as "" when empty.
type Item struct {
	FormattedRef *Text         `json:"formattedref"`
	DocID        []docid.ID    `json:"docid"`
	DocNumber    string        `json:"docnumber"`
	Language     []string      `json:"language"`
	Type         string        `json:"type"`
	DocType      string        `json:"doctype"`
	Script       []string      `json:"script"`
	Date         []Date        `json:"date"`
	Link         []Link        `json:"link"`
	Relation     []Relation    `json:"relation"`
	Version      []Version     `json:"version"`
	Title        []Title       `json:"title"`
	Edition      *Edition      `json:"edition"`
	Abstract     []Text        `json:"abstract"`
	Fetched      string        `json:"fetched"` // a date, as Date.Value
	RevDate      string        `json:"revdate"` // a date, as Date.Value
	BiblioNote   []Note        `json:"biblionote"`
	Contributor  []Contributor `json:"contributor"`
	Place        []any         `json:"place"` // a string, or an object that we keep as it is
	Series       []Series      `json:"series"`
	Keyword      []Keyword     `json:"keyword"`
	Copyright    []Copyright   `json:"copyright"`
	Extent       []Locality    `json:"extent"`

	// Extra holds every other top-level field as it was: "id", "ext", "editorialgroup", "docstatus",
	// "schema-version", …. Values are of the types that encoding/json decodes into any.
	Extra map[string]any `json:"-"`
}

// Text is a piece of text with what is known of its language.
type Text struct {
	Content  string   `json:"content"`
	Format   string   `json:"format"` // a media type: text/plain, text/html, application/x-jats+xml
	Script   []string `json:"script"`
	Language []string `json:"language"`
}

// Title is a title and its kind (main, title-part, …).
type Title struct {
	Text
	Type string `json:"type"`
}

// Date is a date of an event in the life of a document. Value is YYYY, YYYY-MM or YYYY-MM-DD;
// the API writes the middle form as "Month YYYY".
type Date struct {
	Value string `json:"value"`
	Type  string `json:"type"` // published, issued, created, updated, …
}

// Link is an address of the document or of something about it.
type Link struct {
	Content string `json:"content"`
	Type    string `json:"type"` // src, pdf, doi, self, …
}

// Relation points to another item.
type Relation struct {
	Type        string `json:"type"`    // obsoletes, updates, includes, …
	Bibitem     *Item  `json:"bibitem"` // never nil in what Decode and DecodeJSON give
	Description *Text  `json:"description"`
}

// Version is a version of the item.
type Version struct {
	Draft        string `json:"draft"`
	RevisionDate string `json:"revision_date,omitempty"` // a date, as Date.Value
}

// Edition is the edition of the item.
type Edition struct {
	Content string `json:"content"`
	Number  string `json:"number"`
}

// Note is a remark of the source.
type Note struct {
	Content string `json:"content"`
	Type    string `json:"type"`
}

// Contributor is a person or an organization, and what they did. One of the two pointers is nil.
type Contributor struct {
	Role         []Role        `json:"role"`
	Person       *Person       `json:"person"`
	Organization *Organization `json:"organization"`
}

// Role is what a contributor did: author, editor, publisher, ….
type Role struct {
	Type        string `json:"type"`
	Description []Text `json:"description"`
}

// Person is a human contributor.
type Person struct {
	Name        PersonName    `json:"name"`
	Affiliation []Affiliation `json:"affiliation"`
	Contact     []Contact     `json:"contact"`
	Identifier  []Identifier  `json:"identifier,omitempty"`
}

// Identifier identifies a person or an organization: an ORCID, an ISNI, the URI of a library's authority file.
type Identifier struct {
	Type string `json:"type"`
	ID   string `json:"id"`
}

// PersonName is the name of a person, in parts or whole.
type PersonName struct {
	Prefix       []Text     `json:"prefix"`
	Given        *GivenName `json:"given"`
	Surname      *Text      `json:"surname"`
	CompleteName *Text      `json:"completename"`
	Addition     []Text     `json:"addition"` // Jr., III, …
}

// GivenName holds forenames and initials.
type GivenName struct {
	Forename          []Forename `json:"forename"`
	FormattedInitials *Text      `json:"formatted_initials"`
}

// Forename is one forename, or only its initial. An empty Content is written as null here.
type Forename struct {
	Text
	Initial string `json:"initial"`
}

// Affiliation ties a person to an organization.
type Affiliation struct {
	Organization *Organization `json:"organization"`
}

// Organization is a corporate contributor.
type Organization struct {
	Name         []Text    `json:"name"`
	Contact      []Contact `json:"contact"`
	URL          string    `json:"url"`
	Abbreviation *Text     `json:"abbreviation"`

	Subdivision []Text       `json:"subdivision,omitempty"` // names of the units that are meant
	Identifier  []Identifier `json:"identifier,omitempty"`
}

// Contact is one way to reach a contributor.
type Contact struct {
	Address *Address `json:"address"`
	Phone   string   `json:"phone"`
	Email   string   `json:"email"`
	URI     string   `json:"uri"`
}

// Address is a postal address.
type Address struct {
	Street   []string `json:"street"`
	City     string   `json:"city"`
	Country  string   `json:"country"`
	State    string   `json:"state"`
	Postcode string   `json:"postcode"`
}

// Series is a series that the item belongs to.
type Series struct {
	FormattedRef *Text  `json:"formattedref"`
	Title        *Text  `json:"title"`
	Abbrev       *Text  `json:"abbrev"`
	Place        string `json:"place"`
	Number       string `json:"number"`
	Organization string `json:"organization"`
	Run          string `json:"run"`
	PartNumber   string `json:"partnumber"`
	Type         string `json:"type"`
}

// Keyword is one keyword.
type Keyword struct {
	Content string `json:"content"`
}

// Copyright is a copyright statement. From and To are years; zero is unknown.
type Copyright struct {
	From  int            `json:"from"`
	To    int            `json:"to"`
	Owner []Organization `json:"owner"`
}

// Locality is a part of a containing work: volume, issue, page, or its title (type "container-title").
type Locality struct {
	Type          string `json:"type"`
	ReferenceFrom string `json:"reference_from"`
	ReferenceTo   string `json:"reference_to"`
}

// Problem is a place where a record breaks the model. The record is used all the same.
type Problem struct {
	Path    string `json:"path"` // for example contributor[2].role
	Message string `json:"message"`
	Line    int    `json:"line,omitempty"` // in the source file, from 1; 0 when unknown
}
