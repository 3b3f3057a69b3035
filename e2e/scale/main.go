// Command scale runs three web processes behind nginx beside one worker, and checks that they are one service.
//
//	go run ./e2e/scale
//
// Each of the three gives the same answers, with the same headers. While the index changes, what one has told is
// told by the others within moments. And their counters add up to what was asked, to the last request.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/states"
)

type options struct {
	indexings int
	documents int
	seed      uint64
	verbose   bool
}

func main() {
	var opts options
	flag.IntVar(&opts.indexings, "indexings", 6, "how many new states are published")
	flag.IntVar(&opts.documents, "documents", 1000, "how many documents the source has")
	flag.Uint64Var(&opts.seed, "seed", uint64(time.Now().UnixNano()), "of what is asked")
	flag.BoolVar(&opts.verbose, "verbose", false, "show what the program prints")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	err := run(ctx, opts)
	stop()
	if err != nil {
		fmt.Fprintf(os.Stderr, "scale, seed %d: %v\n", opts.seed, err)
		os.Exit(1)
	}
}

// webs is how many web processes there are.
const webs = 3

// fleet are web processes behind nginx, and a worker.
type fleet struct {
	lab    *harness.Lab
	source *states.Source
	webs   []*harness.Process
	worker *harness.Process
	nginx  *harness.Nginx
}

func run(ctx context.Context, opts options) (err error) {
	fmt.Printf("scale: seed %d\n", opts.seed)
	dir := filepath.Join(os.TempDir(), fmt.Sprintf("bibxml-scale-%d", os.Getpid()))
	defer func() { _ = os.RemoveAll(dir) }()
	source := &states.Source{Dataset: states.IETF, Dir: filepath.Join(dir, "sources", "source.git"), Documents: opts.documents, Stride: 1}
	log := io.Discard
	if opts.verbose {
		log = os.Stderr
	}
	lab, err := harness.Start(ctx, harness.Options{
		Dir: dir, Sources: map[string]string{source.Dataset: source.Dir}, Order: []string{source.Dataset}, Log: log,
	})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lab.Stop()) }()
	f := &fleet{lab: lab, source: source}
	defer f.stop()
	if err := f.start(ctx, dir); err != nil {
		if errors.Is(err, harness.ErrNoNginx) {
			fmt.Println("LEFT OUT: three web processes behind nginx (it is not installed)")
			return nil
		}
		return err
	}
	if err := f.sameAnswers(ctx); err != nil {
		return err
	}
	return f.changing(ctx, opts)
}

// Directives for nginx: it takes the processes in turn, and says whom it asks for.
const (
	balance = "  upstream fleet {%s keepalive 16; }"
	forward = `location / {
    proxy_pass http://fleet;
    proxy_http_version 1.1;
    proxy_set_header Connection "";
    proxy_set_header Host localhost;
    proxy_set_header X-Forwarded-For $remote_addr;
    proxy_set_header X-Forwarded-Proto https;
    proxy_next_upstream off;
  }`
)

func (f *fleet) start(ctx context.Context, dir string) (err error) {
	if err := f.source.Create(ctx); err != nil {
		return err
	}
	if f.worker, err = f.lab.Worker(ctx); err != nil {
		return err
	}
	upstreams := ""
	for range webs {
		web, err := f.lab.Web(ctx, "TRUSTED_PROXIES=127.0.0.1", "SECRET_KEY=one key for all of the web processes")
		if err != nil {
			return err
		}
		f.webs = append(f.webs, web)
		upstreams += " server " + web.Base[len("http://"):] + ";"
	}
	f.lab.Base = f.webs[0].Base
	f.nginx, err = harness.StartNginx(ctx, filepath.Join(dir, "nginx"), fmt.Sprintf(balance, upstreams), forward)
	if err != nil {
		return err
	}
	return f.index(ctx)
}

func (f *fleet) stop() {
	if f.nginx != nil {
		f.nginx.Stop()
	}
	for _, web := range f.webs {
		web.Stop()
	}
	if f.worker != nil {
		f.worker.Stop()
	}
}

// index brings the index to the state of the source.
func (f *fleet) index(ctx context.Context) error {
	id, err := f.lab.Request(ctx, f.source.Dataset, harness.Wanted{})
	if err != nil {
		return err
	}
	_, err = f.lab.Ended(ctx, f.source.Dataset, id)
	return err
}
