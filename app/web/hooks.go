package web

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// Limits on the messages of GitHub, which sends none larger than 25 MB and waits ten seconds for an answer. They are read
// whole before it is known that they are GitHub's.
const (
	maxHook     = 25 << 20
	hooksAtOnce = 4
	hookWait    = 5 * time.Second // for one's turn
	hookRead    = 5 * time.Second
)

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
	mac, err := s.hookSignature(c.Request().Header.Get("X-Hub-Signature-256"))
	if err != nil {
		return err
	}
	body, err := s.hookBody(c, mac)
	if err != nil {
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

// hookSignature reads the header with the signature. It fails for what cannot be one, and when there is no secret to sign with: such
// messages need not be read.
func (s *Server) hookSignature(header string) ([]byte, error) {
	given, found := strings.CutPrefix(header, "sha256=")
	if !found {
		return nil, fault.New(fault.Unauthorized, "The message is not signed: it needs the header X-Hub-Signature-256.")
	}
	if len(s.HookSecrets) == 0 {
		return nil, fault.New(fault.Forbidden, "No messages are taken here, since there is no secret to sign them with.")
	}
	mac, err := hex.DecodeString(given)
	if err != nil || len(mac) != sha256.Size {
		return nil, fault.New(fault.Forbidden, "The signature is not one of 64 hexadecimal digits.")
	}
	return mac, nil
}

// hookBody reads a message and checks its signature. Only a few are held at a time; it fails with fault.Unavailable when the turn
// of this one does not come.
func (s *Server) hookBody(c echo.Context, mac []byte) ([]byte, error) {
	turn, cancel := context.WithTimeout(c.Request().Context(), hookWait)
	defer cancel()
	select {
	case s.hooks <- struct{}{}:
		defer func() { <-s.hooks }()
	case <-turn.Done():
		return nil, fault.New(fault.Unavailable, "Too many messages arrive at once. Send this one again later.")
	}
	// Nobody keeps a turn by sending slowly. Only what is no connection of a server cannot have a deadline.
	connection := http.NewResponseController(c.Response())
	_ = connection.SetReadDeadline(time.Now().Add(hookRead))
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxHook))
	if err != nil {
		return nil, unread(err)
	}
	_ = connection.SetReadDeadline(time.Time{})
	if !s.signed(mac, body) {
		return nil, fault.New(fault.Forbidden, "The signature is not of one of the secrets known here.")
	}
	return body, nil
}

// signed checks the signature of a message: HMAC-SHA256 with a secret that GitHub shares with us
// (https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries).
func (s *Server) signed(mac, body []byte) bool {
	matched := false
	for _, secret := range s.HookSecrets {
		h := hmac.New(sha256.New, []byte(secret))
		h.Write(body)
		matched = hmac.Equal(h.Sum(nil), mac) || matched
	}
	return matched
}
