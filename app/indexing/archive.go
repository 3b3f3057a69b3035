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
	return p
}

// writeArchive reads the files of a plan, which are few and small, and stores them.
func (r *run) writeArchive(ctx context.Context, w Writer, work plan) error {
	r.progress("indexing", 0, work.total)
	blobs := archiveBlobs(work.read)
	files := make(map[string]*File, len(blobs))
	bad := make(map[string]bool)
	err := r.source.Repository.Read(ctx, work.read, func(f gitrepo.File, content []byte, err error) error {
		name := archivedPath(f.Path)
		if files[name] == nil {
			dir, base := path.Split(name)
			files[name] = &File{Dir: strings.TrimSuffix(dir, "/"), Name: base, Blob: blobs[name]}
		}
		if err = cmp.Or(checkName(f.Path), err); err == nil {
			err = files[name].take(f.Path, content)
		}
		if err != nil {
			r.bad(f.Path, err)
			bad[name] = true
		}
		return nil
	})
	if err != nil {
		return err
	}
	var good []*File
	for name, file := range files {
		if bad[name] {
			continue
		}
		good = append(good, file)
		r.counted(work, name, file.Blob, Change{})
	}
	slices.SortFunc(good, func(a, b *File) int { return strings.Compare(a.Dir+"/"+a.Name, b.Dir+"/"+b.Name) })
	r.outcome.Removed = len(work.remove)
	if err := w.RemoveFiles(ctx, work.remove); err != nil {
		return err
	}
	return w.PutFiles(ctx, good)
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
