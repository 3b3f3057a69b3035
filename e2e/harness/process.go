package harness

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"syscall"
)

// Process is one role of the program, running.
type Process struct {
	Base string // where it answers: http://127.0.0.1:port
	cmd  *exec.Cmd
	read chan struct{} // closed when all that it printed has been read
}

// address is how the program tells where it serves.
var address = regexp.MustCompile(`https?://(?:127\.0\.0\.1|localhost):(\d+)`)

// Web starts a web process beside that of Serve and waits until it listens. Variables are added to the
// environment of the lab.
func (l *Lab) Web(ctx context.Context, env ...string) (*Process, error) {
	return l.start(ctx, "serve", env)
}

// Worker starts a worker and waits until it listens, which is not yet until it works the queue.
func (l *Lab) Worker(ctx context.Context, env ...string) (*Process, error) {
	return l.start(ctx, "work", append([]string{"METRICS_PORT=0"}, env...))
}

// LimitedWorker starts a worker that can write no file of more than so many KiB, nor can what it starts.
func (l *Lab) LimitedWorker(ctx context.Context, kib int, env ...string) (*Process, error) {
	shell := exec.CommandContext(ctx, "bash", "-c", `ulimit -f "$0"; exec "$@"`, strconv.Itoa(kib), l.program, "work")
	return l.launch(shell, append([]string{"METRICS_PORT=0"}, env...))
}

func (l *Lab) start(ctx context.Context, role string, env []string) (*Process, error) {
	return l.launch(exec.CommandContext(ctx, l.program, role), env)
}

// launch starts a command, in a session of its own as service managers do, and waits until it tells its address.
func (l *Lab) launch(cmd *exec.Cmd, env []string) (*Process, error) {
	cmd.Env = append(append(l.env[:len(l.env):len(l.env)], "LOG_LEVEL=info"), env...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	out, err := cmd.StderrPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	p := &Process{cmd: cmd, read: make(chan struct{})}
	lines := bufio.NewReader(out)
	for {
		line, err := lines.ReadString('\n')
		l.tell(line)
		if err != nil {
			close(p.read)
			p.Kill()
			return nil, fmt.Errorf("%s: the program ended before it told its address: %w", strings.Join(cmd.Args, " "), err)
		}
		if found := address.FindStringSubmatch(line); found != nil {
			p.Base = "http://127.0.0.1:" + found[1]
			go l.listen(p, lines)
			return p, nil
		}
	}
}

// listen reads what a process prints to its end.
func (l *Lab) listen(p *Process, lines *bufio.Reader) {
	defer close(p.read)
	for {
		line, err := lines.ReadString('\n')
		l.tell(line)
		if err != nil {
			return
		}
	}
}

// tell passes on what a process printed, but for the requests, of which there may be thousands each second.
func (l *Lab) tell(line string) {
	if !strings.Contains(line, "msg=request ") {
		l.mu.Lock()
		defer l.mu.Unlock()
		_, _ = io.WriteString(l.opts.Log, line)
	}
}

// Kill ends the process as a failing machine would: it has no time to do anything about it.
func (p *Process) Kill() {
	_ = p.cmd.Process.Kill() // it may be gone already
	p.wait()
}

// Stop tells the process to end, and waits until it has.
func (p *Process) Stop() {
	_ = p.cmd.Process.Signal(syscall.SIGTERM)
	p.wait()
}

// wait reads all that the process printed before it takes its status, as exec asks for.
func (p *Process) wait() {
	<-p.read
	_ = p.cmd.Wait() // the status says only that it was told to end
}

// PID is the number of the process.
func (p *Process) PID() int { return p.cmd.Process.Pid }

// Memory gives the resident memory of the process in bytes, now and at its highest.
func (p *Process) Memory() (now, highest uint64, err error) {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.PID()))
	if err != nil {
		return 0, 0, err
	}
	for line := range strings.SplitSeq(string(status), "\n") {
		var kib uint64
		if n, _ := fmt.Sscanf(line, "VmRSS: %d kB", &kib); n == 1 {
			now = kib << 10
		}
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kib); n == 1 {
			highest = kib << 10
		}
	}
	return now, highest, nil
}
