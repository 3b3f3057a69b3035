package indexing

import (
	"encoding/json"
	"hash/fnv"
	"slices"
	"strings"
)

const (
	// maxMark is how long a value may be that gets a mark: longer ones are found by their words.
	maxMark = 24
	// isTrue and isFalse stand for values that are no texts; no text that gets a mark has a blank.
	isTrue, isFalse = " true", " false"
)

// unmarked are the fields whose values get no mark: those that are not searched by words either, and those
// whose words are rare enough. topUnmarked are those at the top alone.
var (
	unmarked    = map[string]bool{"id": true, "person": true}
	topUnmarked = map[string]bool{"title": true, "abstract": true, "docnumber": true, "version": true}
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
	return marks(string(compact))
}

// marks does so for JSON without blanks between the values.
func marks(body string) (found []int32, complete bool) {
	found, complete = make([]int32, 0, 16), true
	paths := []uint32{0} // to the value that comes next, at each depth
	for i := 0; i < len(body); {
		top := len(paths) - 1
		end := i + 1
		switch body[i] {
		case '{', '[':
			paths = append(paths, paths[top])
		case '}', ']':
			paths = paths[:max(top, 1)]
		case '"':
			end = stringEnd(body, i)
			text := unquote(body[i:end])
			switch isKey := end < len(body) && body[end] == ':'; {
			case isKey && unsearched[text]:
				end = valueEnd(body, end+1)
			case isKey && (unmarked[text] || top == 1 && topUnmarked[text]):
				end, complete = valueEnd(body, end+1), false
			case isKey:
				paths[top] = step(paths[max(top, 1)-1], text)
			case markable(text):
				found = append(found, mark(paths[top], text))
			default:
				complete = false
			}
		case 't':
			found = append(found, mark(paths[top], isTrue))
			end = i + len("true")
		case 'f':
			found = append(found, mark(paths[top], isFalse))
			end = i + len("false")
		}
		i = end
	}
	slices.Sort(found)
	return slices.Compact(found), complete
}

func markable(text string) bool {
	return text != "" && len(text) <= maxMark && !strings.ContainsAny(text, " \t\n")
}

func mark(path uint32, value string) int32 { return int32(step(path, value)) } //nolint:gosec // any 32 bits do

// step gives the number of a path that is one name longer than another.
func step(path uint32, name string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte{byte(path >> 24), byte(path >> 16), byte(path >> 8), byte(path), 0}) //nolint:gosec // the bytes of it
	_, _ = h.Write([]byte(name))
	return h.Sum32()
}
