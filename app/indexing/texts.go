package indexing

import (
	"bytes"
	"encoding/json"
	"slices"
)

// Searchable gives those texts of a JSON value whose words stand in the index for every record that
// contains the value; none of what is no JSON.
func Searchable(value string) []string {
	var compact bytes.Buffer
	if json.Compact(&compact, []byte(value)) != nil {
		return nil
	}
	var c contents
	c.read(compact.String())
	return slices.Concat(c.Titles, c.Heads, c.People, c.Abstracts, c.Rest)
}

// place says which texts a value belongs to.
func (t *Texts) place(field, key string, isNameless bool) *[]string {
	switch {
	case field == "title" && key == "content":
		return &t.Titles
	case field == "docid" && key == "id", field == "keyword" && (key == "content" || key == field):
		return &t.Heads
	case field == "contributor" && !isNameless && (key == "content" || key == "initial"):
		return &t.People
	case field == "abstract" && key == "content":
		return &t.Abstracts
	}
	return &t.Rest
}
