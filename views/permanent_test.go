package views

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestDocumentURL(t *testing.T) {
	tests := []struct{ name, id, docType, want string }{
		{"RFC", "RFC 9000", "IETF", "/RFC9000"},
		{"subseries", "BCP 14", "IETF", "/BCP14"},
		{"draft", "draft-ietf-quic-transport-34", "Internet-Draft", "/draft-ietf-quic-transport-34"},
		{"of a type that the root does not know", "W3C REC-xml-20081126", "W3C", "/doc/W3C/W3C%20REC-xml-20081126"},
		{"RFC of another type", "RFC 9000", "Other", "/doc/Other/RFC%209000"},
		{"RFC with zeros", "RFC 0822", "IETF", "/doc/IETF/RFC%200822"},
		{"draft in capitals", "draft-Ietf-x", "Internet-Draft", "/doc/Internet-Draft/draft-Ietf-x"},
		{"slashes", "3GPP TS 23.501:REL-16/16.18.0", "3GPP", "/doc/3GPP/3GPP%20TS%2023.501:REL-16/16.18.0"},
		{"a slash in the type", "ISO/IEC 8859", "ISO/IEC", "/doc/ISO%2FIEC/ISO/IEC%208859"},
		{"reserved characters", "10.1/a?b=c#d%", "DOI", "/doc/DOI/10.1/a%3Fb=c%23d%25"},
		{"letters beyond ASCII", "IEEE 754™", "IEEE", "/doc/IEEE/IEEE%20754%E2%84%A2"},
		{"no type", "RFC 9000", "", "/get-one/by-docid/?docid=RFC+9000"},
		{"what a path would lose", "10.1//a", "DOI", "/get-one/by-docid/?docid=10.1%2F%2Fa&doctype=DOI"},
		{"what a path would climb", "a/../b", "X", "/get-one/by-docid/?docid=a%2F..%2Fb&doctype=X"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := DocumentURL(test.id, test.docType)
			assert.Equal(t, test.want, got)
			if id, docType, ok := DocumentAt(got); ok {
				assert.Equal(t, [2]string{test.id, test.docType}, [2]string{id, docType}, "read back")
			}
		})
	}
}

func TestDocumentAt(t *testing.T) {
	tests := []struct {
		path, id, docType string
		ok                bool
	}{
		{"/RFC9000", "RFC 9000", "IETF", true},
		{"/rfc9000", "RFC 9000", "IETF", true},
		{"/rfc-0822", "RFC 822", "IETF", true},
		{"/bcp%2014/", "BCP 14", "IETF", true},
		{"/std.78", "STD 78", "IETF", true},
		{"/Draft-Ietf-Quic-Http", "draft-ietf-quic-http", "Internet-Draft", true},
		{"/I-D.ietf-quic-http", "i-d.ietf-quic-http", "", true},
		{"/doc/IETF/RFC%209000", "RFC 9000", "IETF", true},
		{"/doc/DOI/10.17487/RFC9000", "10.17487/RFC9000", "DOI", true},
		{"/doc/DOI/10.17487%2FRFC9000/", "10.17487/RFC9000", "DOI", true},
		{"/doc/ISO%2FIEC/ISO/IEC%208859", "ISO/IEC 8859", "ISO/IEC", true},
		{"/doc/IETF", "", "", false},
		{"/doc/IETF/", "", "", false},
		{"/doc//RFC%201", "", "", false},
		{"/rfc", "", "", false},
		{"/rfc0", "", "", false},
		{"/draft-", "", "", false},
		{"/draft-a/b", "", "", false},
		{"/nowhere", "", "", false},
		{"/doc/IETF/%zz", "", "", false},
		{"/%zz", "", "", false},
	}
	for _, test := range tests {
		t.Run(test.path, func(t *testing.T) {
			id, docType, ok := DocumentAt(test.path)
			assert.Equal(t, test.ok, ok)
			if ok {
				assert.Equal(t, test.id, id)
				assert.Equal(t, test.docType, docType)
			}
		})
	}
}
