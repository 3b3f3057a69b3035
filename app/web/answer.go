package web

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// answer is a complete answer to a request, ready to be sent any number of times.
type answer struct {
	status   int
	kind     string // media type
	body     []byte
	etag     string
	headers  map[string]string
	address  string // the permanent one of the document that the page is of
	fleeting bool   // may change without the index: it is not kept
	caching  string // Cache-Control; empty: whoever keeps it asks us every time
	// modified is since when the answer is what it is, at the latest; zero when that is not known.
	modified time.Time
	// age is how long ago the answer was known to be right; zero: it is right.
	age time.Duration
	// count is called for every time that the answer is sent, cached or not: each request counts.
	count func()

	compress sync.Once
	gzipped  []byte // nil when compressing is not worth it
}

const (
	typeXML  = "application/xml; charset=utf-8"
	typeJSON = "application/json"
	typeHTML = "text/html; charset=utf-8"
)

// minGzip is the size below which an answer fits one packet anyway.
const minGzip = 1400

func newAnswer(kind string, body []byte) *answer {
	sum := sha256.Sum256(body)
	return &answer{
		status: http.StatusOK,
		kind:   kind,
		body:   body,
		etag:   `"` + base64.RawURLEncoding.EncodeToString(sum[:12]) + `"`,
	}
}

func (a *answer) size() int {
	return 2*len(a.body) + 512 // the compressed form and the entry itself, roughly
}

// stale returns a copy of the answer that says how long ago it was known to be right.
func (a *answer) stale(age time.Duration) *answer {
	return &answer{
		status: a.status, kind: a.kind, body: a.body, etag: a.etag, headers: a.headers, address: a.address, caching: a.caching,
		modified: a.modified, count: a.count, age: max(age, 1),
	}
}

// setAge marks an answer that the database cannot confirm (Age: RFC 9111, section 5.1; Cache-Status: RFC 9211). Warning is
// obsolete.
func (a *answer) setAge(h http.Header) {
	if a.age == 0 {
		return
	}
	seconds := int(math.Ceil(a.age.Seconds())) // never 0, which would not be stale
	h.Set("Age", strconv.Itoa(seconds))
	h.Set("Cache-Status", fmt.Sprintf(`BibXML; hit; ttl=%d; detail="database unreachable"`, -seconds))
}

// send writes the answer, or 304 when the client has it already. Whatever is counted must reach us,
// so caches on the way are told to ask again every time (compatibility, section 12).
func (a *answer) send(c echo.Context) error {
	if a.count != nil && c.Request().Header.Get("X-Requested-With") != "xml2rfcResolver" {
		a.count()
	}
	h := c.Response().Header()
	for name, value := range a.headers {
		h.Set(name, value)
	}
	setCaching(h, a.caching)
	a.setAge(h)
	addVary(h, "Accept-Encoding")
	etag, body := a.etag, a.body
	if acceptsGzip(c.Request()) {
		if small := a.smaller(); small != nil {
			body = small
			etag = strings.TrimSuffix(a.etag, `"`) + `-gz"`
			h.Set("Content-Encoding", "gzip")
		}
	}
	if a.caching != notKept { // nobody has a copy to compare with
		h.Set("ETag", etag)
	}
	// Times are told in whole seconds: one that has just begun may still see another change.
	if !a.modified.IsZero() && time.Since(a.modified) > 2*time.Second {
		h.Set("Last-Modified", a.modified.UTC().Format(http.TimeFormat))
	}
	if a.status == http.StatusOK && unchanged(c.Request(), a.etag, h.Get("Last-Modified")) {
		h.Del("Content-Encoding")
		return c.NoContent(http.StatusNotModified)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	return c.Blob(a.status, a.kind, body)
}

// notKept is the Cache-Control of an answer that must not be stored anywhere.
const notKept = "no-store"

// setCaching tells browsers and caches on the way how long they may answer in our place. What is said to
// content delivery networks goes before what their operators configure (RFC 9213); Surrogate-Control is
// the older name of the same.
func setCaching(h http.Header, caching string) {
	if caching == notKept {
		h.Set("CDN-Cache-Control", notKept)
		h.Set("Surrogate-Control", notKept)
	}
	if caching != "" {
		h.Set("Cache-Control", caching)
		return
	}
	h.Set("Cache-Control", "no-cache")
	h.Set("CDN-Cache-Control", "no-cache")
	h.Set("Surrogate-Control", "max-age=0")
}

// unchanged says whether the client has the answer already. A time counts only without an entity tag
// (RFC 9110, section 13.1.3).
func unchanged(r *http.Request, etag, modified string) bool {
	if tags := r.Header.Get("If-None-Match"); tags != "" {
		return matches(tags, etag)
	}
	since, err := http.ParseTime(r.Header.Get("If-Modified-Since"))
	if err != nil || modified == "" {
		return false
	}
	at, err := http.ParseTime(modified)
	return err == nil && !at.After(since)
}

// compressors are kept, since making one takes a megabyte and more time than compressing a page.
var compressors = sync.Pool{New: func() any {
	w, _ := gzip.NewWriterLevel(nil, gzip.BestSpeed) // the level is a valid constant
	return w
}}

func (a *answer) smaller() []byte {
	a.compress.Do(func() {
		if len(a.body) < minGzip {
			return
		}
		var buf bytes.Buffer
		w := compressors.Get().(*gzip.Writer)
		defer compressors.Put(w)
		w.Reset(&buf)
		_, _ = w.Write(a.body) // a bytes.Buffer does not fail
		_ = w.Close()
		if buf.Len() < len(a.body) {
			a.gzipped = buf.Bytes()
		}
	})
	return a.gzipped
}

// acceptsGzip reads Accept-Encoding: gzip with a weight of zero is a refusal (RFC 9110, section 12.5.3).
func acceptsGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		coding, weight, _ := strings.Cut(part, ";")
		if strings.EqualFold(strings.TrimSpace(coding), "gzip") {
			q := strings.ReplaceAll(weight, " ", "")
			return !strings.HasPrefix(q, "q=0") || strings.Trim(q, "q=0.") != ""
		}
	}
	return false
}

// matches reads If-None-Match: a list of entity tags, compared weakly, or an asterisk (RFC 9110,
// section 13.1.2). The compressed form of an answer has the tag of the plain one with a suffix.
func matches(header, etag string) bool {
	if header == "" {
		return false
	}
	zipped := strings.TrimSuffix(etag, `"`) + `-gz"`
	for part := range strings.SplitSeq(header, ",") {
		tag := strings.TrimPrefix(strings.TrimSpace(part), "W/")
		if tag == etag || tag == zipped || tag == "*" {
			return true
		}
	}
	return false
}

func addVary(h http.Header, name string) {
	for _, have := range h.Values("Vary") {
		if strings.EqualFold(have, name) {
			return
		}
	}
	h.Add("Vary", name)
}
