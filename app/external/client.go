package external

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/fault"
)

const (
	// largest answer that is read. Works with thousands of authors and all their references take some MB.
	largest = 8 << 20
	// hops is how many redirects are followed, within the service.
	hops = 3
)

// errUnreadable marks an answer that came and is of no use.
var errUnreadable = errors.New("the answer cannot be read")

// client asks one host.
type client struct {
	name  string
	base  *url.URL
	agent string
	http  *http.Client
}

func newClient(options Options) (*client, error) {
	base, err := url.Parse(strings.TrimSuffix(options.URL, "/"))
	if err != nil {
		return nil, err
	}
	if base.Host == "" || base.Scheme != "http" && base.Scheme != "https" {
		return nil, fmt.Errorf("%q is no address of a web server", base.Redacted())
	}
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = options.Parallel
	return &client{
		name: options.Name, base: base, agent: options.UserAgent,
		http: &http.Client{Transport: transport, CheckRedirect: within(base)},
	}, nil
}

// within lets redirects stay on the host, over a connection as secure as before.
func within(base *url.URL) func(*http.Request, []*http.Request) error {
	return func(request *http.Request, via []*http.Request) error {
		switch {
		case len(via) > hops:
			return errors.New("too many redirects")
		case request.URL.Host != base.Host, request.URL.Scheme != base.Scheme && request.URL.Scheme != "https":
			return fmt.Errorf("redirect to another host: %s", request.URL.Host)
		}
		return nil
	}
}

// Fetch asks a service for one look-up.
type Fetch struct {
	client   *client
	received int
}

// JSON asks for a path below the address of the service and decodes the answer. The path is escaped already,
// and its parts are checked: nothing in it may lead elsewhere on the host. It fails with fault.NotFound when
// the service does not know the path, with fault.Upstream when it does not answer or not in JSON.
func (f *Fetch) JSON(ctx context.Context, path string, query url.Values, into any) error {
	return f.ask(ctx, http.MethodGet, path, query, nil, into)
}

// Form sends a form to a path and decodes the answer, as JSON does. It fails with fault.NotFound when the service
// forbids what the form asks for, and with fault.Upstream otherwise.
func (f *Fetch) Form(ctx context.Context, path string, form url.Values, into any) error {
	return f.ask(ctx, http.MethodPost, path, nil, form, into)
}

func (f *Fetch) ask(ctx context.Context, method, path string, query, form url.Values, into any) error {
	address := *f.client.base
	address.RawQuery = query.Encode()
	where, err := url.PathUnescape(path)
	if err != nil {
		return f.client.unreadable(err)
	}
	address.Path, address.RawPath = f.client.base.Path+where, f.client.base.EscapedPath()+path
	body, err := f.client.do(ctx, method, address.String(), form)
	f.received += len(body)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return f.client.unreadable(err)
	}
	return nil
}

// Unreadable is the failure for an answer that lacks what every answer has.
func (f *Fetch) Unreadable() error { return f.client.unreadable(errors.New("it is incomplete")) }

func (c *client) do(ctx context.Context, method, address string, form url.Values) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, c.unreadable(err)
	}
	if form != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	request.Header.Set("User-Agent", c.agent)
	request.Header.Set("Accept", "application/json")
	response, err := c.http.Do(request)
	if err != nil {
		return nil, c.unanswered(cmp.Or(ctx.Err(), err))
	}
	defer func() { _ = response.Body.Close() }()
	if err := c.refused(method, response.StatusCode); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, largest+1))
	switch {
	case err != nil:
		return nil, c.unanswered(cmp.Or(ctx.Err(), err))
	case len(body) > largest:
		return nil, c.unreadable(fmt.Errorf("more than %d bytes", largest))
	}
	return body, nil
}

// refused tells what a status means. A service that finds an identifier ill-formed does not have it, and one
// that forbids what a form asks for does not know who asks; every other refusal is about us, and says nothing
// of what was asked for.
func (c *client) refused(method string, status int) error {
	unknown := []int{http.StatusNotFound, http.StatusGone, http.StatusBadRequest, http.StatusRequestURITooLong, http.StatusUnprocessableEntity}
	if method == http.MethodPost {
		unknown = []int{http.StatusForbidden}
	}
	switch {
	case status == http.StatusOK:
		return nil
	case slices.Contains(unknown, status):
		return fault.New(fault.NotFound, "%s does not know it", c.name)
	}
	return c.unanswered(fmt.Errorf("status %d", status))
}

func (c *client) unanswered(cause error) error {
	return fault.Wrap(fault.Upstream, cause, "%s does not answer at the moment; please try again shortly", c.name)
}

func (c *client) unreadable(cause error) error {
	return fault.Wrap(fault.Upstream, errors.Join(errUnreadable, cause), "%s gave an answer that cannot be read", c.name)
}
