package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// maxHook bounds a message of GitHub, which sends none larger than 25 MB.
const maxHook = 25 << 20

// push is what matters of GitHub's message about a push
// (https://docs.github.com/en/webhooks/webhook-events-and-payloads#push).
type push struct {
	Ref        string `json:"ref"` // refs/heads/main
	Repository struct {
		CloneURL string `json:"clone_url"`
		HTMLURL  string `json:"html_url"`
		SSHURL   string `json:"ssh_url"`
	} `json:"repository"`
}

// hook answers POST /api/v1/hooks/github: a push to a source starts its indexing. A message that comes
// twice finds nothing to do the second time.
func (s *Server) hook(c echo.Context) error {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxHook))
	if err != nil {
		return unread(err)
	}
	if err := s.signed(c.Request().Header.Get("X-Hub-Signature-256"), body); err != nil {
		return err
	}
	switch event := c.Request().Header.Get("X-GitHub-Event"); event {
	case "ping":
		return message(c, "pong")
	case "push":
	default:
		return fault.New(fault.Invalid, "Only the events push and ping are of use here, not %q.", event)
	}
	var p push
	if err := json.Unmarshal(body, &p); err != nil {
		return fault.New(fault.Invalid, "The message is not JSON: let GitHub send it as application/json.")
	}
	dataset, ok := s.Pushed([]string{p.Repository.CloneURL, p.Repository.HTMLURL, p.Repository.SSHURL}, strings.TrimPrefix(p.Ref, "refs/heads/"))
	if !ok {
		return fault.New(fault.Forbidden, "No source is at that repository and branch.")
	}
	id, err := s.Tasks.Enqueue(c.Request().Context(), indexing.Request{Dataset: dataset, By: "GitHub"})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusAccepted, map[string]string{"message": "Queued indexing for " + dataset + " with task ID " + id})
}

// signed checks the signature of a message: HMAC-SHA256 with a secret that GitHub shares with us
// (https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries).
func (s *Server) signed(signature string, body []byte) error {
	given, found := strings.CutPrefix(signature, "sha256=")
	if !found {
		return fault.New(fault.Unauthorized, "The message is not signed: it needs the header X-Hub-Signature-256.")
	}
	mac, err := hex.DecodeString(given)
	if err != nil {
		return fault.New(fault.Forbidden, "The signature is not hexadecimal.")
	}
	matched := false
	for _, secret := range s.HookSecrets {
		h := hmac.New(sha256.New, []byte(secret))
		h.Write(body)
		matched = hmac.Equal(h.Sum(nil), mac) || matched
	}
	if !matched {
		return fault.New(fault.Forbidden, "The signature is not of one of the secrets known here.")
	}
	return nil
}
