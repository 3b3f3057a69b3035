package web

import (
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/views"
)

// settle keeps the last of each parameter that is repeated, as the service before did, and removes the blanks around
// values; a value of blanks alone stays one. It reports whether that changes anything. The choices of a search are the only
// parameters that may be given more than once.
func settle(params url.Values, path string) (changed bool) {
	for name, values := range params {
		isChoice := strings.HasPrefix(path, views.SearchPath) && slices.Contains(search.Facets, search.Facet(name))
		if len(values) > 1 && !isChoice {
			params[name], changed = values[len(values)-1:], true
		}
		for i, value := range params[name] {
			if trimmed := docid.Trim(value); trimmed != "" && trimmed != value {
				params[name][i], changed = trimmed, true
			}
		}
	}
	return changed
}

// withTrimmedPath removes the blanks around the parts of a path before the path is routed, as in
// /api/v1/ref/rfcs/%20RFC2119%20/.
func withTrimmedPath(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		trimPath(c.Request().URL)
		return next(c)
	}
}

// identified are the beginnings of paths that end in an identifier, whose slashes may be written as such, and the number
// of parts before it.
var identified = map[string]int{"/public/": 3, "/doc/": 2, "/external-sources/": 2, "/api/v1/ref/": 4, views.CompatURL: 3}

func trimPath(u *url.URL) {
	escaped := u.EscapedPath()
	if !strings.Contains(escaped, "%") {
		return
	}
	parts := strings.Split(escaped, "/")
	for beginning, fixed := range identified {
		if strings.HasPrefix(escaped, beginning) && len(parts) > fixed+1 {
			parts = append(parts[:fixed+1], strings.Join(parts[fixed+1:], "/"))
		}
	}
	for i, part := range parts {
		name := strings.TrimRight(part, "/")
		parts[i] = trimEscaped(name) + part[len(name):]
	}
	trimmed := strings.Join(parts, "/")
	if plain, err := url.PathUnescape(trimmed); err == nil && trimmed != escaped {
		u.Path, u.RawPath = plain, trimmed
	}
}

// trimEscaped removes the blanks around an escaped text, where each of their bytes takes three characters. A text of
// blanks alone stays.
func trimEscaped(escaped string) string {
	plain, err := url.PathUnescape(escaped)
	trimmed := docid.Trim(plain)
	if err != nil || trimmed == "" {
		return escaped
	}
	before := strings.Index(plain, trimmed)
	after := len(plain) - before - len(trimmed)
	return escaped[3*before : len(escaped)-3*after]
}

// formValue returns the last value of a field of a form that was posted, or of a parameter. Texts of several lines stay as
// they were typed.
func formValue(c echo.Context, name string) string {
	value := c.FormValue(name) // reads the form
	if posted := c.Request().PostForm[name]; len(posted) > 0 {
		value = posted[len(posted)-1]
	}
	return value
}
