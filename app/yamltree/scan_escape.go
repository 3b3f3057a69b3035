package yamltree

import "unicode/utf8"

// escape reads a backslash and what it stands for.
func (s *scanner) escape() bool {
	rest := s.src[s.pos+1:]
	if rest == "" {
		return false
	}
	if rest[0] == '\n' { // the lines are joined
		s.pos++
		s.text = appendBreaks(s.text, s.nextLine()-1)
		return s.col > 0
	}
	if digits := hexDigits(rest[0]); digits > 0 {
		return s.hexEscape(digits)
	}
	r := simpleEscape(rest[0])
	s.text = utf8.AppendRune(s.text, r)
	s.pos += 2
	return r != 0
}

// simpleEscape gives the character that a letter after a backslash stands for; 0 when there is none.
func simpleEscape(c byte) rune {
	switch c {
	case ' ', '"', '\'', '\\':
		return rune(c)
	case 'a':
		return '\a'
	case 'b':
		return '\b'
	case 't':
		return '\t'
	case 'n':
		return '\n'
	case 'v':
		return '\v'
	case 'f':
		return '\f'
	case 'r':
		return '\r'
	case 'e':
		return 0x1B
	case 'N':
		return 0x85
	case '_':
		return 0xA0
	case 'L':
		return 0x2028
	case 'P':
		return 0x2029
	}
	return 0
}

func hexDigits(c byte) int {
	switch c {
	case 'x':
		return 2
	case 'u':
		return 4
	case 'U':
		return 8
	}
	return 0
}

// hexEscape reads \x, \u or \U. NUL and what is no character are left to the library to refuse.
func (s *scanner) hexEscape(digits int) bool {
	const prefix = len(`\x`)
	if len(s.src)-s.pos < prefix+digits {
		return false
	}
	var r uint32
	for _, c := range []byte(s.src[s.pos+prefix : s.pos+prefix+digits]) {
		switch {
		case '0' <= c && c <= '9':
			r = r<<4 | uint32(c-'0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r = r<<4 | uint32(c|0x20-'a'+10)
		default:
			return false
		}
	}
	if r == 0 || r > utf8.MaxRune || !utf8.ValidRune(rune(r)) {
		return false
	}
	s.text = utf8.AppendRune(s.text, rune(r))
	s.pos += prefix + digits
	return true
}
