package indexing

import (
	"cmp"
	"context"
	"runtime"
	"strings"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
)

const (
	// chunk is how many records are stored at once: enough that the round trips between do not count, few enough that the
	// next are decoded meanwhile. The first time it is fewer, since the database waits until they are decoded.
	chunk, firstChunk = 2000, 100
	// chunkBytes is how many bytes of records are stored at once, whatever their number: 2000 real ones have less.
	chunkBytes = 32 << 20
	// comingBytes bounds the files on their way, likewise. It is at least gitrepo.MaxFile.
	comingBytes = 32 << 20
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

// group is some files that are handed on together.
type group[T any] struct {
	of    []T
	bytes int64 // of the room for files on their way
}

// reading is the files of a plan on their way: git reads and every core decodes them, as far ahead as there is room.
type reading struct {
	records <-chan group[decoded] // closed when there are no more
	room    *semaphore.Weighted   // in bytes, for what has been read and not been taken from records
	ctx     context.Context       // ends when it fails
	cancel  context.CancelFunc
	tasks   *errgroup.Group
}

func (r *run) read(ctx context.Context, work plan) *reading {
	ctx, cancel := context.WithCancel(ctx)
	tasks, ctx := errgroup.WithContext(ctx)
	files := make(chan group[loaded], 4)
	records := make(chan group[decoded], 16)
	x := &reading{records, semaphore.NewWeighted(comingBytes), ctx, cancel, tasks}
	tasks.Go(func() error {
		defer close(files)
		return x.loadAll(ctx, r.source.Repository, work.read, files)
	})
	tasks.Go(func() error {
		defer close(records)
		return decodeAll(ctx, r.request.Dataset, files, records)
	})
	return x
}

// close ends what is still under way, and waits for it.
func (x *reading) close() {
	x.cancel()
	_ = x.tasks.Wait()
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
	if err := r.storeAll(ctx, w, work, coming); err != nil {
		return err
	}
	if err := coming.tasks.Wait(); err != nil {
		return err
	}
	return context.Cause(ctx)
}

func (x *reading) loadAll(ctx context.Context, from Repository, wanted []gitrepo.File, files chan<- group[loaded]) error {
	var some group[loaded]
	err := from.Read(ctx, wanted, func(f gitrepo.File, content []byte, err error) error {
		some.of = append(some.of, loaded{file: f, content: content, err: err})
		if some.bytes += int64(len(content)); len(some.of) < handful && some.bytes < handfulBytes {
			return nil
		}
		full := some
		some = group[loaded]{of: make([]loaded, 0, handful)}
		return x.handOn(ctx, files, full)
	})
	if err != nil {
		return err
	}
	return x.handOn(ctx, files, some)
}

// handOn hands on files when there is room for them.
func (x *reading) handOn(ctx context.Context, files chan<- group[loaded], some group[loaded]) error {
	some.bytes = min(some.bytes, comingBytes)
	if x.room.Acquire(ctx, some.bytes) != nil {
		return context.Cause(ctx)
	}
	return send(ctx, files, some)
}

func decodeAll(ctx context.Context, dataset string, files <-chan group[loaded], records chan<- group[decoded]) error {
	tasks, ctx := errgroup.WithContext(ctx)
	for range runtime.NumCPU() {
		tasks.Go(func() error {
			for some := range files {
				done := group[decoded]{make([]decoded, len(some.of)), some.bytes}
				for i, f := range some.of {
					done.of[i] = decode(dataset, f)
				}
				if err := send(ctx, records, done); err != nil {
					return err
				}
			}
			return nil
		})
	}
	return tasks.Wait()
}

func decode(dataset string, f loaded) decoded {
	d := decoded{file: f.file, err: cmp.Or(checkName(f.file.Path), f.err)}
	if d.err == nil {
		d.record, d.err = newRecord(dataset, refOf(f.file.Path), f.file.Hash, f.content)
	}
	return d
}

func (r *run) storeAll(ctx context.Context, w Writer, work plan, coming *reading) error {
	batch, bytes := make([]*Record, 0, chunk), 0
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
		batch, bytes = make([]*Record, 0, chunk), 0 // the writer may still be at the other
		room = min(2*room, chunk)
		r.progress("indexing", done, work.total)
		return err
	}
	for some := range coming.records {
		for _, d := range some.of {
			done++
			r.count(work, d)
			if d.err != nil {
				continue
			}
			batch, bytes = append(batch, d.record), bytes+len(d.record.Original)+len(d.record.Body)
			if len(batch) == room || bytes >= chunkBytes {
				if err := flush(); err != nil {
					return err
				}
			}
		}
		coming.room.Release(some.bytes)
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
		r.leave(d.record)
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

// leave keeps a document that no date is known of yet until all records are stored. Where these are too large to be kept, they
// are made anew then.
func (r *run) leave(record *Record) {
	for i, id := range record.DocIDs { // which wait for the date
		record.DocIDs[i].ID, record.DocIDs[i].Type, record.DocIDs[i].Scope = strings.Clone(id.ID), strings.Clone(id.Type), strings.Clone(id.Scope)
	}
	if r.undatedBytes += len(record.Body); r.undatedBytes > chunkBytes {
		r.later = append(r.later, record.Document)
		return
	}
	r.undated = append(r.undated, record.Alone)
}

func send[T any](ctx context.Context, to chan<- T, value T) error {
	select {
	case to <- value:
		return nil
	case <-ctx.Done():
		return context.Cause(ctx)
	}
}
