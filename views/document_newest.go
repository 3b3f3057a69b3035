package views

import "github.com/ietf-tools/bibxml/app/catalog"

// newestInWords introduces the newest version. Where releases are maintained beside each other, that of the newest release need
// not be the one published last.
func newestInWords(family *catalog.Family) string {
	switch {
	case family.Members[0].Edition.Branch == "":
		return "The newest is"
	case family.ByDate == family.Latest:
		return "The newest, by release and by date, is"
	}
	return "The newest by release is"
}

// newestByDate tells of the version published last, when that is another one than the newest by release.
func newestByDate(family *catalog.Family) (Notice, bool) {
	switch {
	case family.Members[0].Edition.Branch == "" || family.ByDate == family.Latest:
		return Notice{}, false
	case family.ByDate == 0:
		return Notice{Lead: "The newest by date.", Text: "The xml2rfc path of this number leads to this version."}, true
	}
	newest := relativeOf(&family.Members[family.ByDate])
	return Notice{Lead: "Newest by date:", Text: "the xml2rfc path of this number leads to", Links: []Relation{newest}}, true
}
