package app

import (
	"time"

	"github.com/ietf-tools/bibxml/app/auth"
	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/external/datatracker"
	"github.com/ietf-tools/bibxml/app/web"
)

const (
	// tokenPatience is how long a program waits until its token is checked: there is no other answer for it.
	tokenPatience = 5 * time.Second
	// A token that was taken back opens the API for five minutes more, or ten when nobody else asks with it.
	tokensFresh, tokensStale = 5 * time.Minute, 10 * time.Minute
)

// signIn leads to the Datatracker's sign-in; nil when that is not configured.
func (a *App) signIn() *auth.SignIn {
	if a.cfg.DatatrackerClientID == "" {
		return nil
	}
	return auth.NewSignIn(auth.Provider{
		Name: "Datatracker", Issuer: a.cfg.DatatrackerOIDCURL, RedirectURI: a.cfg.DatatrackerRedirectURI,
		ClientID: a.cfg.DatatrackerClientID, Secret: a.cfg.DatatrackerClientSecret,
	})
}

// tokens checks who may use the API; nil when everybody may.
func (a *App) tokens() (web.Tokens, error) {
	if !a.cfg.RequireDatatrackerAuth {
		return nil, nil //nolint:nilnil // nobody is asked
	}
	source, err := external.New[time.Time](external.Options{
		Name: "The Datatracker", URL: a.cfg.DatatrackerURL, UserAgent: a.userAgent(), Patience: tokenPatience, Timeout: lookUpTimeout,
		Fresh: tokensFresh, Stale: tokensStale, Parallel: parallel, Observe: a.asked.Of("tokens"), Log: a.log,
	})
	if err != nil {
		return nil, err
	}
	return datatracker.NewTokens(source, nil), nil
}
