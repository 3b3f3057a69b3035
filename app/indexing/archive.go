package indexing

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
	"github.com/ietf-tools/bibxml/app/yamltree"
)

// isArchived picks the files of the old web server, <dir>/reference.*.xml, and their sidecars
// (compatibility, section 5).
func isArchived(file string) bool {
	dir, name := path.Split(file)
	ext := path.Ext(name)
	return strings.Count(dir, "/") == 1 && strings.HasPrefix(name, "reference.") && (ext == ".xml" || ext == ".yaml")
}

// archivedPath gives the path that a file and its sidecar are known by.
func archivedPath(file string) string { return strings.TrimSuffix(file, path.Ext(file)) + ".xml" }

// archiveBlobs gives for each path the hashes of the file and of its sidecar, as one text.
func archiveBlobs(files []gitrepo.File) map[string]string {
	blobs := make(map[string]string, len(files))
	for _, f := range files { // in the order of their paths: .xml before .yaml
		blobs[archivedPath(f.Path)] += path.Ext(f.Path) + " " + f.Hash + " "
	}
	return blobs
}

func (r *run) compareArchive(files []gitrepo.File, known map[string]string) plan {
	blobs := archiveBlobs(files)
	p := plan{known: known, total: len(blobs)}
	everything := r.everything()
	for _, f := range files {
		if name := archivedPath(f.Path); everything || known[name] != blobs[name] {
			p.read = append(p.read, f)
		}
	}
	for name := range known {
		if _, there := blobs[name]; !there {
			p.remove = append(p.remove, name)
		}
	}
	slices.Sort(p.remove)
	// A file and its sidecar follow one another, whatever the names of others.
	slices.SortStableFunc(p.read, func(a, b gitrepo.File) int { return strings.Compare(archivedPath(a.Path), archivedPath(b.Path)) })
	return p
}

// writeArchive reads the files of a plan, which are few and small as a rule, and stores them.
func (r *run) writeArchive(ctx context.Context, w Writer, work plan) error {
	r.progress("indexing", 0, work.total)
	r.outcome.Removed = len(work.remove)
	if err := w.RemoveFiles(ctx, work.remove); err != nil {
		return err
	}
	a := archiving{run: r, w: w, work: work, blobs: archiveBlobs(work.read)}
	err := r.source.Repository.Read(ctx, work.read, func(f gitrepo.File, content []byte, err error) error {
		return a.add(ctx, f, content, err)
	})
	if err != nil {
		return err
	}
	if err := a.finish(ctx); err != nil {
		return err
	}
	return a.flush(ctx)
}

// archiving is files of the archive on their way into the index.
type archiving struct {
	run   *run
	w     Writer
	work  plan
	blobs map[string]string
	path  string // that is being read, the file or its sidecar
	file  *File
	bad   bool
	good  []*File // that are to be stored
	bytes int     // of them
}

// add adds a file or a sidecar.
func (a *archiving) add(ctx context.Context, f gitrepo.File, content []byte, err error) error {
	if name := archivedPath(f.Path); a.file == nil || name != a.path {
		if err := a.finish(ctx); err != nil {
			return err
		}
		dir, base := path.Split(name)
		a.path, a.file, a.bad = name, &File{Dir: strings.TrimSuffix(dir, "/"), Name: base, Blob: a.blobs[name]}, false
	}
	if err = cmp.Or(checkName(f.Path), err); err == nil {
		err = a.file.take(f.Path, content)
	}
	if err != nil {
		a.run.bad(f.Path, err)
		a.bad = true
	}
	return nil
}

// finish ends the reading of a file with its sidecar.
func (a *archiving) finish(ctx context.Context) error {
	if a.file == nil || a.bad {
		return nil
	}
	a.run.counted(a.work, a.path, a.file.Blob, Change{})
	a.good = append(a.good, a.file)
	if a.bytes += len(a.file.XML); a.bytes < chunkBytes {
		return nil
	}
	return a.flush(ctx)
}

func (a *archiving) flush(ctx context.Context) error {
	good := a.good
	a.good, a.bytes = nil, 0
	return a.w.PutFiles(ctx, good)
}

// take reads the file or its sidecar.
func (f *File) take(name string, content []byte) error {
	if path.Ext(name) == ".yaml" {
		return f.takeSidecar(content)
	}
	if i := bytes.IndexByte(content, 0); i >= 0 {
		return fault.New(fault.Invalid, "line %d: a NUL byte", 1+bytes.Count(content[:i], []byte("\n")))
	}
	if !utf8.Valid(content) {
		return fault.New(fault.Invalid, "not valid UTF-8")
	}
	f.XML, f.HasXML = string(content), true
	return nil
}

func (f *File) takeSidecar(content []byte) error {
	tree, err := yamltree.Parse(content)
	if err != nil {
		return err
	}
	id, invalid := tree.Get("primary_docid"), tree.Get("invalid")
	if id != nil && id.Kind != yamltree.Null {
		if id.Kind != yamltree.Scalar {
			return fmt.Errorf("line %d: primary_docid is not a text", id.Line)
		}
		if len(id.Value) > maxID {
			return fault.New(fault.Invalid, "line %d: primary_docid is longer than %d bytes: it cannot be looked up", id.Line, maxID)
		}
		f.PrimaryDocID = id.Value
	}
	f.Invalid = invalid != nil && strings.EqualFold(invalid.Value, "true")
	return nil
}
