package bibxml

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

const noTitle = "[title unavailable]"

func (w *writer) reference(doc *merge.Document, anchor string) {
	item := doc.Item
	w.start("reference")
	w.attr("anchor", anchor)
	w.known("target", target(item))
	w.enter()
	w.start("front")
	w.enter()
	w.leaf("title", title(item))
	w.authors(creators(item))
	w.date(item)
	w.abstract(item.Abstract)
	w.leave("front")
	if content := refContent(item.Extent); content != "" {
		w.leaf("refcontent", content)
	}
	w.series(item)
	w.leave("reference")
}

// title gives the first title that says anything.
func title(item *relaton.Item) string {
	for _, title := range item.Title {
		if strings.TrimSpace(title.Content) != "" {
			return title.Content
		}
	}
	return noTitle
}

// target gives the address of the document itself (type src or pdf), else the first link.
func target(item *relaton.Item) string {
	for _, link := range item.Link {
		if link.Type == "src" || link.Type == "pdf" {
			return strings.TrimSpace(link.Content)
		}
	}
	if len(item.Link) > 0 {
		return strings.TrimSpace(item.Link[0].Content)
	}
	return ""
}

// refContent tells where in a containing work the document stands: "Title, vol. 1, no. 2, pp. 3-4".
func refContent(extent []relaton.Locality) string {
	var parts []string
	for _, kind := range []struct{ locality, prefix string }{
		{"container-title", ""},
		{"volume", "vol. "},
		{"issue", "no. "},
		{"page", "pp. "},
	} {
		for _, locality := range extent {
			if locality.Type == kind.locality && locality.ReferenceFrom != "" {
				parts = append(parts, kind.prefix+span(locality))
				break
			}
		}
	}
	return strings.Join(parts, ", ")
}

// span has an ASCII hyphen: a dash was a complaint about references of today's service.
func span(l relaton.Locality) string {
	if l.ReferenceTo == "" || l.ReferenceTo == l.ReferenceFrom {
		return l.ReferenceFrom
	}
	return l.ReferenceFrom + "-" + l.ReferenceTo
}
