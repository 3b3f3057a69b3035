package gitrepo

import (
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/ietf-tools/bibxml/app/fault"
)

// source says what is mirrored.
type source struct {
	url    string // as git takes it
	branch string
}

// newSource checks a URL and a branch. They are never parts of a command line by themselves, but a
// leading "-" is refused nevertheless: git hands the host and the path on to other programs.
func newSource(rawURL, branch string) (source, error) {
	if rawURL == "" || strings.HasPrefix(rawURL, "-") || strings.ContainsFunc(rawURL, isControl) {
		return source{}, fault.New(fault.Invalid, "%q is no URL of a Git repository", redact(rawURL))
	}
	// The rules of git-check-ref-format(1) that matter inside a refspec; git itself checks the rest.
	if branch == "" || strings.HasPrefix(branch, "-") || strings.Contains(branch, "..") ||
		strings.ContainsAny(branch, ` ~^:?*[\`) || strings.ContainsFunc(branch, isControl) {
		return source{}, fault.New(fault.Invalid, "%q is no name of a branch", branch)
	}
	return source{url: localPath(rawURL), branch: branch}, nil
}

func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// localPath makes the URL of something on this machine one that works from every directory, and that
// of a bundle the path that git expects there. Any other URL stays as it is.
func localPath(raw string) string {
	path := raw
	if strings.HasPrefix(raw, "file://") {
		u, err := url.Parse(raw)
		if err != nil {
			return raw
		}
		path = u.Path
		if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
			return raw
		}
	}
	if _, err := os.Stat(path); err != nil {
		return raw
	}
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return raw
}

func (s source) ref() string { return "refs/heads/" + s.branch }

// String names the source without credentials.
func (s source) String() string { return redact(s.url) }

var userinfo = regexp.MustCompile(`://[^/\s]*@`)

// redact removes user names, passwords and tokens from the URLs in a text.
func redact(text string) string { return userinfo.ReplaceAllString(text, "://") }
