package auth_test

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/auth"
	"github.com/ietf-tools/bibxml/app/auth/authtest"
	"github.com/ietf-tools/bibxml/app/fault"
)

const callback = "http://localhost:8000/datatracker-auth/callback/"

func signInAt(provider *authtest.Provider) *auth.SignIn {
	return auth.NewSignIn(auth.Provider{
		Name: "Datatracker", Issuer: provider.URL, ClientID: authtest.ClientID, Secret: authtest.Secret, RedirectURI: callback,
	})
}

// visit goes to the provider and gives what it sends the visitor back with.
func visit(t *testing.T, address string) url.Values {
	t.Helper()
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	response, err := client.Do(request)
	require.NoError(t, err)
	require.NoError(t, response.Body.Close())
	back, err := response.Location()
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(back.String(), callback), back)
	return back.Query()
}

func TestSignIn(t *testing.T) {
	tests := []struct {
		name     string
		settings authtest.Settings
		change   func(*auth.Attempt, url.Values)
		want     auth.Person
		kind     fault.Kind
	}{
		{"the usual way", authtest.Settings{}, nil, auth.Person{Subject: "1234", Name: "Ada Lovelace"}, 0},
		{"the secret in the form", authtest.Settings{InForm: true}, nil, auth.Person{Subject: "1234", Name: "Ada Lovelace"}, 0},
		{"a name of several lines", authtest.Settings{Claims: map[string]any{"name": " Ada \n King\t"}}, nil, auth.Person{Subject: "1234", Name: "Ada King"}, 0},
		{"a very long name", authtest.Settings{Claims: map[string]any{"name": strings.Repeat("ä", 101)}}, nil, auth.Person{Subject: "1234", Name: strings.Repeat("ä", 100)}, 0},
		{"a user name", authtest.Settings{Claims: map[string]any{"name": nil, "preferred_username": "ada"}}, nil, auth.Person{Subject: "1234", Name: "ada"}, 0},
		{"a name that is no text", authtest.Settings{Claims: map[string]any{"name": 5}}, nil, auth.Person{Subject: "1234", Name: "1234"}, 0},
		{"no name", authtest.Settings{Claims: map[string]any{"name": nil}}, nil, auth.Person{Subject: "1234", Name: "1234"}, 0},
		{
			"a name beside the token",
			authtest.Settings{Claims: map[string]any{"name": nil}, UserInfo: map[string]any{"sub": "1234", "name": "Ada"}},
			nil,
			auth.Person{Subject: "1234", Name: "Ada"},
			0,
		},
		{
			"a name of somebody else",
			authtest.Settings{Claims: map[string]any{"name": nil}, UserInfo: map[string]any{"sub": "5678", "name": "Bob"}},
			nil,
			auth.Person{Subject: "1234", Name: "1234"},
			0,
		},

		{"another state", authtest.Settings{}, func(_ *auth.Attempt, q url.Values) { q.Set("state", "guessed") }, auth.Person{}, fault.Invalid},
		{"no state", authtest.Settings{}, func(_ *auth.Attempt, q url.Values) { q.Del("state") }, auth.Person{}, fault.Invalid},
		{"nothing was begun", authtest.Settings{}, func(a *auth.Attempt, q url.Values) { *a = auth.Attempt{}; q.Del("state") }, auth.Person{}, fault.Invalid},
		{"the person said no", authtest.Settings{}, func(_ *auth.Attempt, q url.Values) { q.Set("error", "access_denied") }, auth.Person{}, fault.Forbidden},
		{"a code of nobody", authtest.Settings{}, func(_ *auth.Attempt, q url.Values) { q.Set("code", "expired") }, auth.Person{}, fault.Forbidden},
		{"no code", authtest.Settings{}, func(_ *auth.Attempt, q url.Values) { q.Del("code") }, auth.Person{}, fault.Forbidden},
		{"the code of another attempt", authtest.Settings{}, func(a *auth.Attempt, _ url.Values) { a.Verifier = strings.Repeat("x", 43) }, auth.Person{}, fault.Forbidden},
		{"the token of another attempt", authtest.Settings{}, func(a *auth.Attempt, _ url.Values) { a.Nonce = "other" }, auth.Person{}, fault.Forbidden},
		{"a token without nonce", authtest.Settings{Claims: map[string]any{"nonce": nil}}, nil, auth.Person{}, fault.Forbidden},
		{"a token for another service", authtest.Settings{Claims: map[string]any{"aud": "mail"}}, nil, auth.Person{}, fault.Forbidden},
		{"a token of another provider", authtest.Settings{Claims: map[string]any{"iss": "https://elsewhere.example"}}, nil, auth.Person{}, fault.Forbidden},
		{"a token that ended", authtest.Settings{Claims: map[string]any{"exp": 1}}, nil, auth.Person{}, fault.Forbidden},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			provider := authtest.New(t)
			provider.Settings = test.settings
			signIn := signInAt(provider)
			address, attempt, err := signIn.Begin(t.Context(), "/search/?query=x")
			require.NoError(t, err)
			require.Equal(t, "/search/?query=x", attempt.Return)
			query := visit(t, address)
			if test.change != nil {
				test.change(&attempt, query)
			}
			person, err := signIn.Finish(t.Context(), attempt, query)
			require.Equal(t, test.want, person)
			if test.kind == 0 {
				require.NoError(t, err)
				_, err = signIn.Finish(t.Context(), attempt, query)
				require.True(t, fault.Is(err, fault.Forbidden), "a code is good once: %v", err)
				return
			}
			require.True(t, fault.Is(err, test.kind), "%v", err)
		})
	}
}

