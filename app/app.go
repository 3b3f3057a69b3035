// Package app wires the service: it alone sees every package. A search for a format, an adapter or a
// source of data finds it listed here.
package app

import (
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"

	"github.com/prometheus/client_golang/prometheus"
	"golang.org/x/sync/errgroup"

	"github.com/ietf-tools/bibxml/app/auth"
	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/formats/kramdown"
	"github.com/ietf-tools/bibxml/app/formats/plaintext"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/metrics"
	"github.com/ietf-tools/bibxml/app/priority"
	"github.com/ietf-tools/bibxml/app/schedule"
	"github.com/ietf-tools/bibxml/app/secret"
	"github.com/ietf-tools/bibxml/app/web"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/jobs"
	"github.com/ietf-tools/bibxml/views"
)

// App is the service in all its roles, over one database. Its methods may be used at the same time.
type App struct {
	cfg     *config.Config
	log     *slog.Logger
	db      *db.DB
	queue   *jobs.Queue
	metrics *prometheus.Registry
	hits    *metrics.Hits
	runs    *metrics.Runs
	asked   *metrics.External
	reports *reporter
	secrets *secret.Scrubber
	sealer  *auth.Sealer
	bibxml  bibxml.Format
	roomy   atomic.Bool // half of the processors are left to visitors
	serves  atomic.Bool // the process answers visitors

	mu      sync.Mutex
	epoch   int64             // of the lease that the indexer is for
	indexer *indexing.Indexer // nil before the first indexing
}

// connsPerSearch is how many queries of one search run at the same time: one that finds and one that counts, as a rule.
const connsPerSearch = 2

// New wires the service for a configuration that names a database. It connects to nothing yet: while
// the database is away, requests are answered with 503.
func New(ctx context.Context, cfg *config.Config) (*App, error) {
	corrections, err := bibxml.ParseCorrections(cfg.Corrections)
	if err != nil {
		return nil, fmt.Errorf("CORRECTIONS: %w", err)
	}
	secrets := secret.New(cfg.SecretValues()...)
	reports, err := newReporter(cfg, secrets)
	if err != nil {
		return nil, err
	}
	sealer, err := auth.NewSealer(cfg.Keys(), nil)
	if err != nil {
		return nil, err
	}
	store, err := db.Open(ctx, db.Config{
		URL: cfg.DatabaseURL, ReadURL: cfg.DatabaseReadURL,
		LookupConns: cfg.DBLookupConnections, SearchConns: connsPerSearch * cfg.SearchesTotal(),
		WebTimeout: cfg.StatementTimeout, AcquireTimeout: cfg.DBAcquireTimeout,
		GrantTo: cfg.DBGrantTo,
	})
	if err != nil {
		return nil, err
	}
	log := slog.Default()
	queue, err := jobs.NewQueue(store.Pool(), log)
	if err != nil {
		return nil, fmt.Errorf("wire the queue: %w", err)
	}
	registry := prometheus.NewRegistry()
	measureProcess(registry, cfg, store)
	return &App{
		cfg: cfg, log: log, db: store, queue: queue, secrets: secrets,
		metrics: registry, hits: metrics.NewHits(registry), runs: metrics.NewRuns(registry, sourceNames(cfg)), reports: reports, sealer: sealer,
		asked: metrics.NewExternal(registry), bibxml: bibxml.Format{Corrections: corrections},
	}, nil
}

// Close gives everything back that New took.
func (a *App) Close() error {
	a.reports.close()
	return a.db.Close()
}

// Migrate brings the tables up to date, once the database can be reached.
func (a *App) Migrate(ctx context.Context) error {
	if err := a.db.AwaitServer(ctx, a.log); err != nil {
		return err
	}
	return a.db.Migrate(ctx)
}

// MigrateDown takes the newest migration back.
func (a *App) MigrateDown(ctx context.Context) error { return a.db.Rollback(ctx) }

