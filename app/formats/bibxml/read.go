package bibxml

import (
	"encoding/xml"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// Reference is what a reference says, or a group of them. Formats that are made of BibXML read it, so that they
// say what xml2rfc makes of the same document.
type Reference struct {
	Anchor  string
	Target  string
	Title   string
	Authors []Author
	Year    string
	Month   string // its English name; empty when unknown
	Day     string
	Content string   // the place in a containing work
	Series  []Series // identifiers among them
	Members []Reference
}

// Author is a person, an organization, or a person of one.
type Author struct {
	Full, Initials, Surname string
	Editor                  bool
	Organization            string
	Abbreviation            string // of the organization
}

// Series is a series, or a kind of identifiers, and the value in it.
type Series struct{ Name, Value string }

// Read reads what Format.XML or an xml2rfc path gives. The error is of XML that is neither a reference nor a group.
func Read(text []byte) (Reference, error) {
	var root xmlReference
	if err := xml.Unmarshal(text, &root); err != nil {
		return Reference{}, fmt.Errorf("read BibXML: %w", err)
	}
	if name := root.XMLName.Local; name != "reference" && name != "referencegroup" {
		return Reference{}, fmt.Errorf("read BibXML: the root is %q", name)
	}
	return root.reference(), nil
}

// xmlReference has the elements of both, of which a document has only some.
type xmlReference struct {
	XMLName xml.Name
	Anchor  string         `xml:"anchor,attr"`
	Target  string         `xml:"target,attr"`
	Members []xmlReference `xml:"reference"`
	Title   string         `xml:"front>title"`
	Authors []xmlAuthor    `xml:"front>author"`
	Date    struct {
		Year  string `xml:"year,attr"`
		Month string `xml:"month,attr"`
		Day   string `xml:"day,attr"`
	} `xml:"front>date"`
	Content string      `xml:"refcontent"`
	Series  []xmlSeries `xml:"seriesInfo"`
	// Inner are the series of files in the older form, where they stand in the front.
	Inner []xmlSeries `xml:"front>seriesInfo"`
}

type xmlAuthor struct {
	Full         string `xml:"fullname,attr"`
	Initials     string `xml:"initials,attr"`
	Surname      string `xml:"surname,attr"`
	Role         string `xml:"role,attr"`
	Organization struct {
		Name         string `xml:",chardata"`
		Abbreviation string `xml:"abbrev,attr"`
	} `xml:"organization"`
}

type xmlSeries struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

func (x *xmlReference) reference() Reference {
	r := Reference{
		Anchor: x.Anchor, Target: words(x.Target), Title: words(x.Title),
		Year: x.Date.Year, Month: x.Date.Month, Day: x.Date.Day, Content: words(x.Content),
	}
	for _, a := range x.Authors {
		author := Author{
			Full: words(a.Full), Initials: words(a.Initials), Surname: words(a.Surname), Editor: a.Role == "editor",
			Organization: words(a.Organization.Name), Abbreviation: words(a.Organization.Abbreviation),
		}
		if author.Name() != "" {
			r.Authors = append(r.Authors, author)
		}
	}
	for _, s := range append(x.Inner, x.Series...) {
		if name, value := words(s.Name), words(s.Value); name != "" && value != "" {
			r.Series = append(r.Series, Series{name, value})
		}
	}
	for i := range x.Members {
		r.Members = append(r.Members, x.Members[i].reference())
	}
	return r
}

// IsPerson says whether the author is a person.
func (a Author) IsPerson() bool { return a.Surname != "" || a.Full != "" }

// Name gives the most that is known of the name.
func (a Author) Name() string {
	switch {
	case a.Full != "":
		return a.Full
	case a.Surname != "":
		return strings.TrimSpace(a.Initials + " " + a.Surname)
	case a.Organization != "":
		return a.Organization
	}
	return a.Abbreviation
}

// ShortName returns surname and initials as xml2rfc prints them: those of the reference when it has both, else the last
// word of the full name and the first letters of the words before. A name of one word, or in another script than
// Latin, is returned whole as the surname.
func (a Author) ShortName() (surname, initials string) {
	if a.Initials != "" && a.Surname != "" {
		return a.Surname, withDot(a.Initials)
	}
	all := strings.Fields(a.Full)
	if len(all) < 2 || !isLatin(a.Full) {
		return a.Name(), ""
	}
	last := len(all) - 1
	for i, word := range all[:last] {
		first, size := utf8.DecodeRuneInString(word)
		all[i] = strings.ToUpper(string(first))
		if size < len(word) {
			all[i] += "."
		}
	}
	return all[last], strings.Join(all[:last], " ")
}

func withDot(initials string) string {
	if strings.HasSuffix(initials, ".") || !isLatin(initials) {
		return initials
	}
	return initials + "."
}

// isLatin reports whether a text has letters of no script but the Latin one.
func isLatin(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return unicode.IsLetter(r) && !unicode.In(r, unicode.Latin, unicode.Common) }) < 0
}

// MonthNumber returns the month as two digits; empty when there is none.
func (r Reference) MonthNumber() string {
	date, ok := relaton.ParseDate(r.Month + " " + r.Year)
	if !ok || date.Month == 0 {
		return ""
	}
	return fmt.Sprintf("%02d", date.Month)
}
