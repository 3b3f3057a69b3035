package views

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestAddresses(t *testing.T) {
	tests := []struct{ name, got, want string }{
		{"export", ExportURL("BCP 14", "bibxml"), "/get-one/export/?docid=BCP+14&format=bibxml"},
		{"look-up", LookupURL("BCP 14"), "/get-bibliographic-item/?query=BCP+14"},
		{"first page of a search", SearchURL("quic", "websearch", 1), "/search/?query=quic&query_format=websearch"},
		{"third page of a search", SearchURL("quic", "websearch", 3), "/search/?query=quic&query_format=websearch&page=3"},
		{"search in the default format", SearchURL(`"a b"`, "", 0), "/search/?query=%22a+b%22"},
		{"dataset", DatasetURL("rfcs"), "/indexed-sources/relaton-data-rfcs/"},
		{"listing", ListingURL("rfcs", ListingAt{After: "RFC 0100"}), "/indexed-sources/relaton-data-rfcs/?after=RFC+0100"},
		{"listing from the first", ListingURL("rfcs", ListingAt{}), "/indexed-sources/relaton-data-rfcs/"},
		{"listing of a year, the last", ListingURL("rfcs", ListingAt{Year: NoYear, Last: true}), "/indexed-sources/relaton-data-rfcs/?year=none&page=last"},
		{"listing before a hostile ref", ListingURL("rfcs", ListingAt{Before: "ä&x"}), "/indexed-sources/relaton-data-rfcs/?before=%C3%A4%26x"},
		{"record", RecordURL("ids", "draft-ietf-quic-http-34"), "/indexed-sources/relaton-data-ids/draft-ietf-quic-http-34/"},
		{"record with a slash in its ref", RecordURL("misc", "a/b?c"), "/indexed-sources/relaton-data-misc/a%2Fb%3Fc/"},
		{"document in the API", APIDocumentURL("RFC 1", "IETF", "bibxml"), "/api/v1/by-docid/?docid=RFC+1&doctype=IETF&format=bibxml"},
		{"record in the API", APIRecordURL("rfcs", "RFC0001"), "/api/v1/ref/rfcs/RFC0001/"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, test.got)
		})
	}
}

func TestSourceAddresses(t *testing.T) {
	tests := []struct{ name, repository, file, commit string }{
		{"GitHub", "https://github.com/ietf-tools/relaton-data-rfcs", "https://github.com/ietf-tools/relaton-data-rfcs/blob/abc/data/RFC0001.yaml", "https://github.com/ietf-tools/relaton-data-rfcs/commit/abc"},
		{"with .git and a slash", "https://git.example/x.git/", "https://git.example/x/blob/abc/data/RFC0001.yaml", "https://git.example/x/commit/abc"},
		{"local path", "/srv/sources/rfcs", "", ""},
		{"file address", "file:///srv/sources/rfcs", "", ""},
		{"ssh", "git@github.com:ietf-tools/relaton-data-rfcs", "", ""},
		{"with credentials", "https://user:secret@git.example/x", "", ""},
		{"not an address", "https://%zz", "", ""},
		{"script", "javascript:alert(1)", "", ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.file, SourceFileURL(test.repository, "abc", "RFC0001"))
			assert.Equal(t, test.commit, CommitURL(test.repository, "abc"))
		})
	}
	assert.Empty(t, SourceFileURL("https://git.example/x", "", "RFC0001"), "never indexed")
}