// Serve answers HTTP until ctx ends, and then finishes the requests that are under way. It fails when the database refuses it
// permanently.
func (a *App) Serve(ctx context.Context) error {
	a.serves.Store(true)
	others, err := a.newOutside()
	if err != nil {
		return err
	}
	pages, err := a.queuePages()
	if err != nil {
		return err
	}
	watcher := db.NewWatcher(a.db, a.cfg.DatabaseURL, a.log)
	go watcher.Run(ctx)
	go a.warm(ctx)
	deps := a.web(watcher, others)
	deps.Queue = pages
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return a.await(ctx) })
	group.Go(func() error { return serve(ctx, a.log, "serving", a.cfg.Address(), web.New(deps)) })
	return group.Wait()
}

// warm opens connections for the first visitors. While the database is away, they wait for theirs.
func (a *App) warm(ctx context.Context) { _ = a.db.Warm(ctx) }

// await waits for a database with up-to-date tables. It returns nil when ctx ends.
func (a *App) await(ctx context.Context) error {
	err := a.db.AwaitTables(ctx, a.log)
	if ctx.Err() != nil {
		return nil
	}
	return err
}

func (a *App) web(generation web.Generation, others outside) web.Deps {
	docs := catalog.New(a.db)
	return web.Deps{
		Site: web.Site{
			Service:  a.cfg.ServiceName,
			Contact:  a.cfg.ContactEmail,
			Version:  a.cfg.Version(),
			RepoURL:  a.cfg.RepositoryURL,
			Host:     a.publicHost(),
			Hosts:    a.cfg.Hosts(),
			Proxies:  a.cfg.Proxies(),
			Public:   a.cfg.PublicURL(),
			Warnings: a.cfg.Warnings(),
		},
		Secrets:      a.cfg.Secrets(),
		HookSecrets:  a.cfg.WebhookSecrets,
		CacheBytes:   uint64(a.cfg.CacheMegabytes) << 20, //nolint:gosec // checked by config
		Datasets:     config.Datasets(),
		Repositories: a.repositories(),
		Pushed:       a.pushed,
		Catalog:      docs,
		Resolver:     a.resolver(docs),
		Public:       a.resolver(docs).With(others.drafts, others.works),
		External:     others.sources(),
		Archive:      a.db,
		Mapped:       a.db.ArchivedPaths,
		Formats:      formats.NewSet(a.bibxml, kramdown.Format{}, plaintext.Format{}),
		Hits:         a.hits,
		Metrics:      a.metrics,
		Tasks:        a.queue,
		Books:        a.queue,
		Problems:     a.db,
		Health:       health{a.db, sourceNames(a.cfg)},
		StaleAfter:   a.cfg.StaleAfter,
		Generation:   generation,
		Search: web.SearchLimits{
			PerMinute: a.cfg.SearchTime, Each: a.cfg.StatementTimeout,
			AtOnce: a.cfg.SearchesTotal(), PerClient: a.cfg.SearchesOfClient(), Wait: a.cfg.SearchWait,
		},
		StaleIfError: a.cfg.StaleIfError,
		Look:         a.look,
		Sealer:       a.sealer,
		Secure:       a.cfg.Production(),
		SignIn:       a.signIn(),
		Tokens:       others.tokens,
		Matomo: views.Matomo{
			Address: a.cfg.MatomoAddress(), SiteID: a.cfg.MatomoSiteID, Container: a.cfg.MatomoTagManagerScript,
		},
		Report: a.reports.failure,
		Trace:  a.reports.trace,
		Log:    a.log,
	}
}

// resolver answers the xml2rfc paths, for visitors and for the report on them alike.
func (a *App) resolver(docs *catalog.Catalog) *xml2rfc.Resolver {
	return &xml2rfc.Resolver{Finder: a.db, Documents: docs, Archive: a.db, BibXML: a.bibxml}
}

