package db

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/search"
)

// matcher are the conditions that documents must meet, as texts of type tsquery; empty: there is none.
type matcher struct {
	title  string // words in the title
	all    string // words in the title, or what else people read of a document
	phrase string // the words one after the other; empty when there is only one
	// filter are the tags of what was chosen, one condition for each facet. GIN goes through an index faster by several short
	// conditions than by one that joins them: a decade is ten tags, which it would look at for every document with the words.
	filter []string
}

// read are the weights of what people read of a document; the rest is how records name things.
const read = "ABC"

// matcher asks PostgreSQL what the words of a request mean.
func (d *DB) matcher(ctx context.Context, r search.Request) (matcher, error) {
	terms := r.Reading.Terms
	texts := make([]string, 0, 2*len(terms)+1)
	var positive []string
	for _, term := range terms {
		texts = append(texts, term.Text, strings.ReplaceAll(term.Text, "/", " "))
		if !term.Not && !term.Or && term.Field == "" {
			positive = append(positive, term.Text)
		}
	}
	texts = append(texts, strings.Join(positive, " "))
	stemmed, err := d.stem(ctx, texts)
	if err != nil {
		return matcher{}, err
	}
	var title, all alternatives
	for i, term := range terms {
		plain, apart := stemmed[2*i], stemmed[2*i+1]
		if plain == "" {
			continue // nothing but words that are everywhere
		}
		title.add(term, inTitle(term, plain, apart), r.Any)
		all.add(term, anywhere(term, plain, apart), r.Any)
	}
	m := matcher{title: title.query(), all: all.query(), filter: append(filter(r.Chosen), filter(r.Reading.Chosen)...)}
	if len(positive) > 1 {
		m.phrase = dress(stemmed[len(stemmed)-1], "", read)
	}
	return m, nil
}

func inTitle(term search.Term, plain, apart string) string {
	switch {
	case term.Field == search.FieldAuthor:
		return dress(loosen(plain), "", "B")
	case term.Not && term.Field == "":
		return dress(plain, "", read)
	case term.Prefix:
		return dress(apart, titleTag, "*")
	}
	return dress(apart, titleTag, "")
}

func anywhere(term search.Term, plain, apart string) string {
	switch {
	case term.Field != "":
		return inTitle(term, plain, apart)
	case term.Prefix:
		return dress(plain, "", "*"+read)
	}
	return dress(plain, "", read)
}

// loosen lets the words of a phrase stand anywhere: records write names as a whole or in parts.
func loosen(query string) string { return strings.ReplaceAll(query, "' <-> '", "' & '") }

// dress puts a tag before each lexeme of a query and its weights after it.
func dress(query, tag, weights string) string {
	var b strings.Builder
	quoted := false
	for i := 0; i < len(query); i++ {
		b.WriteByte(query[i])
		if query[i] != '\'' {
			continue
		}
		if quoted && i+1 < len(query) && query[i+1] == '\'' { // a quote in the lexeme
			b.WriteByte(query[i+1])
			i++
			continue
		}
		quoted = !quoted
		switch {
		case quoted:
			b.WriteString(tag)
		case weights != "":
			b.WriteString(":" + weights)
		}
	}
	return b.String()
}

// alternatives are the terms that all have to be there, or one of several each.
type alternatives struct{ groups [][]string }

// add adds a term; with any, every one is an alternative.
func (a *alternatives) add(term search.Term, query string, any bool) {
	if query = "(" + query + ")"; term.Not {
		query = "!" + query
	}
	if last := len(a.groups) - 1; last >= 0 && (term.Or || any && !term.Not) {
		a.groups[last] = append(a.groups[last], query)
		return
	}
	a.groups = append(a.groups, []string{query})
}

func (a *alternatives) query() string {
	var all []string
	for _, group := range a.groups {
		all = append(all, "("+strings.Join(group, "|")+")")
	}
	return strings.Join(all, "&")
}

// both joins conditions that have to be met; empty ones are left out.
func both(conditions ...string) string {
	conditions = slices.DeleteFunc(conditions, func(c string) bool { return c == "" })
	return strings.Join(conditions, "&")
}

// filter gives the conditions for what was chosen of facets. Status is left to the rows when obsoleted documents are
// wanted, since others may tell of it.
func filter(chosen map[search.Facet][]string) (all []string) {
	for _, facet := range search.Facets {
		values := chosen[facet]
		if len(values) == 0 || facet == search.FacetStatus && slices.Contains(values, search.StatusObsoleted) {
			continue
		}
		var either []string
		for _, value := range values {
			either = append(either, tagsFor(facet, value)...)
		}
		if len(either) == 0 {
			either = []string{quoteLexeme(tag(facet, "nothing"))}
		}
		all = append(all, "("+strings.Join(either, "|")+")")
	}
	return all
}

// tagsFor gives the tags of a value: one for each year of a range.
func tagsFor(facet search.Facet, value string) (tags []string) {
	from, to := value, value
	switch facet {
	case search.FacetDecade:
		if n, err := strconv.Atoi(value); err == nil {
			to = strconv.Itoa(n + 9)
		}
	case search.FacetYear:
		if first, last, ok := strings.Cut(value, ".."); ok {
			from, to = orYear(first, firstYear), orYear(last, lastYear)
		}
	default:
		return []string{quoteLexeme(tag(facet, value))}
	}
	first, err1 := strconv.Atoi(from)
	last, err2 := strconv.Atoi(to)
	if err1 != nil || err2 != nil {
		return nil
	}
	for year := max(first, firstYear); year <= min(last, lastYear); year++ {
		tags = append(tags, quoteLexeme(tag(search.FacetYear, strconv.Itoa(year))))
	}
	return tags
}

// The years that documents are of.
const (
	firstYear = 1800
	lastYear  = 2100
)

func orYear(text string, year int) string {
	if text == "" {
		return strconv.Itoa(year)
	}
	return text
}

func quoteLexeme(lexeme string) string {
	return "'" + strings.NewReplacer(`\`, `\\`, `'`, `''`).Replace(lexeme) + "'"
}
