package relaton

import (
	"math"
	"slices"
	"strconv"
	"unicode/utf8"
)

// jsonWriter writes the members of objects, and knows what becomes of unknown values: null in the
// full form, nothing in the stored one.
type jsonWriter struct {
	b     []byte
	full  bool
	start int // where the first member stands: no comma before it
}

func (w *jsonWriter) open(bracket byte)  { w.b = append(w.b, bracket) }
func (w *jsonWriter) close(bracket byte) { w.b = append(w.b, bracket) }

// comma separates a member from the one before it, if there is one. No value ends in an opening
// bracket, so the last byte tells.
func (w *jsonWriter) comma() {
	if len(w.b) == w.start {
		return
	}
	if last := w.b[len(w.b)-1]; last != '{' && last != '[' {
		w.b = append(w.b, ',')
	}
}

// key writes a key that needs no escaping.
func (w *jsonWriter) key(key string) {
	w.comma()
	w.b = append(w.b, '"')
	w.b = append(w.b, key...)
	w.b = append(w.b, '"', ':')
}

func (w *jsonWriter) null(key string) {
	if w.full {
		w.key(key)
		w.b = append(w.b, "null"...)
	}
}

func (w *jsonWriter) str(key, s string) {
	if s == "" {
		w.null(key)
		return
	}
	w.key(key)
	w.b = AppendString(w.b, s)
}

func (w *jsonWriter) number(key string, n int) {
	w.key(key)
	w.b = strconv.AppendInt(w.b, int64(n), 10)
}

// dateText writes a date, in the full form as the API does.
func (w *jsonWriter) dateText(key, s string) {
	if w.full && len(s) == len("2006-01") {
		if d, ok := parseNumeric(s); ok {
			s = d.Human()
		}
	}
	w.str(key, s)
}

func (w *jsonWriter) strs(key string, list []string) {
	if len(list) == 0 {
		w.null(key)
		return
	}
	w.key(key)
	w.open('[')
	for _, s := range list {
		w.comma()
		w.b = AppendString(w.b, s)
	}
	w.close(']')
}

func (w *jsonWriter) text(key string, t *Text) {
	if t == nil {
		w.null(key)
		return
	}
	w.key(key)
	w.open('{')
	w.textObject(t)
	w.close('}')
}

// writeList writes a list of objects; members writes what stands inside the braces of one.
func writeList[T any](w *jsonWriter, key string, list []T, members func(*jsonWriter, *T)) {
	if len(list) == 0 {
		w.null(key)
		return
	}
	w.key(key)
	w.open('[')
	for i := range list {
		w.comma()
		w.open('{')
		members(w, &list[i])
		w.close('}')
	}
	w.close(']')
}

func (w *jsonWriter) extra(m map[string]any) {
	var room [8]string // of the keys of an item's Extra there are four, as a rule
	keys := room[:0]
	for key := range m {
		keys = append(keys, key)
	}
	slices.Sort(keys)
	for _, key := range keys {
		w.comma()
		w.b = append(AppendString(w.b, key), ':')
		w.any(m[key])
	}
}

// any writes a value of one of the types that encoding/json decodes into any; null for another.
func (w *jsonWriter) any(v any) {
	switch v := v.(type) {
	case string:
		w.b = AppendString(w.b, v)
	case bool:
		w.b = strconv.AppendBool(w.b, v)
	case float64:
		w.float(v)
	case map[string]any:
		w.open('{')
		w.extra(v)
		w.close('}')
	case []any:
		w.open('[')
		for _, item := range v {
			w.comma()
			w.any(item)
		}
		w.close(']')
	default:
		w.b = append(w.b, "null"...)
	}
}

func (w *jsonWriter) float(f float64) {
	switch {
	case math.IsNaN(f) || math.IsInf(f, 0):
		w.b = append(w.b, "null"...)
	case f == math.Trunc(f) && math.Abs(f) < 1e15:
		w.b = strconv.AppendInt(w.b, int64(f), 10)
	default:
		w.b = strconv.AppendFloat(w.b, f, 'g', -1, 64)
	}
}

const hexDigits = "0123456789abcdef"

// AppendString writes a JSON string. Bytes that are not UTF-8 become U+FFFD, and so does NUL, which
// PostgreSQL's jsonb cannot hold. U+2028 and U+2029 are escaped, since they end a line of JavaScript.
func AppendString(b []byte, s string) []byte {
	b = append(b, '"')
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if c >= ' ' && c != '"' && c != '\\' && c < utf8.RuneSelf {
			i++
			continue
		}
		size, escaped := 1, true
		if c >= utf8.RuneSelf {
			var r rune
			r, size = utf8.DecodeRuneInString(s[i:])
			escaped = r == '\u2028' || r == '\u2029' || (r == utf8.RuneError && size == 1)
		}
		if escaped {
			b = append(b, s[start:i]...)
			b = appendEscape(b, s[i:i+size])
			start = i + size
		}
		i += size
	}
	b = append(b, s[start:]...)
	return append(b, '"')
}

func appendEscape(b []byte, char string) []byte {
	switch c := char[0]; {
	case c == '"' || c == '\\':
		return append(b, '\\', c)
	case c == '\n':
		return append(b, '\\', 'n')
	case c == '\t':
		return append(b, '\\', 't')
	case c == '\r':
		return append(b, '\\', 'r')
	case c == 0 || len(char) == 1 && c >= utf8.RuneSelf:
		return append(b, "\uFFFD"...)
	case c < ' ':
		return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
	}
	return append(b, '\\', 'u', '2', '0', '2', '8'+char[2]-"\u2028"[2])
}
