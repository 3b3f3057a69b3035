package indexing

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/fault"
)

const (
	// maxName bounds the names of files, in bytes: the database cannot look longer ones up.
	maxName = 1000
	// shownOfName is how much is shown of a name that is longer than that.
	shownOfName = 100
)

// checkName refuses the names of files that cannot be kept. Git takes any bytes but NUL, and any number of them.
func checkName(file string) error {
	switch {
	case !utf8.ValidString(file):
		return fault.New(fault.Invalid, "the name of the file is not valid UTF-8")
	case strings.ContainsFunc(file, unicode.IsControl):
		return fault.New(fault.Invalid, "the name of the file has control characters")
	case len(file) > maxName:
		return fault.New(fault.Invalid, "the name of the file has %d bytes, more than the %d allowed", len(file), maxName)
	}
	return nil
}

// shownName gives the name of a file as it can be shown and kept: what cannot be printed is escaped as in Go, \xe9 or \n.
func shownName(file string) string {
	if checkName(file) == nil {
		return file
	}
	more := ""
	if len(file) > maxName {
		file, more = file[:shownOfName], "…"
	}
	quoted := strconv.Quote(file)
	return quoted[1:len(quoted)-1] + more
}
