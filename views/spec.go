package views

import "strings"

// Spec is the page of an OpenAPI document.
type Spec struct {
	Title       string
	Version     string
	Description string // paragraphs with blank lines between them
	URL         string // of the document itself
	Operations  []SpecOperation
}

// SpecOperation is a method of an address.
type SpecOperation struct {
	Method, Path string
	Summary      string
	Description  string
	Open         bool         // it needs no authentication, unless the installation is closed
	Keys         []SpecSecret // of which it needs one, if it is not open or the installation is closed
	Parameters   []SpecParameter
	Answers      []SpecAnswer
}

// SpecSecret is what shows who asks.
type SpecSecret struct {
	Place       string // header, cookie
	Name        string
	Description string
}

// SpecParameter is what can be given to an operation.
type SpecParameter struct {
	Name        string
	Place       string // path, query, form
	Description string
	Required    bool
	Values      []string // those that are possible; empty: any
	Default     string
	Example     string
}

// SpecAnswer is what an operation can answer.
type SpecAnswer struct {
	Status      string
	Description string
	Types       []string // of media
}

// about tells of a parameter in words.
func (p SpecParameter) about() string {
	parts := []string{p.Place}
	add := func(label, value string) {
		if value != "" {
			parts = append(parts, label+value)
		}
	}
	if p.Required {
		parts = append(parts, "required")
	}
	add("one of ", strings.Join(p.Values, ", "))
	add("if not given, ", p.Default)
	add("for example ", p.Example)
	return strings.Join(parts, "; ")
}

// blocks gives the paragraphs and lists of a description: a list has more than one item. Only the marks of lists
// and of code are known.
func blocks(description string) [][]string {
	var all [][]string
	for block := range strings.SplitSeq(strings.TrimSpace(description), "\n\n") {
		var items []string
		for line := range strings.SplitSeq(block, "\n") {
			line = strings.ReplaceAll(line, "`", "")
			switch item, isItem := strings.CutPrefix(line, "- "); {
			case isItem || len(items) == 0:
				items = append(items, strings.TrimSpace(item))
			default:
				items[len(items)-1] += " " + strings.TrimSpace(line)
			}
		}
		all = append(all, items)
	}
	return all
}
