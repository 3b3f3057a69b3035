package relaton

import (
	"encoding/json"
	"math/rand/v2"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/ietf-tools/bibxml/app/docid"
)

// Whatever an item holds, reading what was written of it gives it back.
func TestJSONRoundTripOfRandomItems(t *testing.T) {
	for seed := range uint64(3000) {
		rnd := rand.New(rand.NewPCG(seed, 1))
		item := &Item{}
		fill(rnd, reflect.ValueOf(item).Elem(), 0)
		full := rnd.IntN(2) == 0
		b := item.AppendJSON(nil, full)
		got, err := DecodeJSON(b)
		if err != nil || !json.Valid(b) {
			t.Fatalf("seed %d: %v\n%s", seed, err, b)
		}
		if diff := cmp.Diff(item, got); diff != "" {
			t.Fatalf("seed %d, full %v: -want +got:\n%s\n%s", seed, full, diff, b)
		}
	}
}

// fill sets a value at random, within what Decode can give.
func fill(rnd *rand.Rand, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(pick(rnd, "", "a", "true", "12", "q\"\\\n\t\x01", "É😀\u2028", "<p>&amp;</p>"))
	case reflect.Bool:
		v.SetBool(rnd.IntN(2) == 0)
	case reflect.Int:
		v.SetInt(int64(pick(rnd, 0, 1937, 2021)))
	case reflect.Pointer:
		if depth < 5 && rnd.IntN(2) == 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(rnd, v.Elem(), depth+1)
		}
	case reflect.Slice:
		if n := pick(rnd, 0, 0, 1, 2); depth < 6 && n > 0 {
			v.Set(reflect.MakeSlice(v.Type(), n, n))
			for i := range n {
				fill(rnd, v.Index(i), depth+1)
			}
		}
	case reflect.Map, reflect.Interface:
		fillAny(rnd, v)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(rnd, v.Field(i), depth+1)
		}
	}
	mend(v)
}

func fillAny(rnd *rand.Rand, v reflect.Value) {
	anything := []any{"x", "", true, nil, 3.0, 0.25, []any{"y", nil}, map[string]any{"k": []any{}}}
	if v.Kind() == reflect.Interface { // a place
		v.Set(reflect.ValueOf(pick[any](rnd, "Geneva", map[string]any{"city": "Geneva", "floor": 2.0})))
		return
	}
	for _, key := range []string{"id", "ext", "docstatus"} {
		if rnd.IntN(3) == 0 {
			if v.IsNil() {
				v.Set(reflect.MakeMap(v.Type()))
			}
			v.Interface().(map[string]any)[key] = pick(rnd, anything...)
		}
	}
}

func pick[T any](rnd *rand.Rand, values ...T) T { return values[rnd.IntN(len(values))] }

// mend gives values what Decode sees to: a value for each identifier and date, a target for each
// relation, and so on.
func mend(v reflect.Value) {
	if !v.CanAddr() {
		return
	}
	switch p := v.Addr().Interface().(type) {
	case *docid.ID:
		p.ID = "RFC 1"
	case *Date:
		p.Value = "2021-07"
	case *Item:
		p.RevDate, p.Fetched = "2021-07-05", ""
	case *Role:
		p.Type = "author"
	case *Version:
		p.Draft, p.RevisionDate = "07", ""
	case *Identifier:
		p.ID = "0000-0001-2345-6789"
	case *Keyword:
		p.Content = "DNS"
	case *Series:
		p.Type = "main"
	case *Relation:
		if p.Bibitem == nil {
			p.Bibitem = &Item{}
		}
	case *Contributor:
		if p.Person == nil && p.Organization == nil {
			p.Person = &Person{}
		}
	case *Affiliation:
		if p.Organization == nil {
			p.Organization = &Organization{}
		}
	case *Organization:
		p.URL = "https://example.org"
		for i := range p.Subdivision {
			p.Subdivision[i].Content = "Printing Office"
		}
	case *[]string:
		for i := range *p {
			(*p)[i] = "en"
		}
	}
}
