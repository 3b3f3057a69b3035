package web

import (
	"bytes"
	"context"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/auth"
	"github.com/ietf-tools/bibxml/app/fault"
)

// sealer seals for tests.
func sealer() *auth.Sealer {
	s, err := auth.NewSealer([]string{"a key for tests"}, nil)
	if err != nil {
		panic(err) // there is a key
	}
	return s
}

// door is a service with a guarded address.
type door struct {
	*Server
	log bytes.Buffer
	now time.Time
}

func newDoor() *door {
	d := &door{now: time.Now()}
	d.Server = &Server{Deps: Deps{Secrets: auth.Secrets{"first", "second"}, Log: slog.New(slog.NewTextHandler(&d.log, nil)), Sealer: sealer()}}
	d.failures.Now = func() time.Time { return d.now }
	return d
}

// knock asks for the address from a client.
func (d *door) knock(guard echo.MiddlewareFunc, address string, prepare func(*http.Request)) (*httptest.ResponseRecorder, error) {
	request := httptest.NewRequest(http.MethodPost, "/", nil)
	request.RemoteAddr = address + ":1234"
	prepare(request)
	recorder := httptest.NewRecorder()
	e := echo.New()
	e.IPExtractor = echo.ExtractIPDirect()
	err := guard(func(echo.Context) error { return nil })(e.NewContext(request, recorder))
	return recorder, err
}

func withBasic(user, password string) func(*http.Request) {
	return func(r *http.Request) { r.SetBasicAuth(user, password) }
}

func withToken(token string) func(*http.Request) {
	return func(r *http.Request) { r.Header.Set("X-IETF-Token", token) }
}

func TestSecrets(t *testing.T) {
	for _, test := range []struct {
		name, user, password, token string
		basic, header               bool
	}{
		{"the first secret", "ietf", "first", "first", true, true},
		{"another secret", "ietf", "second", "second", true, true},
		{"a wrong secret", "ietf", "third", "third", false, false},
		{"an empty secret", "ietf", "", "", false, false},
		{"another user", "root", "first", "first ", false, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			d := newDoor()
			if _, err := d.knock(d.basic, "192.0.2.1", withBasic(test.user, test.password)); (err == nil) != test.basic || err != nil && !fault.Is(err, fault.Unauthorized) {
				t.Errorf("basic = %v, want let through: %v", err, test.basic)
			}
			if _, err := d.knock(d.token, "192.0.2.1", withToken(test.token)); (err == nil) != test.header || err != nil && !fault.Is(err, fault.Forbidden) {
				t.Errorf("token = %v, want let through: %v", err, test.header)
			}
		})
	}
}

func TestGuessingIsSlow(t *testing.T) {
	d := newDoor()
	guards := map[string]struct {
		guard        echo.MiddlewareFunc
		right, wrong func(*http.Request)
		kind         fault.Kind
	}{
		"192.0.2.1": {d.basic, withBasic("ietf", "first"), withBasic("ietf", "guess"), fault.Unauthorized},
		"192.0.2.2": {d.token, withToken("first"), withToken("guess"), fault.Forbidden},
	}
	for address, g := range guards {
		for range 10 {
			_, err := d.knock(g.guard, address, g.wrong)
			require.True(t, fault.Is(err, g.kind), "%v", err)
		}
		for _, secret := range []func(*http.Request){g.wrong, g.right} {
			answer, err := d.knock(g.guard, address, secret)
			require.True(t, fault.Is(err, fault.Throttled), "the right secret would be known by its answer: %v", err)
			require.Equal(t, "30", answer.Header().Get("Retry-After"))
		}
		_, err := d.knock(g.guard, "192.0.2.9", g.right)
		require.NoError(t, err, "nobody else is locked out")
	}
	d.now = d.now.Add(10*time.Second + time.Millisecond)
	answer, _ := d.knock(d.basic, "192.0.2.1", withBasic("ietf", "first"))
	require.Equal(t, "20", answer.Header().Get("Retry-After"))
	d.now = d.now.Add(20 * time.Second)
	for address, g := range guards {
		_, err := d.knock(g.guard, address, g.right)
		require.NoError(t, err)
	}
	require.Contains(t, d.log.String(), "address=192.0.2.1")
	require.Contains(t, d.log.String(), "header=X-IETF-Token")
	require.NotContains(t, d.log.String(), "guess")
}

