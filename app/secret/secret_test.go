package secret

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"io"
	"log/slog"
	"net/url"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestText(t *testing.T) {
	for _, tt := range []struct {
		name, secret, text, want string
	}{
		{"as it is", "hunter2", "wrong password hunter2.", "wrong password [secret]."},
		{"more than once", "hunter22", "hunter22hunter22", "[secret][secret]"},
		{"within a word, when it is long", "hunter22", "xhunter22x", "x[secret]x"},
		{"within a word, when it is short", "test", "the latest test, tests and test", "the latest [secret], tests and [secret]"},
		{"beside other signs", "test", "u:test@db _test_", "u:[secret]@db _[secret]_"},
		{"a short one of other signs", "#1!", "a#1!b", "a[secret]b"},
		{"one that is no secret", "x", "x is x", "x is x"},
		{"escaped in a URL", "p@ss/w ord", "u:p%40ss%2Fw%20ord@db p%40ss%2Fw+ord p%40ss%2fw%20ord", "u:[secret]@db [secret] [secret]"},
		{"quoted", "pa\"ss\\word", `cannot parse "pa\"ss\\word"`, `cannot parse "[secret]"`},
		{"in another alphabet", "пароль-é", "the password пароль-é", "the password [secret]"},
		{"the longer of two forms", "a%20secret", "a%20secret a secret", "[secret] a secret"},
		{"a password that nobody knows", "", "postgres://bib:hunter2@db/bib", "postgres://bib:[secret]@db/bib"},
		{"one that was not escaped", "", "parse postgres://bib:p/a?s#s@w@db:5432/bib: failed", "parse postgres://bib:[secret]@db:5432/bib: failed"},
		{"a token", "", "fatal: https://ghp_abc@github.com/x and https://x:ghp_abc@github.com/x", "fatal: https://[secret]@github.com/x and https://[secret]@github.com/x"},
		{"a name", "", "ssh://git@github.com/x and postgres://bib@db/bib", "ssh://git@github.com/x and postgres://bib@db/bib"},
		{"an address beside one of mail", "", `see http://localhost:8000/ or write to a@b.example`, `see http://localhost:8000/ or write to a@b.example`},
		{"an address in JSON", "", `{"url":"http://localhost:8000","mail":"a@b.example"}`, `{"url":"http://localhost:8000","mail":"a@b.example"}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, New(tt.secret).Text(tt.text))
		})
	}
}

// awkward are secrets with everything that somebody may have to escape.
var awkward = []string{
	"hunter2", "p@ss:w/o?r#d%", `"quoted" \back'slash`, "blank and\ttab", "größe-пароль-密碼", "<b>&amp;</b>", "100%25sure", "a+b=c&d=e", "line\nbreak",
}

// Whatever the way in which a message or a log quotes a secret, it does not come through.
func TestEveryForm(t *testing.T) {
	ways := map[string]func(string) string{
		"plain":        func(s string) string { return "failed: " + s },
		"quoted":       func(s string) string { return fmt.Sprintf("failed: %q", s) },
		"quoted twice": func(s string) string { return fmt.Sprintf("failed: %q", fmt.Sprintf("parse %q", s)) },
		"URL": func(s string) string {
			return (&url.URL{Scheme: "x", User: url.UserPassword("u", s), Host: "h"}).String()
		},
		"query": func(s string) string { return url.Values{"k": {s}}.Encode() },
		"path":  url.PathEscape,
		"HTML":  html.EscapeString,
		"JSON":  func(s string) string { b, _ := json.Marshal(s); return string(b) },
		"a log": func(s string) string {
			return logged(func(w io.Writer) slog.Handler { return slog.NewTextHandler(w, nil) }, s)
		},
		"a log in JSON": func(s string) string {
			return logged(func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) }, s)
		},
		"an error quoted": func(s string) string {
			return logged(func(w io.Writer) slog.Handler { return slog.NewJSONHandler(w, nil) }, fmt.Sprintf("%q", s))
		},
	}
	for _, secret := range awkward {
		for name, way := range ways {
			t.Run(name+" "+secret, func(t *testing.T) {
				told := way(secret)
				clean := New(secret).Text(told)
				require.Contains(t, clean, Mask, told)
				require.NotContains(t, clean, secret)
			})
		}
	}
}

func logged(handler func(io.Writer) slog.Handler, text string) string {
	var out bytes.Buffer
	slog.New(handler(&out)).Error(text, "error", errors.New(text))
	return out.String()
}

func TestError(t *testing.T) {
	s := New("hunter22")
	require.NoError(t, s.Error(nil))
	plain := errors.New("nothing to hide")
	require.Equal(t, plain, s.Error(plain))
	cause := fmt.Errorf("connect with hunter22: %w", io.EOF)
	clean := s.Error(cause)
	require.EqualError(t, clean, "connect with [secret]: EOF")
	require.ErrorIs(t, clean, io.EOF)
}

func TestWriter(t *testing.T) {
	var out strings.Builder
	n, err := fmt.Fprintf(New("hunter22").Writer(&out), "%s and %s\n", "hunter22", "more")
	require.NoError(t, err)
	require.Equal(t, len("hunter22 and more\n"), n)
	require.Equal(t, "[secret] and more\n", out.String())

	reader, broken := io.Pipe()
	require.NoError(t, reader.Close())
	_, err = New().Writer(broken).Write([]byte("x"))
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

func BenchmarkNothingToHide(b *testing.B) {
	s := New("hunter22-hunter22", "p@ss/word", "u4Hq9x0ZbT2kLw7f", "postgres://u:p%40ss@db/bib", "0123456789abcdef")
	line := []byte(`time=2026-11-28T09:16:14.000Z level=INFO msg=request method=GET path=/public/rfc/bibxml/reference.RFC.2119.xml status=200 bytes=1022 took=161µs request_id=ABCDEFGHIJ` + "\n")
	w := s.Writer(io.Discard)
	for b.Loop() {
		_, _ = w.Write(line)
	}
}
