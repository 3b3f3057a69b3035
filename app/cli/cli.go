// Package cli is the command line: it reads words and variables, prepares what a command needs (a
// private database, the sample sources), and runs it. What the commands do is left to the Service.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/front"
	"github.com/ietf-tools/bibxml/app/secret"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

// The exit codes.
const (
	exitOK          = 0
	exitFailed      = 1
	exitUsage       = 2   // wrong words, or a configuration at fault
	exitInterrupted = 130 // by ctrl-C, as shells count it
)

// Service is what the commands drive.
type Service interface {
	// Migrate brings the tables up to date; MigrateDown takes the newest migration back.
	Migrate(ctx context.Context) error
	MigrateDown(ctx context.Context) error
	// Serve answers HTTP, and Work runs the queued indexings, each until ctx ends; then it gives nil.
	Serve(ctx context.Context) error
	Work(ctx context.Context) error
	// Request queues an indexing of a source and does not wait for it.
	Request(ctx context.Context, dataset string) error
	// Index brings a source up to date, or only some refs of it, and waits for the end. It needs no
	// worker beside it, and gets along with one. It tells progress how much of a phase is done (a total
	// of 0 is unknown); the outcome is a sentence for the person who asked.
	Index(ctx context.Context, dataset string, refs []string, force bool, progress func(phase string, done, total int)) (outcome string, err error)
	// CompatReport compares the answer to every archived path with the archived file, and shows each result
	// with how many of how many are done.
	CompatReport(ctx context.Context, show func(done, total int, result compat.Result) error) error
	// CorrectionReport counts the documents whose BibXML each correction changes, and shows how many are done.
	CorrectionReport(ctx context.Context, show func(done, total int) error) (compat.Effects, error)
	Close() error
}

// World is what the command line touches.
type World struct {
	Getenv func(string) string
	// Environ lists the variables that are set, as NAME=value, to find misspelt ones.
	Environ  func() []string
	Out, Err io.Writer
	// Terminal says whether a person watches Err.
	Terminal bool
	// Open makes the service of a configuration that names a database.
	Open func(ctx context.Context, cfg *config.Config) (Service, error)
	// Probe asks the web process of this machine, or its worker, whether it can do its work.
	Probe func(ctx context.Context, cfg *config.Config, worker bool) error
	// GiveWay puts this process behind others of the machine, for good.
	GiveWay func()
	// Inspect checks what the service depends on, and changes nothing.
	Inspect func(ctx context.Context, cfg *config.Config) []front.Finding
	// Look looks at the service from outside, at its public address.
	Look func(ctx context.Context, cfg *config.Config) []front.Finding
}

// Main runs the command that args name and returns the exit code of the program. What it prints to Err holds no secrets.
func Main(ctx context.Context, args []string, w World) (code int) {
	w.Err = secret.New(config.SecretsIn(w.Getenv)...).Writer(w.Err)
	defer func() {
		if p := recover(); p != nil {
			_, _ = fmt.Fprintf(w.Err, "bibxml: panic: %v\n%s", p, debug.Stack())
			code = exitFailed
		}
	}()
	p := &program{World: w}
	root := p.root()
	root.SetArgs(args)
	root.SetOut(w.Out)
	root.SetErr(w.Err)
	command, err := root.ExecuteContextC(ctx)
	switch {
	case err == nil:
		return exitOK
	case !p.started:
		_, _ = fmt.Fprintf(w.Err, "bibxml: %v\nTry: %s --help\n", err, command.CommandPath())
		return exitUsage
	case errors.Is(err, context.Canceled):
		_, _ = fmt.Fprintln(w.Err, "bibxml: stopped")
		return exitInterrupted
	}
	_, _ = fmt.Fprintf(w.Err, "bibxml: %v\n", err)
	if ctx.Err() != nil {
		return exitInterrupted
	}
	return exitFailed
}

// program is one run of the command line.
type program struct {
	World
	started bool // the words and the configuration are sound
}

func (p *program) root() *cobra.Command {
	root := p.runCommand()
	root.Use = "bibxml"
	root.Args = nil // so that a command that does not exist is answered with one that does
	root.Short = "Bibliographic service of Internet standards"
	root.Long = `Bibliographic service of Internet standards: finds documents of the IETF, W3C, 3GPP, IEEE, IANA,
NIST and others, and answers with references for Internet-Drafts and RFCs.

Without a command it does what "bibxml run" does.`
	root.SilenceErrors, root.SilenceUsage = true, true
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(p.runCommand(), p.serveCommand(), p.workCommand(), p.migrateCommand(), p.indexCommand(), p.compatReportCommand(),
		p.checkCommand(), p.healthCommand(), p.versionCommand())
	usage := root.UsageTemplate()
	root.SetUsageTemplate(usage + variables())
	for _, command := range root.Commands() {
		command.SetUsageTemplate(usage)
	}
	return root
}

// variables is the part of the help that lists the configuration.
func variables() string {
	var b strings.Builder
	b.WriteString("\nEnvironment variables (docs/configuration.md; * needed unless PRIMARY_HOSTNAME is localhost):\n")
	for _, v := range config.Variables() {
		star := " "
		if v.Required {
			star = "*"
		}
		fmt.Fprintf(&b, " %s%-29s %s\n", star, v.Name, v.Help)
		if v.Default != "" {
			fmt.Fprintf(&b, "  %-29s (%s)\n", "", strings.ReplaceAll(v.Default, "{{", "{"))
		}
	}
	b.WriteString("\nExit status: 0 done, 1 failed, 2 wrong usage or configuration, 130 interrupted.\n")
	return b.String()
}

// load reads the configuration from the environment.
func (p *program) load() (*config.Config, error) {
	var names []string
	for _, variable := range p.Environ() {
		name, _, _ := strings.Cut(variable, "=")
		names = append(names, name)
	}
	return config.Load(p.Getenv, names...)
}
