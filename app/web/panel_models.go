package web

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/views"
)

// taskModels gives what makes the models of tasks. That the state of the index cannot be read costs links alone.
func (s *Server) taskModels(ctx context.Context) func(*indexing.Task) views.Task {
	indexed, _ := s.indexed(ctx)
	return s.taskModelsWith(indexed)
}

func (s *Server) taskModelsWith(indexed []catalog.Source) func(*indexing.Task) views.Task {
	return func(t *indexing.Task) views.Task {
		model := taskModel(t)
		if s.isSource(t.Dataset, indexed) {
			model.SourceURL = views.PanelSourceURL(t.Dataset)
		}
		if model.Outcome != nil {
			model.Outcome.CommitURL = views.CommitURL(s.repositoryOf(t.Dataset, indexed), model.Outcome.Commit)
		}
		return model
	}
}

// isSource says whether the panel has a page for a dataset.
func (s *Server) isSource(dataset string, indexed []catalog.Source) bool {
	return dataset == indexing.Archive || slices.Contains(s.Datasets, dataset) ||
		slices.ContainsFunc(indexed, func(source catalog.Source) bool { return source.Dataset == dataset })
}

func taskModel(t *indexing.Task) views.Task {
	model := views.Task{
		ID: t.ID, Dataset: t.Dataset, Status: t.Status, Reset: t.Action == indexing.Reset, Force: t.Force,
		By: t.RequestedBy, RequestedAt: t.RequestedAt, HeldBack: t.Refused(),
		StoppedBy: orZero(t.StoppedBy), StartedAt: orZero(t.StartedAt), EndedAt: orZero(t.CompletedAt),
	}
	if t.Refs != nil {
		model.Refs = strings.Split(*t.Refs, ",")
	}
	if t.Error != nil {
		model.Error = strings.TrimPrefix(t.Error.Message, "index "+t.Dataset+": ")
	}
	if t.Progress != nil {
		model.Phase, model.Done, model.Total = t.Progress.Phase, t.Progress.Current, t.Progress.Total
		model.Rate, model.Left = pace(t.Progress.Current-t.PhaseBegan, t.Progress.Total-t.Progress.Current, t.PhaseTook)
	}
	if o := t.Outcome; o != nil {
		model.Outcome = &views.TaskOutcome{
			Skipped: o.Skipped, Commit: o.Commit, Total: o.Total, Added: o.Added, Changed: o.Changed - o.Same,
			Removed: o.Removed, Same: o.Same, Faults: o.Faults, Took: o.Took,
		}
	}
	return model
}

// paceAfter is how long a phase has to last before its pace says anything.
const paceAfter = time.Second

// pace tells from what was done in a time how much that is a second, and how long the rest will take; zeros
// while it is too early to tell.
func pace(done, left int, took time.Duration) (rate float64, rest time.Duration) {
	if done <= 0 || took < paceAfter {
		return 0, 0
	}
	rate = float64(done) / took.Seconds()
	return rate, time.Duration(float64(max(0, left)) / rate * float64(time.Second))
}

func orZero[T any](value *T) T {
	if value == nil {
		return *new(T)
	}
	return *value
}

// located tells where to look at a problem. The record is linked when it is sure that there is one.
func located(p indexing.FileProblem, dataset, repository, commit string, isRecord bool) views.LocatedProblem {
	found := views.LocatedProblem{
		Problem: views.Problem{Path: p.Path, Message: p.Message, Line: p.Line}, File: p.File,
		FileURL: views.FileURL(repository, commit, p.File, p.Line),
	}
	if isRecord {
		found.RecordURL = views.RecordURL(dataset, strings.TrimSuffix(path.Base(p.File), ".yaml"))
	}
	return found
}

func changeModel(change indexing.Change, dataset string) views.TaskChange {
	model := views.TaskChange{Kind: string(change.Kind), Ref: change.Ref, ID: change.DocID.ID, Title: change.Title}
	switch {
	case change.Kind == indexing.Removed:
	case dataset == indexing.Archive:
		model.URL = views.CompatPathURL(change.Ref)
	default:
		model.URL = views.RecordURL(dataset, change.Ref)
	}
	if change.DocID.ID != "" {
		model.DocURL = views.DocumentURL(change.DocID.ID, change.DocID.Type)
	}
	return model
}
