package views

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSignInURL(t *testing.T) {
	for where, want := range map[string]string{
		"/":                                  "/datatracker-auth/",
		"/datatracker-auth/callback/?code=x": "/datatracker-auth/",
		"/search/?query=a&page=2":            "/datatracker-auth/?next=%2Fsearch%2F%3Fquery%3Da%26page%3D2",
	} {
		require.Equal(t, want, Account{Return: where}.SignInURL())
	}
}

func TestAccountInTheHeader(t *testing.T) {
	frame := testFrame
	frame.Account = &Account{Return: "/about"}
	page := render(t, AboutPage(frame))
	require.Len(t, findWith(page, "href", "/datatracker-auth/?next=%2Fabout"), 1)
	require.Empty(t, findWith(page, "method", "post"))

	frame.Account = &Account{Name: "Ada <b>", Return: "/about", FormToken: "proof"}
	page = render(t, AboutPage(frame))
	form := findWith(page, "method", "post", "action", "/datatracker-auth/log-out/")
	require.Len(t, form, 1)
	require.Len(t, findWith(form[0], "name", "csrf_token", "value", "proof"), 1)
	require.Len(t, findWith(form[0], "name", "next", "value", "/about"), 1)
	require.Empty(t, findWith(page, "href", "/datatracker-auth/"))
	require.Contains(t, content(page), "Ada <b>")
}

func TestClosedInstallationSaysSo(t *testing.T) {
	frame := testFrame
	require.Contains(t, content(render(t, AboutPage(frame))), "no registration")
	require.Contains(t, content(render(t, APIPage(frame, API{}))), "GET requests, without registration.")
	frame.Closed = true
	require.Contains(t, content(render(t, AboutPage(frame))), "needs a token")
	require.Contains(t, content(render(t, APIPage(frame, API{}))), "X-Datatracker-Token")
}
