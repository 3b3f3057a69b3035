package catalog

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/search"
)

const (
	// mostCompletions is how many words the last one that was typed may become.
	mostCompletions = 8
	// mostPeople is how many people are suggested beside documents, where there are enough of both.
	mostPeople = 3
	// mostNearest is how many documents are given when nothing was found.
	mostNearest = 5
)

// Suggest gives documents and people for what was typed so far, best first: those with an identifier that begins so, those
// with the words in their titles, of which the last may be unfinished, and people with such a name.
func (c *Catalog) Suggest(ctx context.Context, text string, limit int) ([]Suggestion, error) {
	reading := search.Read(text)
	if limit <= 0 || reading.Empty() {
		return nil, nil
	}
	people, err := c.people(ctx, reading)
	if err != nil {
		return nil, err
	}
	reserved := min(len(people), mostPeople, limit/3) // documents are what most look for
	identified, err := c.beginning(ctx, reading)
	if err != nil {
		return nil, err
	}
	titled, err := c.titled(ctx, reading)
	if err != nil {
		return nil, err
	}
	documents := distinctSuggestions(append(identified, titled...))
	documents = documents[:min(len(documents), limit-reserved)]
	return append(documents, people[:min(len(people), limit-len(documents))]...), nil
}

// beginning finds documents by the beginning of an identifier, those that it fits best first: the shortest.
func (c *Catalog) beginning(ctx context.Context, r search.Reading) ([]Suggestion, error) {
	if !r.Whole {
		return nil, nil
	}
	var found []search.Carrier
	for _, id := range r.Identifiers[:min(len(r.Identifiers), mostNamed)] {
		some, err := c.store.Beginning(ctx, id)
		if err != nil {
			return nil, err
		}
		slices.SortFunc(some, search.Shortest)
		if found = append(found, some...); len(found) > 0 {
			break
		}
	}
	return c.suggestions(ctx, found)
}

// suggestions gives the titles of documents.
func (c *Catalog) suggestions(ctx context.Context, carriers []search.Carrier) ([]Suggestion, error) {
	var pinned []int64
	for _, carrier := range carriers {
		if !slices.Contains(pinned, carrier.Document) && len(pinned) < 2*mostNearest {
			pinned = append(pinned, carrier.Document)
		}
	}
	if len(pinned) == 0 {
		return nil, nil
	}
	return c.found(ctx, search.Request{Pinned: pinned})
}

func (c *Catalog) found(ctx context.Context, r search.Request) ([]Suggestion, error) {
	hits, _, err := c.store.Find(ctx, r)
	if err != nil {
		return nil, err
	}
	search.Rank(hits, r)
	var all []Suggestion
	for _, hit := range hits {
		if hit.ID.ID != "" && len(all) < 2*mostNearest {
			all = append(all, suggestionOf(hit))
		}
	}
	return all, nil
}

// titled finds documents by the words of their titles. The last word may be the beginning of any of several.
func (c *Catalog) titled(ctx context.Context, r search.Reading) ([]Suggestion, error) {
	if len(r.Terms) == 0 {
		return nil, nil
	}
	last := r.Terms[len(r.Terms)-1]
	terms := slices.Clone(r.Terms)
	for i := range terms {
		if terms[i].Field == "" {
			terms[i].Field = search.FieldTitle
		}
	}
	if !last.Phrase && !last.Not && last.Field == "" {
		completions, err := c.store.Completions(ctx, strings.ToLower(last.Text), mostCompletions)
		if err != nil {
			return nil, err
		}
		for _, completion := range completions {
			terms = append(terms, search.Term{Text: completion.Word, Or: true, Field: search.FieldTitle})
		}
	}
	r.Terms = terms
	return c.found(ctx, search.Request{Reading: r})
}

func (c *Catalog) people(ctx context.Context, r search.Reading) ([]Suggestion, error) {
	var words []string
	for _, term := range r.Terms {
		if term.Not || term.Field == search.FieldTitle {
			return nil, nil
		}
		words = append(words, strings.Fields(strings.ToLower(term.Text))...)
	}
	if len(words) == 0 || utf8.RuneCountInString(words[len(words)-1]) < 2 && len(words) == 1 {
		return nil, nil
	}
	return c.store.People(ctx, words, 2*mostPeople)
}

// nearest gives documents for a request that found none: those whose identifiers begin like the one that was asked for, and
// those with most of the words in their titles.
func (c *Catalog) nearest(ctx context.Context, r search.Request) ([]Suggestion, error) {
	var all []Suggestion
	if len(r.Reading.Identifiers) > 0 && strings.ContainsAny(r.Reading.Identifiers[0], "0123456789-") {
		carriers, err := c.store.Nearest(ctx, r.Reading.Identifiers[0])
		if err != nil {
			return nil, err
		}
		if all, err = c.suggestions(ctx, carriers); err != nil {
			return nil, err
		}
	}
	r.Any, r.Chosen, r.Pinned, r.Reading.Chosen = true, nil, nil, nil
	if len(all) == 0 && len(r.Reading.Terms) > 1 {
		titled, err := c.found(ctx, r)
		if err != nil {
			return nil, err
		}
		all = append(all, titled...)
	}
	all = distinctSuggestions(all)
	return all[:min(len(all), mostNearest)], nil
}

func distinctSuggestions(all []Suggestion) []Suggestion {
	seen := make(map[docid.ID]bool, len(all))
	return slices.DeleteFunc(all, func(s Suggestion) bool {
		again := seen[docid.ID{ID: s.ID.ID, Type: s.ID.Type}]
		seen[docid.ID{ID: s.ID.ID, Type: s.ID.Type}] = true
		return again
	})
}
