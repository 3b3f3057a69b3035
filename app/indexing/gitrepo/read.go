package gitrepo

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/fault"
)

// MaxFile is the size above which a file is not read.
const MaxFile = 16 << 20

// Read gives the content of files to fn, one after the other and in their order, through one git
// process. What cannot be read (larger than MaxFile, a symbolic link, a submodule, no longer there)
// comes as an error of kind Invalid or NotFound in the place of the content, and Read goes on. The
// content belongs to fn. An error of fn ends the reading and is returned.
func (m *Mirror) Read(ctx context.Context, files []File, fn func(f File, content []byte, err error) error) error {
	running, cancel := context.WithCancel(ctx)
	defer cancel()
	locked, end, err := m.begin(ctx)
	if err != nil {
		return err
	}
	defer end()
	var stderr bytes.Buffer
	cmd := m.command(running, locked, &stderr, "cat-file", "--batch", "--buffer")
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	wait, err := start(cmd)
	if err != nil {
		return fmt.Errorf("git cat-file: %w", err)
	}
	go request(stdin, files)

	// cancel comes before wait, so that a process whose output nobody reads to the end goes away.
	readErr := readAll(ctx, bufio.NewReaderSize(stdout, 256<<10), files, fn)
	if readErr != nil {
		cancel()
	}
	waitErr := wait()
	if errors.Is(readErr, errShort) || readErr == nil && waitErr != nil {
		return m.failure(ctx, "cat-file", cmp.Or(readErr, waitErr), stderr.String())
	}
	return readErr
}

// request asks for every file that has content. A failure to write shows as a short answer.
func request(w io.WriteCloser, files []File) {
	defer w.Close()
	buf := bufio.NewWriter(w)
	for _, f := range files {
		if unreadable(f) == nil {
			_, _ = buf.WriteString(f.Hash + "\n")
		}
	}
	_ = buf.Flush()
}

// unreadable says why the content of a file is not asked for.
func unreadable(f File) error {
	switch {
	case f.Mode == Symlink:
		return fault.New(fault.Invalid, "%s is a symbolic link", f.Path)
	case f.Mode == Submodule:
		return fault.New(fault.Invalid, "%s is a submodule", f.Path)
	case !isHash(f.Hash):
		return fault.New(fault.NotFound, "%s has no content", f.Path)
	}
	return nil
}

func tooLarge(f File, size int64) error {
	return fault.New(fault.Invalid, "%s has %d bytes, more than the %d allowed", f.Path, size, MaxFile)
}

func readAll(ctx context.Context, r *bufio.Reader, files []File, fn func(File, []byte, error) error) error {
	for _, f := range files {
		if err := ctx.Err(); err != nil {
			return context.Cause(ctx)
		}
		content, problem := []byte(nil), unreadable(f)
		if problem == nil {
			var err error
			if content, problem, err = readOne(r, f); err != nil {
				return err
			}
		}
		if err := fn(f, content, problem); err != nil {
			return err
		}
	}
	return nil
}

// errShort is an answer that ends too early.
var errShort = errors.New("git cat-file: the answer is cut short")

// readOne reads "<hash> <type> <size>\n<content>\n", or "<hash> missing\n". A problem concerns the
// file alone, an error the process.
func readOne(r *bufio.Reader, f File) (content []byte, problem, err error) {
	line, err := r.ReadString('\n')
	if err != nil {
		return nil, nil, fmt.Errorf("%w at %s: %w", errShort, f.Path, err)
	}
	fields := strings.Fields(line)
	if len(fields) == 2 && fields[1] == "missing" {
		return nil, fault.New(fault.NotFound, "the content of %s is not in the mirror", f.Path), nil
	}
	if len(fields) != 3 || fields[0] != f.Hash {
		return nil, nil, fmt.Errorf("git cat-file: answer %q for %s", line, f.Path)
	}
	size, err := strconv.ParseInt(fields[2], 10, 64)
	if err != nil {
		return nil, nil, fmt.Errorf("git cat-file: answer %q for %s: %w", line, f.Path, err)
	}
	if fields[1] != "blob" {
		problem = fault.New(fault.Invalid, "%s is a %s of Git, not a file", f.Path, fields[1])
	} else if size > MaxFile {
		problem = tooLarge(f, size)
	}
	if problem != nil {
		return nil, problem, skip(r, f, size+1)
	}
	content = make([]byte, size+1) // with the line break after it
	if _, err := io.ReadFull(r, content); err != nil {
		return nil, nil, fmt.Errorf("%w at %s: %w", errShort, f.Path, err)
	}
	return content[:size:size], nil, nil
}

func skip(r *bufio.Reader, f File, n int64) error {
	if _, err := io.CopyN(io.Discard, r, n); err != nil {
		return fmt.Errorf("%w at %s: %w", errShort, f.Path, err)
	}
	return nil
}
