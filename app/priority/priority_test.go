package priority_test

import (
	"os"
	"os/exec"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/priority"
)

// The priority cannot be taken back, so another process gives way: this one, started again.
func TestLowerOwn(t *testing.T) {
	const variable = "BIBXML_TEST_GIVES_WAY"
	if os.Getenv(variable) != "" {
		priority.LowerOwn()
		out, err := exec.Command("nice").Output() // the programs that it starts, from whatever thread
		require.NoError(t, err)
		t.Log("niceness " + strings.TrimSpace(string(out)) + ".")
		return
	}
	again := exec.Command(os.Args[0], "-test.run=^TestLowerOwn$", "-test.v")
	again.Env = append(os.Environ(), variable+"=1")
	out, err := again.CombinedOutput()
	require.NoError(t, err, string(out))
	require.Contains(t, string(out), "niceness 19.")
}

func TestLowerSession(t *testing.T) {
	before := sessionOf(t, os.Getpid())
	for name, leads := range map[string]bool{"one that leads its session": true, "one of ours": false} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.Command("sleep", "60")
			cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: leads}
			require.NoError(t, cmd.Start())
			defer func() {
				_ = cmd.Process.Kill()
				_ = cmd.Wait()
			}()
			priority.Lower(cmd.Process.Pid)
			if leads && before != "" {
				require.Contains(t, sessionOf(t, cmd.Process.Pid), "nice "+strconv.Itoa(priority.Niceness))
			}
			require.Equal(t, before, sessionOf(t, os.Getpid()))
		})
	}
	priority.Lower(1 << 30) // which there is not
}

// sessionOf gives what the kernel says of the session of a process; nothing where it does not tell sessions apart.
func sessionOf(t *testing.T, pid int) string {
	t.Helper()
	group, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/autogroup")
	if os.IsNotExist(err) {
		return ""
	}
	require.NoError(t, err)
	return string(group)
}
