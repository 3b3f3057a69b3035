package indexing

import (
	"encoding/json"
	"strings"
)

const (
	// maxMark is how long a value may be that gets a mark: longer ones are found by their words.
	maxMark = 24
	// isTrue and isFalse stand for values that are no texts; no text that gets a mark has a blank.
	isTrue, isFalse = " true", " false"
)

// Marks gives the numbers that stand for the short values in a JSON object, each along with the names of the fields
// that lead to it: what {"doctype": "rfc"} gives is in what each record gives that contains it. So a structure is found
// by an index of numbers, a fifth of one of all values, where its words are in every third record. It is complete
// when no word says more than the marks. Nothing is given for what is no JSON.
func Marks(object string) (found []int32, complete bool) {
	var decoded any
	if json.Unmarshal([]byte(object), &decoded) != nil { // of a field that is there twice the last counts
		return nil, false
	}
	compact, err := json.Marshal(decoded)
	if err != nil {
		return nil, false
	}
	var c contents
	c.read(string(compact))
	return c.marks, !c.unmarked
}

func markable(text string) bool {
	return text != "" && len(text) <= maxMark && !strings.ContainsAny(text, " \t\n")
}

// step gives the number of a path that is one name longer than another, or leads to a value: the FNV-1a of both.
func step(path uint32, name string) uint32 {
	const offset, prime = 2166136261, 16777619
	h := uint32(offset)
	for shift := 24; shift >= 0; shift -= 8 {
		h = (h ^ path>>shift&0xff) * prime
	}
	h *= prime // a byte of 0 between them
	for i := range len(name) {
		h = (h ^ uint32(name[i])) * prime
	}
	return h
}
