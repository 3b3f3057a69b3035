// Command bibxml is the bibliographic service of Internet standards. "bibxml --help" lists its commands.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"

	"github.com/mattn/go-isatty"

	"github.com/ietf-tools/bibxml/app"
	"github.com/ietf-tools/bibxml/app/cli"
	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/priority"
)

func main() { os.Exit(run()) }

func run() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the program at once
	return cli.Main(ctx, os.Args[1:], cli.World{
		Getenv: os.Getenv, Environ: os.Environ, Out: os.Stdout, Err: os.Stderr, Terminal: isatty.IsTerminal(os.Stderr.Fd()),
		Open:  func(ctx context.Context, cfg *config.Config) (cli.Service, error) { return app.New(ctx, cfg) },
		Probe: app.Probe, Inspect: app.Inspect, Look: app.Look, GiveWay: priority.LowerOwn,
	})
}
