package cli

import (
	"context"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ietf-tools/bibxml/app/config"
)

// errNotWell ends a check that found something; what it found has been told.
var errNotWell = errors.New("not everything is as it should be")

func (p *program) checkCommand() *cobra.Command {
	var public bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the configuration, and how the service is reached",
		Long: `Checks the configuration and tells everything that is at fault at once; without fault it lists what each
variable amounts to, without the secrets, and what the operators of a real installation may have
forgotten. With --public it asks the service at https://PRIMARY_HOSTNAME, as visitors do, whether each
request reaches it and is counted.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := p.load()
			if err != nil {
				return err
			}
			p.started = true
			return p.check(cmd.Context(), cfg, public)
		},
	}
	cmd.Flags().BoolVar(&public, "public", false, "ask the service at its public address too")
	return cmd
}

func (p *program) check(ctx context.Context, cfg *config.Config, public bool) error {
	table := tabwriter.NewWriter(p.Out, 0, 0, 2, ' ', 0)
	for _, v := range cfg.Values() {
		_, _ = fmt.Fprintf(table, "%s\t%s\n", v.Name, v.Value)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, warning := range cfg.Warnings() {
		_, _ = fmt.Fprintln(p.Out, "mind:", warning)
	}
	if !public {
		return nil
	}
	var failed error
	for _, finding := range p.Look(ctx, cfg) {
		word := "good"
		if !finding.Good {
			word, failed = "BAD ", errNotWell
		}
		_, _ = fmt.Fprintf(p.Out, "%s  %s: %s\n", word, finding.What, finding.Told)
	}
	return failed
}
