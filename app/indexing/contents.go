package indexing

import (
	"encoding/json"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// about is what a key says of the values below it.
type about uint8

const (
	// unsearched values are nobody's to look for: addresses, dates, and how a text is written. They are half of all values,
	// and addresses alone, each of them unique, nearly half of the words in an index of everything.
	unsearched about = 1 << iota
	// unmarked values get no mark, since their words are rare enough; topUnmarked ones where the key is at the top.
	unmarked
	topUnmarked
	// nameless are the parts of a contributor that hold no name of it.
	nameless
)

func aboutKey(key string) about {
	switch key {
	case "link", "date", "fetched", "revdate", "language", "script", "format", "schema-version":
		return unsearched
	case "id", "person":
		return unmarked
	case "title", "abstract", "docnumber", "version":
		return topUnmarked
	case "role", "contact", "affiliation", "identifier", "url":
		return nameless
	}
	return 0
}

// contents are what is searched in a record.
type contents struct {
	Texts
	marks []int32
	// unmarked says that some value has words and no mark.
	unmarked bool
}

// level is where the values at one depth of a record stand.
type level struct {
	path     uint32 // number of the names that lead here, see step
	unmarked bool
	nameless bool
}

// read adds what is in a record. The record is JSON as relaton.Item.AppendJSON writes it: valid, and without blanks
// between the values.
func (c *contents) read(body string) {
	if c.Rest == nil {
		c.Rest, c.marks = make([]string, 0, 32), make([]int32, 0, 32)
	}
	var room [16]level
	levels := room[:1]    // the last is that of the value that comes next
	var field, key string // at the top, and the last one
	for i := 0; i < len(body); {
		top := len(levels) - 1
		end := i + 1
		switch body[i] {
		case '{', '[':
			levels = append(levels, levels[top])
		case '}', ']':
			levels = levels[:max(top, 1)]
		case '"':
			end = stringEnd(body, i)
			text := unquote(body[i:end])
			if end >= len(body) || body[end] != ':' {
				c.add(text, field, key, levels[top])
				break
			}
			if key = text; top == 1 {
				field = key
			}
			if levels[top] = c.below(levels[max(top, 1)-1], field, key, top); aboutKey(key) == unsearched {
				end = valueEnd(body, end+1)
			}
		case 't':
			c.mark(levels[top], isTrue)
			end = i + len("true")
		case 'f':
			c.mark(levels[top], isFalse)
			end = i + len("false")
		}
		i = end
	}
	slices.Sort(c.marks)
	c.marks = slices.Compact(c.marks)
}

// below gives the level of the value that follows a key.
func (c *contents) below(at level, field, key string, depth int) level {
	what := aboutKey(key)
	if what == unmarked || what == topUnmarked && depth == 1 {
		at.unmarked, c.unmarked = true, true
	}
	if what == nameless && field == "contributor" {
		at.nameless = true
	}
	if !at.unmarked {
		at.path = step(at.path, key)
	}
	return at
}

// add adds a value that is a text.
func (c *contents) add(text, field, key string, at level) {
	if markable(text) {
		c.mark(at, text)
	} else {
		c.unmarked = true
	}
	if text != "" {
		to := c.place(field, key, at.nameless)
		*to = append(*to, searchText(text))
	}
}

// angles are taken for blanks: PostgreSQL drops "<get-schema>" like a tag, although no tags are left.
var angles = strings.NewReplacer("<", " ", ">", " ")

// searchText returns a text as pages show it and people type it, without the brackets of elements that it speaks of.
func searchText(text string) string { return angles.Replace(relaton.PlainText(text)) }

func (c *contents) mark(at level, value string) {
	if !at.unmarked {
		c.marks = append(c.marks, int32(step(at.path, value))) //nolint:gosec // any 32 bits do
	}
}

// stringEnd gives the position after the string that begins at a position.
func stringEnd(body string, start int) int {
	for i := start + 1; i < len(body); i++ {
		switch body[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return len(body)
}

// valueEnd gives the position after the value that begins at a position.
func valueEnd(body string, start int) int {
	depth := 0
	for i := start; i < len(body); i++ {
		switch body[i] {
		case '"':
			i = stringEnd(body, i) - 1
		case '[', '{':
			depth++
		case ']', '}':
			depth--
		}
		if next := i + 1; depth == 0 && (next >= len(body) || strings.IndexByte(",]}", body[next]) >= 0) {
			return next
		}
	}
	return len(body)
}

func unquote(quoted string) string {
	if strings.IndexByte(quoted, '\\') < 0 {
		return quoted[1 : len(quoted)-1]
	}
	var text string
	if json.Unmarshal([]byte(quoted), &text) != nil {
		return ""
	}
	return text
}
