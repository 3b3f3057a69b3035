package bibxml

import "github.com/ietf-tools/bibxml/app/relaton"

// abstract writes the first abstract, one <t> for each paragraph.
func (w *writer) abstract(abstracts []relaton.Text) {
	if len(abstracts) == 0 {
		return
	}
	paragraphs := abstracts[0].Paragraphs()
	if len(paragraphs) == 0 {
		return
	}
	w.start("abstract")
	w.enter()
	for _, paragraph := range paragraphs {
		w.leaf("t", paragraph)
	}
	w.leave("abstract")
}
