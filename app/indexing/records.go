package indexing

import (
	"cmp"
	"context"
	"runtime"

	"golang.org/x/sync/errgroup"

	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
)

const (
	// chunk is how many records are stored at once: enough that the round trips between do not count, few enough that the
	// next are decoded meanwhile. The first time it is fewer, since the database waits until they are decoded.
	chunk, firstChunk = 2000, 100
	// handful is how many files are handed on at once, and how many bytes of them: one by one, the handing on took a
	// twentieth of the time.
	handful, handfulBytes = 64, 256 << 10
)

// loaded is a file that was read, or failed to be.
type loaded struct {
	file    gitrepo.File
	content []byte
	err     error
}

// decoded is a record made of a file, or the reason why there is none.
type decoded struct {
	file   gitrepo.File
	record *Record
	err    error
}

// reading is the files of a plan on their way: git reads and every core decodes them, as far ahead as there is room.
type reading struct {
	records <-chan []decoded // closed when there are no more
	ctx     context.Context  // ends when it fails
	cancel  context.CancelFunc
	group   *errgroup.Group
}

func (r *run) read(ctx context.Context, work plan) *reading {
	ctx, cancel := context.WithCancel(ctx)
	group, ctx := errgroup.WithContext(ctx)
	files := make(chan []loaded, 4)
	records := make(chan []decoded, 16)
	group.Go(func() error {
		defer close(files)
		return r.loadAll(ctx, work.read, files)
	})
	group.Go(func() error {
		defer close(records)
		return decodeAll(ctx, r.request.Dataset, files, records)
	})
	return &reading{records, ctx, cancel, group}
}

// close ends what is still under way, and waits for it.
func (x *reading) close() {
	x.cancel()
	_ = x.group.Wait()
}

// putRecords stores the files of a plan as they come.
func (r *run) putRecords(ctx context.Context, w Writer, work plan) error {
	if len(work.read) == 0 {
		return nil
	}
	r.progress("indexing", work.total-len(work.read), work.total)
	coming := r.ahead
	if coming == nil {
		coming = r.read(ctx, work)
	}
	defer coming.close()
	defer context.AfterFunc(ctx, coming.cancel)()
	if err := r.storeAll(ctx, w, work, coming.records); err != nil {
		return err
	}
	if err := coming.group.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

func (r *run) loadAll(ctx context.Context, wanted []gitrepo.File, files chan<- []loaded) error {
	var some []loaded
	bytes := 0
	err := r.source.Repository.Read(ctx, wanted, func(f gitrepo.File, content []byte, err error) error {
		some = append(some, loaded{file: f, content: content, err: err})
		if bytes += len(content); len(some) < handful && bytes < handfulBytes {
			return nil
		}
		full := some
		some, bytes = make([]loaded, 0, handful), 0
		return send(ctx, files, full)
	})
	if err != nil {
		return err
	}
	return send(ctx, files, some)
}

func decodeAll(ctx context.Context, dataset string, files <-chan []loaded, records chan<- []decoded) error {
	group, ctx := errgroup.WithContext(ctx)
	for range runtime.NumCPU() {
		group.Go(func() error {
			for some := range files {
				done := make([]decoded, len(some))
				for i, f := range some {
					done[i] = decode(dataset, f)
				}
				if err := send(ctx, records, done); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return group.Wait()
}

func decode(dataset string, f loaded) decoded {
	d := decoded{file: f.file, err: cmp.Or(checkName(f.file.Path), f.err)}
	if d.err == nil {
		d.record, d.err = newRecord(dataset, refOf(f.file.Path), f.file.Hash, f.content)
	}
	return d
}

func (r *run) storeAll(ctx context.Context, w Writer, work plan, records <-chan []decoded) error {
	batch := make([]*Record, 0, chunk)
	room, done := firstChunk, work.total-len(work.read)
	flush := func() error {
		if len(batch) == 0 {
			return nil
		}
		if err := r.compareChanged(ctx, batch); err != nil {
			return err
		}
		if err := r.remember(ctx, w); err != nil {
			return err
		}
		err := w.Put(ctx, batch)
		batch = make([]*Record, 0, chunk) // the writer may still be at the other
		room = min(2*room, chunk)
		r.progress("indexing", done, work.total)
		return err
	}
	for some := range records {
		for _, d := range some {
			done++
			r.count(work, d)
			if d.err != nil {
				continue
			}
			if batch = append(batch, d.record); len(batch) == room {
				if err := flush(); err != nil {
					return err
				}
			}
		}
	}
	return flush()
}

// count adds one file to the outcome.
func (r *run) count(work plan, d decoded) {
	if d.err != nil {
		r.bad(d.file.Path, d.err)
		return
	}
	alone := d.record.Alone
	r.counted(work, d.record.Ref, d.record.Blob, Change{Document: d.record.Document, DocID: alone.Primary, Title: alone.Title})
	if d.record.Undated {
		r.undated = append(r.undated, d.record.Alone)
	}
	if len(d.record.Problems) == 0 {
		return
	}
	problems := make([]FileProblem, len(d.record.Problems))
	for i, p := range d.record.Problems {
		problems[i] = FileProblem{File: d.file.Path, Path: p.Path, Message: p.Message, Line: p.Line}
	}
	r.note(problems...)
}

func send[T any](ctx context.Context, to chan<- T, value T) error {
	select {
	case to <- value:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
