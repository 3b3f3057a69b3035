package cli

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestBarOnATerminal(t *testing.T) {
	var out bytes.Buffer
	b := bar{out: &out, terminal: true, name: "rfcs"}
	b.show("fetching", 0, 0)
	b.show("reading", 0, 300)
	b.show("reading", 150, 300)
	b.show("reading", 150, 300) // nothing new to show
	b.show("reading", 300, 300)
	b.clear()
	lines := strings.Split(out.String(), startOfLine+clearLine)
	require.Equal(t, []string{
		"",
		"rfcs  fetching",
		"rfcs         reading    ░░░░░░░░░░░░░░░░░░░░░░░░░░░░░░   0%  0 of 300",
		"rfcs         reading    ███████████████░░░░░░░░░░░░░░░  50%  150 of 300",
		"rfcs         reading    ██████████████████████████████ 100%  300 of 300",
		"",
	}, lines)
}

func TestBarElsewhere(t *testing.T) {
	var out bytes.Buffer
	b := bar{out: &out, name: "rfcs"}
	b.show("fetching", 0, 0)
	for done := range 101 {
		b.show("reading", done, 100)
	}
	b.show("writing", 5, 3)
	b.clear()
	lines := strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
	require.Equal(t, "rfcs: fetching", lines[0])
	require.Equal(t, "rfcs: reading 0%", lines[1])
	require.Equal(t, "rfcs: reading 10%", lines[2])
	require.Equal(t, "rfcs: reading 100%", lines[11])
	require.Equal(t, "rfcs: writing 100%", lines[12])
	require.Len(t, lines, 13)
}

func TestBarWithMoreThanExpected(t *testing.T) {
	var out bytes.Buffer
	b := bar{out: &out, terminal: true, name: "ids"}
	b.show("reading", 12, 10)
	require.Contains(t, out.String(), "100%  10 of 10")
}
