package validity

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
)

// The schemas, by what they are for.
const (
	references = "reference.rng"
	groups     = "referencegroup.rng"
)

// root finds the root element, which a declaration or comments may precede in archived XML.
var root = regexp.MustCompile(`<reference(group)?[\s>]`)

// response is what a service answered for an address.
type response struct {
	address string
	status  int
	body    []byte
}

func (r response) same(other response) bool {
	return r.status == other.status && bytes.Equal(r.body, other.body)
}

func readAll(ctx context.Context, base string, addresses []string) ([]response, error) {
	all := make([]response, 0, len(addresses))
	for _, address := range addresses {
		status, body, err := get(ctx, base+address)
		if err != nil {
			return nil, err
		}
		all = append(all, response{address, status, body})
	}
	return all, nil
}

func checkBatch(ctx context.Context, base string, addresses []string, schemas, dir string) (Tally, error) {
	responses, err := readAll(ctx, base, addresses)
	if err != nil {
		return Tally{}, err
	}
	return judge(ctx, responses, schemas, dir)
}

// judge saves each answer as a file, as an ID must be unique in its file only, and has xmllint validate them.
func judge(ctx context.Context, responses []response, schemas, dir string) (tally Tally, err error) {
	if dir, err = os.MkdirTemp(dir, "batch-"); err != nil {
		return tally, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	files := make(map[string][]string)               // by schema
	asked := make(map[string]string, len(responses)) // by file
	for n, answer := range responses {
		found := root.FindSubmatch(answer.body)
		if answer.status != http.StatusOK || found == nil {
			tally.Faults = append(tally.Faults, Fault{answer.address, fmt.Sprintf("status %d: %.200q", answer.status, answer.body)})
			continue
		}
		file := fmt.Sprintf("%d.xml", n)
		if err := os.WriteFile(filepath.Join(dir, file), answer.body, 0o600); err != nil {
			return tally, err
		}
		schema := references
		if len(found[1]) > 0 {
			schema = groups
		}
		files[schema] = append(files[schema], file)
		asked[file] = answer.address
	}
	for schema, files := range files {
		faults, err := xmllint(ctx, filepath.Join(schemas, schema), dir, files)
		if err != nil {
			return tally, err
		}
		for file, reason := range faults {
			tally.Faults = append(tally.Faults, Fault{asked[file], reason})
		}
		if valid := len(files) - len(faults); schema == groups {
			tally.Groups += valid
		} else {
			tally.References += valid
		}
	}
	return tally, nil
}

func get(ctx context.Context, address string) (status int, body []byte, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err = io.ReadAll(response.Body)
	return response.StatusCode, body, err
}

// xmllint judges files of a folder and gives the first complaint about each that is not valid. What it
// does not call valid is not.
func xmllint(ctx context.Context, schema, dir string, files []string) (map[string]string, error) {
	lint := exec.CommandContext(ctx, "xmllint", append([]string{"--noout", "--nonet", "--relaxng", schema}, files...)...)
	lint.Dir = dir
	var said bytes.Buffer
	lint.Stderr = &said
	if err := lint.Run(); err != nil && lint.ProcessState == nil {
		return nil, err // it did not even start; its exit status only says that something is invalid
	}
	faults := make(map[string]string, len(files))
	for _, file := range files {
		faults[file] = ""
	}
	for line := range strings.Lines(said.String()) {
		line = strings.TrimSpace(line)
		if file, ok := strings.CutSuffix(line, " validates"); ok {
			delete(faults, file)
			continue
		}
		file, complaint, _ := strings.Cut(line, ":")
		if said, open := faults[file]; open && said == "" {
			faults[file] = complaint
		}
	}
	return faults, nil
}
