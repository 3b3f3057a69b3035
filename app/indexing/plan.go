package indexing

import (
	"context"
	"path"
	"slices"
	"strings"

	"golang.org/x/sync/errgroup"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
)

// plan is what an indexing has to do.
type plan struct {
	read   []gitrepo.File    // files to read
	known  map[string]string // hashes of what the index has, by ref
	remove []string          // refs that the source has no longer
	total  int               // records that the source has, or that were asked for
}

// plan compares the files of the source with what the index has of them, by the hashes that Git gives
// to their content. Unlike a comparison of two commits this needs no history, and mends whatever an
// earlier run left out, a file that could not be read, say. It takes a tenth of a second for 73 000 files.
func (r *run) plan(ctx context.Context) (plan, error) {
	r.progress("comparing", 0, 0)
	var files []gitrepo.File
	var known map[string]string
	group, asking := errgroup.WithContext(ctx)
	group.Go(func() (err error) {
		files, err = r.files(asking)
		return err
	})
	group.Go(func() (err error) {
		known, err = r.store.Blobs(asking, r.request.Dataset)
		return err
	})
	if err := group.Wait(); err != nil {
		return plan{}, err
	}
	if r.request.Dataset == Archive {
		return r.compareArchive(files, known), nil
	}
	return r.compare(files, known), nil
}

// files gives what the source has, of the kind that the dataset is made of. A source that has nothing
// of it is an error: it is more likely to be the wrong repository than one that was emptied, and the
// index would be emptied too.
func (r *run) files(ctx context.Context) ([]gitrepo.File, error) {
	dir, wanted := dataDir, isRecord
	if r.request.Dataset == Archive {
		dir, wanted = "", isArchived
	}
	all, err := r.source.Repository.List(ctx, r.commit, dir)
	if fault.Is(err, fault.NotFound) {
		return nil, fault.Wrap(fault.Upstream, err, "the repository has no folder %s/", dir)
	}
	if err != nil {
		return nil, err
	}
	files := slices.DeleteFunc(all, func(f gitrepo.File) bool { return !wanted(f.Path) })
	if len(files) == 0 && dir != "" {
		return nil, fault.New(fault.Upstream, "the repository has no %s/*.yaml", dir)
	}
	if len(files) == 0 {
		return nil, fault.New(fault.Upstream, "the repository has no */reference.*.xml")
	}
	return files, nil
}

func isRecord(file string) bool {
	ref := refOf(file)
	return path.Dir(file) == dataDir && path.Ext(file) == ".yaml" && ref != "" && ref[0] != '.'
}

// refOf gives the name of a record: that of its file without extension.
func refOf(file string) string {
	return strings.TrimSuffix(path.Base(file), ".yaml")
}

func (r *run) compare(files []gitrepo.File, known map[string]string) plan {
	p := plan{known: known}
	wanted := func(string) bool { return true }
	if r.partial() {
		asked := make(map[string]bool, len(r.request.Refs))
		for _, ref := range r.request.Refs {
			asked[ref] = true
		}
		wanted = func(ref string) bool { return asked[ref] }
	}
	everything := r.everything()
	there := make(map[string]bool, len(files))
	for _, f := range files {
		ref := refOf(f.Path)
		if !wanted(ref) {
			continue
		}
		there[ref] = true
		if everything || known[ref] != f.Hash {
			p.read = append(p.read, f)
		}
	}
	for ref := range known {
		if wanted(ref) && !there[ref] {
			p.remove = append(p.remove, ref)
		}
	}
	slices.Sort(p.remove)
	p.total = len(there)
	return p
}
