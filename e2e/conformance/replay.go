package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
)

// replayer replays recorded answers with the check of theirs.
type replayer struct {
	shared     string // folder with conformance/check and conformance/cases
	deviations string // file of our own deviations
	base       string // address of the service
	show       int    // differing cases to show for each group
}

// replay runs the check as it is, and with our deviations set apart; it prints both tables and gives
// what was reached in the second. Setting an answer apart that agrees is a failure: such an entry hides
// the day on which it stops to agree.
func (r *replayer) replay(ctx context.Context) (map[string]tally, error) {
	cases, err := filepath.Glob(filepath.Join(r.shared, "conformance", "cases", "*.jsonl.gz"))
	if err != nil || len(cases) == 0 {
		return nil, fmt.Errorf("no recorded answers below %s", r.shared)
	}
	check := filepath.Join(r.shared, "conformance", "check")
	fmt.Println("All recorded answers but those that the check sets apart itself:")
	all, err := r.run(ctx, check, 0, cases)
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "bibxml-deviations-")
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	ours, err := withDeviations(check, r.deviations, dir)
	if err != nil {
		return nil, err
	}
	fmt.Printf("Without those of %s, either:\n", r.deviations)
	rest, err := r.run(ctx, ours, r.show, cases)
	if err != nil {
		return nil, err
	}
	apart, err := setApart(all, rest)
	fmt.Printf("%d recorded answers are set apart by %s\n", apart, r.deviations)
	return rest, err
}

// run runs a check and reads its table. The check is told to accept anything: the floors decide.
func (r *replayer) run(ctx context.Context, check string, show int, cases []string) (map[string]tally, error) {
	args := append([]string{check, "--base", r.base, "--min", "0", "--show", strconv.Itoa(show)}, cases...)
	cmd := exec.CommandContext(ctx, "python3", args...)
	var table bytes.Buffer
	cmd.Stdout, cmd.Stderr = &table, os.Stderr
	err := cmd.Run()
	_, _ = os.Stdout.Write(table.Bytes())
	if err != nil {
		return nil, fmt.Errorf("check: %w", err)
	}
	return readTable(table.String())
}

// withDeviations makes a folder in which the check finds our deviations after its own: it reads the
// file beside itself, and no other.
func withDeviations(check, deviations, dir string) (string, error) {
	var both []byte
	for _, file := range []string{filepath.Join(filepath.Dir(check), "deviations.tsv"), deviations} {
		content, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}
		both = append(append(both, content...), '\n')
	}
	program, err := os.ReadFile(check)
	if err != nil {
		return "", err
	}
	ours := filepath.Join(dir, "check")
	return ours, errors.Join(
		os.WriteFile(filepath.Join(dir, "deviations.tsv"), both, 0o600),
		os.WriteFile(ours, program, 0o600),
	)
}

// setApart counts the answers that only the second run sets apart, and fails over those that agree.
func setApart(all, rest map[string]tally) (apart int, err error) {
	var needless []error
	for _, group := range sortedKeys(all) {
		apart += all[group].all - rest[group].all
		if n := all[group].same - rest[group].same; n > 0 {
			needless = append(needless, fmt.Errorf("%d answers of %s are set apart although they agree", n, group))
		}
	}
	return apart, errors.Join(needless...)
}
