package auth_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/auth"
)

func sealer(t *testing.T, clock *clock, secrets ...string) *auth.Sealer {
	t.Helper()
	s, err := auth.NewSealer(secrets, clock.Now)
	require.NoError(t, err)
	return s
}

// sent gives a request that carries the cookies of an answer.
func sent(answer *httptest.ResponseRecorder) *http.Request {
	r := httptest.NewRequest(http.MethodGet, "/", nil)
	for _, cookie := range answer.Result().Cookies() {
		if cookie.MaxAge >= 0 {
			r.AddCookie(cookie)
		}
	}
	return r
}

var ada = auth.Person{Subject: "1234", Name: "Ada"}

func TestSession(t *testing.T) {
	start := &clock{time.Now()}
	begun := auth.Cookies{Sealer: sealer(t, start, "new", "old"), Secure: true}
	tests := []struct {
		name   string
		keys   []string
		secure bool
		passed time.Duration
		change func(*http.Request)
		ok     bool
	}{
		{"at another instance", []string{"new", "old"}, true, 0, nil, true},
		{"hours later", []string{"new"}, true, 11 * time.Hour, nil, true},
		{"the next day", []string{"new"}, true, 13 * time.Hour, nil, false},
		{"the secret changes", []string{"newer", "new"}, true, 0, nil, true},
		{"the secret is another one", []string{"newer", "old"}, true, 0, nil, false},
		{"a cookie that any host may set", []string{"new"}, false, 0, nil, false},
		{"no cookie", []string{"new"}, true, 0, func(r *http.Request) { r.Header.Del("Cookie") }, false},
		{"an empty one", []string{"new"}, true, 0, func(r *http.Request) { r.Header.Set("Cookie", "__Host-bibxml-session=") }, false},
		{"an invented one", []string{"new"}, true, 0, func(r *http.Request) { r.Header.Set("Cookie", "__Host-bibxml-session="+strings.Repeat("A", 200)) }, false},
		{"a changed one", []string{"new"}, true, 0, func(r *http.Request) { r.Header.Set("Cookie", flip(r.Header.Get("Cookie"))) }, false},
		{"that of an attempt", []string{"new"}, true, 0, func(r *http.Request) {
			w := httptest.NewRecorder()
			require.NoError(t, begun.KeepAttempt(w, auth.Attempt{State: "x"}))
			r.Header.Set("Cookie", "__Host-bibxml-session="+w.Result().Cookies()[0].Value)
		}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			require.NoError(t, begun.SignIn(w, ada))
			r := sent(w)
			if test.change != nil {
				test.change(r)
			}
			there := auth.Cookies{Sealer: sealer(t, start.later(test.passed), test.keys...), Secure: test.secure}
			session, ok := there.Session(r)
			require.Equal(t, test.ok, ok)
			if ok {
				require.Equal(t, []string{"1234", "Ada"}, []string{session.Subject, session.Name})
				require.NotEmpty(t, session.ID)
			}
		})
	}
}

// flip changes one letter in the middle.
func flip(text string) string {
	at := len(text) / 2
	other := "A"
	if text[at] == 'A' {
		other = "B"
	}
	return text[:at] + other + text[at+1:]
}

func TestCookies(t *testing.T) {
	for _, secure := range []bool{true, false} {
		cookies := auth.Cookies{Sealer: sealer(t, &clock{time.Now()}, "key"), Secure: secure}
		w := httptest.NewRecorder()
		require.NoError(t, cookies.SignIn(w, ada))
		require.NoError(t, cookies.KeepAttempt(w, auth.Attempt{State: "x", Return: "/" + strings.Repeat("y", 1023)}))
		cookies.SignOut(w)
		for i, cookie := range w.Result().Cookies() {
			require.Equal(t, secure, cookie.Secure)
			require.Equal(t, secure, strings.HasPrefix(cookie.Name, "__Host-"))
			require.True(t, cookie.HttpOnly)
			require.Equal(t, http.SameSiteLaxMode, cookie.SameSite)
			require.Equal(t, "/", cookie.Path)
			require.Empty(t, cookie.Domain, "for this host alone")
			require.Equal(t, []int{12 * 60 * 60, 15 * 60, -1}[i], cookie.MaxAge)
			require.NotContains(t, cookie.Value, "Ada")
			require.Less(t, len(cookie.String()), 4096, "more is not stored by browsers")
		}
	}
}

