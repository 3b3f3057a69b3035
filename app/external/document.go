package external

import (
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// Document makes a document of what a source said, under the name of the source and the identifier that
// it was asked for. Its key is zero: it is not in the index.
func Document(source, ref string, item *relaton.Item) *merge.Document {
	return merge.Records([]merge.Record{{Dataset: source, Ref: ref, Item: item, LatestDate: item.LatestDate()}})
}
