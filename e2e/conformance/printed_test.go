package main

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"testing"
)

func TestReadPrinted(t *testing.T) {
	got, err := readPrinted(`source            equal compared  percent  changed
nist                 29       29    100.0        0
all                 571      576     99.1        1
`)
	if err != nil || got != (tally{571, 577}) {
		t.Errorf("tally = %v, %v; what changed counts as different", got, err)
	}
	if _, err := readPrinted("nothing to compare\n"); err == nil {
		t.Error("an empty table is accepted")
	}
}

func TestWithoutSource(t *testing.T) {
	from, to := filepath.Join(t.TempDir(), "in.gz"), filepath.Join(t.TempDir(), "out")
	file, err := os.Create(from)
	if err != nil {
		t.Fatal(err)
	}
	packed := gzip.NewWriter(file)
	_, _ = packed.Write([]byte(`{"source": "rfcs", "text": "ieee"}` + "\n" + `{"source": "ieee"}` + "\n" + `{"source": "iana"}`))
	if err := packed.Close(); err != nil {
		t.Fatal(err)
	}
	if err := withoutSource(from, to, "ieee"); err != nil {
		t.Fatal(err)
	}
	if got, _ := os.ReadFile(to); string(got) != `{"source": "rfcs", "text": "ieee"}`+"\n"+`{"source": "iana"}` {
		t.Errorf("kept %s", got)
	}
}
