package indexing

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// unsearched are the fields whose values nobody looks for by words: addresses, dates, and how a text
// is written. They are half of all values, and addresses alone, each of them unique, nearly half of
// the words in an index of everything.
var unsearched = map[string]bool{
	"link": true, "date": true, "fetched": true, "revdate": true,
	"language": true, "script": true, "format": true, "schema-version": true,
}

// Searchable gives those texts of a JSON value whose words stand in the index for every record that
// contains the value; none of what is no JSON.
func Searchable(value string) []string {
	var compact bytes.Buffer
	if json.Compact(&compact, []byte(value)) != nil {
		return nil
	}
	var t Texts
	t.read(compact.String())
	return slices.Concat(t.Titles, t.Heads, t.People, t.Abstracts, t.Rest)
}

// nameless are the parts of a contributor that hold no name of it.
var nameless = map[string]bool{"role": true, "contact": true, "affiliation": true, "identifier": true, "url": true}

// read adds the texts in a record. The record is JSON as relaton.Item.AppendJSON writes it: valid, and without
// blanks between the values.
func (t *Texts) read(body string) {
	if t.Rest == nil {
		t.Rest = make([]string, 0, 32)
	}
	depth, plain := 0, 0  // before plain, no text is a name
	var field, key string // at the top, and the last one
	for i := 0; i < len(body); {
		switch body[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		}
		if body[i] != '"' {
			i++
			continue
		}
		end := stringEnd(body, i)
		isKey := end < len(body) && body[end] == ':'
		switch {
		case isKey:
			if key = body[i+1 : end-1]; depth == 1 {
				field = key
			}
			switch {
			case unsearched[key]:
				end = valueEnd(body, end+1)
			case field == "contributor" && nameless[key]:
				plain = max(plain, valueEnd(body, end+1))
			}
		case end-i <= 2: // empty
		default:
			to := t.place(field, key, i < plain)
			*to = append(*to, unquote(body[i:end]))
		}
		i = end
	}
}

// place says which texts a value belongs to.
func (t *Texts) place(field, key string, plain bool) *[]string {
	switch {
	case field == "title" && key == "content":
		return &t.Titles
	case field == "docid" && key == "id", field == "keyword" && (key == "content" || key == field):
		return &t.Heads
	case field == "contributor" && !plain && (key == "content" || key == "initial"):
		return &t.People
	case field == "abstract" && key == "content":
		return &t.Abstracts
	}
	return &t.Rest
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
