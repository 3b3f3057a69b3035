package auth

import (
	"crypto/rand"
	"net/http"
	"strings"
	"time"
)

const (
	// SessionLifetime is how long a session is good. It cannot be taken back before (docs/adr/0011), and the next
	// sign-in is a click for whom the provider still knows.
	SessionLifetime = 12 * time.Hour
	// attemptLifetime is how long a sign-in may take, with a password to look up and a second factor.
	attemptLifetime = 15 * time.Minute
)

const (
	sessionCookie = "bibxml-session"
	attemptCookie = "bibxml-sign-in"
)

// Session is somebody who signed in.
type Session struct {
	ID      string `json:"id"`      // of this session; random
	Subject string `json:"subject"` // of the person at the provider
	Name    string `json:"name"`    // to be shown; never empty
}

// Cookies keeps sessions, and attempts to begin one, with the visitors themselves: sealed, so that any instance
// knows them and none has to store them.
type Cookies struct {
	Sealer *Sealer
	// Secure says that the service is reached by HTTPS alone, as everywhere but on a developer's machine. Then
	// the names of the cookies begin with __Host-, and no other host, not even a subdomain, can set them.
	Secure bool
}

// SignIn begins a session.
func (c Cookies) SignIn(w http.ResponseWriter, person Person) error {
	session := Session{ID: rand.Text(), Subject: person.Subject, Name: person.Name}
	return c.set(w, sessionCookie, session, SessionLifetime)
}

// Session gives the session of a request; ok is false for anonymous ones.
func (c Cookies) Session(r *http.Request) (session Session, ok bool) {
	ok = c.get(r, sessionCookie, &session)
	return session, ok
}

// SignOut ends the session in this browser.
func (c Cookies) SignOut(w http.ResponseWriter) { c.clear(w, sessionCookie) }

// KeepAttempt remembers a sign-in until the provider sends the visitor back.
func (c Cookies) KeepAttempt(w http.ResponseWriter, attempt Attempt) error {
	return c.set(w, attemptCookie, attempt, attemptLifetime)
}

// TakeAttempt gives the sign-in that the visitor began, once; ok is false when there is none.
func (c Cookies) TakeAttempt(w http.ResponseWriter, r *http.Request) (attempt Attempt, ok bool) {
	c.clear(w, attemptCookie)
	ok = c.get(r, attemptCookie, &attempt)
	return attempt, ok
}

func (c Cookies) get(r *http.Request, name string, value any) bool {
	cookie, err := r.Cookie(c.name(name))
	return err == nil && c.Sealer.Open(name, cookie.Value, value) == nil
}

func (c Cookies) set(w http.ResponseWriter, name string, value any, lifetime time.Duration) error {
	text, err := c.Sealer.Seal(name, value, lifetime)
	if err != nil {
		return err
	}
	c.write(w, name, text, int(lifetime.Seconds()))
	return nil
}

func (c Cookies) clear(w http.ResponseWriter, name string) { c.write(w, name, "", -1) }

// write sets a cookie for this host alone. Lax: the way back from the provider is a link from another site.
func (c Cookies) write(w http.ResponseWriter, name, value string, maxAge int) {
	http.SetCookie(w, &http.Cookie{ //nolint:gosec // Secure wherever there is https
		Name: c.name(name), Value: value, Path: "/", MaxAge: maxAge,
		Secure: c.Secure, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

func (c Cookies) name(name string) string {
	if c.Secure {
		return "__Host-" + name
	}
	return name
}

// LocalPath gives an address on this host to go on to, or the first page when that is not what was given:
// nobody can be led elsewhere by a link to us.
func LocalPath(address string) string {
	local := strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") && len(address) <= maxReturn
	// Browsers take \ for /, and leave out line breaks and tabs.
	if !local || strings.ContainsFunc(address, func(c rune) bool { return c == '\\' || c <= ' ' || c == 0x7f }) {
		return "/"
	}
	return address
}

// maxReturn keeps the cookie of an attempt within what browsers store.
const maxReturn = 1024
