package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const table = `ref: 95 of 100 agree (95.0%)
  GET /api/v1/ref/rfcs/X/
    status 404, recorded 200
xml2rfc_rfcs: 2 of 3 agree (66.7%), 1 set apart
97 of 103 agree (94.17%), worst group 66.7%, 2 s
`

func TestReadTable(t *testing.T) {
	reached, err := readTable(table)
	if err != nil {
		t.Fatal(err)
	}
	if reached["ref"] != (tally{95, 100}) || reached["xml2rfc_rfcs"].percent() != 66.66 || len(reached) != 2 {
		t.Errorf("reached = %v", reached)
	}
	if _, err := readTable("no cases selected\n"); err == nil {
		t.Error("an empty table is accepted")
	}
}

func TestFloorsOnlyRise(t *testing.T) {
	file := filepath.Join(t.TempDir(), "floors.tsv")
	if err := writeFloors(file, map[string]float64{"ref": 96, "gone": 50}, map[string]tally{"ref": {95, 100}, "new": {4, 5}}); err != nil {
		t.Fatal(err)
	}
	floors, err := readFloors(file)
	if err != nil {
		t.Fatal(err)
	}
	if floors["ref"] != 96 || floors["gone"] != 50 || floors["new"] != 80 {
		t.Errorf("floors = %v", floors)
	}
	err = compare(floors, map[string]tally{"ref": {9599, 10000}, "new": {4, 5}})
	if err == nil || !strings.Contains(err.Error(), "ref reached 95.99 %") || !strings.Contains(err.Error(), "gone was not replayed") {
		t.Errorf("compare = %v, want the groups ref and gone named", err)
	}
}

func TestBrokenFloors(t *testing.T) {
	file := filepath.Join(t.TempDir(), "floors.tsv")
	if err := os.WriteFile(file, []byte("# a comment\nref ninety\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := readFloors(file); err == nil || !strings.Contains(err.Error(), ":2:") {
		t.Errorf("error = %v, want the line named", err)
	}
}
