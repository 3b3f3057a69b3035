package gitrepo

import (
	"context"
	"slices"
	"strings"
)

// Prune forgets the commits that were fetched before, apart from the newest one and those in keep,
// and frees their space.
func (m *Mirror) Prune(ctx context.Context, keep ...string) error {
	out, err := m.git(ctx, "for-each-ref", "--format=%(objectname) %(refname)", refHead, refCommits)
	if err != nil {
		return err
	}
	old := superseded(string(out), keep)
	if len(old) == 0 {
		return nil
	}
	for _, ref := range old {
		if _, err := m.git(ctx, "update-ref", "-d", ref); err != nil {
			return err
		}
	}
	_, err = m.git(ctx, "gc", "--quiet", "--prune=now")
	return err
}

// superseded gives the refs, of "<commit> <ref>" lines, that hold neither the head nor one of keep.
func superseded(lines string, keep []string) []string {
	var old []string
	head := ""
	for line := range strings.Lines(lines) {
		commit, ref, _ := strings.Cut(strings.TrimSpace(line), " ")
		if ref == refHead {
			head = commit
		} else if !slices.Contains(keep, commit) {
			old = append(old, ref)
		}
	}
	return slices.DeleteFunc(old, func(ref string) bool { return ref == refCommits+head })
}
