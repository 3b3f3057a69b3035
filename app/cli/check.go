package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/front"
	"github.com/ietf-tools/bibxml/app/secret"
)

// errNotWell ends a check that found something; what it found has been told.
var errNotWell = errors.New("not everything is as it should be")

func (p *program) checkCommand() *cobra.Command {
	var public bool
	cmd := &cobra.Command{
		Use:   "check",
		Short: "Check the configuration and the database, and how the service is reached",
		Long: `Checks the configuration and lists all mistakes at once; without mistakes it lists what each
variable amounts to, without the secrets, and what the operators of a real installation may have
forgotten. Then it connects to the database and checks its tables, the privileges of the user and
the replica, and checks git and the folder for the sources. Each line begins with ok or FAIL, and
the latter says what to do; exit status 1 if there is one. Nothing is changed. With --public it
asks the service at https://PRIMARY_HOSTNAME, as visitors do, whether each request reaches it and
is counted.`,
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
	out := secret.New(cfg.SecretValues()...).Writer(p.Out)
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, v := range cfg.Values() {
		_, _ = fmt.Fprintf(table, "%s\t%s\n", v.Name, v.Value)
	}
	if err := table.Flush(); err != nil {
		return err
	}
	for _, warning := range cfg.Warnings() {
		_, _ = fmt.Fprintln(out, "mind:", warning)
	}
	found := p.Inspect(ctx, cfg)
	if public {
		found = append(found, p.Look(ctx, cfg)...)
	}
	return tell(out, found)
}

// tell prints the findings. It fails when one of them is not good.
func tell(out io.Writer, found []front.Finding) (failed error) {
	for _, finding := range found {
		word := "ok"
		if !finding.Good {
			word, failed = "FAIL", errNotWell
		}
		_, _ = fmt.Fprintf(out, "%-4s  %s: %s\n", word, finding.What, finding.Told)
	}
	return failed
}
