package docid

import "regexp"

// std splits an identifier of the IEEE, alone or with other publishers, around the word "Std".
var std = regexp.MustCompile(`(?i)^((?:[a-z]+/)*IEEE(?:/[a-z]+)*)\s+(Std\.?\s+|Standard\s+)?(\S.*)$`)

// Forms returns the other ways to write an identifier which sources and people use for the same document: those of
// SeriesForms, and those of the IEEE with "Std" and without. The slice is empty when there are none.
func Forms(id string) []string {
	found := std.FindStringSubmatch(Trim(id))
	if found == nil {
		return SeriesForms(id)
	}
	var forms []string
	for _, form := range []string{found[1] + " Std " + found[3], found[1] + " " + found[3]} {
		if form != id {
			forms = append(forms, form)
		}
	}
	return forms
}
