package bibxmltest

import (
	"strings"
	"testing"
)

const good = `<reference anchor="RFC9000" target="https://example.org/a?b=1&amp;c=2"><front><title>QUIC</title>` +
	`<author fullname="J. Iyengar" initials="J." surname="Iyengar" role="editor"><organization abbrev="F">Fastly</organization>` +
	`<address><postal><country>US</country><city>Boston</city></postal><uri>https://example.org</uri></address></author>` +
	`<author/><date day="1" month="May" year="2021"/><abstract><t>One.</t><t>Two ]]&gt; three.</t></abstract></front>` +
	`<refcontent>vol. 1</refcontent><seriesInfo name="RFC" value="9000"/><seriesInfo name="DOI" value="10.17487/RFC9000"/></reference>`

func TestCheck(t *testing.T) {
	replaced := func(old, by string) string {
		if !strings.Contains(good, old) {
			t.Fatalf("%q is not in the reference", old)
		}
		return strings.Replace(good, old, by, 1)
	}
	for _, c := range []struct{ name, document, fault string }{
		{"reference", good, ""},
		{"after a declaration and a comment", "<?xml version='1.0' encoding='UTF-8'?>\n<!-- old -->\n" + good + "\n", ""},
		{"group", `<referencegroup anchor="BCP14" target="x">` + good + `</referencegroup>`, ""},
		{"a name in another script", replaced(`anchor="RFC9000"`, `anchor="ГОСТ.1"`), ""},

		{"nothing", "", "no element"},
		{"cut off", good[:len(good)-5], "EOF"},
		{"two roots", good + good, "second root"},
		{"text before", "x" + good, "before the root"},
		{"text behind", good + "x", "behind the root"},
		{"another root", "<front/>", "root element is <front>"},
		{"a control character", replaced("QUIC", "Q\x01C"), "illegal character"},
		{"U+FFFE", replaced("QUIC", "Q\uFFFEC"), "illegal character"},
		{"broken UTF-8", replaced("QUIC", "Q\xffC"), "invalid UTF-8"},
		{"an entity of HTML", replaced("QUIC", "&ldquo;QUIC"), "entity"},
		{"end of a CDATA section", replaced("]]&gt;", "]]>"), "]]>"},
		{"no anchor", replaced(` anchor="RFC9000"`, ""), "no attribute anchor"},
		{"an anchor that begins with a digit", replaced(`anchor="RFC9000"`, `anchor="3GPP"`), `anchor="3GPP"`},
		{"an anchor with a blank", replaced(`anchor="RFC9000"`, `anchor="RFC 9000"`), `anchor="RFC 9000"`},
		{"an empty anchor", replaced(`anchor="RFC9000"`, `anchor=""`), `anchor=""`},
		{"an anchor twice", `<referencegroup anchor="RFC9000">` + good + `</referencegroup>`, "twice"},
		{"an attribute twice", replaced(`day="1"`, `day="1" day="1"`), "twice"},
		{"an unknown attribute", replaced("<title>", `<title onclick="x">`), "attribute onclick"},
		{"a role that is none", replaced(`role="editor"`, `role="author"`), `role="author"`},
		{"a month by number", replaced(`month="May"`, `month="5"`), `month="5"`},
		{"an empty group", `<referencegroup anchor="BCP14"/>`, "children"},
		{"no author", `<reference anchor="A"><front><title>T</title></front></reference>`, "children"},
		{"no title", replaced("<title>QUIC</title>", ""), "children"},
		{"a wrong order", replaced(`<author/><date day="1" month="May" year="2021"/>`, `<date year="2021"/><author/>`), "children"},
		{"an empty abstract", replaced("<t>One.</t><t>Two ]]&gt; three.</t>", ""), "children"},
		{"an unknown element", replaced("QUIC", "<b>QUIC</b>"), "<b> is no element"},
		{"a child where none may be", replaced("QUIC", "<t>QUIC</t>"), "children"},
		{"text where none may be", replaced("<front>", "<front>x"), "has text"},
		{"a series without value", replaced(` value="9000"`, ""), "no attribute value"},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := Check([]byte(c.document))
			switch {
			case c.fault == "" && err != nil:
				t.Error(err)
			case c.fault != "" && (err == nil || !strings.Contains(err.Error(), c.fault)):
				t.Errorf("error %v, want %q", err, c.fault)
			}
		})
	}
}
