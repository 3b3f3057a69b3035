// Package authtest has a stand-in for an OpenID Connect provider, for tests. It signs its tokens, checks the proof
// key of RFC 7636 and gives out each code once, as the Datatracker does.
package authtest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/coreos/go-oidc/v3/oidc/oidctest"
)

// What the provider knows the service by.
const (
	ClientID = "bibxml"
	Secret   = "the secret of the service"
)

// Settings make a provider differ from the usual one.
type Settings struct {
	// Claims replace those of its tokens; nil leaves one out.
	Claims map[string]any
	// UserInfo is what it tells of the person beside the token; nil: it has no such address.
	UserInfo map[string]any
	// Down makes it answer nothing but 503.
	Down bool
	// InForm makes it take the secret of the service from the form alone.
	InForm bool
}

// Provider is a provider at which everybody is signed in already, as the same person.
type Provider struct {
	*httptest.Server
	Settings

	key *rsa.PrivateKey

	mu    sync.Mutex
	given map[string]url.Values // what each code was asked for with
	asked int                   // discoveries
}

// key is made once: that takes a while.
var key = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err) // crypto/rand does not fail
	}
	return key
})

// New starts a provider that ends with the test.
func New(t *testing.T) *Provider {
	t.Helper()
	p := &Provider{key: key(), given: map[string]url.Values{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("GET /authorize", p.authorize)
	mux.HandleFunc("POST /token", p.token)
	mux.HandleFunc("GET /userinfo", func(w http.ResponseWriter, _ *http.Request) { answer(w, http.StatusOK, p.UserInfo) })
	mux.Handle("GET /keys", &oidctest.Server{PublicKeys: []oidctest.PublicKey{{PublicKey: p.key.Public(), KeyID: "1", Algorithm: oidc.RS256}}})
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if p.Down {
			http.Error(w, "down", http.StatusServiceUnavailable)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(p.Close)
	return p
}

// Discoveries counts how often it was asked for its addresses.
func (p *Provider) Discoveries() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.asked
}

func (p *Provider) discovery(w http.ResponseWriter, _ *http.Request) {
	p.mu.Lock()
	p.asked++
	p.mu.Unlock()
	told := map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"id_token_signing_alg_values_supported": []string{"HS256", "RS256"},
	}
	if p.UserInfo != nil {
		told["userinfo_endpoint"] = p.URL + "/userinfo"
	}
	if p.InForm {
		told["token_endpoint_auth_methods_supported"] = []string{"client_secret_post"}
	}
	answer(w, http.StatusOK, told)
}

// authorize sends the visitor back with a code.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	code := rand.Text()
	p.mu.Lock()
	p.given[code] = query
	p.mu.Unlock()
	http.Redirect(w, r, query.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {query.Get("state")}}.Encode(), http.StatusFound) //nolint:gosec // what a provider is for
}

// token gives tokens for a code, once, to whoever asked for it.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	code := r.FormValue("code")
	p.mu.Lock()
	query, known := p.given[code]
	delete(p.given, code)
	p.mu.Unlock()
	id, secret, _ := r.BasicAuth()
	if p.InForm {
		id, secret = r.FormValue("client_id"), r.FormValue("client_secret")
	} else if decoded, err := url.QueryUnescape(secret); err == nil {
		secret = decoded // RFC 6749, section 2.3.1
	}
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	switch {
	case id != ClientID || secret != Secret:
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
	case !known, query.Get("code_challenge_method") != "S256", query.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]),
		r.FormValue("redirect_uri") != query.Get("redirect_uri"):
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
	default:
		answer(w, http.StatusOK, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "id_token": p.sign(query.Get("nonce"))})
	}
}

func (p *Provider) sign(nonce string) string {
	claims := map[string]any{
		"iss": p.URL, "aud": ClientID, "sub": "1234", "name": "Ada Lovelace", "nonce": nonce,
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix(),
	}
	maps.Copy(claims, p.Claims)
	maps.DeleteFunc(claims, func(_ string, value any) bool { return value == nil })
	text, _ := json.Marshal(claims) // texts and numbers
	return oidctest.SignIDToken(p.key, "1", oidc.RS256, string(text))
}

func answer(w http.ResponseWriter, status int, value map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value)
}
