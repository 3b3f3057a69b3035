// Package web answers HTTP: the xml2rfc paths, the API and the pages. A handler parses the request,
// asks the catalog, and renders; what is found and how it is written is decided elsewhere.
package web

import (
	"context"
	"log/slog"
	"net/http"
	"net/netip"
	"time"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/ietf-tools/bibxml/app/auth"
	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/metrics"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
	"github.com/ietf-tools/bibxml/views"
)

// Site is what the pages tell of the installation.
type Site struct {
	Service  string         // name of the service
	Contact  string         // e-mail address for questions
	Version  string         // of the program
	RepoURL  string         // of the program's source code; empty: not shown
	Host     string         // primary host name, for absolute links; empty: the one asked
	Hosts    []string       // every host name that is answered for
	Public   string         // address that visitors use
	Warnings []string       // what operators may have forgotten
	Proxies  []netip.Prefix // whose word about clients is believed
}

// Health says whether the service can answer.
type Health interface {
	// Ages tells of every source that should be indexed. It fails with fault.Unavailable when the
	// database that visitors are answered from cannot be reached.
	Ages(ctx context.Context) ([]SourceAge, error)
}

// SourceAge is the time since all of a source was last looked at without failure.
type SourceAge struct {
	Dataset string
	Age     time.Duration
	Never   bool // it was never indexed in full
}

// Deps is what the web process is wired with.
type Deps struct {
	Site         Site
	Secrets      auth.Secrets // any of them opens the management
	HookSecrets  []string     // any of them signs GitHub's messages
	CacheBytes   uint64
	Datasets     []string // in the order of the home page, the archive aside
	Repositories func(dataset string) merge.SourceInfo
	// Pushed names the source that is at any of the addresses, on that branch.
	Pushed   func(addresses []string, branch string) (dataset string, ok bool)
	Catalog  *catalog.Catalog
	Resolver *xml2rfc.Resolver // of the index alone: pages do not wait for anybody
	Public   *xml2rfc.Resolver // of the paths: it asks external sources as well
	External []External
	Archive  compat.Files
	// Mapped gives the archived paths that are said to lead to a document, by its identifiers; nil: there is no archive.
	Mapped   func(ctx context.Context, docIDs []string) ([]xml2rfc.Path, error)
	Formats  *formats.Set
	Hits     *metrics.Hits
	Metrics  prometheus.Gatherer
	Tasks    Tasks
	Books    Books
	Problems Problems
	Queue    http.Handler // the queue's own view of its jobs, for reading; nil: there is none
	Health   Health
	// StaleIfError is how long answers from memory are sent while the database cannot be reached; 0: not at all.
	StaleIfError time.Duration
	StaleAfter   time.Duration // age from which a source makes the service degraded; 0: none
	Generation   Generation
	Search       SearchLimits
	// Look looks at the service from outside, at its public address.
	Look   func(ctx context.Context) []Finding
	Sealer *auth.Sealer // of sessions and forms
	Secure bool         // visitors come by HTTPS alone
	SignIn *auth.SignIn // nil: nobody can sign in
	Tokens Tokens       // that open the JSON API; nil: it is open to everybody
	Matomo views.Matomo // that counts visits; without an address none does
	// Report is told of unexpected failures, with the request's id and route.
	Report func(ctx context.Context, err error, facts map[string]string)
	// Trace measures the answer to a request, named by its route; nil: nobody wants to know.
	Trace tracer
	Log   *slog.Logger
}

// Server answers HTTP requests. It holds no truth: what it caches is dropped with every new state of
// the index.
type Server struct {
	Deps
	answers  *answers
	outcomes *outcomes
	states   perState[[]catalog.Source]
	latest   perState[[]views.Hit]
	ages     sourceAges
	cookies  auth.Cookies
	failures auth.Throttle // to know a secret
	hooks    chan struct{} // turns of GitHub's messages to be read
}

