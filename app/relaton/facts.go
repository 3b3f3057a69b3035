package relaton

import (
	"slices"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
)

// PrimaryID gives the identifier that names the document as a whole: the first that is primary
// (docid.ID.IsPrimary). It says false when there is none.
func (it *Item) PrimaryID() (docid.ID, bool) {
	for _, id := range it.DocID {
		if id.IsPrimary() {
			return id, true
		}
	}
	return docid.ID{}, false
}

// MainTitle gives the title to show in one line: the first of type main, else the first, else the
// reference as it would be printed; empty when there is none of these.
func (it *Item) MainTitle() string {
	for i := range it.Title {
		if it.Title[i].Type == "main" && it.Title[i].Content != "" {
			return oneLine(PlainText(it.Title[i].Content))
		}
	}
	for i := range it.Title {
		if it.Title[i].Content != "" {
			return oneLine(PlainText(it.Title[i].Content))
		}
	}
	if it.FormattedRef != nil {
		return oneLine(PlainText(it.FormattedRef.Content))
	}
	return ""
}

// DocTypeName gives the kind of document (rfc, internet-draft, standard, TR, …), from the top level as
// older files have it or from ext; empty when unknown.
func (it *Item) DocTypeName() string {
	if it.DocType != "" {
		return it.DocType
	}
	ext, _ := it.Extra["ext"].(map[string]any)
	if doctype, ok := ext["doctype"].(map[string]any); ok {
		return firstString(doctype["type"])
	}
	return firstString(ext["doctype"])
}

// Status gives the stage that the document is in (withdrawn, recommendation, …); empty when unknown.
func (it *Item) Status() string {
	docstatus, ok := it.Extra["docstatus"].(map[string]any)
	if !ok {
		return firstString(it.Extra["docstatus"])
	}
	if stage, ok := docstatus["stage"].(map[string]any); ok {
		return firstString(stage["value"])
	}
	return firstString(docstatus["stage"])
}

// EditorialGroups gives the names of the groups that edit the document, from the top level as older
// files have it and from ext, each once.
func (it *Item) EditorialGroups() []string {
	names := groupNames(nil, it.Extra["editorialgroup"])
	if ext, ok := it.Extra["ext"].(map[string]any); ok {
		names = groupNames(names, ext["editorialgroup"])
	}
	return unique(names)
}

// groupNames adds the names in an editorial group, which is [{name, type}] for the IETF, W3C and
// 3GPP, and {committee: [name]} for IEEE; acronyms follow the names that they stand for.
func groupNames(names []string, v any) []string {
	switch v := v.(type) {
	case string:
		if name := oneLine(PlainText(v)); name != "" {
			names = append(names, name)
		}
	case []any:
		for _, group := range v {
			names = groupNames(names, group)
		}
	case map[string]any:
		for _, key := range []string{"name", "content", "abbreviation", "identifier", "committee", "workgroup", "subgroup"} {
			names = groupNames(names, v[key])
		}
	}
	return names
}

// unique takes out of a list what it has before.
func unique(list []string) []string {
	if len(list) < 2 {
		return list
	}
	seen := make(map[string]bool, len(list)) // of a broken file there may be some 100 000
	return slices.DeleteFunc(list, func(s string) bool {
		again := seen[s]
		seen[s] = true
		return again
	})
}

// firstString gives a string, or the first one of a list: merging records may make one of several.
func firstString(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []any:
		for _, item := range v {
			if s := firstString(item); s != "" {
				return s
			}
		}
	}
	return ""
}

// oneLine trims a text and makes one space of every run of blanks.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
