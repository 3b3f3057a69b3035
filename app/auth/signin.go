package auth

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
	"golang.org/x/sync/singleflight"

	"github.com/ietf-tools/bibxml/app/fault"
)

const (
	// providerTimeout is how long a visitor waits for each thing that is asked of the provider.
	providerTimeout = 5 * time.Second
	// maxName is how much of a name is shown.
	maxName = 100
)

// Provider is where people sign in.
type Provider struct {
	Name        string // for messages: "Datatracker"
	Issuer      string // address that discovery begins at, and that its tokens name
	ClientID    string
	Secret      string
	RedirectURI string           // where the provider sends people back to
	Now         func() time.Time // the clock; nil: time.Now
}

// Person is somebody whom the provider knows.
type Person struct {
	Subject string // what the provider knows the person by
	Name    string // never empty
}

// Attempt is a sign-in that has begun. The visitor keeps it, sealed.
type Attempt struct {
	State    string `json:"state"`    // comes back with the visitor, so that nobody else's sign-in can be slipped in
	Nonce    string `json:"nonce"`    // comes back within the token, so that no other token can be
	Verifier string `json:"verifier"` // proves that we are who began (RFC 7636)
	Return   string `json:"return"`   // where the visitor came from
}

// SignIn leads people to the provider and takes them back (OpenID Connect Core 1.0, section 3.1). It asks the
// provider for nothing before somebody signs in. It is safe for concurrent use.
type SignIn struct {
	provider Provider
	client   *http.Client

	known   atomic.Pointer[discovered]
	flights singleflight.Group
}

// NewSignIn makes a way to sign in, whether or not the provider is there.
func NewSignIn(provider Provider) *SignIn {
	if provider.Now == nil {
		provider.Now = time.Now
	}
	return &SignIn{provider: provider, client: &http.Client{Timeout: providerTimeout}}
}

// Begin gives the address at the provider to send a visitor to, and what to remember until the visitor comes
// back. It fails with fault.Upstream when the provider does not answer.
func (s *SignIn) Begin(ctx context.Context, returnTo string) (address string, attempt Attempt, err error) {
	provider, err := s.discover(ctx)
	if err != nil {
		return "", attempt, err
	}
	attempt = Attempt{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Return: LocalPath(returnTo)}
	address = s.config(provider).AuthCodeURL(attempt.State, oidc.Nonce(attempt.Nonce), oauth2.S256ChallengeOption(attempt.Verifier))
	return address, attempt, nil
}

// Finish gives the person who came back from the provider with these parameters. It fails with fault.Invalid
// when this is not the way back of that attempt, with fault.Forbidden when the provider does not vouch for the
// person, with fault.Upstream when it does not answer.
func (s *SignIn) Finish(ctx context.Context, attempt Attempt, query url.Values) (Person, error) {
	if attempt.State == "" || !Equal(query.Get("state"), attempt.State) {
		return Person{}, fault.New(fault.Invalid, "This sign-in was not begun here. Please begin anew.")
	}
	if problem := query.Get("error"); problem != "" {
		return Person{}, fault.Wrap(fault.Forbidden, fmt.Errorf("error %.100q", problem), "The %s did not sign you in.", s.provider.Name)
	}
	provider, err := s.discover(ctx)
	if err != nil {
		return Person{}, err
	}
	ctx = oidc.ClientContext(ctx, s.client)
	tokens, err := s.config(provider).Exchange(ctx, query.Get("code"), oauth2.VerifierOption(attempt.Verifier))
	if refused := new(oauth2.RetrieveError); errors.As(err, &refused) && refused.Response.StatusCode < http.StatusInternalServerError {
		return Person{}, fault.Wrap(fault.Forbidden, err, "The %s did not sign you in; perhaps that took too long. Please begin anew.", s.provider.Name)
	}
	if err != nil {
		return Person{}, s.away(err)
	}
	return s.identify(ctx, provider, tokens, attempt.Nonce)
}

// identify reads who the provider says that the visitor is.
func (s *SignIn) identify(ctx context.Context, provider *oidc.Provider, tokens *oauth2.Token, nonce string) (Person, error) {
	raw, _ := tokens.Extra("id_token").(string)
	config := &oidc.Config{ClientID: s.provider.ClientID, Now: s.provider.Now}
	token, err := provider.Verifier(config).Verify(ctx, raw)
	if err == nil && !Equal(token.Nonce, nonce) {
		err = errors.New("the token has another nonce")
	}
	if err != nil {
		return Person{}, fault.Wrap(fault.Forbidden, err, "What the %s says of you cannot be verified.", s.provider.Name)
	}
	var claims claims
	_ = token.Claims(&claims) // a token without a name is as good
	if claims.name() == "" {
		// Providers may tell the name at another address (section 5.4). Without it the person is signed in as well.
		info, err := provider.UserInfo(ctx, oauth2.StaticTokenSource(tokens))
		if err == nil && info.Subject == token.Subject {
			_ = info.Claims(&claims)
		}
	}
	return Person{Subject: token.Subject, Name: cmp.Or(claims.name(), token.Subject)}, nil
}

// claims are what a provider tells of a person (section 5.1).
type claims struct {
	Name     string `json:"name"`
	Username string `json:"preferred_username"`
}

// name gives a name that is fit to be shown.
func (c claims) name() string {
	name := strings.Join(strings.Fields(cmp.Or(strings.TrimSpace(c.Name), c.Username)), " ")
	for utf8.RuneCountInString(name) > maxName {
		_, size := utf8.DecodeLastRuneInString(name)
		name = name[:len(name)-size]
	}
	return name
}

func (s *SignIn) away(err error) error {
	return fault.Wrap(fault.Upstream, err, "The %s does not answer at the moment, so nobody can sign in; please try again shortly.", s.provider.Name)
}
