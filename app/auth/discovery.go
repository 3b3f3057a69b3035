package auth

import (
	"context"
	"slices"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

const (
	// discoveryAge is how long the addresses of the provider are believed. Its keys are asked for as they change.
	discoveryAge = 24 * time.Hour
	// discoveryRetry is when a provider that did not answer is asked for them again.
	discoveryRetry = time.Minute
)

func (s *SignIn) config(provider *oidc.Provider) *oauth2.Config {
	endpoint := provider.Endpoint()
	endpoint.AuthStyle = authStyle(provider)
	return &oauth2.Config{
		ClientID: s.provider.ClientID, ClientSecret: s.provider.Secret, RedirectURL: s.provider.RedirectURI,
		Endpoint: endpoint, Scopes: []string{oidc.ScopeOpenID, "profile"},
	}
}

// discover gives the addresses of the provider (OpenID Connect Discovery 1.0). They are asked for when somebody
// signs in, again by the next one when that failed, and now and then anew; then the old ones are better than none.
// However many sign in, one asks.
func (s *SignIn) discover(ctx context.Context) (*oidc.Provider, error) {
	if found := s.known.Load(); found != nil && s.provider.Now().Before(found.until) {
		return found.provider, nil
	}
	ctx = oidc.ClientContext(context.WithoutCancel(ctx), s.client) // others wait for the answer as well
	result, err, _ := s.flights.Do("", func() (any, error) {
		provider, err := oidc.NewProvider(ctx, s.provider.Issuer)
		lasts := discoveryAge
		if old := s.known.Load(); err != nil && old != nil {
			provider, err, lasts = old.provider, nil, discoveryRetry
		}
		if err != nil {
			return nil, s.away(err)
		}
		s.known.Store(&discovered{provider, s.provider.Now().Add(lasts)})
		return provider, nil
	})
	provider, _ := result.(*oidc.Provider)
	return provider, err
}

// discovered is what the provider told of itself.
type discovered struct {
	provider *oidc.Provider
	until    time.Time // it is believed
}

// authStyle is how we prove who we are at the token endpoint: by Basic, the default (OpenID Connect Core 1.0,
// section 9), unless the provider wants the secret in the form.
func authStyle(provider *oidc.Provider) oauth2.AuthStyle {
	var told struct {
		Methods []string `json:"token_endpoint_auth_methods_supported"`
	}
	_ = provider.Claims(&told) // discovery succeeded, so that it is JSON; without the field the default holds
	if slices.Contains(told.Methods, "client_secret_post") && !slices.Contains(told.Methods, "client_secret_basic") {
		return oauth2.AuthStyleInParams
	}
	return oauth2.AuthStyleInHeader
}
