package yamltree

import (
	"bytes"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/fault"
)

// Limits on a file, so that a broken or hostile one cannot take the memory of the indexing. The
// largest records of the real sources have a few hundred kilobytes and a depth of about ten.
const (
	MaxSize  = 8 << 20 // bytes of a file
	MaxDepth = 100     // mappings and sequences inside one another
	MaxNodes = 1 << 20 // nodes of a file, each alias counted with all that it stands for
	// MaxText bounds the bytes of keys and scalars, counted likewise: one long text may be meant a million times.
	MaxText = 2 * MaxSize
)

// Parse reads a file of one YAML document. Aliases and merge keys are resolved; dates, numbers and
// booleans stay the text that was written (Plain says that it stood without quotes), and only the
// forms of null (nothing, ~, null, Null, NULL) are told apart from text.
//
// The error is of kind fault.Invalid with a message that names the line where it is known: broken
// syntax, a key given twice in a mapping, a key that is no text, no document or more than one,
// bytes that are not UTF-8, a NUL, or a limit passed.
//
// The strings of the tree may share one copy of the whole file; clone what outlives it.
func Parse(data []byte) (*Node, error) {
	if err := checkBytes(data); err != nil {
		return nil, err
	}
	if n := scan(data); n != nil {
		return n, nil
	}
	return parseLibrary(data)
}

func checkBytes(data []byte) error {
	if len(data) > MaxSize {
		return fault.New(fault.Invalid, "the file has %d bytes, more than the %d allowed", len(data), MaxSize)
	}
	if i := bytes.IndexByte(data, 0); i >= 0 {
		return fault.New(fault.Invalid, "line %d: a NUL byte", lineAt(data, i))
	}
	if !utf8.Valid(data) {
		return fault.New(fault.Invalid, "line %d: not valid UTF-8", lineAt(data, invalidAt(data)))
	}
	return nil
}

// invalidAt gives the offset of the first byte that is not UTF-8.
func invalidAt(data []byte) int {
	for i := 0; ; {
		r, size := utf8.DecodeRune(data[i:])
		if r == utf8.RuneError && size <= 1 {
			return i
		}
		i += size
	}
}

func lineAt(data []byte, offset int) int {
	return 1 + bytes.Count(data[:offset], []byte{'\n'})
}
