package relaton

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPlainText(t *testing.T) {
	for source, want := range map[string]string{
		// Entities, once or more often.
		"Research &amp; Development":            "Research & Development",
		"Research &amp;amp; Development":        "Research & Development",
		"Verilog&#174; and VHDL&reg;":           "Verilog® and VHDL®",
		"Std 1671.1&#x2122;, &amp;#8482;":       "Std 1671.1™, ™",
		"m&eacute;trologie":                     "métrologie",
		"A &lt; B, 1 &lt; 2":                    "A < B, 1 < 2",
		"a&#0;b&#7;c":                           "a b c",
		"a &nosuch; b &notit; c":                "a &nosuch; b &notit; c",
		"the pair &lt;user, password&gt;":       "the pair <user, password>",
		"&lt;sup&gt;2&lt;/sup&gt;He":            "2He",
		"https://example.org/?a=1&copy=2&amp;c": "https://example.org/?a=1&copy=2&c",
		// Formatting.
		"H<sub>2</sub>O":                                   "H2O",
		"IEEE 802.16<sup>TM</sup>":                         "IEEE 802.16TM",
		"Std. 1013<SUP>TM</SUP>":                           "Std. 1013TM",
		"value of <i>g</i><sub>n</sub>":                    "value of gn",
		"line one<br>line two<br/>line three<BR />end":     "line one line two line three end",
		"<p>One.</p><p>Two.</p>":                           "One. Two.",
		"<ul><li> first </li><li>second</li></ul>":         "first second",
		`see <a href="https://example.org/">this page</a>`: "see this page",
		"lasers <nobr>He-Ne</nobr>":                        "lasers He-Ne",
		"<b>bold <i>and</i></b> plain":                     "bold and plain",
		// JATS and MathML.
		"<jats:title>On</jats:title> <jats:italic>E. coli</jats:italic>":                                                                            "On E. coli",
		"<mml:math><mml:mi>x</mml:mi><mml:mo>=</mml:mo><mml:mn>1</mml:mn></mml:math> holds":                                                         "x=1 holds",
		"<inline-formula><tex-math>$x^2$</tex-math><mml:math><mml:msup><mml:mi>x</mml:mi><mml:mn>2</mml:mn></mml:msup></mml:math></inline-formula>": "x2",
		"<math><msup><mi>a</mi><mn>2</mn></msup></math>":                                                                                            "a2",
		// roff.
		`a stateless \%application-level protocol`: "a stateless application-level protocol",
		`LDAP\-specific`:       "LDAP-specific",
		`\fBbold\fP and plain`: "bold and plain",
		// What only looks like markup.
		"a < b and c > d":                                "a < b and c > d",
		"if a<b then c>d":                                "if a<b then c>d",
		"AT&T, R&D; Q&A":                                 "AT&T, R&D; Q&A",
		"The <link> element":                             "The <link> element",
		"The NETCONF <get2> Operation":                   "The NETCONF <get2> Operation",
		"HTML: The <sup> and <sub> elements":             "HTML: The <sup> and <sub> elements",
		"The <br> element, the <p> tag":                  "The <br> element, the <p> tag",
		"Extending <table> for print":                    "Extending <table> for print",
		"<mapping> Elements Based on the Location":       "<mapping> Elements Based on the Location",
		"<Performance Issues with MPTCP>":                "<Performance Issues with MPTCP>",
		"Annex <A>.":                                     "Annex <A>.",
		"<<ETX>>":                                        "<<ETX>>",
		`the "\\Important" attribute, the 'geo\' scheme`: `the "\\Important" attribute, the 'geo\' scheme`,
		"":       "",
		"<":      "<",
		"&;":     "&;",
		"</sup>": "</sup>",
	} {
		if got := PlainText(source); got != want {
			t.Errorf("%q: %q, want %q", source, got, want)
		}
		if got := PlainText(want); got != want {
			t.Errorf("%q is plain, and becomes %q", want, got)
		}
	}
}

func TestPlain(t *testing.T) {
	source := `
docid: [{id: TR 7, type: ACME, primary: true}]
title: [{content: "Foams &amp; Gels<sup>TM</sup>"}]
abstract: [{content: "First &amp;amp; line.\n\nSecond<br>line."}, {content: "<p>A &lt; B &amp;amp; C</p><p>\\%re-use</p>"}]
keyword: ["R&amp;D"]
biblionote: ["see &lt;x&gt;"]
series: [{title: {content: "Foams &amp; Gels"}, number: "7"}]
extent: [{type: container-title, reference_from: "J. Phys. &amp; Chem."}]
contributor:
- {person: {name: {surname: "M&uuml;ller", given: {forename: "J&ouml;rg"}}, affiliation: [{organization: {name: "Acme &amp; Sons"}}]}}
- {organization: {name: "AT&amp;T", subdivision: ["R&amp;D"]}}
`
	item := mustDecode(t, source)
	plain := item.Plain()
	for _, c := range []struct{ name, got, want string }{
		{"title", plain.Title[0].Content, "Foams & GelsTM"},
		{"abstract", plain.Abstract[0].Content, "First & line.\n\nSecond line."},
		{"abstract of paragraphs", plain.Abstract[1].Content, "A < B & C\n\nre-use"},
		{"keyword", plain.Keyword[0].Content, "R&D"},
		{"note", plain.BiblioNote[0].Content, "see <x>"},
		{"series", plain.Series[0].Title.Content, "Foams & Gels"},
		{"extent", plain.Extent[0].ReferenceFrom, "J. Phys. & Chem."},
		{"person", plain.Contributor[0].Name(), "Jörg Müller"},
		{"affiliation", plain.Contributor[0].Person.Affiliation[0].Organization.DisplayName(), "Acme & Sons"},
		{"organization", plain.Contributor[1].Organization.Name[0].Content, "AT&T"},
		{"title in one line", item.MainTitle(), "Foams & GelsTM"},
		{"name of the item as it is", item.Contributor[0].Name(), "Jörg Müller"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	if diff := cmp.Diff(mustDecode(t, source), item); diff != "" {
		t.Errorf("the item itself was changed:\n%s", diff)
	}
	clean := mustDecode(t, "docid: [{id: TR 7}]\ntitle: [{content: Foams}]\nabstract: [{content: <p>Of foams.</p>}]")
	if clean.Plain() != clean {
		t.Error("an item without markup is copied")
	}
}
