// Package bibxml writes documents as <reference> and <referencegroup> of RFC 7991 (compatibility,
// section 4), which xml2rfc and kramdown-rfc fetch. It leaves it to others to find the documents, and
// to app/xml2rfc to choose an anchor for a path.
//
// Whatever stands in a record, the result is well-formed and valid by the schema that xml2rfc applies:
// xml2rfc refuses a whole document over one reference that is not.
package bibxml

import (
	"strconv"

	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/merge"
)

// Name is what the API calls the format.
const Name = "bibxml"

// MediaType is the Content-Type of the format.
const MediaType = "application/xml; charset=utf-8"

// includes is the relation of a group to its members.
const includes = "includes"

// Format writes documents, and offers that to a formats.Set. Its zero value corrects nothing.
type Format struct {
	Corrections Corrections
}

// Name is "bibxml".
func (Format) Name() string { return Name }

// MediaType is that of XML in UTF-8.
func (Format) MediaType() string { return MediaType }

// Extension is "xml".
func (Format) Extension() string { return "xml" }

// Write is XML, for a formats.Set; it does not fail.
func (f Format) Write(doc *merge.Document, options formats.Options) ([]byte, error) {
	return f.XML(doc, options.Anchor), nil
}

// XML gives a document as XML without a declaration, indented, in UTF-8. The root is a
// <referencegroup> when the document has members ("includes" relations), each written from
// doc.Related or, when it was not found there, from what the relation itself tells. An anchor that is
// no valid name is mended; an empty one means the document's own.
func (f Format) XML(doc *merge.Document, anchor string) []byte {
	anchor = RootAnchor(doc, anchor)
	w := newWriter(f.Corrections)
	if members := Members(doc); len(members) > 0 {
		w.group(doc, anchor, members)
	} else {
		w.reference(doc, anchor)
	}
	return w.buf
}

// Member is a document that a group includes.
type Member struct {
	*merge.Document
	// Indexed reports whether the document itself is known, and not only what the group says of it.
	Indexed bool
}

// Members returns the documents that a group includes, in its order.
func Members(doc *merge.Document) []Member {
	var found []Member
	for i, relation := range doc.Item.Relation {
		if relation.Type != includes {
			continue
		}
		if related := doc.Related[i]; related != nil {
			found = append(found, Member{related, true})
		} else if relation.Bibitem != nil {
			found = append(found, Member{&merge.Document{Item: relation.Bibitem}, false})
		}
	}
	return found
}

func (w *writer) group(doc *merge.Document, anchor string, members []Member) {
	w.start("referencegroup")
	w.attr("anchor", anchor)
	w.known("target", target(doc.Item))
	w.enter()
	if w.corrections.Has(GroupSeries) {
		w.subseries = subseriesOf(doc.Item)
	}
	used := map[string]int{anchor: 1}
	for _, member := range members {
		w.reference(member.Document, unused(used, Anchor(member.Document)))
	}
	w.leave("referencegroup")
}

// unused tells anchors apart that are equal, since an ID must be unique in its XML document. The map holds the anchors in
// use, each with the number that its next namesake tries first.
func unused(used map[string]int, anchor string) string {
	free := anchor
	for n := used[anchor]; n > 0; {
		n++
		free = anchor + "_" + strconv.Itoa(n)
		used[anchor] = n
		if used[free] == 0 {
			break
		}
	}
	used[free] = max(used[free], 1)
	return free
}
