package main

import (
	"context"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"syscall"
	"time"

	"go.yaml.in/yaml/v3"

	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/yamltree"
	"github.com/ietf-tools/bibxml/e2e/harness"
)

// reportCost says where the processor time of a first indexing went, and sets it beside what its parts take by
// themselves, measured in this process on one core: reading YAML above all, which nobody can do without.
func reportCost(ctx context.Context, lab *harness.Lab, sources map[string]string, first harness.Worked, documents int) error {
	fmt.Print("### Where the time goes\n\n| part of the first run | processor, s | µs for a document | documents/s of one core |\n|---|--:|--:|--:|\n")
	row := func(name string, took time.Duration) {
		fmt.Printf("| %s | %.2f | %.0f | %.0f |\n", name, took.Seconds(), float64(took.Microseconds())/float64(documents), float64(documents)/took.Seconds())
	}
	all := first.Worker.Own + first.Worker.Children + first.DatabaseTime()
	row("all", all)
	row("the worker itself", first.Worker.Own)
	row("git, fetching and reading", first.Worker.Children)
	row("PostgreSQL", first.DatabaseTime())
	files, err := readAlone(ctx, lab, sources, row)
	if err != nil {
		return err
	}
	if err := decodeAlone(files, row); err != nil {
		return err
	}
	if err := storeAlone(ctx, lab, row); err != nil {
		return err
	}
	fmt.Printf("\nThe run took %.2f s on the clock, so that %.1f cores were busy with it. The rows below \"alone\" are not parts of it: this process "+
		"did the same to the same files and rows again, one step at a time. What PostgreSQL does once all is published, making "+
		"the GIN indexes of a new database and renewing statistics, took it %.2f s more.\n\n", first.Took.Seconds(), all.Seconds()/first.Took.Seconds(), first.After.Seconds())
	return nil
}

type rowFunc func(name string, took time.Duration)

// readAlone reads all records out of the mirrors of the lab.
func readAlone(ctx context.Context, lab *harness.Lab, sources map[string]string, row rowFunc) (contents [][]byte, err error) {
	took, err := cpuOf(func() error {
		for _, dataset := range slices.Sorted(maps.Keys(sources)) {
			mirror, err := gitrepo.Open(filepath.Join(lab.Mirrors(), dataset), sources[dataset], "main")
			if err != nil {
				return err
			}
			if contents, err = readFiles(ctx, mirror, contents); err != nil {
				return fmt.Errorf("read %s: %w", dataset, err)
			}
		}
		return nil
	})
	row("alone: reading all files through git", took)
	return contents, err
}

func readFiles(ctx context.Context, mirror *gitrepo.Mirror, contents [][]byte) ([][]byte, error) {
	commit, err := mirror.Fetch(ctx)
	if err != nil {
		return nil, err
	}
	files, err := mirror.List(ctx, commit, "")
	if err != nil {
		return nil, err
	}
	files = slices.DeleteFunc(files, func(f gitrepo.File) bool { return filepath.Ext(f.Path) != ".yaml" })
	err = mirror.Read(ctx, files, func(_ gitrepo.File, content []byte, err error) error {
		contents = append(contents, content)
		return err
	})
	return contents, err
}

// decodeAlone does what the worker does to each file, up to a step. Files that are no records are a part of it.
func decodeAlone(files [][]byte, row rowFunc) error {
	steps := []struct {
		name string
		do   func(file []byte)
	}{
		{"alone: reading YAML with go.yaml.in/yaml/v3", func(file []byte) { _ = yaml.Unmarshal(file, new(yaml.Node)) }},
		{"alone: reading YAML as the worker does", func(file []byte) { _, _ = yamltree.Parse(file) }},
		{"alone: that, and making records of it", func(file []byte) { _, _, _ = relaton.Decode(file) }},
		{"alone: that, and writing them as JSON", func(file []byte) {
			if item, _, err := relaton.Decode(file); err == nil {
				item.AppendJSON(make([]byte, 0, len(file)+512), false)
			}
		}},
	}
	for _, step := range steps {
		took, err := cpuOf(func() error {
			for _, file := range files {
				step.do(file)
			}
			return nil
		})
		if err != nil {
			return err
		}
		row(step.name, took)
	}
	return nil
}

// cpuOf gives the processor time that this process, and the programs that it starts, take for something.
func cpuOf(do func() error) (time.Duration, error) {
	before, err := cpuUsed()
	if err != nil {
		return 0, err
	}
	if err := do(); err != nil {
		return 0, err
	}
	after, err := cpuUsed()
	return after - before, err
}

func cpuUsed() (sum time.Duration, err error) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var used syscall.Rusage
		if err := syscall.Getrusage(who, &used); err != nil {
			return 0, err
		}
		sum += time.Duration(used.Utime.Nano() + used.Stime.Nano())
	}
	return sum, nil
}