// What differs with every attempt, and what the provider is asked for.
func TestEveryAttemptIsItsOwn(t *testing.T) {
	signIn := signInAt(authtest.New(t))
	seen := map[string]bool{}
	for range 2 {
		address, attempt, err := signIn.Begin(t.Context(), "")
		require.NoError(t, err)
		u, err := url.Parse(address)
		require.NoError(t, err)
		query := u.Query()
		require.Equal(t, []string{"code", "openid profile", "S256"}, []string{query.Get("response_type"), query.Get("scope"), query.Get("code_challenge_method")})
		require.NotContains(t, address, attempt.Verifier)
		for _, text := range []string{attempt.State, attempt.Nonce, attempt.Verifier, query.Get("code_challenge")} {
			require.GreaterOrEqual(t, len(text), 26)
			require.False(t, seen[text], text)
			seen[text] = true
		}
	}
}

func TestProviderDown(t *testing.T) {
	provider := authtest.New(t)
	clock := &clock{time.Now()}
	signIn := auth.NewSignIn(auth.Provider{
		Name: "Datatracker", Issuer: provider.URL, ClientID: authtest.ClientID, Secret: authtest.Secret, RedirectURI: callback, Now: clock.Now,
	})
	provider.Down = true
	_, _, err := signIn.Begin(t.Context(), "/")
	require.True(t, fault.Is(err, fault.Upstream), "%v", err)
	require.Contains(t, fault.Message(err), "Datatracker does not answer")

	provider.Down = false
	address, attempt, err := signIn.Begin(t.Context(), "/")
	require.NoError(t, err, "it is asked again")
	_, _, err = signIn.Begin(t.Context(), "/")
	require.NoError(t, err)
	require.Equal(t, 1, provider.Discoveries(), "its addresses are kept")
	query := visit(t, address)

	provider.Down = true
	_, err = signIn.Finish(t.Context(), attempt, query)
	require.True(t, fault.Is(err, fault.Upstream), "%v", err)
	clock.now = clock.now.Add(25 * time.Hour)
	_, _, err = signIn.Begin(t.Context(), "/")
	require.NoError(t, err, "the old addresses are better than none")

	provider.Down = false
	_, _, err = signIn.Begin(t.Context(), "/")
	require.NoError(t, err)
	require.Equal(t, 1, provider.Discoveries(), "not asked again at once")
	clock.now = clock.now.Add(2 * time.Minute)
	_, _, err = signIn.Begin(t.Context(), "/")
	require.NoError(t, err)
	require.Equal(t, 2, provider.Discoveries())
}

// Whoever goes away takes nobody else's sign-in along.
func TestVisitorLeaves(t *testing.T) {
	left, leave := context.WithCancel(t.Context())
	leave()
	_, _, err := signInAt(authtest.New(t)).Begin(left, "/")
	require.NoError(t, err)
}

type clock struct{ now time.Time }

func (c *clock) Now() time.Time { return c.now }

func (c *clock) later(passed time.Duration) *clock { return &clock{c.now.Add(passed)} }
