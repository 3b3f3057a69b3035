package views

// endpoint is a part of the API as its page presents it.
type endpoint struct {
	ID         string
	Heading    string
	Pattern    string
	Summary    string
	Parameters []parameter
	Example    string // an address below the origin
	Answer     string // what comes back
}

type parameter struct{ Name, Meaning string }

var endpoints = []endpoint{
	{
		ID:      "by-docid",
		Heading: "A document",
		Pattern: "/api/v1/by-docid/?docid=…",
		Summary: "The document that carries an identifier, merged from all its records.",
		Parameters: []parameter{
			{"docid", "The identifier, as its publisher writes it: RFC 9000. Required."},
			{"doctype", "Its type: IETF, Internet-Draft, W3C, DOI, …"},
			{"format", "relaton (the default) or one of the formats below."},
			{"include", "successors: also what took the document's place, to the end of the chain."},
			{"anchor", "The anchor that the XML shall carry."},
		},
		Example: APIDocumentURL("RFC 9000", "IETF", ""),
		Answer:  `{"data": {…}}`,
	},
	{
		ID:      "search",
		Heading: "A search",
		Pattern: "/api/v1/search/<query>/",
		Summary: "Documents that match a query, newest first, ten a page, at most four hundred.",
		Parameters: []parameter{
			{"query", "In the path, escaped twice: a slash is %252F."},
			{"query_format", "docid_regex (the default), websearch, json_struct, json_path or json_repr."},
			{"allow_format_fallback", "1 to try the other formats where nothing is found."},
			{"page", "The page, from 1, or last."},
		},
		Example: "/api/v1/search/quic/?query_format=websearch",
		Answer:  `{"meta": {"total_records": …, "next": …}, "data": [{…}, …]}`,
	},
	{
		ID:      "ref",
		Heading: "A record",
		Pattern: "/api/v1/ref/<dataset>/<ref>/",
		Summary: "What one file of one source says.",
		Parameters: []parameter{
			{"format", "As for a document."},
		},
		Example: APIRecordURL("rfcs", "RFC9000"),
		Answer:  `{"data": {…}}`,
	},
	{
		ID:      "xml2rfc",
		Heading: "For xml2rfc",
		Pattern: "/public/rfc/<directory>/reference.<anchor>.xml",
		Summary: "BibXML at the addresses of old. The directories are bibxml (RFCs), bibxml2 (others), bibxml3 (Internet-Drafts), bibxml4 (W3C), bibxml5 (3GPP), bibxml6 (IEEE), bibxml8 (IANA), bibxml9 (BCP, STD, FYI) and bibxml-nist.",
		Parameters: []parameter{
			{"anchor", "The anchor that the XML shall carry instead of the usual one."},
		},
		Example: examplePath,
		Answer:  `<reference anchor="RFC9000" …>`,
	},
}
