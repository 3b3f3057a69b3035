// Package front looks at the service from outside, through whatever stands in front of it, as its
// visitors do.
package front

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// Finding is one thing that was looked at.
type Finding struct {
	What string // in a few words
	Good bool
	Told string // what was seen, and what to do when it is not good
}

// timeout bounds all of it.
const timeout = 15 * time.Second

// counted is a path whose every request must reach us, however often it is asked for: operators count
// them (compatibility, section 12).
const counted = "/public/rfc/bibxml/reference.RFC.2119.xml"

// Look asks the service at its public address, https://bib.example.org. It sends no credentials. When
// nothing answers there, that is the only finding.
func Look(ctx context.Context, transport http.RoundTripper, base string) []Finding {
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	client := &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	first, err := get(ctx, client, base+counted, "")
	if err != nil {
		return []Finding{{What: "Public address", Told: fmt.Sprintf("%s cannot be reached from here: %v. Visitors may still reach it, when this machine may not.", base, err)}}
	}
	found := []Finding{{What: "Public address", Good: true, Told: base + " answers."}}
	second, err := get(ctx, client, base+counted, "")
	if err != nil {
		return append(found, Finding{What: "Public address", Told: fmt.Sprintf("%s answered once, then not: %v.", base, err)})
	}
	found = append(found, uncached(first, second), networks(first), tag(ctx, client, base, second))
	if strings.HasPrefix(base, "https://") {
		found = append(found, secured(second), redirected(ctx, client, base))
	}
	return found
}

// uncached compares two answers to the same request: each of ours carries an id of its own.
func uncached(first, second http.Header) Finding {
	finding := Finding{What: "Counting"}
	one, two, age := first.Get("X-Request-Id"), second.Get("X-Request-Id"), second.Get("Age")
	switch {
	case one == "" || two == "":
		finding.Told = "The answer lacks X-Request-Id: something in front removes it, or answers in our place. Let it pass that header, and ask us every time."
	case one == two || age != "" && age != "0":
		finding.Told = "The same request came back from a cache, so it was not counted. Let the cache in front obey CDN-Cache-Control, or exempt everything but /static/ and /about."
	default:
		finding.Good, finding.Told = true, "Each request reaches the service, and is counted."
	}
	return finding
}

// networks looks whether what we tell caches arrives: some take it out for themselves, which is as good.
func networks(h http.Header) Finding {
	caching := h.Get("Cache-Control")
	finding := Finding{What: "Cache-Control", Good: caching == "no-cache", Told: "Cache-Control arrives as it was sent."}
	if !finding.Good {
		finding.Told = fmt.Sprintf("Cache-Control arrives as %q instead of no-cache: browsers would keep answers that change. Do not let the proxy in front rewrite it.", caching)
	}
	return finding
}

// tag looks whether a client that has the answer already is spared it.
func tag(ctx context.Context, client *http.Client, base string, answer http.Header) Finding {
	finding := Finding{What: "Conditional requests"}
	status, _, err := ask(ctx, client, base+counted, answer.Get("ETag"))
	switch {
	case answer.Get("ETag") == "":
		finding.Told = "The answer lacks its ETag: something in front removes it, so clients fetch again what they have."
	case err != nil:
		finding.Told = fmt.Sprintf("The third request failed: %v.", err)
	case status != http.StatusNotModified:
		finding.Told = fmt.Sprintf("A client that has the answer already gets it again (status %d instead of 304). Let the proxy in front pass If-None-Match and ETag.", status)
	default:
		finding.Good, finding.Told = true, "A client that has the answer already gets 304."
	}
	return finding
}

func secured(h http.Header) Finding {
	finding := Finding{What: "Forwarded scheme", Good: h.Get("Strict-Transport-Security") != ""}
	finding.Told = "The service knows that visitors use https."
	if !finding.Good {
		finding.Told = "The service does not know that visitors use https. Name the proxies in TRUSTED_PROXIES, and let them send X-Forwarded-Proto."
	}
	return finding
}

func redirected(ctx context.Context, client *http.Client, base string) Finding {
	plain := "http://" + strings.TrimPrefix(base, "https://") + "/about"
	status, h, err := ask(ctx, client, plain, "")
	finding := Finding{What: "Plain HTTP", Good: err == nil && status/100 == 3 && strings.HasPrefix(h.Get("Location"), "https://")}
	finding.Told = plain + " leads to https."
	if !finding.Good {
		finding.Told = plain + " does not lead to https: let the proxy in front redirect it."
	}
	return finding
}

func get(ctx context.Context, client *http.Client, address, etag string) (http.Header, error) {
	_, h, err := ask(ctx, client, address, etag)
	return h, err
}

func ask(ctx context.Context, client *http.Client, address, etag string) (int, http.Header, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return 0, nil, fmt.Errorf("look at %s: %w", address, err)
	}
	// Our own look is not to be counted as a visit (compatibility, section 8).
	request.Header.Set("X-Requested-With", "xml2rfcResolver")
	if etag != "" {
		request.Header.Set("If-None-Match", etag)
	}
	response, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer func() { _ = response.Body.Close() }()
	_, _ = io.Copy(io.Discard, io.LimitReader(response.Body, 1<<20))
	return response.StatusCode, response.Header, nil
}
