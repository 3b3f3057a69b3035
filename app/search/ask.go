package search

// Facet is a property that results are counted and narrowed by.
type Facet string

// The facets.
const (
	FacetSource Facet = "source" // dataset: rfcs, ids, …
	FacetKind   Facet = "type"   // rfc, internet-draft, standard, …
	FacetDecade Facet = "decade" // 2010
	FacetYear   Facet = "year"   // 2019; chosen, also a range: 2019..2023, 2019.., ..2023
	FacetStatus Facet = "status" // see Status
	FacetGroup  Facet = "group"  // working group or committee: quic, TC 22, …
)

// Facets lists the facets in the order in which they are shown.
var Facets = []Facet{FacetSource, FacetKind, FacetStatus, FacetGroup, FacetDecade, FacetYear}

// Sort is an order of results.
type Sort string

// The orders.
const (
	ByRelevance  Sort = "relevance" // the default
	ByNewest     Sort = "newest"
	ByOldest     Sort = "oldest"
	ByIdentifier Sort = "identifier"
)

// Sorts lists the orders in the order in which they are offered.
var Sorts = []Sort{ByRelevance, ByNewest, ByOldest, ByIdentifier}

// Asked is what the one search box was asked.
type Asked struct {
	Text   string
	Chosen map[Facet][]string // values of one facet are alternatives; facets narrow one another
	Sort   Sort
	Offset int
	Limit  int
}

// Field is a part of a document that a word is looked for in.
type Field string

// The fields; the empty one is all of a document.
const (
	FieldTitle  Field = "title"
	FieldAuthor Field = "author"
)

// Term is a word or a phrase of a text.
type Term struct {
	Text   string
	Phrase bool  // the words have to follow one another
	Prefix bool  // words that begin so are meant
	Not    bool  // it must not be there
	Or     bool  // it may stand for the term before
	Field  Field // where it has to be
}

// Reading is how a text was understood.
type Reading struct {
	// Identifiers are those that the text may mean, as they are written in full, the likeliest first:
	// of "rfc9000", RFC 9000.
	Identifiers []string
	// Related are identifiers of what is meant when no document has one of Identifiers: of a version of a draft,
	// the draft.
	Related []string
	ISBN    string // that the text may mean, 13 digits without hyphens
	Section string // of the document that the text names: "4.2"
	// Whole says that the text is nothing but an identifier, or a printed reference with one in it. Otherwise
	// the identifiers are mentioned in it, beside words.
	Whole  bool
	Terms  []Term             // words and phrases
	Chosen map[Facet][]string // what the text narrows the results to, such as year:2019
}

// FacetCounts are the values of a facet, ordered to be shown.
type FacetCounts struct {
	Facet  Facet
	Values []FacetValue
}

// FacetValue is one value of a facet with the number of results that have it.
type FacetValue struct {
	Value  string
	Count  int
	Chosen bool
}
