package views

import "strings"

// token is a piece of XML and how it is set: "tag" the name of an element, "markup" what surrounds it,
// and nothing for the words, those in attributes included.
type token struct{ Class, Text string }

// xmlTokens cuts XML for display. Joined again, the tokens are the XML that was given, whatever it is.
func xmlTokens(xml string) []token {
	var tokens []token
	for xml != "" {
		open := strings.IndexByte(xml, '<')
		if open < 0 {
			return append(tokens, token{"", xml})
		}
		if open > 0 {
			tokens = append(tokens, token{"", xml[:open]})
		}
		end := tagEnd(xml[open:])
		tokens = appendTag(tokens, xml[open:open+end])
		xml = xml[open+end:]
	}
	return tokens
}

// tagEnd is the length of the tag that a text begins with; a ">" in a quoted value does not end it.
func tagEnd(xml string) int {
	quote := byte(0)
	for i := range len(xml) {
		switch c := xml[i]; {
		case quote != 0 && c == quote:
			quote = 0
		case quote == 0 && (c == '"' || c == '\''):
			quote = c
		case quote == 0 && c == '>':
			return i + 1
		}
	}
	return len(xml)
}

func appendTag(tokens []token, tag string) []token {
	name := 1 // after "<" or "</"
	if strings.HasPrefix(tag, "</") {
		name = 2
	}
	after := name + strings.IndexAny(tag[min(name, len(tag)):]+">", " \t\r\n/>")
	after = min(after, len(tag))
	tokens = append(tokens, token{"tag", tag[:after]})
	for rest := tag[after:]; rest != ""; {
		open := strings.IndexByte(rest, '"')
		if open < 0 {
			return append(tokens, token{"markup", rest})
		}
		length := strings.IndexByte(rest[open+1:], '"')
		if length < 0 {
			return append(tokens, token{"markup", rest})
		}
		end := open + 1 + length
		tokens = append(tokens, token{"markup", rest[:open+1]})
		if length > 0 {
			tokens = append(tokens, token{"", rest[open+1 : end]})
		}
		tokens = append(tokens, token{"markup", rest[end : end+1]})
		rest = rest[end+1:]
	}
	return tokens
}
