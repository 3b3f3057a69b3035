package cli

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

// The forms of the report.
var reportFormats = []string{"text", "json", "tsv"}

// reportOptions are the flags of compat-report.
type reportOptions struct {
	format      string
	classes     []string
	corrections bool
}

func (p *program) compatReportCommand() *cobra.Command {
	var options reportOptions
	cmd := &cobra.Command{
		Use:   "compat-report",
		Short: "Compare the answer to every archived path with the archived file",
		Long: `Resolves every xml2rfc path that the archive knows, by the index alone, and says how the answer stands beside
the archived file:

  same     equal as canonical XML
  better   nothing is lost: additions and corrections only
  worse    something is gone, or anchor, target, title, authors, date or seriesInfo changed
  missing  the index has nothing: the archived file is answered, or nothing at all

As text it is a table of the directories; with --class, a list of paths and their differences instead, losses
marked with an exclamation mark. As json and tsv it tells of every path. The archive and the sources have to be indexed.

With --corrections it counts instead, for each correction and directory, the documents whose BibXML that correction
alone changes, whatever CORRECTIONS says (api-as-path: those that the API answers differently). No archive is needed.`,
		Example: "  bibxml compat-report\n  bibxml compat-report --class worse,missing\n  bibxml compat-report --format json > report.json\n  bibxml compat-report --corrections",
		Args: func(cmd *cobra.Command, args []string) error {
			if err := cobra.NoArgs(cmd, args); err != nil {
				return err
			}
			return options.check()
		},
		RunE: func(cmd *cobra.Command, _ []string) error {
			return p.with(cmd.Context(), needs{quiet: true}, func(ctx context.Context, s session) error {
				if options.corrections {
					return p.correctionReport(ctx, s, options.format)
				}
				return p.compatReport(ctx, s, options)
			})
		},
	}
	cmd.Flags().StringVar(&options.format, "format", reportFormats[0], "form of the report: "+strings.Join(reportFormats, ", "))
	cmd.Flags().StringSliceVar(&options.classes, "class", nil, "list the paths of these classes: "+strings.Join(classNames(), ", "))
	cmd.Flags().BoolVar(&options.corrections, "corrections", false, "count what each correction of BibXML changes")
	return cmd
}

func classNames() []string {
	names := make([]string, len(compat.Classes))
	for i, class := range compat.Classes {
		names[i] = string(class)
	}
	return names
}

func (o reportOptions) check() error {
	if !slices.Contains(reportFormats, o.format) {
		return fmt.Errorf("there is no format %q, but %s", o.format, strings.Join(reportFormats, ", "))
	}
	if o.corrections && len(o.classes) > 0 {
		return errors.New("--corrections counts documents, which have no class: remove --class")
	}
	for _, class := range o.classes {
		if !slices.Contains(classNames(), class) {
			return fmt.Errorf("there is no class %q, but %s", class, strings.Join(classNames(), ", "))
		}
	}
	return nil
}

// wants says whether the paths of a class are to be listed; of all when none is named.
func (o reportOptions) wants(class compat.Class) bool {
	return len(o.classes) == 0 || slices.Contains(o.classes, string(class))
}

func (p *program) compatReport(ctx context.Context, s session, options reportOptions) error {
	b := bar{out: p.Err, terminal: p.Terminal, name: "archive"}
	var r report
	err := s.CompatReport(ctx, func(done, total int, result compat.Result) error {
		if p.Terminal {
			b.show("comparing", done, total)
		}
		r.add(result, options.wants(result.Class))
		return nil
	})
	b.clear()
	if err != nil {
		return fmt.Errorf("compare the archive: %w", err)
	}
	return r.write(p.Out, options)
}
