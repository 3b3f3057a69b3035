package app

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The priority cannot be taken back, so another process gives way: this one, started again.
func TestGiveWay(t *testing.T) {
	const variable = "BIBXML_TEST_GIVES_WAY"
	if os.Getenv(variable) != "" {
		GiveWay()
		out, err := exec.Command("nice").Output() // the programs that it starts, from whatever thread
		require.NoError(t, err)
		t.Log("niceness " + strings.TrimSpace(string(out)) + ".")
		return
	}
	again := exec.Command(os.Args[0], "-test.run=^TestGiveWay$", "-test.v")
	again.Env = append(os.Environ(), variable+"=1")
	out, err := again.CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "niceness 19.")
}
