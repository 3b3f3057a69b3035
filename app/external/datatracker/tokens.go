package datatracker

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"time"

	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/fault"
)

// tokenPath is where the Datatracker tells whether a token opens this service (compatibility, section 10).
const tokenPath = "/api/appauth/bibxml" //nolint:gosec // a path, no token

// confirmedFor is how long a token stays good that the Datatracker confirmed once and cannot be asked about any
// more: as long as other answers of external sources. Nobody can take a token back during that time, and
// everybody who had one goes on working.
const confirmedFor = 6 * time.Hour

// longestToken is more than the Datatracker gives out.
const longestToken = 512

// Tokens knows the tokens that the Datatracker gives out for this service. It is safe for concurrent use.
type Tokens struct {
	source *external.Source[time.Time]
	now    func() time.Time
}

// NewTokens makes a client over a source that leads to the Datatracker. What the source keeps is when a token was
// confirmed, under a hash of it. The clock may be nil.
func NewTokens(source *external.Source[time.Time], now func() time.Time) *Tokens {
	if now == nil {
		now = time.Now
	}
	return &Tokens{source, now}
}

// Check fails with fault.Forbidden when a token is not good, with fault.Unavailable when the Datatracker cannot
// be asked.
func (t *Tokens) Check(ctx context.Context, token string) error {
	if token == "" || len(token) > longestToken {
		return errToken
	}
	key := sha256.Sum256([]byte(token))
	confirmed, err := t.source.Ask(ctx, hex.EncodeToString(key[:]), func(ctx context.Context, fetch *external.Fetch) (time.Time, error) {
		return t.confirm(ctx, fetch, token)
	})
	switch {
	case err == nil && t.now().Sub(confirmed) < confirmedFor:
		return nil
	case err == nil:
		err = errors.New("confirmed too long ago")
	case fault.Is(err, fault.NotFound):
		return errToken
	}
	return fault.Wrap(fault.Unavailable, err, "The Datatracker cannot be asked about the token at the moment; please try again shortly.")
}

var errToken = fault.New(fault.Forbidden, "The Datatracker does not know this token.")

func (t *Tokens) confirm(ctx context.Context, fetch *external.Fetch, token string) (time.Time, error) {
	var answer struct{ Success *bool }
	err := fetch.Form(ctx, tokenPath, url.Values{"apikey": {token}}, &answer)
	switch {
	case err != nil:
		return time.Time{}, err
	case answer.Success == nil:
		return time.Time{}, fetch.Unreadable()
	case !*answer.Success:
		return time.Time{}, fault.New(fault.NotFound, "no such token")
	}
	return t.now(), nil
}
