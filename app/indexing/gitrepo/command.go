package gitrepo

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/priority"
)

// gitConfig stands in the place of the user's configuration. A local repository may belong to
// somebody else (a mounted volume, as a rule): git reads from one only when it is called safe in
// this file, because the program that serves the other side of a local fetch sees no other setting
// of ours.
const gitConfig = "[safe]\n\tdirectory = *\n"

// settings hold for every command. They, the URL among them, are handed over in the environment,
// where other users of the machine cannot read them, and are not kept on disk.
func (m *Mirror) settings() [][2]string {
	return [][2]string{
		{"remote.origin.url", m.source.url},
		{"core.hooksPath", os.DevNull},
		{"gc.auto", "0"}, // Prune does it, when no commit is needed any more
		{"maintenance.auto", "false"},
		{"core.bigFileThreshold", strconv.Itoa(MaxFile)}, // larger files never are in memory as a whole
		{"fetch.unpackLimit", "1"},                       // one pack for each fetch, never thousands of small files
		{"http.lowSpeedLimit", "1000"},
		{"http.lowSpeedTime", "60"},
		{"init.defaultBranch", "main"},
	}
}

// environment is ours without anything that directs git, apart from how to reach a host: SSH and
// TLS. Nothing may ask for a password, and no protocol runs a program of the URL's choice.
func (m *Mirror) environment() []string {
	env := slices.DeleteFunc(os.Environ(), func(e string) bool {
		return strings.HasPrefix(e, "GIT_") && !strings.HasPrefix(e, "GIT_SSH") && !strings.HasPrefix(e, "GIT_SSL_")
	})
	if os.Getenv("GIT_SSH_COMMAND") == "" {
		env = append(env, "GIT_SSH_COMMAND=ssh -o BatchMode=yes")
	}
	env = append(env,
		"LC_ALL=C",
		"GIT_DIR="+m.gitDir(),
		"GIT_CONFIG_NOSYSTEM=1",
		"GIT_CONFIG_GLOBAL="+m.configFile(),
		"GIT_TERMINAL_PROMPT=0",
		"GIT_ASKPASS=", // set and empty, so that SSH_ASKPASS is not asked either
		"GIT_ALLOW_PROTOCOL=file:https:http:ssh:git",
		"GIT_LITERAL_PATHSPECS=1",
		"GIT_OPTIONAL_LOCKS=0",
	)
	for i, s := range m.settings() {
		env = append(env, fmt.Sprintf("GIT_CONFIG_KEY_%d=%s", i, s[0]), fmt.Sprintf("GIT_CONFIG_VALUE_%d=%s", i, s[1]))
	}
	env = append(env, fmt.Sprintf("GIT_CONFIG_COUNT=%d", len(m.settings())))
	return append(env, m.env...)
}

// command returns a git command that ends with ctx, together with the programs that it starts. It inherits the lock on the mirror.
func (m *Mirror) command(ctx context.Context, locked *os.File, stderr *bytes.Buffer, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, "git", args...)
	cmd.ExtraFiles = []*os.File{locked}
	cmd.Dir = m.dir
	cmd.Env = m.environment()
	cmd.Stderr = stderr
	cmd.SysProcAttr = attributes()
	cmd.Cancel = func() error {
		err := syscall.Kill(-cmd.Process.Pid, syscall.SIGTERM)
		if errors.Is(err, syscall.ESRCH) {
			return os.ErrProcessDone
		}
		return err
	}
	cmd.WaitDelay = 5 * time.Second
	return cmd
}

// git runs a command to its end and returns what it wrote.
func (m *Mirror) git(ctx context.Context, args ...string) ([]byte, error) {
	locked, end, err := m.begin(ctx)
	if err != nil {
		return nil, err
	}
	defer end()
	var stdout, stderr bytes.Buffer
	cmd := m.command(ctx, locked, &stderr, args...)
	cmd.Stdout = &stdout
	wait, err := start(cmd)
	if err == nil {
		err = wait()
	}
	if err != nil {
		return nil, m.failure(ctx, args[0], err, stderr.String())
	}
	return stdout.Bytes(), nil
}

// start starts a command with a low priority, which the programs that it starts inherit; wait must be called once. The thread
// that starts the command lasts as long as the command does, since Linux sends the signal of attributes when that thread ends.
func start(cmd *exec.Cmd) (wait func() error, err error) {
	started, ended := make(chan error), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		defer runtime.UnlockOSThread()
		started <- cmd.Start()
		<-ended
	}()
	if err := <-started; err != nil {
		close(ended)
		return nil, err
	}
	priority.Lower(cmd.Process.Pid)
	return func() error {
		defer close(ended)
		return cmd.Wait()
	}, nil
}

// failure describes a command that failed. Whoever cancelled finds context.Canceled in it.
func (m *Mirror) failure(ctx context.Context, command string, err error, stderr string) error {
	if ctx.Err() != nil {
		return fmt.Errorf("git %s: %s: %w", command, m.source, context.Cause(ctx))
	}
	return &commandError{command: command, stderr: summary(stderr), err: err}
}

// commandError is a git command that failed by itself.
type commandError struct {
	command string
	stderr  string // its essence
	err     error
}

func (e *commandError) Error() string {
	return fmt.Sprintf("git %s: %v: %s", e.command, e.err, e.stderr)
}

func (e *commandError) Unwrap() error { return e.err }

// summary takes the lines that tell the failure from what a command wrote, without credentials.
func summary(stderr string) string {
	const limit = 500
	var all, telling []string
	for line := range strings.Lines(redact(stderr)) {
		line = strings.TrimSpace(strings.Map(printable, line))
		if line == "" {
			continue
		}
		all = append(all, line)
		for _, prefix := range []string{"fatal: ", "error: ", "remote: "} {
			if text, ok := strings.CutPrefix(line, prefix); ok {
				telling = append(telling, text)
			}
		}
	}
	if len(telling) == 0 {
		telling = all
	}
	text := strings.Join(telling, "; ")
	if len(text) > limit {
		text = strings.ToValidUTF8(text[:limit], "") + "…"
	}
	return text
}

func printable(r rune) rune {
	if isControl(r) {
		return ' '
	}
	return r
}

// unreachable is the failure to fetch from the repository at all.
func (m *Mirror) unreachable(err error) error {
	var failed *commandError
	if !errors.As(err, &failed) {
		return err
	}
	return fault.Wrap(fault.Upstream, err, "%s cannot be fetched: %s", m.source, failed.stderr)
}

// noBranch is the lack of the branch, or of all branches.
func (m *Mirror) noBranch(ctx context.Context) error {
	heads, err := m.remoteHeads(ctx)
	if err != nil {
		return m.unreachable(err)
	}
	if len(heads) == 0 {
		return fault.New(fault.Upstream, "%s is empty: it has no branch", m.source)
	}
	return fault.New(fault.Upstream, "%s has no branch %s, but %s", m.source, m.source.branch, someNames(heads))
}

func someNames(heads map[string]string) string {
	const limit = 5
	names := make([]string, 0, len(heads))
	for name := range heads {
		names = append(names, name)
	}
	slices.Sort(names)
	if len(names) > limit {
		return fmt.Sprintf("%s and %d more", strings.Join(names[:limit], ", "), len(names)-limit)
	}
	return strings.Join(names, ", ")
}
