package main

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/ietf-tools/bibxml/e2e/harness"
	"github.com/ietf-tools/bibxml/e2e/states"
)

// burst is for how long many ask at once.
const burst = 500 * time.Millisecond

// unnoticed restarts the database while nobody asks. Connections that the web process keeps from before are broken
// then; once it says that it is well, nobody may come to feel that.
func (s *scene) unnoticed(ctx context.Context, opts options) error {
	judge := &states.Judge{}
	asking := &states.Readers{Base: s.web.Base, Ask: states.OneOf(s.sources), Hear: judge.Hear, Count: 4 * readers, Seed: opts.seed + 1}
	all := func() {
		asking.Start(ctx)
		time.Sleep(burst)
		asking.Stop()
	}
	all()
	if err := s.outage(ctx, false); err != nil {
		return err
	}
	began := time.Now()
	for !well(ctx, s.web) {
		if time.Since(began) > patience {
			return fmt.Errorf("not well within %s after the database was back", patience)
		}
		time.Sleep(10 * time.Millisecond)
	}
	took := time.Since(began)
	all()
	heard, wrong := judge.Verdict()
	if wrong != nil {
		return fmt.Errorf("after the database was restarted unnoticed:\n%w", wrong)
	}
	fmt.Printf("The database restarted while nobody asked: well again after %s, and none of %d answers refused.\n", took.Round(time.Millisecond), heard.Asked)
	return nil
}

// well says whether a web process finds itself well.
func well(ctx context.Context, web *harness.Process) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, web.Base+"/healthz/", nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	_ = response.Body.Close()
	return response.StatusCode == http.StatusOK
}
