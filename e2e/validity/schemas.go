package validity

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Schemas gives the folder of reference.rng and referencegroup.rng: the one given, when they are
// there, else that of the Python package xml2rfc, which comes with them. Without them, or without
// xmllint, it says aloud what is left out.
func Schemas(ctx context.Context, given string, w io.Writer) (dir string, ok bool) {
	if _, err := exec.LookPath("xmllint"); err != nil {
		_, _ = fmt.Fprintln(w, "LEFT OUT: validation by schema (xmllint is not installed: Debian's libxml2-utils)")
		return "", false
	}
	for _, dir := range []string{given, ofXML2RFC(ctx)} {
		if dir == "" {
			continue
		}
		if dir, err := filepath.Abs(dir); err == nil && complete(dir) {
			return dir, true
		}
	}
	_, _ = fmt.Fprintln(w, "LEFT OUT: validation by schema (no reference.rng and referencegroup.rng in "+given+
		", nor a Python package xml2rfc that has them)")
	return "", false
}

func complete(dir string) bool {
	for _, schema := range []string{references, groups} {
		if _, err := os.Stat(filepath.Join(dir, schema)); err != nil {
			return false
		}
	}
	return true
}

// ofXML2RFC asks Python where the package keeps its data; empty when there is no such package.
func ofXML2RFC(ctx context.Context) string {
	const ask = "import os, xml2rfc; print(os.path.join(os.path.dirname(xml2rfc.__file__), 'data'))"
	dir, err := exec.CommandContext(ctx, "python3", "-c", ask).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(dir))
}
