package web

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
)

func TestSecrets(t *testing.T) {
	s := &Server{Deps: Deps{Secrets: []string{"first", "second"}}}
	tests := []struct {
		name, user, password, token string
		basic, header               bool
	}{
		{"the first secret", "ietf", "first", "first", true, true},
		{"another secret", "ietf", "second", "second", true, true},
		{"a wrong secret", "ietf", "third", "third", false, false},
		{"an empty secret", "ietf", "", "", false, false},
		{"another user", "root", "first", "first ", false, false},
	}
	pass := func(echo.Context) error { return nil }
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			request := httptest.NewRequest(http.MethodPost, "/", nil)
			request.SetBasicAuth(test.user, test.password)
			request.Header.Set("X-IETF-Token", test.token)
			c := echo.New().NewContext(request, httptest.NewRecorder())
			if err := s.basic(pass)(c); (err == nil) != test.basic || err != nil && !fault.Is(err, fault.Unauthorized) {
				t.Errorf("basic = %v, want let through: %v", err, test.basic)
			}
			if err := s.token(pass)(c); (err == nil) != test.header || err != nil && !fault.Is(err, fault.Forbidden) {
				t.Errorf("token = %v, want let through: %v", err, test.header)
			}
		})
	}
}

func TestWithoutSecretsNobodyComesIn(t *testing.T) {
	s := &Server{}
	if s.isSecret("") || s.isSecret("x") {
		t.Error("a service without secrets lets somebody in")
	}
}
