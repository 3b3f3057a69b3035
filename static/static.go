// Package static holds the files that pages load: the style sheet, the scripts and the icons. They are
// served under names that hold their hash, so that browsers may keep them for ever. Serving them over
// HTTP is left to the web layer.
package static

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"sync"
)

// FS holds the files as they were embedded.
//
//go:embed app.css htmx.min.js favicon.ico favicon.svg src/app.js src/combobox.js src/matomo.js
var FS embed.FS

// Prefix begins the address of every file.
const Prefix = "/static/"

// hashLength is the number of hexadecimal digits of the hash in a name: 64 bits are plenty to tell
// the versions of one file apart.
const hashLength = 16

// minimumGain is the part of a file that compression must save to be worth the work of undoing it.
const minimumGain = 0.1

// File is a file to be served.
type File struct {
	Name        string // "app.css"
	HashedName  string // "app.0123456789abcdef.css"
	ContentType string
	Content     []byte
	Gzip        []byte // Content compressed; nil when that gains nothing
}

var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
	".ico": "image/x-icon",
}

// library holds each file under its plain and its hashed name. It is made once, when it is first asked for.
var library = sync.OnceValue(func() map[string]*File {
	files, err := load(FS)
	if err != nil {
		panic(fmt.Sprintf("read embedded files: %v", err)) // the binary itself is broken
	}
	return files
})

// Open gives a file by its plain or its hashed name, and whether there is one. A request for
// a hashed name (name == File.HashedName) may be answered as immutable.
func Open(name string) (File, bool) {
	file, ok := library()[name]
	if !ok {
		return File{}, false
	}
	return *file, true
}

// URL gives the address of a file by its plain name, with its hash. It panics when there is no such
// file: the names are constants of the program.
func URL(name string) string {
	file, ok := library()[name]
	if !ok {
		panic("static: no file " + name)
	}
	return Prefix + file.HashedName
}

func load(source fs.FS) (map[string]*File, error) {
	files := make(map[string]*File)
	err := fs.WalkDir(source, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		content, err := fs.ReadFile(source, name)
		if err != nil {
			return err
		}
		file, err := newFile(path.Base(name), content)
		if err != nil {
			return err
		}
		files[file.Name], files[file.HashedName] = file, file
		return nil
	})
	return files, err
}

func newFile(name string, content []byte) (*File, error) {
	extension := path.Ext(name)
	contentType, ok := contentTypes[extension]
	if !ok {
		return nil, fmt.Errorf("%s: content type unknown", name)
	}
	compressed, err := compress(content)
	if err != nil {
		return nil, fmt.Errorf("compress %s: %w", name, err)
	}
	sum := sha256.Sum256(content)
	return &File{
		Name:        name,
		HashedName:  strings.TrimSuffix(name, extension) + "." + hex.EncodeToString(sum[:])[:hashLength] + extension,
		ContentType: contentType,
		Content:     content,
		Gzip:        compressed,
	}, nil
}

// compress gives nil when the content does not get notably smaller.
func compress(content []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(content); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	if float64(b.Len()) > float64(len(content))*(1-minimumGain) {
		return nil, nil
	}
	return b.Bytes(), nil
}
