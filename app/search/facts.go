package search

// States of a document, as the facet FacetStatus has them.
const (
	StatusCurrent   = "current"   // published, and not known to be replaced
	StatusDraft     = "draft"     // never published in this form: Internet-Drafts, working drafts, drafts of standards
	StatusObsoleted = "obsoleted" // another document took its place
	StatusWithdrawn = "withdrawn"
)

// Tier says how likely a document is wanted among all that have the same words: it decides which of very many are
// ranked and counted at all.
type Tier int

// The tiers, the likeliest first.
const (
	Foremost  Tier = 1 // current RFCs and their subseries, recommendations of the W3C
	Published Tier = 2 // whatever else is current
	Rest      Tier = 3 // drafts, and what is obsoleted or withdrawn
)

// Kinds of documents that are told by the identifier; others are as the records have them.
const (
	KindRFC       = "rfc"
	KindDraft     = "internet-draft"
	KindSubseries = "subseries"
	KindRegistry  = "registry"
	KindStandard  = "standard"
	KindRedline   = "redline"
)
