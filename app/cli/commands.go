package cli

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"github.com/ietf-tools/bibxml/app/config"
)

func (p *program) runCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "run",
		Short: "Serve and index, all in one process",
		Long: `Serves and works the queue in one process, after bringing the tables up to date and asking for every
source to be indexed. On localhost it needs no configuration: without a database it starts a private
PostgreSQL, and without sources it indexes bundled samples. Both are kept in the folder var.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), needs{samples: true, migrated: true}, run)
		},
	}
}

// run serves and works until ctx ends or one of the two fails.
func run(ctx context.Context, s session) error {
	for _, source := range s.cfg.Sources() {
		if err := s.Request(ctx, source.Dataset); err != nil {
			return err
		}
	}
	s.showSecret()
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return s.Serve(ctx) })
	group.Go(func() error { return s.Work(ctx) })
	return group.Wait()
}

func (p *program) serveCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "serve",
		Short: "Answer HTTP; any number of such processes may run",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), needs{}, func(ctx context.Context, s session) error {
				s.showSecret()
				return s.Serve(ctx)
			})
		},
	}
}

func (p *program) workCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "work",
		Short: "Run the queued indexings; a second such process waits for the first",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), needs{}, func(ctx context.Context, s session) error {
				p.GiveWay() // after a private database was started, which is not to
				return s.Work(ctx)
			})
		},
	}
}

func (p *program) migrateCommand() *cobra.Command {
	var down bool
	cmd := &cobra.Command{
		Use:   "migrate",
		Short: "Bring the tables of the database up to date",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), needs{}, func(ctx context.Context, s session) error {
				if down {
					return s.MigrateDown(ctx)
				}
				return s.Migrate(ctx)
			})
		},
	}
	cmd.Flags().BoolVar(&down, "down", false, "take the newest migration back")
	return cmd
}

func (p *program) indexCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:     "index <dataset> [ref…]",
		Short:   "Bring one source up to date, or only some of its records",
		Long:    "Brings one source up to date, or only the records that are named by their refs. A source that did not\nchange is skipped. ctrl-C stops it; the index stays as it was.\n\nDatasets: " + strings.Join(datasets(), ", "),
		Example: "  bibxml index rfcs\n  bibxml index nist NIST_FIPS_186-5 --force",
		Args:    knownDataset,
		RunE: func(cmd *cobra.Command, args []string) error {
			return p.with(cmd.Context(), needs{quiet: true}, func(ctx context.Context, s session) error {
				p.GiveWay()
				return p.index(ctx, s, args[0], args[1:], force)
			})
		},
		ValidArgs: datasets(),
	}
	cmd.Flags().BoolVar(&force, "force", false, "read everything again, even if the source did not change")
	return cmd
}

func (p *program) index(ctx context.Context, s session, dataset string, refs []string, force bool) error {
	b := bar{out: p.Err, terminal: p.Terminal, name: dataset}
	outcome, err := s.Index(ctx, dataset, refs, force, b.show)
	b.clear()
	if err != nil {
		return fmt.Errorf("index %s: %w", dataset, err)
	}
	_, err = fmt.Fprintf(p.Out, "%s: %s\n", dataset, outcome)
	return err
}

func datasets() []string { return append(config.Datasets(), config.Archive) }

func knownDataset(_ *cobra.Command, args []string) error {
	known := strings.Join(datasets(), ", ")
	if len(args) == 0 {
		return fmt.Errorf("name the dataset to index: one of %s", known)
	}
	if !slices.Contains(datasets(), args[0]) {
		return fmt.Errorf("there is no dataset %q, but %s", args[0], known)
	}
	return nil
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: "Tell the version",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			_, err := fmt.Fprintln(p.Out, "bibxml", config.BuildVersion())
			return err
		},
	}
}
