package web

import (
	"context"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/ietf-tools/bibxml/views"
)

const (
	// suggested is how many documents and people the box offers.
	suggested = 8
	// typedAtMost is as many bytes of what was typed as suggestions are looked for; nobody types more who waits for
	// one.
	typedAtMost = 120
)

// suggestions answers GET /search/suggestions/: what the search box offers while somebody types. The beginnings of
// words are the same for all, so the answers are kept.
func (s *Server) suggestions(c echo.Context) error {
	typed := strings.TrimSpace(c.QueryParam("query"))
	if len(typed) > typedAtMost {
		typed = ""
	}
	a, err := s.answers.get(c.Request().Context(), "suggestions\x00"+typed, func(ctx context.Context) (*answer, error) {
		found, err := s.Catalog.Suggest(ctx, typed, suggested)
		if err != nil {
			return nil, err
		}
		body, err := render(ctx, views.Suggestions(typed, views.SuggestionsOf(found)))
		if err != nil {
			return nil, err
		}
		return newAnswer(typeHTML, body), nil
	})
	if err != nil {
		return err
	}
	return a.send(c)
}
