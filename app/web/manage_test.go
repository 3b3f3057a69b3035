package web

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/indexing"
)

const typeForm = "application/x-www-form-urlencoded"

// command asks for something as a program of the operators does.
func command(handler http.Handler, path, contentType, body string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodPost, "/api/v1/management/"+path, strings.NewReader(body))
	request.RemoteAddr = "192.0.2.9:1234"
	request.Header.Set("X-IETF-Token", "secret")
	request.Header.Set("Content-Type", contentType)
	recorder := httptest.NewRecorder()
	handler.ServeHTTP(recorder, request)
	return recorder
}

// multipart is a form in the other encoding.
func multipart(refs string) string {
	return "--x\r\nContent-Disposition: form-data; name=\"refs\"\r\n\r\n" + refs + "\r\n--x--\r\n"
}

func TestRefsOfTheAPI(t *testing.T) {
	const typeMultipart = "multipart/form-data; boundary=x"
	drafts := make([]string, 1000)
	for i := range drafts {
		drafts[i] = fmt.Sprintf("draft-ietf-working-group-%04d", i)
	}
	for _, test := range []struct {
		name, contentType, body string
		status                  int
		told                    string
		refs                    []string
	}{
		{"the whole source", "", "", 200, "Queued", nil},
		{"some records", typeForm, "refs=RFC1,+data/RFC2.yaml%0A,,a+b", 200, "Queued", []string{"RFC1", "RFC2", "a b"}},
		{"in the other encoding", typeMultipart, multipart("RFC1,RFC2"), 200, "Queued", []string{"RFC1", "RFC2"}},
		{"as many as can be", typeForm, "refs=" + strings.Repeat("a,", 100), 200, "Queued", strings.Split(strings.Repeat("a,", 99)+"a", ",")},
		{"no UTF-8", typeForm, "refs=%FF", 400, "cannot be the name of a record", nil},
		{"a NUL", typeForm, "refs=a%00b", 400, "cannot be the name of a record", nil},
		{"another control character", typeForm, "refs=RFC1,a%1Bb", 400, "cannot be the name of a record", nil},
		{"nothing but an ending", typeForm, "refs=data/.yaml", 400, "cannot be the name of a record", nil},
		{"a name that is too long", typeForm, "refs=" + strings.Repeat("a", 201), 400, "at most 200 bytes", nil},
		{"too many", typeForm, "refs=" + strings.Repeat("a,", 101), 400, "Ask in several requests, or for the whole source.", nil},
		{"too long together", typeForm, "refs=" + strings.Repeat(strings.Repeat("a", 180)+",", 12), 400, "2172 bytes", nil},
		{"a thousand drafts", typeForm, "refs=" + strings.Join(drafts, ","), 400, "1000 records", nil},
		{"a form that is malformed", typeForm, "refs=%zz", 400, "malformed", nil},
		{"a form that breaks off", typeMultipart, multipart("RFC1")[:60], 400, "broke off", nil},
		{"a form that is too large", typeForm, "refs=" + strings.Repeat("a", maxForm), 413, "larger", nil},
		{"a large one in the other encoding", typeMultipart, multipart(strings.Repeat("a", maxForm)), 413, "larger", nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			o := newOffice()
			got := command(panel(o), "rfcs/reindex/", test.contentType, test.body)
			require.Equal(t, test.status, got.Code, got.Body)
			require.Contains(t, got.Body.String(), test.told)
			if test.status != http.StatusOK {
				require.Empty(t, o.requests)
				return
			}
			require.Len(t, o.requests, 1)
			require.Equal(t, test.refs, o.requests[0].Refs)
			require.Equal(t, indexing.Action(""), o.requests[0].Action)
		})
	}
}

// Whoever acts by the API is told of as who acts in the panel is.
func TestWhoActsByTheAPI(t *testing.T) {
	const who = "the API from 192.0.2.9"
	for _, test := range []struct {
		path    string
		asked   *indexing.Request
		stopped string
		logged  string
	}{
		{"rfcs/reindex/?force=1", &indexing.Request{Dataset: "rfcs", Force: true, By: who}, "", "action=reindex"},
		{"rfcs/reset-index/", &indexing.Request{Dataset: "rfcs", Action: indexing.Reset, By: who}, "", "action=reset"},
		{"tasks/runs/stop/", nil, "runs by " + who, "action=stop"},
		{"tasks/stop-all/", nil, "all by " + who, `action="stop all"`},
	} {
		o := newOffice()
		var log bytes.Buffer
		handler := panel(o, func(d *Deps) { d.Log = slog.New(slog.NewTextHandler(&log, nil)) })
		require.Equal(t, http.StatusOK, command(handler, test.path, "", "").Code, test.path)
		if test.asked != nil {
			require.Equal(t, []indexing.Request{*test.asked}, o.requests, test.path)
		}
		require.Equal(t, test.stopped, strings.Join(o.stopped, ","), test.path)
		require.Contains(t, log.String(), "msg=management "+test.logged+` user="the API" address=192.0.2.9`, test.path)
	}
}

func TestWhatFailedIsNotSaidToBeDone(t *testing.T) {
	var log bytes.Buffer
	handler := panel(newOffice(), func(d *Deps) { d.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	require.Equal(t, http.StatusNotFound, command(handler, "tasks/nope/stop/", "", "").Code)
	require.NotContains(t, log.String(), "msg=management")
}

// Everybody may read the status; only the panel tells where somebody acted from.
func TestStatusTellsNobodysAddress(t *testing.T) {
	handler := panel(newOffice())
	got := open(handler, "/api/v1/management/nist/status/").Body.String()
	require.Contains(t, got, `"stopped_by":"ietf"`)
	require.NotContains(t, got, "192.0.2.7")
	require.Contains(t, open(handler, "/management/tasks/stopped/").Body.String(), "ietf from 192.0.2.7")
}
