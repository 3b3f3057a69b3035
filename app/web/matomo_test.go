package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/views"
)

func TestMatomo(t *testing.T) {
	const own = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
		"connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	const with = "default-src 'none'; script-src 'self' https://matomo.example:8443; style-src 'self'; img-src 'self' https://matomo.example:8443 data:; " +
		"font-src 'self'; connect-src 'self' https://matomo.example:8443; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	matomo := views.Matomo{Address: "https://matomo.example:8443/here/", SiteID: "7"}
	for _, test := range []struct {
		name, path string
		matomo     views.Matomo
		policy     string
		loaded     bool
	}{
		{"none", "/", views.Matomo{}, own, false},
		{"none, and a leftover", "/", views.Matomo{SiteID: "7"}, own, false},
		{"on a page", "/", matomo, with, true},
		{"on a page that is kept", "/get-one/by-docid/?docid=RFC+1", matomo, with, true},
		{"on an error page", "/nowhere/", matomo, with, true},
		{"in the management", "/management/", matomo, with, false},
		{"where codes of the sign-in come by", "/datatracker-auth/callback/?code=secret", matomo, with, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			service := service(newShelf(), &fakeGeneration{number: 1, known: true}, func(d *Deps) { d.Matomo = test.matomo })
			request := httptest.NewRequest(http.MethodGet, test.path, nil)
			request.SetBasicAuth("ietf", "secret")
			answer := httptest.NewRecorder()
			service.ServeHTTP(answer, request)
			require.Equal(t, test.policy, answer.Header().Get("Content-Security-Policy"))
			body := answer.Body.String()
			require.Contains(t, body, "</html>")
			require.Equal(t, test.loaded, strings.Contains(body, `data-address="https://matomo.example:8443/here/" data-site="7" data-container="" defer></script>`))
			require.Equal(t, test.loaded, strings.Contains(body, "matomo"))
		})
	}
}