// publicHost is the host of absolute links; none on a developer's machine, where links stay on the
// address that was asked.
func (a *App) publicHost() string {
	if a.cfg.Production() {
		return a.cfg.PrimaryHostname
	}
	return ""
}

// Work runs the queued indexings until ctx ends. It fails when the database refuses it permanently.
func (a *App) Work(ctx context.Context) error {
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error {
		if err := a.await(ctx); err != nil || ctx.Err() != nil {
			return err
		}
		a.leaveRoom(ctx)
		go schedule.Run(ctx, a.intervals(), a.queue, a.log)
		go a.followDrafts(ctx)
		go a.maintain(ctx)
		a.worker().Run(ctx)
		return nil
	})
	group.Go(func() error { return serve(ctx, a.log, "worker metrics", a.cfg.MetricsAddress(), a.workerPages()) })
	return group.Wait()
}

func (a *App) worker() *jobs.Worker {
	return jobs.NewWorker(a.cfg.DatabaseURL, a.db.Pool(), jobs.Duties{
		Run: a.index, Ahead: jobs.Ahead{Fetch: a.fetch, Prepare: a.prepare, LetGo: a.letGo}, KeepUp: a.db.KeepUp,
	}, a.log)
}

// fetch brings the local copy of a source up to date.
func (a *App) fetch(ctx context.Context, dataset string) error {
	source, err := a.source(dataset)
	if err == nil {
		_, err = source.Repository.Fetch(ctx)
	}
	return err
}

// prepare begins to read what the next indexing will need.
func (a *App) prepare(ctx context.Context, epoch int64, request indexing.Request) error {
	return a.indexerOf(epoch).Prepare(ctx, request)
}

func (a *App) letGo(epoch int64, run string) { a.indexerOf(epoch).LetGo(run) }

// indexerOf gives the indexer for the lease of an epoch.
func (a *App) indexerOf(epoch int64) *indexing.Indexer {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.indexer == nil || a.epoch != epoch {
		a.indexer, a.epoch = indexing.New(a.source, a.db.Index(epoch)), epoch
	}
	return a.indexer
}

// intervals tells how often each source is looked at.
func (a *App) intervals() []schedule.Source {
	var all []schedule.Source
	for _, source := range a.cfg.Sources() {
		all = append(all, schedule.Source{Dataset: source.Dataset, Every: source.Every})
	}
	return all
}

// leaveRoom leaves half of the processors to visitors, from now on, once there is something for them: nothing is to keep a
// database from being filled as fast as the machine can. What of that cannot be found out the run will run into.
func (a *App) leaveRoom(ctx context.Context) {
	if a.roomy.Load() {
		return
	}
	if filled, err := a.db.Filled(ctx); err == nil && filled {
		priority.Confine()
		a.db.Yield()
		a.roomy.Store(true)
	}
}

// index does one indexing under the lease of an epoch.
func (a *App) index(ctx context.Context, epoch int64, request indexing.Request, progress indexing.Progress) (indexing.Outcome, error) {
	defer a.collectLess()()
	a.leaveRoom(ctx)
	ctx, end := a.reports.trace(ctx, "queue.task", "index "+request.Dataset)
	outcome, err := a.indexerOf(epoch).Run(ctx, request, progress)
	err = a.secrets.Error(err) // the panel, the API and River show it
	end(traced(err), nil)
	a.runs.Ended(request.Dataset, outcome.Took, err)
	if err != nil && ctx.Err() == nil {
		a.reports.failure(ctx, err, map[string]string{"dataset": request.Dataset})
	}
	a.log.InfoContext(ctx, "indexed", "dataset", request.Dataset, "commit", outcome.Commit, "skipped", outcome.Skipped,
		"added", outcome.Added, "changed", outcome.Changed, "removed", outcome.Removed, "faults", outcome.Faults,
		"took", outcome.Took.String(), "error", err)
	return outcome, err
}
