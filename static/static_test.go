package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOpen(t *testing.T) {
	tests := []struct {
		name        string
		contentType string
		compressed  bool
	}{
		{"app.css", "text/css; charset=utf-8", true},
		{"app.js", "text/javascript; charset=utf-8", true},
		{"combobox.js", "text/javascript; charset=utf-8", true},
		{"matomo.js", "text/javascript; charset=utf-8", true},
		{"htmx.min.js", "text/javascript; charset=utf-8", true},
		{"favicon.svg", "image/svg+xml", true},
		{"favicon.ico", "image/x-icon", false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			file, ok := Open(test.name)
			require.True(t, ok)
			assert.Equal(t, test.contentType, file.ContentType)
			assert.NotEmpty(t, file.Content)

			hashed, ok := Open(file.HashedName)
			require.True(t, ok)
			assert.Equal(t, file, hashed)
			assert.Equal(t, Prefix+file.HashedName, URL(test.name))

			if test.compressed {
				assert.Less(t, len(file.Gzip), len(file.Content))
				assert.Equal(t, file.Content, unzip(t, file.Gzip))
			} else {
				assert.Nil(t, file.Gzip)
			}
		})
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, name := range []string{"", "nothing.css", "src/app.js", "../static.go", "app.0000000000000000.css"} {
		t.Run(name, func(t *testing.T) {
			_, ok := Open(name)
			assert.False(t, ok)
		})
	}
}

func TestHashedNameFollowsContent(t *testing.T) {
	name := func(content string) string {
		files, err := load(fstest.MapFS{"a.css": {Data: []byte(content)}})
		require.NoError(t, err)
		return files["a.css"].HashedName
	}
	assert.Regexp(t, regexp.MustCompile(`^a\.[0-9a-f]{16}\.css$`), name("one"))
	assert.Equal(t, name("one"), name("one"))
	assert.NotEqual(t, name("one"), name("two"))
}

func TestSmallFilesAreNotCompressed(t *testing.T) {
	files, err := load(fstest.MapFS{"a.css": {Data: []byte("a{}")}})
	require.NoError(t, err)
	assert.Nil(t, files["a.css"].Gzip)
}

func TestUnknownKindOfFile(t *testing.T) {
	_, err := load(fstest.MapFS{"a.exe": {Data: []byte("x")}})
	require.ErrorContains(t, err, "a.exe: content type unknown")
}

// The content policy of the pages lets the style sheet load nothing.
func TestStyleSheetLoadsNothing(t *testing.T) {
	file, _ := Open("app.css")
	for _, forbidden := range []string{"url(", "@import", "data:"} {
		assert.False(t, bytes.Contains(file.Content, []byte(forbidden)), forbidden)
	}
}

// … and runs no code that is made of text.
func TestScriptEvaluatesNothing(t *testing.T) {
	for _, name := range []string{"app.js", "combobox.js"} {
		file, _ := Open(name)
		for _, forbidden := range []string{"eval(", "Function(", "innerHTML"} {
			assert.False(t, strings.Contains(string(file.Content), forbidden), "%s: %s", name, forbidden)
		}
	}
}

func unzip(t *testing.T, compressed []byte) []byte {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(compressed))
	require.NoError(t, err)
	content, err := io.ReadAll(r)
	require.NoError(t, err)
	return content
}
