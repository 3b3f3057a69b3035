package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/secret"
	"github.com/ietf-tools/bibxml/db/pglocal"
	"github.com/ietf-tools/bibxml/e2e/sources"
)

// needs is what a command wants to find prepared.
type needs struct {
	samples  bool // the sample sources when no others are configured
	migrated bool // tables that are up to date
	quiet    bool // a log of what is unusual alone: the command tells its story itself
}

// session is an open service and the configuration that it was opened with.
type session struct {
	Service
	cfg *config.Config
	err io.Writer
}

// with reads the configuration, prepares what is needed, lets use have the service, and puts
// everything away again.
func (p *program) with(ctx context.Context, n needs, use func(context.Context, session) error) (err error) {
	cfg, err := p.load()
	if err != nil {
		return err
	}
	p.started = true
	if n.quiet && p.Getenv("LOG_LEVEL") == "" {
		cfg.LogLevel = "warn"
	}
	log := cfg.Logger(secret.New(cfg.SecretValues()...).Writer(p.Err))
	slog.SetDefault(log)
	private := cfg.DatabaseURL == ""
	if private {
		server, err := startPrivate(ctx, cfg, log)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, server.Stop()) }()
	}
	if (private || n.samples) && !cfg.Production() && !cfg.SourcesConfigured() {
		if cfg.SourceURLs, err = sources.Materialise(ctx, filepath.Join(cfg.DataDir, "samples")); err != nil {
			return err
		}
	}
	service, err := p.Open(ctx, cfg)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, service.Close()) }()
	// Nobody migrates a database that only this program knows of.
	if private || n.migrated {
		if err := service.Migrate(ctx); err != nil {
			return err
		}
	}
	return use(ctx, session{service, cfg, p.Err})
}

func startPrivate(ctx context.Context, cfg *config.Config, log *slog.Logger) (*pglocal.Server, error) {
	server, err := pglocal.Start(ctx, pglocal.Options{
		Dir:  filepath.Join(cfg.DataDir, "postgres"),
		Keep: true,
		Log:  func(format string, args ...any) { log.Warn(fmt.Sprintf(format, args...)) },
	})
	if err != nil {
		return nil, err
	}
	cfg.DatabaseURL = server.URL()
	return server, nil
}

// showSecret tells the secret that was made up, which nobody could know otherwise.
func (s session) showSecret() {
	if s.cfg.APISecretMade {
		_, _ = fmt.Fprintf(s.err, "Management: user ietf, password %s (until the program ends; API_SECRET sets another one)\n", s.cfg.APISecret)
	}
}
