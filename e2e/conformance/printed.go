package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
)

// printedGroup is the name of the group in floors.tsv.
const printedGroup = "printed"

// unjudged is the source whose references are recorded with wrong numbers, and right here (app/formats/bibxml/ieee_test.go).
const unjudged = "ieee"

// printed compares the plain text of references with how xml2rfc prints the corrected BibXML of the same. The service at
// base answers BibXML as recorded, so that the check finds none of it changed and compares all.
func (r *replayer) printed(ctx context.Context) (tally, error) {
	dir, err := os.MkdirTemp("", "bibxml-printed-")
	if err != nil {
		return tally{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	file := filepath.Join(dir, "printed.jsonl")
	if err := withoutSource(filepath.Join(r.shared, "conformance", "printed.jsonl.gz"), file, unjudged); err != nil {
		return tally{}, fmt.Errorf("printed: %w", err)
	}
	cmd := exec.CommandContext(ctx, "python3", filepath.Join(r.shared, "conformance", "check-printed"), file,
		"--base", r.base, "--corrected", "--normalise", "doubled,group", "--show", strconv.Itoa(r.show))
	var table bytes.Buffer
	cmd.Stdout, cmd.Stderr = &table, os.Stderr
	err = cmd.Run()
	fmt.Println("References as xml2rfc prints them, without those of " + unjudged + ":")
	_, _ = os.Stdout.Write(table.Bytes())
	if err != nil {
		return tally{}, fmt.Errorf("check-printed: %w", err)
	}
	return readPrinted(table.String())
}

// total is the last line of the table that check-printed prints: what is equal, what was compared, percent, what changed.
var total = regexp.MustCompile(`(?m)^all +(\d+) +(\d+) +\S+ +(\d+)$`)

// readPrinted reads the total. References that were not compared, since their BibXML changed, count as different.
func readPrinted(table string) (tally, error) {
	found := total.FindStringSubmatch(table)
	if found == nil {
		return tally{}, fmt.Errorf("check-printed printed no total")
	}
	same, _ := strconv.Atoi(found[1]) // the expression lets only digits through
	compared, _ := strconv.Atoi(found[2])
	changed, _ := strconv.Atoi(found[3])
	return tally{same, compared + changed}, nil
}

// withoutSource copies the recorded references of all sources but one.
func withoutSource(from, to, source string) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { _ = in.Close() }()
	unpacked, err := gzip.NewReader(in)
	if err != nil {
		return err
	}
	var kept bytes.Buffer
	lines := bufio.NewReader(unpacked)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) == 0 {
			break
		}
		var reference struct {
			Source string `json:"source"`
		}
		if err := json.Unmarshal(line, &reference); err != nil {
			return err
		}
		if reference.Source != source {
			kept.Write(line)
		}
		if err != nil {
			break
		}
	}
	return os.WriteFile(to, kept.Bytes(), 0o600)
}