// Browsers ask without a password first.
func TestAskingWithoutSecretIsNoGuess(t *testing.T) {
	d := newDoor()
	for range 20 {
		_, err := d.knock(d.basic, "192.0.2.1", func(*http.Request) {})
		require.True(t, fault.Is(err, fault.Unauthorized))
		_, err = d.knock(d.token, "192.0.2.1", func(*http.Request) {})
		require.True(t, fault.Is(err, fault.Forbidden))
	}
	require.Empty(t, d.log.String())
}

func TestThrottledAnswer(t *testing.T) {
	service := service(newShelf(), &fakeGeneration{number: 1, known: true})
	var answer *httptest.ResponseRecorder
	for range 11 {
		request := httptest.NewRequest(http.MethodPost, "/api/v1/management/tasks/stop-all/", nil)
		request.Header.Set("X-IETF-Token", "guess")
		answer = httptest.NewRecorder()
		service.ServeHTTP(answer, request)
	}
	require.Equal(t, http.StatusTooManyRequests, answer.Code)
	require.Equal(t, "30", answer.Header().Get("Retry-After"))
	require.JSONEq(t, `{"error": "Too many wrong secrets came from your address. Try again in 30 seconds."}`, answer.Body.String())
}

// fakeTokens knows one token.
type fakeTokens struct{ err error }

func (f fakeTokens) Check(_ context.Context, token string) error {
	if token == "good" || f.err == nil {
		return nil
	}
	return f.err
}

func TestClosedAPI(t *testing.T) {
	for _, test := range []struct {
		name   string
		token  string
		tokens Tokens
		path   string
		status int
		told   string
	}{
		{"a good token", "good", fakeTokens{fault.New(fault.Forbidden, "unknown")}, "/api/v1/by-docid/?docid=RFC+1", 200, "Number 1"},
		{"a bad one", "bad", fakeTokens{fault.New(fault.Forbidden, "unknown")}, "/api/v1/by-docid/?docid=RFC+1", 403, "unknown"},
		{"nobody can tell", "bad", fakeTokens{fault.New(fault.Unavailable, "away")}, "/api/v1/by-docid/?docid=RFC+1", 503, "away"},
		{"no token", "", fakeTokens{}, "/api/v1/by-docid/?docid=RFC+1", 403, "X-Datatracker-Token"},
		{"no token for a record", "", fakeTokens{}, "/api/v1/ref/rfcs/RFC0001/", 403, "X-Datatracker-Token"},
		{"no token for a search", "", fakeTokens{}, "/api/v1/search/rfc/", 403, "X-Datatracker-Token"},
		{"the page about it", "", fakeTokens{}, "/api/v1/", 200, "need a token"},
		{"the paths", "", fakeTokens{}, "/public/rfc/bibxml/reference.RFC.0001.xml", 200, "Number 1"},
		{"the pages", "", fakeTokens{}, "/get-one/by-docid/?docid=RFC+1", 200, "Number 1"},
	} {
		t.Run(test.name, func(t *testing.T) {
			service := service(newShelf(), &fakeGeneration{number: 1, known: true}, func(d *Deps) { d.Tokens, d.Public = test.tokens, d.Resolver })
			request := httptest.NewRequest(http.MethodGet, test.path, nil)
			request.Header.Set("X-Datatracker-Token", test.token)
			answer := httptest.NewRecorder()
			service.ServeHTTP(answer, request)
			require.Equal(t, test.status, answer.Code, answer.Body)
			require.Contains(t, answer.Body.String(), test.told)
			if answer.Code == 200 && test.token != "" {
				require.Equal(t, "private, no-cache", answer.Header().Get("Cache-Control"))
				require.Contains(t, fmt.Sprint(answer.Header().Values("Vary")), "X-Datatracker-Token")
			}
		})
	}
}
