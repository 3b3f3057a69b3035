package views

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// factsOf gives the small properties of a document, in the order of the page.
func factsOf(item *relaton.Item) []Fact {
	var facts []Fact
	add := func(term string, values ...string) {
		fact := Fact{Term: term}
		for _, value := range values {
			phrase := Phrase{Text: strings.TrimSpace(relaton.PlainText(value))}
			if phrase.Text != "" && !slices.Contains(fact.Values, phrase) {
				fact.Values = append(fact.Values, phrase)
			}
		}
		if len(fact.Values) > 0 {
			facts = append(facts, fact)
		}
	}
	add("Status", statusOf(item))
	add("Type", humanize(item.DocTypeName()))
	add("Version", versionsOf(item)...)
	add("Edition", editionOf(item.Edition))
	add("Stream", extra(item, "stream")...)
	add("Group", item.EditorialGroups()...)
	add("Series", seriesOf(item.Series)...)
	add("Part of", extentOf(item.Extent))
	add("Place", texts(item.Place)...)
	add("Copyright", copyrightsOf(item.Copyright)...)
	add("Subject", extra(item, "ics")...)
	add("Language", foreign(item.Language)...)
	return facts
}

// statusOf reads the stage of a document, or what IEEE says instead of one.
func statusOf(item *relaton.Item) string {
	if status := item.Status(); status != "" {
		return humanize(status)
	}
	for _, status := range extra(item, "standard_status") {
		return humanize(status)
	}
	return ""
}

func versionsOf(item *relaton.Item) []string {
	var versions []string
	for _, version := range item.Version {
		versions = append(versions, version.Draft)
		if version.Draft == "" && version.RevisionDate != "" {
			versions = append(versions, "revised "+dateText(version.RevisionDate))
		}
	}
	return versions
}

func editionOf(edition *relaton.Edition) string {
	if edition == nil {
		return ""
	}
	if edition.Content != "" {
		return edition.Content
	}
	return edition.Number
}

func seriesOf(series []relaton.Series) []string {
	var out []string
	for _, one := range series {
		name := ""
		switch {
		case one.Title != nil:
			name = one.Title.Content
		case one.FormattedRef != nil:
			name = one.FormattedRef.Content
		}
		out = append(out, strings.TrimSpace(name+" "+one.Number))
	}
	return out
}

// extentOf writes where in a larger work a document stands: Journal, vol. 3, no. 2, pp. 7–19.
func extentOf(extent []relaton.Locality) string {
	var parts []string
	for _, locality := range extent {
		where := locality.ReferenceFrom
		if locality.ReferenceTo != "" && locality.ReferenceTo != where {
			where += "–" + locality.ReferenceTo
		}
		switch locality.Type {
		case "volume":
			where = "vol. " + where
		case "issue":
			where = "no. " + where
		case "page":
			where = "pp. " + where
		}
		parts = append(parts, where)
	}
	return strings.Join(parts, ", ")
}

func copyrightsOf(copyrights []relaton.Copyright) []string {
	var out []string
	for _, c := range copyrights {
		var owners []string
		for _, owner := range c.Owner {
			if name := organizationName(&owner).Text; name != "" {
				owners = append(owners, name)
			}
		}
		years := ""
		if c.From != 0 {
			years = strconv.Itoa(c.From)
		}
		if c.To != 0 && c.To != c.From {
			years += "–" + strconv.Itoa(c.To)
		}
		out = append(out, strings.TrimSpace(years+" "+strings.Join(owners, ", ")))
	}
	return out
}

// foreign gives the languages when they are worth a word: English is what everybody expects here.
func foreign(languages []string) []string {
	if len(languages) == 1 && languages[0] == "en" {
		return nil
	}
	return languages
}

// extra reads a field that newer sources keep under "ext" and older ones at the top.
func extra(item *relaton.Item, key string) []string {
	if found := texts(item.Extra[key]); len(found) > 0 {
		return found
	}
	if ext, ok := item.Extra["ext"].(map[string]any); ok {
		return texts(ext[key])
	}
	return nil
}

// spokenKeys are the members that carry the words of an object, the most telling first.
var spokenKeys = []string{"content", "value", "text", "name", "city"}

// texts gives the words of a value of unknown shape: a text, a list, or an object around either.
func texts(value any) []string {
	switch v := value.(type) {
	case nil:
		return nil
	case string:
		if v == "" {
			return nil
		}
		return []string{v}
	case []any:
		var out []string
		for _, one := range v {
			out = append(out, texts(one)...)
		}
		return out
	case map[string]any:
		for _, key := range spokenKeys {
			if found := texts(v[key]); len(found) > 0 {
				return found
			}
		}
		return nil
	}
	return []string{fmt.Sprint(value)}
}