func TestAttemptIsTakenOnce(t *testing.T) {
	cookies := auth.Cookies{Sealer: sealer(t, &clock{time.Now()}, "key")}
	w := httptest.NewRecorder()
	require.NoError(t, cookies.KeepAttempt(w, auth.Attempt{State: "x", Nonce: "y", Verifier: "z", Return: "/about"}))
	back := httptest.NewRecorder()
	attempt, ok := cookies.TakeAttempt(back, sent(w))
	require.True(t, ok)
	require.Equal(t, auth.Attempt{State: "x", Nonce: "y", Verifier: "z", Return: "/about"}, attempt)
	require.Equal(t, -1, back.Result().Cookies()[0].MaxAge)
	_, ok = cookies.TakeAttempt(back, sent(back))
	require.False(t, ok)
}

func TestFormToken(t *testing.T) {
	start := &clock{time.Now()}
	s := sealer(t, start, "key")
	token, err := s.FormToken("session 1")
	require.NoError(t, err)
	again, err := s.FormToken("session 1")
	require.NoError(t, err)
	require.NotEqual(t, token, again, "it can be guessed from the size of compressed pages")
	nobodys, err := s.FormToken("")
	require.NoError(t, err)
	sealedElsewhere, err := s.Seal("session", "session 1", time.Hour)
	require.NoError(t, err)
	for _, test := range []struct {
		name, subject, token string
		passed               time.Duration
		ok                   bool
	}{
		{"ours", "session 1", token, 0, true},
		{"ours again", "session 1", again, time.Hour, true},
		{"of somebody else", "session 2", token, 0, false},
		{"too old", "session 1", token, 13 * time.Hour, false},
		{"none", "session 1", "", 0, false},
		{"of nobody", "", nobodys, 0, false},
		{"changed", "session 1", flip(token), 0, false},
		{"sealed for something else", "session 1", sealedElsewhere, 0, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.ok, sealer(t, start.later(test.passed), "key").OwnForm(test.subject, test.token))
		})
	}
}

func TestSealerNeedsASecret(t *testing.T) {
	_, err := auth.NewSealer(nil, nil)
	require.Error(t, err)
}

func TestLocalPath(t *testing.T) {
	for address, want := range map[string]string{
		"/":                                 "/",
		"/search/?query=a%20b&page=2#hit":   "/search/?query=a%20b&page=2#hit",
		"":                                  "/",
		"search/":                           "/",
		"https://evil.example/":             "/",
		"//evil.example/":                   "/",
		`/\evil.example/`:                   "/",
		`\/evil.example`:                    "/",
		"/\t/evil.example":                  "/",
		"/\n/evil.example":                  "/",
		"\x0b//evil.example":                "/",
		"javascript:alert(1)":               "/",
		"/" + strings.Repeat("x", 1024):     "/",
		"/https://evil.example/":            "/https://evil.example/",
		"/get-one/by-docid/?docid=ISO/8601": "/get-one/by-docid/?docid=ISO/8601",
	} {
		require.Equal(t, want, auth.LocalPath(address), address)
	}
}

func TestSecrets(t *testing.T) {
	secrets := auth.Secrets{"first", "second"}
	for given, want := range map[string]bool{"first": true, "second": true, "third": false, "": false, "firs": false, "first\n": false} {
		require.Equal(t, want, secrets.Has(given), given)
	}
	require.False(t, auth.Secrets{""}.Has(""))
	require.False(t, auth.Secrets(nil).Has("x"))
}
