package kramdown

import (
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/ietf-tools/bibxml/app/formats/bibxml"
)

// entry has the keys that kramdown-rfc knows, in the order in which its examples have them.
func entry(r bibxml.Reference) *yaml.Node {
	m := node(yaml.MappingNode)
	add(m, "title", text(r.Title))
	if r.Target != "" {
		add(m, "target", text(r.Target))
	}
	if len(r.Authors) > 0 {
		list := node(yaml.SequenceNode)
		for _, a := range r.Authors {
			list.Content = append(list.Content, author(a))
		}
		add(m, "author", list)
	}
	add(m, "date", date(r))
	if r.Content != "" {
		add(m, "refcontent", text(unmarked(r.Content)))
	}
	if len(r.Series) > 0 {
		add(m, "seriesinfo", series(r.Series))
	}
	if isFetched(r.Anchor) {
		add(m, "override", plain("true"))
	}
	return m
}

// author names the attributes themselves: what kramdown-rfc makes of "ins" and "name" fails on surnames of several
// words.
func author(a bibxml.Author) *yaml.Node {
	m := node(yaml.MappingNode)
	surname, initials := "", ""
	if a.IsPerson() {
		if surname, initials = a.ShortName(); surname == a.Full {
			surname = a.Surname
		}
	}
	for _, pair := range [][2]string{{"initials", initials}, {"surname", surname}, {"fullname", a.Full}} {
		if pair[1] != "" {
			add(m, pair[0], text(pair[1]))
		}
	}
	if a.Editor {
		add(m, "role", text("editor"))
	}
	if a.Organization != "" {
		add(m, "org", text(a.Organization))
	}
	if a.Abbreviation != "" && a.Abbreviation != a.Organization {
		add(m, "orgabbrev", text(a.Abbreviation))
	}
	return m
}

// date is false where there is none: without the key, kramdown-rfc prints "n.d.".
func date(r bibxml.Reference) *yaml.Node {
	if r.Year == "" {
		return plain("false")
	}
	value := r.Year
	if month := r.MonthNumber(); month != "" {
		value += "-" + month
		if r.Day != "" {
			value += "-" + strings.Repeat("0", max(0, 2-len(r.Day))) + r.Day
		}
	}
	return plain(value)
}

// series is a mapping, which has each name once: of two equal ones the first is the more precise.
func series(all []bibxml.Series) *yaml.Node {
	m := node(yaml.MappingNode)
	known := make(map[string]bool, len(all))
	for _, s := range all {
		if !known[s.Name] {
			known[s.Name] = true
			add(m, s.Name, text(s.Value))
		}
	}
	return m
}

var marks = regexp.MustCompile("[\\\\`*_{}\\[\\]<>]")

// unmarked keeps a text from being read as Markdown, as kramdown-rfc reads this one.
func unmarked(s string) string { return marks.ReplaceAllString(s, `\$0`) }

func node(kind yaml.Kind) *yaml.Node { return &yaml.Node{Kind: kind} }

// text is a string whatever it looks like: the encoder quotes it where it has to.
func text(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: s} }

// plain is a value that must not be quoted.
func plain(s string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: s} }

func add(m *yaml.Node, key string, value *yaml.Node) {
	m.Content = append(m.Content, text(key), value)
}
