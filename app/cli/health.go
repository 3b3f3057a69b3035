package cli

import (
	"github.com/spf13/cobra"
)

// healthCommand asks a process that runs already, so it prepares nothing and opens no database.
func (p *program) healthCommand() *cobra.Command {
	var worker bool
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Ask the web server on this machine whether it can answer",
		Long: `Asks the web server that runs on this machine, with the same variables, whether it can answer: exit status
0 if so, 1 if not. With --worker it asks the worker whether it is there. Containers use it as their
health check.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			cfg, err := p.load()
			if err != nil {
				return err
			}
			p.started = true
			return p.Probe(cmd.Context(), cfg, worker)
		},
	}
	cmd.Flags().BoolVar(&worker, "worker", false, "ask the worker instead")
	return cmd
}
