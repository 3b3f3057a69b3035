package views

// QueryFormat is a query language as pages offer it.
type QueryFormat struct {
	Value   string
	Label   string
	Hint    string
	Example string
}

// QueryFormats lists the query languages that pages offer, the easiest first.
var QueryFormats = []QueryFormat{
	{"websearch", "Words", "Words anywhere in a record; “quoted phrases” stay together, -word leaves out.", `"transport layer" security -datagram`},
	{"docid_regex", "Part of an identifier", "In any case; a blank or a punctuation mark stands for any other.", `draft-ietf-quic`},
	{"json_struct", "JSON structure", "Records that contain this piece of Relaton JSON.", `{"docid": [{"type": "W3C"}]}`},
	{"json_path", "JSON path", "A predicate in the SQL/JSON path language of PostgreSQL.", `$.date[*].value like_regex "^2021"`},
	{"json_repr", "Any text of a record", "Parts of words in the order in which they stand in the JSON of a record, names of fields included.", `Iyengar QUIC`},
}

// example is something to try on the first page.
type example struct{ Query, URL string }

var examples = []example{
	{"RFC 9000", LookupURL("RFC 9000")},
	{"draft-ietf-quic-transport", LookupURL("draft-ietf-quic-transport")},
	{"congestion control", LookupURL("congestion control")},
	{"author:bradner year:..2000", LookupURL("author:bradner year:..2000")},
}

// shelves names what the first page has on offer.
var shelves = []string{"RFC", "BCP", "STD", "I-D", "W3C", "3GPP", "IEEE", "IANA", "NIST"}

// formatChoices gives the query languages to choose from; one that is not offered but in use is kept.
func formatChoices(current string) []QueryFormat {
	for _, format := range QueryFormats {
		if format.Value == current || current == "" {
			return QueryFormats
		}
	}
	return append(QueryFormats[:len(QueryFormats):len(QueryFormats)], QueryFormat{Value: current, Label: current})
}

// otherFormat is what to try when a query finds nothing in the given language.
func otherFormat(current string) QueryFormat {
	if current == QueryFormats[0].Value {
		return QueryFormats[1]
	}
	return QueryFormats[0]
}

// boxHint is something that the one search box understands beside plain words.
type boxHint struct{ Query, Meaning string }

var boxHints = []boxHint{
	{`RFC 9000`, "An identifier, in any usual spelling; rfc9000, an address of it or its DOI do as well."},
	{`"key exchange"`, "Words that follow one another."},
	{`tls -draft`, "The first word without the second."},
	{`quic OR sctp`, "One word or the other."},
	{`title:"congestion control"`, "Words of the title alone."},
	{`author:bradner`, "Who wrote it, or edited it."},
	{`quic year:2019..2022`, "From these years. type:, source: and status: narrow the results just so."},
}
