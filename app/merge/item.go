package merge

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// addItem adds what an older record says to the item. The item shares values with its records, so
// lists are copied before they grow, and nothing inside them is changed.
func addItem(it, older *relaton.Item) {
	it.FormattedRef = firstOf(it.FormattedRef, older.FormattedRef)
	it.DocID = union(it.DocID, older.DocID)
	it.DocNumber = firstOf(it.DocNumber, older.DocNumber)
	it.Language = union(it.Language, older.Language)
	it.Type = firstOf(it.Type, older.Type)
	it.DocType = firstOf(it.DocType, older.DocType)
	it.Script = union(it.Script, older.Script)
	it.Date = union(it.Date, older.Date)
	it.Link = union(it.Link, older.Link)
	it.Relation = union(it.Relation, older.Relation)
	it.Version = union(it.Version, older.Version)
	it.Title = union(it.Title, older.Title)
	it.Edition = firstOf(it.Edition, older.Edition)
	it.Abstract = union(it.Abstract, older.Abstract)
	it.Fetched = firstOf(it.Fetched, older.Fetched)
	it.RevDate = firstOf(it.RevDate, older.RevDate)
	it.BiblioNote = union(it.BiblioNote, older.BiblioNote)
	it.Contributor = union(it.Contributor, older.Contributor)
	it.Place = union(it.Place, older.Place)
	it.Series = union(it.Series, older.Series)
	it.Keyword = union(it.Keyword, older.Keyword)
	it.Copyright = union(it.Copyright, older.Copyright)
	it.Extent = union(it.Extent, older.Extent)
	it.Extra = mergeMaps(it.Extra, older.Extra)
}

// firstOf gives the newer value, unless it is unknown.
func firstOf[T comparable](newer, older T) T {
	var unknown T
	if newer != unknown {
		return newer
	}
	return older
}

// fewItems is how many comparisons of items are worth less than what spares them.
const fewItems = 1024

// union gives the newer list and what only the older one has.
func union[T any](newer, older []T) []T {
	if len(newer) == 0 {
		return older
	}
	if len(newer)*len(older) > fewItems {
		return unionOfMany(newer, older)
	}
	out := newer[:len(newer):len(newer)]
	for i := range older {
		if !contains(out, &older[i]) {
			out = append(out, older[i])
		}
	}
	return out
}

// unionOfMany compares only items whose JSON is the same.
func unionOfMany[T any](newer, older []T) []T {
	out := newer[:len(newer):len(newer)]
	known := make(map[string][]int, len(newer)+len(older)) // places in out, by JSON
	for i := range newer {
		key := keyOf(&newer[i])
		known[key] = append(known[key], i)
	}
	for i := range older {
		key := keyOf(&older[i])
		if !slices.ContainsFunc(known[key], func(at int) bool { return reflect.DeepEqual(&out[at], &older[i]) }) {
			known[key] = append(known[key], len(out))
			out = append(out, older[i])
		}
	}
	return out
}

// keyOf gives a text that is the same for equal values. What has no JSON shares one.
func keyOf[T any](value *T) string {
	text, err := json.Marshal(value)
	if err != nil {
		return ""
	}
	return string(text)
}

func contains[T any](list []T, value *T) bool {
	for i := range list {
		if reflect.DeepEqual(&list[i], value) {
			return true
		}
	}
	return false
}
