package web

import (
	"cmp"
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/views"
)

// repositoryPrefix is what the pages of datasets are named by, after their repositories.
const repositoryPrefix = "relaton-data-"

func (s *Server) home(c echo.Context) error {
	s.Hits.Home()
	last, age, ok := s.lastHome()
	if !ok {
		return s.freshHome(c)
	}
	err := s.answers.outage.attempt(func() error { return s.freshHome(c) })
	if !fault.Is(err, fault.Unavailable) {
		return err
	}
	body, err := render(c.Request().Context(), views.HomePage(s.frame(c), last))
	if err != nil {
		return err
	}
	addVary(c.Response().Header(), "HX-Request")
	return newAnswer(typeHTML, body).stale(age).send(c)
}

func (s *Server) freshHome(c echo.Context) error {
	return s.settledPage(c, func(ctx context.Context) (templ.Component, error) {
		sources, err := s.sources(ctx)
		if err != nil {
			return nil, err
		}
		checked := s.checked(ctx)
		for i := range sources {
			sources[i].CheckedAt = checked[sources[i].Name]
			age := time.Since(sources[i].CheckedAt)
			sources[i].Stale = s.StaleAfter > 0 && !sources[i].CheckedAt.IsZero() && age > s.StaleAfter
		}
		newest, err := s.newest(ctx)
		if err != nil {
			return nil, err
		}
		frame := s.frame(c)
		frame.Feeds = s.feedLinks()
		return views.HomePage(frame, views.Home{Datasets: sources, Newest: newest}), nil
	})
}

// lastHome returns the first page of the state of the index that was known last, while the current one is unknown. It
// leaves out the ages of the sources, which the database alone knows.
func (s *Server) lastHome() (home views.Home, age time.Duration, ok bool) {
	state, age, ok := s.answers.lastKnown()
	if !ok {
		return home, 0, false
	}
	sources, known := s.states.of(state)
	newest, shown := s.latest.of(state)
	for _, name := range s.Datasets {
		home.Datasets = append(home.Datasets, s.datasetOf(stateOf(name, sources)))
	}
	home.Newest = newest
	return home, age, known && shown
}

func (s *Server) about(c echo.Context) error {
	body, err := render(c.Request().Context(), views.AboutPage(s.frame(c)))
	if err != nil {
		return err
	}
	a := newAnswer(typeHTML, body)
	a.caching = "public, max-age=300"
	return a.send(c)
}

func (s *Server) apiPage(c echo.Context) error {
	return s.page(c, http.StatusOK, views.APIPage(s.frame(c), views.API{Formats: s.downloads("RFC 9000")}))
}

// frame is what surrounds every page. The state of the index that it shows is decoration: a failure to
// read it must not fail the page.
func (s *Server) frame(c echo.Context) views.Frame {
	frame := views.Frame{
		Service: s.Site.Service,
		Contact: s.Site.Contact,
		Version: s.Site.Version,
		Origin:  s.origin(c),
		Path:    c.Request().URL.Path,
		Query:   c.QueryParam("query"),
		Assets:  assets(),
		Now:     time.Now(),
		Closed:  s.Tokens != nil,
		Account: s.account(c),
		Matomo:  s.matomo(c),
	}
	if c.Get(operatorKey) != nil {
		frame.FormToken = s.formToken(c, managementUser)
	}
	sources, err := s.indexed(c.Request().Context())
	frame.Index.Unknown = err != nil
	for _, source := range sources {
		frame.Index.Records += source.Records
		if source.IndexedAt.After(frame.Index.UpdatedAt) {
			frame.Index.UpdatedAt = source.IndexedAt
		}
	}
	return frame
}

// sources gives every dataset of the installation, indexed or not.
func (s *Server) sources(ctx context.Context) ([]views.Dataset, error) {
	indexed, err := s.indexed(ctx)
	if err != nil {
		return nil, err
	}
	var out []views.Dataset
	for _, name := range s.Datasets {
		out = append(out, s.datasetOf(stateOf(name, indexed)))
	}
	return out, nil
}

// stateOf gives the state of a source; one that was never indexed has its name alone.
func stateOf(name string, indexed []catalog.Source) catalog.Source {
	for _, source := range indexed {
		if source.Dataset == name {
			return source
		}
	}
	return catalog.Source{Dataset: name}
}

func (s *Server) datasetOf(source catalog.Source) views.Dataset {
	dataset := views.DatasetOf(source.Dataset, cmp.Or(source.URL, s.Repositories(source.Dataset).HomeURL), source.Commit)
	if source.Commit != "" { // of some records alone, nobody can say how old the source is
		dataset.IndexedAt = source.IndexedAt
	}
	dataset.Records, dataset.Problems, dataset.Unreadable = source.Records, source.Problems, source.Unreadable
	return dataset
}

func (s *Server) source(ctx context.Context, name string) (views.Dataset, error) {
	sources, err := s.sources(ctx)
	if err != nil {
		return views.Dataset{}, err
	}
	for _, source := range sources {
		if repositoryPrefix+source.Name == name {
			return source, nil
		}
	}
	return views.Dataset{}, fault.New(fault.NotFound, "There is no source %q here.", strings.TrimPrefix(name, repositoryPrefix))
}
