package web

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
	"github.com/ietf-tools/bibxml/views"
)

// compatIndex lists the directories of xml2rfc paths. With a path it goes to the page of that path.
func (s *Server) compatIndex(c echo.Context) error {
	model := views.CompatIndex{Path: strings.TrimSpace(c.QueryParam("path"))}
	if model.Path != "" {
		path, err := xml2rfc.ParsePath(model.Path)
		if err == nil {
			return c.Redirect(http.StatusFound, views.CompatPathURL(path.String()))
		}
		model.Problem = fault.Message(err) + "."
	}
	archived, err := s.Archive.ArchiveDirectories(c.Request().Context())
	if err != nil {
		return err
	}
	model.Directories = compatDirectories(archived)
	return s.page(c, http.StatusOK, views.CompatIndexPage(s.frame(c), model))
}

// compatDirectories gives all directories by name: those that hold nothing archived, and those of the
// archive that no path leads to, among them.
func compatDirectories(archived []compat.Directory) []views.CompatDirectory {
	var list []views.CompatDirectory
	for _, dir := range xml2rfc.Directories() {
		list = append(list, compatDirectory(dir, archived))
	}
	for _, dir := range archived {
		if !slices.ContainsFunc(list, func(d views.CompatDirectory) bool { return d.Name == dir.Name }) {
			list = append(list, views.CompatDirectoryOf(xml2rfc.Directory{Name: dir.Name}, dir))
		}
	}
	slices.SortFunc(list, func(a, b views.CompatDirectory) int { return strings.Compare(a.Name, b.Name) })
	return list
}

func compatDirectory(dir xml2rfc.Directory, archived []compat.Directory) views.CompatDirectory {
	at := slices.IndexFunc(archived, func(a compat.Directory) bool { return a.Name == dir.Name })
	if at < 0 {
		return views.CompatDirectoryOf(dir, compat.Directory{})
	}
	return views.CompatDirectoryOf(dir, archived[at])
}

// compatDirectory lists the archived files of a directory. With a path it goes to the page of that path.
func (s *Server) compatDirectory(c echo.Context) error {
	ctx := c.Request().Context()
	dir, err := xml2rfc.DirectoryOf(c.Param("dir"))
	if err != nil {
		return err
	}
	outcome := compat.Class(c.QueryParam("outcome"))
	switch asked := strings.TrimSpace(c.QueryParam("path")); {
	case asked != "":
		path, err := pathIn(dir.Name, asked)
		if err != nil {
			return err
		}
		return c.Redirect(http.StatusFound, views.CompatPathURL(path.String()))
	case outcome != "" && !slices.Contains(compat.Classes, outcome):
		return fault.New(fault.Invalid, "There is no outcome %q.", string(outcome))
	case dir.Name != c.Param("dir"):
		return c.Redirect(http.StatusMovedPermanently, views.CompatListingURL(dir.Name, string(outcome), c.QueryParam("after")))
	}
	archived, err := s.Archive.ArchiveDirectories(ctx)
	if err != nil {
		return err
	}
	model := views.CompatListing{Directory: compatDirectory(dir, archived), Outcome: outcome, After: c.QueryParam("after")}
	if err := s.listArchive(ctx, &model); err != nil {
		return err
	}
	return s.page(c, http.StatusOK, views.CompatDirectoryPage(s.frame(c), model))
}

// pathIn reads what somebody typed on the page of a directory: a whole path, a file, or an anchor.
func pathIn(dir, asked string) (xml2rfc.Path, error) {
	if path, err := xml2rfc.ParsePath(asked); err == nil {
		return path, nil
	}
	if !strings.HasPrefix(strings.TrimPrefix(asked, "_"), "reference.") {
		asked = "reference." + asked + ".xml"
	}
	return xml2rfc.ParsePath(dir + "/" + asked)
}

// compatPath shows what each method finds for a path. Of a path that nothing answers it is 404, with what was tried.
func (s *Server) compatPath(c echo.Context) error {
	ctx := c.Request().Context()
	asked, complete := strings.CutSuffix(strings.TrimPrefix(c.Request().URL.Path, views.CompatURL), "/")
	if !complete {
		return addSlash(c)
	}
	path, err := xml2rfc.ParsePath(asked)
	if err != nil {
		return err
	}
	if path.String() != asked {
		return c.Redirect(http.StatusMovedPermanently, views.CompatPathURL(path.String()))
	}
	explanation, err := s.Resolver.Explain(ctx, path)
	if err != nil {
		return err
	}
	model, status := views.CompatPathOf(explanation), http.StatusOK
	if explanation.Used == xml2rfc.NoMethod {
		if model.MeantURL, err = s.Resolver.Advice(ctx, asked); err != nil {
			return err
		}
	}
	if !explanation.Known() {
		status = http.StatusNotFound
	}
	dir, err := xml2rfc.DirectoryOf(path.Dir)
	if err != nil {
		return err
	}
	model.Directory = views.CompatDirectoryOf(dir, compat.Directory{})
	return s.page(c, status, views.CompatPathPage(s.frame(c), model))
}
