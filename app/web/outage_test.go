package web

import (
	"context"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/metrics"
)

// cut is an index that was known until some time, and then cannot be reached.
type cut struct {
	state int64
	since time.Time // zero: it can be reached
}

func (c *cut) Generation() (int64, bool) { return c.state, c.since.IsZero() }

func (c *cut) Published() time.Time { return time.Time{} }

func (c *cut) Last() (int64, time.Time) { return c.state, c.since }

func (c *cut) Confirm(context.Context) (int64, error) {
	if c.since.IsZero() {
		return c.state, nil
	}
	time.Sleep(2 * time.Second) // as one that hangs does
	return 0, fault.New(fault.Unavailable, "away")
}

func sentTo(t *testing.T, a *answer) http.Header {
	t.Helper()
	recorder := httptest.NewRecorder()
	require.NoError(t, a.send(echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/", nil), recorder)))
	return recorder.Header()
}

func TestAnswersDuringAnOutage(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		index := &cut{state: 5}
		cache := newAnswers(1<<20, 10*time.Minute, index, metrics.NewHits(prometheus.NewRegistry()).Cache)
		made := 0
		get := func(key string) (*answer, error) {
			return cache.get(t.Context(), key, func(context.Context) (*answer, error) {
				made++
				a := newAnswer(typeXML, []byte(strconv.Itoa(made)))
				a.headers = map[string]string{"X-Resolution-Methods": "auto"}
				return a, nil
			})
		}
		known, err := get("known")
		require.NoError(t, err)
		require.Empty(t, sentTo(t, known).Get("Age"))
		require.Empty(t, sentTo(t, known).Get("Cache-Status"))

		index.since = time.Now()
		at, err := get("known")
		require.NoError(t, err)
		require.Equal(t, `BibXML; hit; ttl=-1; detail="database unreachable"`, sentTo(t, at).Get("Cache-Status"), "it is stale at once")
		time.Sleep(time.Minute - 2*time.Second)
		began := time.Now()
		kept, err := get("known")
		require.NoError(t, err)
		require.Equal(t, known.body, kept.body)
		require.Equal(t, 2*time.Second, time.Since(began), "one visitor tries whether the database is back")
		header := sentTo(t, kept)
		require.Equal(t, "60", header.Get("Age"))
		require.Equal(t, `BibXML; hit; ttl=-60; detail="database unreachable"`, header.Get("Cache-Status"))
		require.Equal(t, sentTo(t, known).Get("ETag"), header.Get("ETag"))
		require.Equal(t, "auto", header.Get("X-Resolution-Methods"))
		require.Equal(t, "no-cache", header.Get("Cache-Control"))
		_, err = get("known")
		require.NoError(t, err)
		require.Equal(t, 2*time.Second, time.Since(began), "the next need not wait")
		_, err = get("unknown")
		require.True(t, fault.Is(err, fault.Unavailable), "there is nothing to send instead")

		time.Sleep(10 * time.Minute)
		_, err = get("known")
		require.True(t, fault.Is(err, fault.Unavailable), "after STALE_IF_ERROR")

		index.since = time.Time{}
		again, err := get("known")
		require.NoError(t, err)
		require.Same(t, known, again, "nothing has changed")
		index.state, index.since = 6, time.Now()
		_, err = get("known")
		require.True(t, fault.Is(err, fault.Unavailable), "it was of an older state")
	})
}

func TestNothingIsSentOfAnOutageWhereThatIsNotWanted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		index := &cut{state: 5}
		cache := newAnswers(1<<20, 0, index, metrics.NewHits(prometheus.NewRegistry()).Cache)
		get := func() error {
			_, err := cache.get(t.Context(), "key", func(context.Context) (*answer, error) { return newAnswer(typeXML, nil), nil })
			return err
		}
		require.NoError(t, get())
		index.since = time.Now()
		require.True(t, fault.Is(get(), fault.Unavailable))
	})
}
