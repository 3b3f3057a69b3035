package xml2rfc

import (
	"context"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
)

// Method is one of the ways to resolve a path.
type Method string

// The methods, in the order of their attempts. NoMethod stands for none of them.
const (
	NoMethod Method = ""
	Manual   Method = "manual"
	Auto     Method = "auto"
	Fallback Method = "fallback"
)

// Finding is what one method finds for a path, whether or not its answer is the one that is used.
type Finding struct {
	Attempt
	Document *merge.Document // nil: none was found, or the method is the fallback
	XML      []byte          // what the path would answer by this method; nil: nothing was found
}

// Explanation tells what each method finds for a path.
type Explanation struct {
	Resolution            // as whoever fetches the path gets it
	Used       Method     // that the resolution is from
	Archived   *Archived  // never nil; empty when the archive knows nothing of the path
	Findings   [3]Finding // in the order of Methods
}

// Methods are all methods in the order of their attempts.
var Methods = [3]Method{Manual, Auto, Fallback}

// Known says whether the archive knows of the path or a method finds something.
func (e Explanation) Known() bool {
	return e.Used != NoMethod || e.Archived.known()
}

// Explain resolves a path as Resolve does, and goes on to try the methods that were not needed. It is no
// failure when nothing is found; other failures are those of Resolve.
func (r *Resolver) Explain(ctx context.Context, path Path) (Explanation, error) {
	resolution, err := r.Resolve(ctx, path, "")
	if err = unlessNothing(err); err != nil {
		return Explanation{}, err
	}
	archived, err := r.archived(ctx, resolution.Path)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{Resolution: resolution, Used: resolution.Method(), Archived: archived}
	ruled := resolution
	if e.Used == Manual {
		e.Findings[0] = resolution.finding(resolution.Manual)
		ruled, err = r.withoutArchive().Resolve(ctx, resolution.Path, "")
		if err = unlessNothing(err); err != nil {
			return Explanation{}, err
		}
	} else {
		e.Findings[0].Attempt = resolution.Manual
	}
	e.Findings[1] = ruled.finding(ruled.Auto)
	e.Findings[2] = Finding{Attempt: fallback(archived)}
	if e.Findings[2].Failure == "" {
		e.Findings[2].XML = withAnchor(archived.XML, anchorFor(byName[path.Dir], path, "", nil))
	}
	e.Path = path
	return e, nil
}

// unlessNothing drops the failures by which Resolve says that there is no answer.
func unlessNothing(err error) error {
	if isUnanswered(err) {
		return nil
	}
	return err
}

// Method tells which of the methods gave the answer.
func (r Resolution) Method() Method {
	switch {
	case r.XML == nil:
		return NoMethod
	case r.Document == nil:
		return Fallback
	case r.Manual.Tried && r.Manual.Failure == "":
		return Manual
	}
	return Auto
}

// finding is what the attempt found that the resolution tells of.
func (r Resolution) finding(attempt Attempt) Finding {
	if attempt.Failure != "" || !attempt.Tried {
		return Finding{Attempt: attempt}
	}
	return Finding{Attempt: attempt, Document: r.Document, XML: r.XML}
}

func (r *Resolver) withoutArchive() *Resolver {
	alone := *r
	alone.Archive = noArchive{}
	return &alone
}

// IndexAlone gives a resolver that answers as this one does, but asks nobody outside.
func (r *Resolver) IndexAlone() *Resolver {
	alone := *r
	alone.Drafts, alone.Works = nil, nil
	return &alone
}

// noArchive is an archive without files.
type noArchive struct{}

func (noArchive) Archived(_ context.Context, dir, file string) (*Archived, error) {
	return nil, fault.New(fault.NotFound, "There is no archived file %s/%s", dir, file)
}

// Directory is a directory under the name that is used here, and under its others.
type Directory struct {
	Name    string
	Aliases []string
}

// Directories lists all directories.
func Directories() []Directory {
	list := make([]Directory, len(entries))
	for i, entry := range entries {
		list[i] = Directory{Name: entry.name, Aliases: entry.aliases}
	}
	return list
}

// DirectoryOf gives the directory that a name or an alias means; fault.NotFound when there is none.
func DirectoryOf(name string) (Directory, error) {
	entry, ok := byName[name]
	if !ok {
		return Directory{}, fault.New(fault.NotFound, "There is no directory %q", name)
	}
	return Directory{Name: entry.name, Aliases: entry.aliases}, nil
}
