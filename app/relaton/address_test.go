package relaton

import (
	"strings"
	"testing"
)

func TestWebAddress(t *testing.T) {
	for _, fine := range []string{
		"https://example.org/a?b=1&c=<2>#d", "http://example.org", "HTTPS://EXAMPLE.ORG/", "ftp://ftp.example.org/pub/x.txt", "urn:ietf:rfc:2141",
		"http://[2001:db8::1]/x", "https://例え.example/パス", " https://example.org/x\n",
	} {
		if got, fault, ok := WebAddress(fine); !ok || got != strings.TrimSpace(fine) {
			t.Errorf("%q: %q, %q, want it as it is", fine, got, fault)
		}
	}
	for _, bad := range []string{
		"", " ", "pdfs/x.pdf", "/pdfs/x.pdf", "//example.org/x", "www.example.org", "example.org/x", "10.1000/182", "#part", "?q=1",
		"javascript:alert(1)", "JavaScript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd",
		"mailto:a@example.org", "blob:https://example.org/1", "https:/x", "https:///x", "https:x", "http://", "http://:80/", "https://exa mple.org/", "https://example.org/a b",
		"https://example.org/\tb", "https://example.org/\u00a0b", "https://example.org/\u200bb", "urn:", "urn:ietf", "urn:ietf:", "http://[::1", "://x", "%zz:",
	} {
		if got, fault, ok := WebAddress(bad); ok || got != "" || fault == "" || strings.Contains(fault, ": ") {
			t.Errorf("%q: %q, %q, want it refused", bad, got, fault)
		}
	}
}

func TestDecodeReportsAddresses(t *testing.T) {
	const id = "docid: [{id: TR 7}]\n"
	for source, want := range map[string]string{
		id + "link: [{content: 'https://example.org/7', type: src}, {content: pdfs/7.pdf, type: pdf}]": `link[1].content not an absolute address: "pdfs/7.pdf"`,
		id + "link: ['javascript:alert(1)']":                                                                       `link[0] an address that is none of http, https, ftp and urn: "javascript:alert(1)"`,
		"docidentifier: [{content: TR 7}]\nsource: [{content: //example.org/7}]":                                   `source[0].content not an absolute address: "//example.org/7"`,
		id + "relation: [{type: updates, bibitem: {docid: [{id: TR 6}], link: [{content: 'https://e.org/a b'}]}}]": `relation[0].bibitem.link[0].content blanks or control characters in an address: "https://e.org/a b"`,
	} {
		item, problems, err := Decode([]byte(source))
		if err != nil || len(problems) != 1 || problems[0].Path+" "+problems[0].Message != want {
			t.Errorf("%s: error %v, problems %+v, want %s", source, err, problems, want)
		} else if len(item.Link)+len(item.Relation) == 0 {
			t.Errorf("%s: the address is not kept", source)
		}
	}
}
