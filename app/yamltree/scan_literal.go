package yamltree

import "strings"

// blockStyle is the first line of a block scalar.
type blockStyle struct {
	literal bool // "|", else ">"
	chomp   byte // what becomes of the line breaks at the end: '-' none, '+' all, 0 one
	indent  int  // of the text, from the collection around it; 0 when the text shows it
}

// block reads a block scalar, "|" or ">", below a collection at column parent.
func (s *scanner) block(parent int) (string, bool) {
	style := s.blockStyle()
	for s.pos < len(s.src) && s.src[s.pos] == ' ' {
		s.pos++
	}
	if s.pos == len(s.src) || s.src[s.pos] != '\n' {
		return "", false
	}
	s.pos++
	s.line++
	indent := 0
	if style.indent > 0 {
		indent = parent + style.indent
	}
	s.blockText(style, indent, parent)
	if s.pos == len(s.src) {
		s.col = atEnd
	}
	return string(s.text), true
}

// blockStyle reads "|" or ">" and the indicators behind it, in any order.
func (s *scanner) blockStyle() (style blockStyle) {
	style.literal = s.src[s.pos] == '|'
	for s.pos++; s.pos < len(s.src); s.pos++ {
		switch c := s.src[s.pos]; {
		case (c == '+' || c == '-') && style.chomp == 0:
			style.chomp = c
		case '1' <= c && c <= '9' && style.indent == 0:
			style.indent = int(c - '0')
		default:
			return style
		}
	}
	return style
}

// blockText puts the text of a block scalar together in s.text, and stops behind the spaces of the
// first line that is not indented enough.
func (s *scanner) blockText(style blockStyle, indent, parent int) {
	s.text = s.text[:0]
	indent, blank := s.blockBreaks(indent, parent)
	ended, wasIndented := false, false // of the line before: with a line break; with a space first
	for s.col == indent && s.pos < len(s.src) {
		indented := s.src[s.pos] == ' '
		if ended && (style.literal || wasIndented || indented) {
			s.text = append(s.text, '\n')
		} else if ended && blank == 0 {
			s.text = append(s.text, ' ')
		}
		s.text = appendBreaks(s.text, blank)
		wasIndented = indented
		ended = s.blockLine()
		_, blank = s.blockBreaks(indent, parent)
	}
	if ended && style.chomp != '-' {
		s.text = append(s.text, '\n')
	}
	if style.chomp == '+' {
		s.text = appendBreaks(s.text, blank)
	}
}

// blockLine reads the rest of a line as it is, and says whether a line break ended it.
func (s *scanner) blockLine() bool {
	line := s.src[s.pos:]
	end := strings.IndexByte(line, '\n')
	if end < 0 {
		s.text = append(s.text, line...)
		s.pos = len(s.src)
		return false
	}
	s.text = append(s.text, line[:end]...)
	s.pos += end + 1
	s.line++
	return true
}

// blockBreaks skips blank lines and the spaces before the next text, up to the column indent, and
// gives the number of blank lines. When indent is 0 it is found: the most spaces that a line has up
// to the first with text, and more than parent.
func (s *scanner) blockBreaks(indent, parent int) (found, blank int) {
	most := 0
	for {
		start := s.pos
		for s.pos < len(s.src) && s.src[s.pos] == ' ' && (indent == 0 || s.pos-start < indent) {
			s.pos++
		}
		s.col = s.pos - start
		most = max(most, s.col)
		if s.pos == len(s.src) || s.src[s.pos] != '\n' {
			break
		}
		s.pos++
		s.line++
		blank++
	}
	if indent == 0 {
		indent = max(most, parent+1, 1)
	}
	return indent, blank
}
