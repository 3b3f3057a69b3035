package web

import (
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/auth"
	"github.com/ietf-tools/bibxml/app/auth/authtest"
	"github.com/ietf-tools/bibxml/app/fault"
)

// browser keeps cookies and follows redirects, from instance to instance as a balancer sends it.
type browser struct {
	http.Client
	base      string
	instances []http.Handler
	asked     int
}

// newBrowser starts two instances of a service at which people sign in, and whose API is closed to others.
func newBrowser(t *testing.T, provider *authtest.Provider) *browser {
	t.Helper()
	b := &browser{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		b.asked++
		b.instances[b.asked%2].ServeHTTP(w, r)
	}))
	t.Cleanup(server.Close)
	b.base = server.URL
	jar, err := cookiejar.New(nil)
	require.NoError(t, err)
	b.Jar = jar
	for range 2 {
		b.instances = append(b.instances, service(newShelf(), &fakeGeneration{number: 1, known: true}, func(d *Deps) {
			d.Site.Hosts = []string{"127.0.0.1"}
			d.Search = SearchLimits{Each: time.Second, AtOnce: 2, PerClient: 2, Wait: time.Second}
			d.SignIn = auth.NewSignIn(auth.Provider{
				Name: "Datatracker", Issuer: provider.URL, ClientID: authtest.ClientID, Secret: authtest.Secret,
				RedirectURI: b.base + "/datatracker-auth/callback/",
			})
			d.Tokens = fakeTokens{fault.New(fault.Forbidden, "unknown")}
		}))
	}
	return b
}

// page is an answer that has been read.
type page struct {
	status int
	header http.Header
	path   string // at which it came
	body   string
}

func (b *browser) do(t *testing.T, request *http.Request) page {
	t.Helper()
	response, err := b.Do(request)
	require.NoError(t, err)
	defer func() { _ = response.Body.Close() }()
	var body strings.Builder
	require.NoError(t, response.Write(&body))
	return page{response.StatusCode, response.Header, response.Request.URL.RequestURI(), body.String()}
}

func (b *browser) open(t *testing.T, path string) page {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, b.base+path, nil)
	require.NoError(t, err)
	return b.do(t, request)
}

func (b *browser) send(t *testing.T, path string, form url.Values, headers ...string) page {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, b.base+path, strings.NewReader(form.Encode()))
	require.NoError(t, err)
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	return b.do(t, request)
}

const (
	docPage = "/get-one/by-docid/?docid=RFC+1"
	closed  = "/api/v1/by-docid/?docid=RFC+1"
	logOut  = "/datatracker-auth/log-out/"
)

var tokenField = regexp.MustCompile(`name="csrf_token" value="([^"]+)"`)

func formToken(t *testing.T, p page) string {
	t.Helper()
	found := tokenField.FindStringSubmatch(p.body)
	require.NotNil(t, found, p.body)
	return found[1]
}

func TestSignInAndOut(t *testing.T) {
	b := newBrowser(t, authtest.New(t))
	anonymous := b.open(t, docPage)
	require.Contains(t, anonymous.body, "Sign in")
	require.NotContains(t, anonymous.body, "Relaton JSON", "nobody is offered what would be refused")
	require.Equal(t, 403, b.open(t, closed).status)

	back := b.open(t, "/datatracker-auth/?next="+url.QueryEscape(docPage))
	require.Equal(t, docPage, back.path)
	for range 2 { // at each instance
		page := b.open(t, docPage)
		require.Contains(t, page.body, "Ada Lovelace")
		require.Contains(t, page.body, "Relaton JSON")
		require.Equal(t, 200, b.open(t, closed).status)
	}
	require.Equal(t, "/", b.open(t, "/datatracker-auth/callback/?code=x&state=y").path, "the way back is loaded again")

	asked := b.open(t, logOut)
	require.Contains(t, asked.body, "You are signed in as Ada Lovelace")
	out := b.send(t, logOut, url.Values{"csrf_token": {formToken(t, asked)}, "next": {"/about"}})
	require.Equal(t, "/about", out.path)
	require.NotContains(t, b.open(t, docPage).body, "Ada Lovelace")
	require.Equal(t, 403, b.open(t, closed).status)
	require.Equal(t, "/", b.open(t, logOut).path)
	require.Equal(t, "/", b.send(t, logOut, nil).path, "the session ended before")
}

// What one visitor is shown reaches no other by a cache, ours or one on the way.
func TestPagesOfSessionsAreKeptPrivate(t *testing.T) {
	provider := authtest.New(t)
	b := newBrowser(t, provider)
	b.open(t, "/datatracker-auth/")
	for _, path := range []string{"/", docPage, "/search/?query=x", "/nowhere/", "/api/v1/", "/about"} {
		mine := b.open(t, path)
		jar := b.Jar
		b.Jar = nil
		theirs := b.open(t, path)
		b.Jar = jar
		if path == "/about" { // which shared caches may keep
			require.Equal(t, "public, max-age=300", mine.header.Get("Cache-Control"))
			require.NotContains(t, mine.header.Values("Vary"), "Cookie")
			require.NotContains(t, mine.body, "Ada Lovelace")
			require.NotContains(t, mine.body, "Sign in")
			continue
		}
		require.Contains(t, mine.body, "Ada Lovelace", path)
		if path == "/nowhere/" { // an error, which nobody may keep
			require.Equal(t, "no-store", mine.header.Get("Cache-Control"))
			require.Equal(t, "no-store", theirs.header.Get("Cache-Control"))
			require.Empty(t, mine.header.Get("ETag"))
			continue
		}
		require.Equal(t, "private, no-cache", mine.header.Get("Cache-Control"), path)
		require.Equal(t, "no-store", mine.header.Get("CDN-Cache-Control"), path)
		require.Contains(t, mine.header.Values("Vary"), "Cookie", path)
		require.NotContains(t, theirs.body, "Ada Lovelace", path)
		require.Contains(t, theirs.header.Values("Vary"), "Cookie", path)
		require.NotEqual(t, mine.header.Get("ETag"), theirs.header.Get("ETag"), path)
	}
}

