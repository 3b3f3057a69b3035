package web

import (
	"context"
	"time"

	"github.com/maypok86/otter/v2"

	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
	"github.com/ietf-tools/bibxml/views"
)

// Limits on how many files one request looks at for those of an outcome, and for how long. An answer
// from the index takes a millisecond or two; the next page goes on where this one stops.
const (
	lookAtMost = 2000
	lookFor    = 2 * time.Second
)

// maxOutcomes bounds the outcomes that are kept: more than the archive of the old web server has files,
// drafts aside.
const maxOutcomes = 50_000

// outcomes keeps how archived files compare for as long as the index does not change (see answers).
type outcomes struct {
	cache      *otter.Cache[string, *keptOutcome]
	generation Generation
}

type keptOutcome struct {
	generation int64
	file       views.CompatFile
}

func newOutcomes(generation Generation) *outcomes {
	return &outcomes{generation: generation, cache: otter.Must(&otter.Options[string, *keptOutcome]{MaximumSize: maxOutcomes})}
}

// of gives the outcome of a file, or finds it out with check.
func (o *outcomes) of(archived xml2rfc.Archived, check func() (compat.Result, error)) (views.CompatFile, error) {
	current, known := o.generation.Generation()
	key := archived.Dir + "/" + archived.File
	if kept, ok := o.cache.GetIfPresent(key); known && ok && kept.generation == current {
		return kept.file, nil
	}
	result, err := check()
	if err != nil {
		return views.CompatFile{}, err
	}
	file := views.CompatFileOf(archived, result)
	if known {
		o.cache.Set(key, &keptOutcome{generation: current, file: file})
	}
	return file, nil
}

// listArchive fills a listing with the files that follow model.After and have its outcome. It asks the
// index alone: a list must not ask Datatracker or Crossref a hundred times.
func (s *Server) listArchive(ctx context.Context, model *views.CompatListing) error {
	checker := &compat.Checker{Resolver: s.Resolver.IndexAlone(), Files: s.Archive}
	dir, after, until := model.Directory.Name, model.After, time.Now().Add(lookFor)
	for len(model.Files) < pageSize && model.Looked < lookAtMost && time.Now().Before(until) {
		archived, err := s.Archive.ArchiveFiles(ctx, dir, after, pageSize)
		if err != nil || len(archived) == 0 {
			return err
		}
		for _, a := range archived {
			if len(model.Files) == pageSize {
				break
			}
			file, err := s.outcomes.of(a, func() (compat.Result, error) { return checker.Check(ctx, a) })
			if err != nil {
				return err
			}
			after = a.File
			model.Looked++
			if model.Outcome == "" || file.Class == model.Outcome {
				model.Files = append(model.Files, file)
			}
		}
	}
	more, err := s.Archive.ArchiveFiles(ctx, dir, after, 1)
	if len(more) > 0 {
		model.NextURL = views.CompatListingURL(dir, string(model.Outcome), after)
	}
	return err
}
