package priority_test

import (
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/priority"
)

// Neither can be taken back, so another process gives way: this one, started again.
func TestGivingWay(t *testing.T) {
	const variable = "BIBXML_TEST_GIVES_WAY"
	before := processorsOf(t, os.Getpid())
	if os.Getenv(variable) == "" {
		again := exec.Command(os.Args[0], "-test.run=^TestGivingWay$", "-test.v")
		again.Env = append(os.Environ(), variable+"=1")
		out, err := again.CombinedOutput()
		require.NoError(t, err, string(out))
		require.Contains(t, string(out), "gave way")
		require.Equal(t, before, processorsOf(t, os.Getpid()))
		return
	}
	other := exec.Command("sleep", "60")
	require.NoError(t, other.Start())
	defer func() {
		_ = other.Process.Kill()
		_ = other.Wait()
	}()

	priority.LowerOwn()
	require.Equal(t, "19", told(t, "nice"), "of the programs that it starts, from whatever thread")
	require.Equal(t, before, processorsOf(t, os.Getpid()), "so long as nothing else is asked for")

	priority.Confine()
	count := runtime.NumCPU() // when the test began
	require.Equal(t, strconv.Itoa(count-count/2), told(t, "nproc"))
	require.Equal(t, before, processorsOf(t, other.Process.Pid), "of a process that is not lowered")
	priority.Lower(other.Process.Pid)
	require.Equal(t, processorsOf(t, os.Getpid()), processorsOf(t, other.Process.Pid))
	require.Equal(t, count > 1, before != processorsOf(t, other.Process.Pid))

	first := before[:strings.IndexAny(before+",", ",-")]
	require.NoError(t, exec.Command("taskset", "-p", "-c", first, strconv.Itoa(other.Process.Pid)).Run())
	priority.Lower(other.Process.Pid)
	require.Equal(t, first, processorsOf(t, other.Process.Pid), "of one that may use no other")
	t.Log("gave way")
}

// told gives what a program prints.
func told(t *testing.T, program string) string {
	t.Helper()
	out, err := exec.Command(program).Output()
	require.NoError(t, err)
	return strings.TrimSpace(string(out))
}

// processorsOf gives the list of those that a process may use, as the kernel writes it.
func processorsOf(t *testing.T, pid int) string {
	t.Helper()
	status, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	require.NoError(t, err)
	_, after, found := strings.Cut(string(status), "Cpus_allowed_list:")
	require.True(t, found)
	list, _, _ := strings.Cut(after, "\n")
	return strings.TrimSpace(list)
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
