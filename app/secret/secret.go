// Package secret keeps secrets out of messages. What a command prints, logs, reports, or stores about a failed job passes through a
// Scrubber.
package secret

import (
	"bytes"
	"cmp"
	"encoding/json"
	"html"
	"io"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Mask replaces secrets.
const Mask = "[secret]"

const (
	// shortest is the minimum length of a secret that is replaced. Shorter ones occur everywhere by chance.
	shortest = 3
	// long is the minimum length of a secret that is replaced within words too: "test" is not replaced in "latest".
	long = 8
)

// Scrubber replaces known secrets in texts, in every form in which messages quote them, and the credentials in all URLs. The zero
// value knows no secrets. It is safe for concurrent use.
type Scrubber struct {
	forms [][]byte // longest first: a URL is replaced before the password in it
}

// New returns a scrubber of the given secrets.
func New(secrets ...string) *Scrubber {
	var forms []string
	for _, s := range secrets {
		if utf8.RuneCountInString(s) >= shortest {
			forms = append(forms, formsOf(s)...)
		}
	}
	slices.SortFunc(forms, func(a, b string) int { return cmp.Or(cmp.Compare(len(b), len(a)), cmp.Compare(a, b)) })
	s := new(Scrubber)
	for _, form := range slices.Compact(forms) {
		s.forms = append(s.forms, []byte(form))
	}
	return s
}

// escape matches an escaped byte of a URL.
var escape = regexp.MustCompile(`%[0-9A-F]{2}`)

// formsOf returns a secret as it is and escaped as in URLs, and each of these as quoted in messages, in JSON and in HTML. A log
// quotes a message with a quotation once more.
func formsOf(secret string) []string {
	escaped := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), strings.TrimPrefix(url.UserPassword("", secret).String(), ":")}
	for _, form := range escaped[1:] {
		escaped = append(escaped, escape.ReplaceAllStringFunc(form, strings.ToLower))
	}
	var forms []string
	for _, form := range escaped {
		forms = append(forms, form, quoted(form), quoted(quoted(form)), inJSON(form), inJSON(quoted(form)), html.EscapeString(form))
	}
	return forms
}

func quoted(s string) string { return inner(strconv.Quote(s)) }

func inJSON(s string) string {
	text, err := json.Marshal(s)
	if err != nil {
		return s
	}
	return inner(string(text))
}

// inner removes the quotation marks.
func inner(s string) string { return s[1 : len(s)-1] }

// Text returns the text with its secrets replaced.
func (s *Scrubber) Text(text string) string { return string(s.bytes([]byte(text))) }

// Error returns an error that wraps err and whose message has its secrets replaced, or err itself when it has none.
func (s *Scrubber) Error(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	clean := s.Text(text)
	if clean == text {
		return err
	}
	return &scrubbed{clean, err}
}

type scrubbed struct {
	text string
	err  error
}

func (e *scrubbed) Error() string { return e.text }
func (e *scrubbed) Unwrap() error { return e.err }

// Writer returns a writer that replaces secrets and passes the rest on. It expects each message in one piece, as loggers and fmt
// write it.
func (s *Scrubber) Writer(to io.Writer) io.Writer { return writer{s, to} }

type writer struct {
	scrubber *Scrubber
	to       io.Writer
}

// Write implements io.Writer. It returns len(p) when the cleaned message was written.
func (w writer) Write(p []byte) (int, error) {
	if _, err := w.to.Write(w.scrubber.bytes(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

var (
	scheme = []byte("://")
	// credentials matches a URL up to its last @: a password that was not escaped may contain that, and a slash, a question mark
	// or a number sign.
	credentials = regexp.MustCompile("([A-Za-z][A-Za-z0-9+.-]*)://([^\\s\"'`<>]*)@")
)

// bytes returns p itself when there is nothing to replace.
func (s *Scrubber) bytes(p []byte) []byte {
	for _, form := range s.forms {
		if bytes.Contains(p, form) {
			p = replace(p, form)
		}
	}
	if bytes.Contains(p, scheme) && bytes.IndexByte(p, '@') >= 0 {
		p = credentials.ReplaceAllFunc(p, func(address []byte) []byte {
			parts := credentials.FindSubmatch(address)
			return slices.Concat(parts[1], scheme, []byte(masked(string(parts[1]), string(parts[2]))), []byte("@"))
		})
	}
	return p
}

// masked returns the part of a URL before the @ without the password. A user without a password is a token in HTTP URLs and a name
// elsewhere.
func masked(scheme, userinfo string) string {
	user, _, hasPassword := strings.Cut(userinfo, ":")
	switch {
	case !hasPassword && (!strings.HasPrefix(scheme, "http") || strings.Contains(userinfo, "/")):
		return userinfo
	case strings.HasPrefix(scheme, "http"):
		return Mask
	}
	return user + ":" + Mask
}

// replace masks every occurrence of a form. It leaves short forms alone that are part of a longer word.
func replace(p, form []byte) []byte {
	var out []byte
	for {
		at := bytes.Index(p, form)
		if at < 0 {
			return append(out, p...)
		}
		end := at + len(form)
		if len(form) < long && (joined(p[:at], form) || joined(form, p[end:])) {
			out, p = append(out, p[:at+1]...), p[at+1:]
			continue
		}
		out, p = append(append(out, p[:at]...), Mask...), p[end:]
	}
}

// joined reports whether the end of one text and the beginning of the next are part of one word.
func joined(before, after []byte) bool {
	last, _ := utf8.DecodeLastRune(before)
	first, _ := utf8.DecodeRune(after)
	return isWord(last) && isWord(first)
}

func isWord(r rune) bool { return r != utf8.RuneError && (unicode.IsLetter(r) || unicode.IsDigit(r)) }
