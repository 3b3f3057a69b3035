package web

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/views"
)

// record shows one record as its source has it, with its last changes. One that was withdrawn is 410: it was here.
func (s *Server) record(c echo.Context) error {
	status := http.StatusOK
	component, _, err := settled(c.Request().Context(), s.Generation, func(ctx context.Context) (component templ.Component, err error) {
		component, status, err = s.recordPage(ctx, c)
		return component, err
	})
	if err != nil {
		return err
	}
	return s.page(c, status, component)
}

func (s *Server) recordPage(ctx context.Context, c echo.Context) (page templ.Component, status int, err error) {
	source, err := s.source(ctx, c.Param("source"))
	if err != nil {
		return nil, 0, err
	}
	changes, err := s.Catalog.History(ctx, source.Name, c.Param("ref"))
	if err != nil {
		return nil, 0, err
	}
	record, err := s.Catalog.Record(ctx, source.Name, c.Param("ref"))
	if fault.Is(err, fault.NotFound) && len(changes) > 0 && changes[0].Kind == catalog.Removed {
		return views.WithdrawnPage(s.frame(c), withdrawn(source, changes)), http.StatusGone, nil
	}
	if err != nil {
		return nil, 0, err
	}
	model := views.RecordOf(record, source)
	model.Changes = changesOf(changes, source.RepoURL)
	before, after, err := s.Catalog.Neighbours(ctx, source.Name, record.Ref)
	if err != nil {
		return nil, 0, err
	}
	model.Before, model.After = views.NeighbourOf(source.Name, before), views.NeighbourOf(source.Name, after)
	return views.RecordPage(s.frame(c), model), http.StatusOK, nil
}

// withdrawn is what is still known of a record that is gone, by its last changes.
func withdrawn(source views.Dataset, changes []catalog.Change) views.Record {
	last := changes[0]
	model := views.Record{
		Dataset: source, Ref: last.Ref, Title: views.Phrase{Text: last.Title}, ID: last.DocID.ID, Changes: changesOf(changes, source.RepoURL),
	}
	if last.DocID.ID != "" {
		model.DocumentURL = views.LookupURL(last.DocID.ID)
	}
	return model
}

func changesOf(changes []catalog.Change, repository string) []views.Change {
	models := make([]views.Change, len(changes))
	for i := range changes {
		models[i] = views.ChangeOf(&changes[i], repository)
	}
	return models
}
