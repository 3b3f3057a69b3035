package yamltree

import "strings"

// scalar reads a value that is no block collection. parent is the column of the collection around
// it, right of which all its lines stand.
func (s *scanner) scalar(parent int) (n Node, ok bool) {
	n = Node{Kind: Scalar, Line: s.line}
	switch c := s.src[s.pos]; {
	case c == '\'' || c == '"':
		n.Value, ok = s.quoted(c)
	case c == '|' || c == '>':
		n.Value, ok = s.block(parent)
	case c == '[' || c == '{':
		n.Kind, ok = s.emptyFlow()
	case byteClass[c]&noPlain == 0 && !s.atDash():
		n.Value, ok = s.plain(parent)
		n.Plain = true
		if isNull(n.Value) {
			n = Node{Kind: Null, Line: n.Line}
		}
	}
	return n, ok
}

func isNull(plain string) bool {
	switch plain {
	case "~", "null", "Null", "NULL":
		return true
	}
	return false
}

// emptyFlow reads [] or {}.
func (s *scanner) emptyFlow() (Kind, bool) {
	kind, flow := Sequence, "[]"
	if s.src[s.pos] == '{' {
		kind, flow = Mapping, "{}"
	}
	if !strings.HasPrefix(s.src[s.pos:], flow) {
		return Null, false
	}
	s.pos += len(flow)
	return kind, s.restIsBlank()
}

// plain reads a scalar without quotes and the lines that continue it.
func (s *scanner) plain(parent int) (string, bool) {
	text, ok := s.plainLine()
	if !ok {
		return "", false
	}
	breaks := s.nextLine()
	if s.col <= parent {
		return text, true
	}
	s.text = append(s.text[:0], text...)
	for s.col > parent {
		s.text = appendFolded(s.text, breaks)
		if text, ok = s.plainLine(); !ok {
			return "", false
		}
		s.text = append(s.text, text...)
		breaks = s.nextLine()
	}
	return string(s.text), true
}

// plainLine reads a plain scalar to the end of the line. A key or a comment in it is too much for
// this scanner, or an error.
func (s *scanner) plainLine() (string, bool) {
	text := s.src[s.pos:]
	if end := strings.IndexByte(text, '\n'); end >= 0 {
		text = text[:end]
	}
	s.pos += len(text)
	text = strings.TrimRight(text, " ")
	if text[0] == '#' || strings.Contains(text, " #") || strings.Contains(text, ": ") || text[len(text)-1] == ':' {
		return "", false
	}
	return text, true
}

// appendFolded adds what a number of line breaks means between two lines of text.
func appendFolded(text []byte, breaks int) []byte {
	if breaks == 1 {
		return append(text, ' ')
	}
	return appendBreaks(text, breaks-1)
}

func appendBreaks(text []byte, n int) []byte {
	for range n {
		text = append(text, '\n')
	}
	return text
}

// quoted reads a scalar in the given quotes.
func (s *scanner) quoted(quote byte) (string, bool) {
	text := s.src[s.pos+1:]
	end := strings.IndexByte(text, quote)
	if end < 0 {
		return "", false
	}
	text, rest := text[:end], text[end+1:]
	if strings.IndexByte(text, '\n') >= 0 || quote == '"' && strings.IndexByte(text, '\\') >= 0 ||
		quote == '\'' && strings.HasPrefix(rest, "'") {
		return s.quotedParts(quote)
	}
	s.pos += len(text) + 2
	return text, s.restIsBlank()
}

// quotedParts reads a quoted scalar with escapes or several lines.
func (s *scanner) quotedParts(quote byte) (string, bool) {
	s.pos++
	s.text = s.text[:0]
	for ok := true; ok && s.pos < len(s.src); {
		switch c := s.src[s.pos]; {
		case c == quote && quote == '\'' && strings.HasPrefix(s.src[s.pos:], "''"):
			s.text = append(s.text, '\'')
			s.pos += 2
		case c == quote:
			s.pos++
			return string(s.text), s.restIsBlank()
		case c == '\\' && quote == '"':
			ok = s.escape()
		case c == ' ' || c == '\n':
			ok = s.quotedBlanks()
		default:
			s.text = append(s.text, c)
			s.pos++
		}
	}
	return "", false
}

// quotedBlanks reads spaces, which stay, or a line break with all spaces around it, which is folded.
func (s *scanner) quotedBlanks() bool {
	start := s.pos
	for s.pos < len(s.src) && s.src[s.pos] == ' ' {
		s.pos++
	}
	if s.pos < len(s.src) && s.src[s.pos] != '\n' {
		s.text = append(s.text, s.src[start:s.pos]...)
		return true
	}
	s.text = appendFolded(s.text, s.nextLine())
	return s.col > 0 // column 0 is allowed, but not for a document marker
}
