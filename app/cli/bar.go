package cli

import (
	"fmt"
	"io"
	"strings"
)

// barWidth leaves room for the words on a terminal of 80 columns.
const barWidth = 30

// bar shows progress: as a bar that is drawn over and over on a terminal, else as a line whenever
// another tenth is done.
type bar struct {
	out      io.Writer
	terminal bool
	name     string

	shown string // what was shown last
}

// show hears how much of a phase is done.
func (b *bar) show(phase string, done, total int) {
	done = min(done, total)
	if b.terminal {
		b.draw(phase, done, total)
		return
	}
	percent := 0
	if total > 0 {
		percent = done * 10 / total * 10
	}
	line := fmt.Sprintf("%s: %s %d%%", b.name, phase, percent)
	if total == 0 {
		line = fmt.Sprintf("%s: %s", b.name, phase)
	}
	if line != b.shown {
		b.shown = line
		_, _ = fmt.Fprintln(b.out, line)
	}
}

// The codes of a terminal: back to the first column, and clear from there.
const startOfLine, clearLine = "\r", "\x1b[K"

func (b *bar) draw(phase string, done, total int) {
	line := fmt.Sprintf("%s  %s", b.name, phase)
	if total > 0 {
		full := done * barWidth / total
		line = fmt.Sprintf("%-12s %-10s %s%s %3d%%  %d of %d", b.name, phase,
			strings.Repeat("█", full), strings.Repeat("░", barWidth-full), done*100/total, done, total)
	}
	// Only what looks different is worth the terminal's time; the last number counts exactly.
	if key := fmt.Sprint(phase, done*1000/max(total, 1)); key != b.shown || done == total {
		b.shown = key
		_, _ = io.WriteString(b.out, startOfLine+clearLine+line)
	}
}

// clear takes the bar away.
func (b *bar) clear() {
	if b.terminal && b.shown != "" {
		_, _ = io.WriteString(b.out, startOfLine+clearLine)
	}
}
