package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// large is the largest source there is, as a bundle with two commits: all of 3GPP.
const large = "relaton-data-3gpp-full.bundle"

// reportLarge measures the largest source in a database of its own: its last commit but one for the first time, and
// then what its last commit changes.
func reportLarge(ctx context.Context, opts options, dir string) (err error) {
	bundle, err := filepath.Abs(filepath.Join(opts.data, large))
	if err != nil {
		return err
	}
	if _, err := os.Stat(bundle); errors.Is(err, os.ErrNotExist) {
		fmt.Printf("\n%s was not found; the largest source was not measured.\n", large)
		return nil
	}
	repo := dir + "-sources/3gpp.git"
	head, err := twoStates(ctx, bundle, repo)
	if err != nil {
		return fmt.Errorf("%s: %w", large, err)
	}
	lab, err := harness.Start(ctx, harness.Options{
		Dir: dir, Sources: map[string]string{"3gpp": repo}, Order: []string{"3gpp"}, Log: opts.log(), Program: opts.program, Env: asByDefault,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lab.Stop()) }()
	if err := lab.Serve(ctx); err != nil {
		return err
	}
	return reportStates(ctx, lab, repo, head)
}

func reportStates(ctx context.Context, lab *harness.Lab, repo, head string) error {
	fmt.Print("\n## The largest source\n\n| all of 3GPP | s | processor, s | worker at its highest, MB |\n|---|--:|--:|--:|\n")
	row := func(name string) error {
		worked, err := lab.Work(ctx, harness.Wanted{})
		if err != nil {
			return err
		}
		all := worked.Worker.Own + worked.Worker.Children + worked.DatabaseTime()
		fmt.Printf("| %s | %.2f | %.2f | %d |\n", name, worked.Took.Seconds(), all.Seconds(), worked.Memory>>20)
		return nil
	}
	if err := row("first run"); err != nil {
		return err
	}
	counts, err := recordCounts(ctx, lab.Database)
	if err != nil {
		return err
	}
	if _, err := gitIn(ctx, repo, "update-ref", "refs/heads/main", head); err != nil {
		return err
	}
	changed, err := gitIn(ctx, repo, "diff-tree", "-r", "--name-only", head+"~1", head)
	if err != nil {
		return err
	}
	if err := row(fmt.Sprintf("the %d files that a commit changes", strings.Count(changed, "\n")+1)); err != nil {
		return err
	}
	if err := row("unchanged"); err != nil {
		return err
	}
	fmt.Printf("\n%d records, in a database of its own. The figures reach from the start of the task to its end, the fetch included.\n", counts["3gpp"])
	return nil
}

// twoStates makes a repository of a bundle, with its branch at the last commit but one, and gives the last one.
func twoStates(ctx context.Context, bundle, repo string) (head string, err error) {
	if err := os.RemoveAll(repo); err != nil {
		return "", err
	}
	if out, err := exec.CommandContext(ctx, "git", "clone", "--quiet", "--bare", bundle, repo).CombinedOutput(); err != nil {
		return "", fmt.Errorf("%w: %s", err, out)
	}
	if head, err = gitIn(ctx, repo, "rev-parse", "refs/heads/main"); err != nil {
		return "", err
	}
	_, err = gitIn(ctx, repo, "update-ref", "refs/heads/main", head+"~1")
	return head, err
}

func gitIn(ctx context.Context, repo string, args ...string) (string, error) {
	out, err := exec.CommandContext(ctx, "git", append([]string{"-C", repo}, args...)...).Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w", args[0], err)
	}
	return strings.TrimSpace(string(out)), nil
}
