package compat

import (
	"context"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
)

// Directory is a directory of the archive and what it holds.
type Directory struct {
	Name    string
	Files   int // paths, each with XML or a sidecar or both
	XML     int // with XML
	Mapped  int // with a sidecar that names a document
	Invalid int // whose XML must not be used
}

// Files lists the archive.
type Files interface {
	// ArchiveDirectories gives the directories that hold anything, by name.
	ArchiveDirectories(ctx context.Context) ([]Directory, error)
	// ArchiveFiles gives the files of a directory by name, the first limit after the given name.
	ArchiveFiles(ctx context.Context, dir, after string, limit int) ([]xml2rfc.Archived, error)
}

// Result is how one archived path fares.
type Result struct {
	Dir, File string
	Comparison
}

// Path is directory and file.
func (r Result) Path() string { return r.Dir + "/" + r.File }

// Checker replays archived paths. Its Resolver decides who is asked: with no sources outside, the index
// alone.
type Checker struct {
	Resolver *xml2rfc.Resolver
	Files    Files
}

// Check resolves the path of an archived file and compares the answer with it. It fails only when there is
// no telling, as when the database cannot be reached.
func (c *Checker) Check(ctx context.Context, archived xml2rfc.Archived) (Result, error) {
	result := Result{Dir: archived.Dir, File: archived.File}
	path, err := xml2rfc.ParsePath(result.Path())
	if err != nil {
		result.Comparison = Comparison{Class: Missing, Note: "Nobody can ask for this path: " + fault.Message(err)}
		return result, nil
	}
	resolution, err := c.Resolver.Resolve(ctx, path, "")
	if err != nil && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Upstream) {
		return result, err
	}
	result.Comparison = Judge(&archived, resolution)
	return result, nil
}

// Judge classifies how a path that the archive knows was resolved.
func Judge(archived *xml2rfc.Archived, resolution xml2rfc.Resolution) Comparison {
	switch {
	case resolution.XML == nil:
		return Comparison{Class: Missing, Note: "Nothing is answered."}
	case resolution.FromArchive():
		return Comparison{Class: Missing, Note: "Only the archive has it."}
	case !archived.HasXML:
		return Comparison{Class: Better, Note: "The archive has a sidecar, but no XML."}
	case archived.Invalid:
		return Comparison{Class: Better, Note: "The archived XML is marked as invalid."}
	}
	return Compare(archived.XML, string(resolution.XML))
}

// batch is how many files are read at once.
const batch = 500

// Report checks every archived path, by directory and name, and shows each result together with how many
// of how many are done. An error of show ends it.
func (c *Checker) Report(ctx context.Context, show func(done, total int, result Result) error) error {
	dirs, err := c.Files.ArchiveDirectories(ctx)
	if err != nil {
		return err
	}
	done, total := 0, 0
	for _, dir := range dirs {
		total += dir.Files
	}
	for _, dir := range dirs {
		err := c.Walk(ctx, dir.Name, "", func(result Result) (bool, error) {
			done++
			return true, show(done, total, result)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// Walk checks the files of a directory that follow a name, by name, for as long as visit wants more.
func (c *Checker) Walk(ctx context.Context, dir, after string, visit func(Result) (more bool, err error)) error {
	for {
		files, err := c.Files.ArchiveFiles(ctx, dir, after, batch)
		if err != nil || len(files) == 0 {
			return err
		}
		for _, file := range files {
			result, err := c.Check(ctx, file)
			if err != nil {
				return err
			}
			if more, err := visit(result); err != nil || !more {
				return err
			}
			after = file.File
		}
	}
}