// New makes the handler of the whole service.
func New(deps Deps) http.Handler {
	s := &Server{
		Deps: deps, answers: newAnswers(deps.CacheBytes, deps.StaleIfError, deps.Generation, deps.Hits.Cache), outcomes: newOutcomes(deps.Generation),
		cookies: auth.Cookies{Sealer: deps.Sealer, Secure: deps.Secure}, hooks: make(chan struct{}, hooksAtOnce),
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.handleError
	e.IPExtractor = func(r *http.Request) string { return who(r, deps.Site.Proxies).address.String() }
	e.Pre(withTrimmedPath)
	e.Use(withRequestID, withProxies(deps.Site.Proxies), withTransportSecurity(deps.Site.Host != ""), withLog(s.Log, s.Hits), withTrace(s.Trace), withRecover, withHeaders(contentPolicy(deps.Matomo.Address)), withHosts(deps.Site.Hosts), withLimits)
	s.routes(e)
	return e
}

func (s *Server) routes(e *echo.Echo) {
	searching := newSearching(s.Search, s.Hits.Searches)
	s.get(e, "/", s.home)
	s.get(e, "/about", s.about)
	s.get(e, "/search/", s.searchPage, searching.limit)
	s.get(e, views.FeedURL, s.feed)
	s.get(e, views.SearchFeedURL, s.searchFeed, searching.limit)
	s.get(e, "/search/advanced/", s.advanced)
	s.get(e, "/search/check/", s.check, searching.limit)
	s.get(e, "/search/suggestions/", s.suggestions, searching.limit)
	s.get(e, "/get-bibliographic-item/", s.lookUp, searching.limit)
	s.get(e, "/get-one/by-docid/", s.document)
	s.get(e, "/get-one/export/", s.export)
	s.get(e, views.RelationsPath, s.relations)
	s.get(e, "/get-one/external/:source/", s.askExternal)
	s.get(e, "/external-sources/:source/*", s.externalPage)
	s.get(e, "/indexed-sources/:source/", s.dataset)
	s.get(e, "/indexed-sources/:source/feed.atom", s.datasetFeed)
	s.get(e, "/indexed-sources/:source/:ref/", s.record)
	s.get(e, "/robots.txt", s.robots)
	s.get(e, "/favicon.ico", s.favicon)
	s.get(e, "/static/:file", s.asset)
	s.get(e, "/healthz/", s.healthz)
	s.get(e, "/metrics/", s.metrics, s.basic)

	s.permanentRoutes(e)
	s.panelRoutes(e)
	s.get(e, "/management/setup/", s.setup, s.basic)
	s.get(e, "/management/xml2rfc-compat/", s.compatIndex, s.basic)
	s.get(e, "/management/xml2rfc-compat/:dir/", s.compatDirectory, s.basic)
	s.get(e, "/management/xml2rfc-compat/:dir/*", s.compatPath, s.basic)

	s.get(e, "/public/rfc/*", s.xml2rfc)
	s.signInRoutes(e)

	s.get(e, "/api/v1/", s.apiPage)
	s.get(e, "/api/v1/by-docid/", s.byDocID, s.api)
	s.get(e, "/api/v1/ref/:dataset/:ref/", s.ref, s.api)
	for _, source := range s.External {
		s.get(e, "/api/v1/ref/"+source.Name+"/*", s.externalRef(source), s.api)
	}
	s.get(e, "/api/v1/search/:query/", s.search, s.api, searching.limit)
	s.get(e, "/api/v1/json-schema/:name/", s.jsonSchema)
	s.get(e, "/api-spec/:spec/", s.apiSpec)
	s.get(e, "/openapi.yaml", s.openapi("openapi.yaml"))
	s.get(e, "/openapi-legacy.yaml", s.openapi("openapi-legacy.yaml"))
	s.get(e, "/api/v1/management/:dataset/status/", s.status)
	s.get(e, "/api/v1/management/:dataset/problems/", s.problems)
	e.POST("/api/v1/hooks/github", s.hook)
	s.post(e, "/api/v1/management/:dataset/reindex/", s.reindex)
	s.post(e, "/api/v1/management/:dataset/reset-index/", s.resetIndex)
	s.post(e, "/api/v1/management/tasks/:id/stop/", s.stop)
	s.post(e, "/api/v1/management/tasks/stop-all/", s.stopAll)
}

// get routes GET and HEAD, and sends the address without its final slash to the one with it.
func (s *Server) get(e *echo.Echo, path string, handler echo.HandlerFunc, with ...echo.MiddlewareFunc) {
	methods := []string{http.MethodGet, http.MethodHead}
	e.Match(methods, path, handler, with...)
	if short := path[:len(path)-1]; path[len(path)-1] == '/' && short != "" {
		e.Match(methods, short, addSlash)
	}
}

// post routes a request that changes something; it needs the management token.
func (s *Server) post(e *echo.Echo, path string, handler echo.HandlerFunc) {
	e.POST(path, handler, s.token)
}

func addSlash(c echo.Context) error {
	u := *c.Request().URL
	u.Scheme, u.Host = "", ""
	u.Path += "/"
	if u.RawPath != "" {
		u.RawPath += "/"
	}
	return c.Redirect(http.StatusMovedPermanently, u.RequestURI())
}

// page renders a component before its status is sent, so that a fault while rendering is still an
// ordinary failure.
func (s *Server) page(c echo.Context, status int, component templ.Component) error {
	body, err := render(c.Request().Context(), component)
	if err != nil {
		return err
	}
	a := newAnswer(typeHTML, body)
	a.status = status
	addVary(c.Response().Header(), "HX-Request")
	return a.send(c)
}

func render(ctx context.Context, component templ.Component) ([]byte, error) {
	buf := templ.GetBuffer()
	defer templ.ReleaseBuffer(buf)
	if err := component.Render(ctx, buf); err != nil {
		return nil, err
	}
	return append([]byte(nil), buf.Bytes()...), nil
}
