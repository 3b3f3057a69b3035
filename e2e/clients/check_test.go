package main

import (
	"strings"
	"testing"
)

var two = []reference{
	{"RFC2119", "", "RFC2119", "Key words", "https://example.org/rfc2119", nil},
	{"BCP14", "", "BCP14", "", "https://example.org/bcp14", []string{"RFC2119-1", "RFC8174"}},
}

const (
	single = `<reference anchor="RFC2119" target="https://example.org/rfc2119"><front><title>Key
		words</title></front></reference>`
	group = `<referencegroup anchor="BCP14" target="https://example.org/bcp14"><reference anchor="RFC2119-1"/><reference anchor="RFC8174"/></referencegroup>`
	cites = `<xref target="RFC2119"/><xref target="BCP14"/>`
)

func draftOf(cites, references string) string {
	return "<rfc><middle><section><t>" + cites + "</t></section></middle><back><references><references>" +
		references + "</references></references></back></rfc>"
}

func TestCheck(t *testing.T) {
	for _, c := range []struct{ name, draft, fault string }{
		{"as wanted", draftOf(cites, single+group), ""},
		{"a wrong anchor", draftOf(cites, strings.Replace(single, "RFC2119", "RFC02119", 1)+group), `no reference has the anchor "RFC2119"`},
		{"cited in vain", draftOf(cites+`<xref target="RFC1"/>`, single+group), `what cites "RFC1" finds no reference`},
		{"a wrong target", draftOf(cites, strings.Replace(single, "rfc2119", "rfc1", 1)+group), `target "https://example.org/rfc1"`},
		{"a wrong title", draftOf(cites, strings.Replace(single, "Key", "BROKEN", 1)+group), `title "BROKEN words"`},
		{"a member too few", draftOf(cites, single+strings.Replace(group, `<reference anchor="RFC8174"/>`, "", 1)), `members ["RFC2119-1"]`},
		{"one reference twice", draftOf(cites, single+single+group), `anchor "RFC2119" is there twice`},
		{"one too many", draftOf(cites, single+group+`<reference anchor="X"/>`), "3 references, want 2"},
		{"not cited", draftOf(`<xref target="BCP14"/>`, single+group), "1 of 2 references are cited"},
		{"no XML", "*** fetching failed", "read the draft"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := check([]byte(c.draft), two)
			switch {
			case c.fault == "" && err != nil:
				t.Error(err)
			case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
				t.Errorf("error %v, want %q", err, c.fault)
			}
		})
	}
}

func TestReferencesOfKramdown(t *testing.T) {
	given := []reference{{key: "3GPP.23.501", anchor: "SDO-3GPP.23.501"}, {key: "BCP14", anchor: "BCP14"}}
	if keyed := byKey(given); keyed[0].anchor != "_3GPP.23.501" || keyed[1].anchor != "BCP14" || given[0].anchor != "SDO-3GPP.23.501" {
		t.Errorf("by key: %+v, of %+v", keyed, given)
	}
	if named := citable(given); len(named) != 1 || named[0].key != "BCP14" {
		t.Errorf("citable: %+v", named)
	}
}