func TestSignInGoesWrong(t *testing.T) {
	for _, test := range []struct {
		name   string
		do     func(*testing.T, *browser, *authtest.Provider) page
		status int
		told   string
	}{
		{"nothing was begun", func(t *testing.T, b *browser, _ *authtest.Provider) page {
			return b.open(t, "/datatracker-auth/callback/?code=x&state=y")
		}, 400, "begun in another browser"},
		{"the sign-in of somebody else is slipped in", func(t *testing.T, b *browser, _ *authtest.Provider) page {
			b.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
			b.open(t, "/datatracker-auth/")
			return b.open(t, "/datatracker-auth/callback/?code=theirs&state=theirs")
		}, 400, "not begun here"},
		{"the provider is down", func(t *testing.T, b *browser, provider *authtest.Provider) page {
			provider.Down = true
			return b.open(t, "/datatracker-auth/")
		}, 502, "does not answer"},
		{"its token is for another service", func(t *testing.T, b *browser, provider *authtest.Provider) page {
			provider.Claims = map[string]any{"aud": "mail"}
			return b.open(t, "/datatracker-auth/")
		}, 403, "cannot be verified"},
	} {
		t.Run(test.name, func(t *testing.T) {
			provider := authtest.New(t)
			b := newBrowser(t, provider)
			got := test.do(t, b, provider)
			require.Equal(t, test.status, got.status, got.body)
			require.Contains(t, got.body, test.told)
			require.Contains(t, got.body, "Signing in did not work")
			b.CheckRedirect = nil
			require.Contains(t, b.open(t, "/").body, "Sign in", "pages are served all the same")
			require.Equal(t, 403, b.open(t, closed).status)
		})
	}
}

func TestSignInLeadsNowhereElse(t *testing.T) {
	b := newBrowser(t, authtest.New(t))
	for _, next := range []string{"//evil.example/", "https://evil.example/", `/\evil.example`} {
		require.Equal(t, "/", b.open(t, "/datatracker-auth/?next="+url.QueryEscape(next)).path)
	}
	token := formToken(t, b.open(t, "/"))
	require.Equal(t, "/", b.send(t, logOut, url.Values{"csrf_token": {token}, "next": {"//evil.example"}}).path)
}

func TestNobodySignsInWhereThatIsNotConfigured(t *testing.T) {
	answer := open(service(newShelf(), &fakeGeneration{number: 1, known: true}), "/")
	require.NotContains(t, answer.Body.String(), "Sign in")
	require.NotContains(t, answer.Header().Values("Vary"), "Cookie")
	require.Equal(t, 404, open(service(newShelf(), &fakeGeneration{number: 1, known: true}), "/datatracker-auth/").Code)
}

// Forms are believed that come from our own pages, and were given out to who sends them.
func TestForms(t *testing.T) {
	provider := authtest.New(t)
	other := newBrowser(t, provider)
	other.open(t, "/datatracker-auth/")
	theirs := formToken(t, other.open(t, "/"))
	operators, err := sealer().FormToken(managementUser)
	require.NoError(t, err)
	for _, test := range []struct {
		name    string
		token   string // empty: our own
		headers []string
		out     bool
	}{
		{"from our page", "", []string{"Sec-Fetch-Site", "same-origin"}, true},
		{"from a program", "", nil, true},
		{"by a script of ours", "none", []string{"X-CSRF-Token", "own"}, true},
		{"from another site", "", []string{"Sec-Fetch-Site", "cross-site"}, false},
		{"from a subdomain", "", []string{"Sec-Fetch-Site", "same-site"}, false},
		{"from another site in an old browser", "", []string{"Origin", "https://evil.example"}, false},
		{"without a token", "none", nil, false},
		{"with that of somebody else", theirs, nil, false},
		{"with that of an operator", operators, nil, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			b := newBrowser(t, provider)
			b.open(t, "/datatracker-auth/")
			own := formToken(t, b.open(t, "/"))
			form := url.Values{"csrf_token": {own}}
			if test.token != "" {
				form.Set("csrf_token", test.token)
			}
			for i, header := range test.headers {
				test.headers[i] = strings.ReplaceAll(header, "own", own)
			}
			if test.token == "none" {
				form.Del("csrf_token")
			}
			answer := b.send(t, logOut, form, test.headers...)
			require.Equal(t, test.out, answer.status == 200, answer.body)
			require.Equal(t, test.out, b.open(t, closed).status == 403)
		})
	}
}
