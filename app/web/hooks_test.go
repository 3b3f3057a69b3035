package web

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/indexing"
)

type tasks = Tasks

// requests notes what is asked for.
type requests struct {
	tasks
	made []indexing.Request
}

func (r *requests) Enqueue(_ context.Context, request indexing.Request) (string, error) {
	r.made = append(r.made, request)
	return "id", nil
}

func signature(secret, body string) string {
	h := hmac.New(sha256.New, []byte(secret))
	h.Write([]byte(body))
	return "sha256=" + hex.EncodeToString(h.Sum(nil))
}

// hooked is a service that takes messages signed with any of the secrets.
func hooked(queue Tasks, secrets ...string) *Server {
	return &Server{hooks: make(chan struct{}, hooksAtOnce), Deps: Deps{
		HookSecrets: secrets, Tasks: queue,
		Pushed: func(addresses []string, branch string) (string, bool) {
			return "ids", branch == "main" && strings.Contains(addresses[0], "relaton-data-ids")
		},
	}}
}

// tell sends a message as GitHub does, and gives the status.
func tell(s *Server, signature string, body io.Reader) int {
	request := httptest.NewRequest(http.MethodPost, "/api/v1/hooks/github", body)
	request.Header.Set("X-GitHub-Event", "ping")
	request.Header.Set("X-Hub-Signature-256", signature)
	recorder := httptest.NewRecorder()
	if err := s.hook(echo.New().NewContext(request, recorder)); err != nil {
		return present(err).status
	}
	return recorder.Code
}

func TestHook(t *testing.T) {
	const pushed = `{"ref": "refs/heads/main", "repository": {"clone_url": "https://github.com/ietf-tools/relaton-data-ids.git"}}`
	elsewhere := strings.ReplaceAll(pushed, "relaton-data-ids", "website")
	branch := strings.ReplaceAll(pushed, "heads/main", "heads/next")
	for _, c := range []struct {
		name, event, body, signature string
		status                       int
		queued                       bool
	}{
		{"a push", "push", pushed, signature("one", pushed), 202, true},
		{"signed with the other secret", "push", pushed, signature("two", pushed), 202, true},
		{"a greeting", "ping", "{}", signature("one", "{}"), 200, false},
		{"not signed", "push", pushed, "", 401, false},
		{"signed with the older method", "push", pushed, "sha1=00", 401, false},
		{"signed by somebody else", "push", pushed, signature("three", pushed), 403, false},
		{"another message's signature", "push", pushed, signature("one", elsewhere), 403, false},
		{"a signature that is none", "push", pushed, "sha256=xyz", 403, false},
		{"a signature that is too short", "push", pushed, signature("one", pushed)[:69], 403, false},
		{"another repository", "push", elsewhere, signature("one", elsewhere), 403, false},
		{"another branch", "push", branch, signature("one", branch), 403, false},
		{"another event", "issues", pushed, signature("one", pushed), 400, false},
		{"a form", "push", "payload=%7B%7D", signature("one", "payload=%7B%7D"), 400, false},
		{"too large", "push", strings.Repeat(" ", maxHook+1), signature("one", ""), 413, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			queue := &requests{}
			s := hooked(queue, "one", "two")
			request := httptest.NewRequest(http.MethodPost, "/api/v1/hooks/github", strings.NewReader(c.body))
			request.Header.Set("X-GitHub-Event", c.event)
			request.Header.Set("X-Hub-Signature-256", c.signature)
			recorder := httptest.NewRecorder()
			err := s.hook(echo.New().NewContext(request, recorder))
			status := recorder.Code
			if err != nil {
				status = present(err).status
			}
			if status != c.status || (len(queue.made) == 1) != c.queued {
				t.Errorf("status %d, queued %v, want %d and queued: %v", status, queue.made, c.status, c.queued)
			}
			if c.queued && (queue.made[0].Dataset != "ids" || queue.made[0].By != "GitHub") {
				t.Errorf("queued %+v", queue.made[0])
			}
		})
	}
}

// unreadable is a body that must not be looked at.
type unreadable struct{ t *testing.T }

func (u unreadable) Read([]byte) (int, error) {
	u.t.Error("the message is read")
	return 0, io.EOF
}

// What cannot be GitHub's is refused before it is read.
func TestHookRefusesUnread(t *testing.T) {
	for _, c := range []struct {
		name, signature string
		secrets         []string
		status          int
	}{
		{"not signed", "", []string{"one"}, 401},
		{"signed with the older method", "sha1=00", []string{"one"}, 401},
		{"no hexadecimal digits", "sha256=" + strings.Repeat("x", 64), []string{"one"}, 403},
		{"too few of them", "sha256=00", []string{"one"}, 403},
		{"without a secret to sign with", signature("", "{}"), nil, 403},
		{"without secret and signature", "", nil, 401},
	} {
		t.Run(c.name, func(t *testing.T) {
			if status := tell(hooked(&requests{}, c.secrets...), c.signature, unreadable{t}); status != c.status {
				t.Errorf("status %d, want %d", status, c.status)
			}
		})
	}
}

// Only a few messages are held at a time. The others wait for their turn, but not for ever.
func TestHookReadsFewMessagesAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := hooked(&requests{}, "one")
		var slow []*io.PipeWriter
		var sent sync.WaitGroup
		for range hooksAtOnce {
			reader, writer := io.Pipe()
			slow = append(slow, writer)
			sent.Go(func() {
				if status := tell(s, signature("one", "{}"), reader); status != 200 {
					t.Errorf("a slow message: status %d", status)
				}
			})
		}
		synctest.Wait()
		began := time.Now()
		if status := tell(s, signature("one", "{}"), unreadable{t}); status != 503 || time.Since(began) != hookWait {
			t.Errorf("one too many: status %d after %v", status, time.Since(began))
		}
		sent.Go(func() {
			if status := tell(s, signature("one", "{}"), strings.NewReader("{}")); status != 200 {
				t.Errorf("one whose turn comes: status %d", status)
			}
		})
		time.Sleep(hookWait - time.Millisecond)
		for _, writer := range slow {
			_, _ = writer.Write([]byte("{}"))
			_ = writer.Close()
		}
		sent.Wait()
	})
}

func TestHealth(t *testing.T) {
	fresh := SourceAge{Dataset: "rfcs", Age: 90 * time.Second}
	old := SourceAge{Dataset: "ids", Age: 25 * time.Hour}
	never := SourceAge{Dataset: "misc", Never: true}
	for _, c := range []struct {
		name  string
		stale time.Duration
		ages  []SourceAge
		want  string
	}{
		{"all fresh", 24 * time.Hour, []SourceAge{fresh}, "ok\nrfcs 90\n"},
		{"one stale", 24 * time.Hour, []SourceAge{fresh, old}, "degraded\nrfcs 90\nids 90000 stale\n"},
		{"one never indexed", 24 * time.Hour, []SourceAge{never}, "degraded\nmisc never stale\n"},
		{"not watched", 0, []SourceAge{old, never}, "ok\nids 90000\nmisc never\n"},
		{"no sources", time.Hour, nil, "ok\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := health(c.ages, c.stale); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
