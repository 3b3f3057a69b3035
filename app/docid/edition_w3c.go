package docid

import (
	"regexp"
	"slices"
	"strings"
)

// w3cStages begin the identifiers of documents, before their shortnames; in those of maturing the W3C sees a document that
// can be relied on, or could be once.
var (
	w3cStages = []string{"WD", "NOTE", "REC", "CR", "DNOTE", "CRD", "PR", "SPSD", "PER", "OBSL", "RSCND", "STMT", "DRY", "CRY", "RY"}
	w3cDrafts = []string{"WD", "NOTE", "DNOTE"}
)

var (
	w3cID    = regexp.MustCompile(`^W3C (?:(` + strings.Join(w3cStages, "|") + `)-([^ /]+?)(?:-([0-9]{8}))?|([^ /]+))$`)
	w3cLevel = regexp.MustCompile(`^(.+)-([0-9])(?:\.([0-9]))?$`)
)

// w3cEdition reads the identifiers of the W3C: REC-webauthn-2-20210408 is an edition of the shortname webauthn-2, whatever its
// stage, and webauthn-2 and REC-webauthn-2 name it as such. A document of one level of a series, such as webauthn-2, goes on
// beside those of the next one, so that each level is a family of its own. The name without a level stands for all levels, as
// it does at https://www.w3.org/TR/webauthn/.
func w3cEdition(id string) (Edition, bool) {
	found := w3cID.FindStringSubmatch(id)
	if found == nil {
		return Edition{}, false
	}
	stage, name, date := found[1], renamedCSS(found[2]+found[4]), found[3]
	e := Edition{
		Family: strings.ToLower(name), Series: strings.ToLower(name), Begins: w3cBegins(name),
		Mature: date != "" && !slices.Contains(w3cDrafts, stage),
	}
	major, minor := "0", "0"
	if level := w3cLevel.FindStringSubmatch(name); level != nil {
		major, minor = level[2], zero(level[3])
		e.Series, e.Level = strings.ToLower(level[1]), major+"."+minor
	}
	if date != "" {
		e.Order = numbers(major, minor, date)
	}
	return e, true
}

func w3cBegins(name string) (begins []string) {
	names := []string{name}
	if former := formerCSS(name); former != "" {
		names = append(names, former)
	}
	for _, name := range names {
		for _, stage := range w3cStages {
			begins = append(begins, "W3C "+stage+"-"+name+"-")
		}
	}
	return begins
}

// ofCSS are modules of CSS whose names do not begin with css.
var ofCSS = []string{"mediaqueries", "selectors"}

// renamedCSS returns the present name of a module of CSS: css3-color has become css-color-3.
func renamedCSS(name string) string {
	module, ok := strings.CutPrefix(name, "css3-")
	switch {
	case !ok:
		return name
	case slices.Contains(ofCSS, module):
		return module + "-3"
	}
	return "css-" + module + "-3"
}

// formerCSS returns the name that a module had before; empty when it had none.
func formerCSS(name string) string {
	module, ok := strings.CutSuffix(name, "-3")
	if !ok {
		return ""
	}
	if slices.Contains(ofCSS, module) {
		return "css3-" + module
	}
	if module, ok = strings.CutPrefix(module, "css-"); !ok {
		return ""
	}
	return "css3-" + module
}
