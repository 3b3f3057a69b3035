// Package formatstest gives the tests of formats the sample records as documents.
package formatstest

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Sample gives the document of a sample record, "rfcs/RFC9000". Members of a group are looked for among the further
// records, in its order.
func Sample(t testing.TB, record string, members ...string) *merge.Document {
	t.Helper()
	doc := read(t, record)
	for i, member := range members {
		if doc.Related == nil {
			doc.Related = make(map[int]*merge.Document, len(members))
		}
		doc.Related[i] = read(t, member)
	}
	return doc
}

func read(t testing.TB, record string) *merge.Document {
	t.Helper()
	dataset, ref, _ := strings.Cut(record, "/")
	return readFile(t, filepath.Join(samples(), "relaton-data-"+dataset, "data", ref+".yaml"), dataset, ref)
}

// Uneven returns the document of one of the records in app/relaton/testdata, which are shaped as few sources shape theirs.
func Uneven(t testing.TB, ref string) *merge.Document {
	t.Helper()
	return readFile(t, filepath.Join(samples(), "../../app/relaton/testdata", ref+".yaml"), "misc", ref)
}

func readFile(t testing.TB, file, dataset, ref string) *merge.Document {
	t.Helper()
	content, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	item, _, err := relaton.Decode(content)
	if err != nil {
		t.Fatal(err)
	}
	return merge.Records([]merge.Record{{Dataset: dataset, Ref: ref, Item: item, LatestDate: item.LatestDate()}})
}

// Records names all sample records that can be read.
func Records(t testing.TB) []string {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(samples(), "relaton-data-*", "data", "*.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	var records []string
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := relaton.Decode(content); err != nil {
			continue // made to be unreadable
		}
		dataset := strings.TrimPrefix(filepath.Base(filepath.Dir(filepath.Dir(file))), "relaton-data-")
		records = append(records, dataset+"/"+strings.TrimSuffix(filepath.Base(file), ".yaml"))
	}
	return records
}

// samples returns the folder of the sample sources. It looks for it above the folder of the package under test.
func samples() string {
	dir := "."
	for range 8 {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			break
		}
		dir = filepath.Join(dir, "..")
	}
	return filepath.Join(dir, "e2e", "sources")
}
