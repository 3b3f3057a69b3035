package views

import "strings"

// Account is who asks, where people can sign in.
type Account struct {
	Name      string // of whoever signed in; empty: nobody
	Return    string // where to go on after signing in or out
	FormToken string // for the form that signs out
}

// SignInURL leads to the provider and then back to where the visitor is. From pages of the sign-in itself it leads
// to the first page.
func (a Account) SignInURL() string {
	if a.Return == HomeURL || strings.HasPrefix(a.Return, SignInPath) {
		return SignInPath
	}
	return address(SignInPath, "next", a.Return)
}

// registration says after "requests" whether they need one.
func registration(closed bool) string {
	if closed {
		return ""
	}
	return ", without registration"
}

// TokenField is the field that FormToken fills.
const TokenField = "csrf_token"

// Matomo is the server that counts visits, and what it knows this site by.
type Matomo struct {
	Address   string // with a final slash
	SiteID    string
	Container string // of the tag manager; goes before SiteID
}
