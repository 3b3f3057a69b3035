package bibxml

import (
	"strings"

	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

const noTitle = "[title unavailable]"

func (w *writer) reference(doc *merge.Document, anchor string) {
	item := doc.Item
	if w.corrections.Has(Markup) {
		item = item.Plain()
	}
	w.abbreviates = isOfIETF(item)
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

// isOfIETF says whether the item is an RFC or an Internet-Draft, whose authors the RFC Editor writes as
// "J. Doe".
func isOfIETF(item *relaton.Item) bool {
	id, _ := item.PrimaryID()
	return id.Type == "IETF" || id.Type == "Internet-Draft"
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
