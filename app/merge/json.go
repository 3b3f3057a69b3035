package merge

import (
	"slices"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// SourceInfo says where a source lives.
type SourceInfo struct {
	ID        string // relaton-data-rfcs
	HomeURL   string // of the repository
	IssuesURL string // where to report a fault in a record
	FilesURL  string // of the folder of the records, without a final slash
	External  bool   // asked when needed, not indexed: it has no files
}

// usualJSON is what most documents take as JSON, in bytes.
const usualJSON = 4096

// AppendJSON writes the document as the API does (compatibility, section 6): the merged item in full,
// sources (each record with where it comes from and what is wrong with it), primary_docid, and the
// documents of Related in the place of the relations' items, each with sources and primary_docid of
// its own. The function source tells where the records of a dataset live.
func (d *Document) AppendJSON(dst []byte, source func(dataset string) SourceInfo) []byte {
	dst = slices.Grow(dst, usualJSON*(1+len(d.Related)))
	return d.appendJSON(dst, source, func(dst []byte, i int) []byte {
		if related := d.Related[i]; related != nil {
			return related.appendJSON(dst, source, nil)
		}
		return appendItem(dst, d.Item.Relation[i].Bibitem)
	})
}

func (d *Document) appendJSON(dst []byte, source func(string) SourceInfo, bibitem func([]byte, int) []byte) []byte {
	dst = append(dst, '{')
	dst = withoutOwn(d.Item).AppendFields(dst, true, bibitem)
	dst = append(dst, `,"sources":{`...)
	for i := range d.Records {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = appendRecord(dst, &d.Records[i], source(d.Records[i].Dataset))
	}
	dst = append(dst, `},"primary_docid":`...)
	dst = appendPrimary(dst, d.Primary)
	return append(dst, '}')
}

// withoutOwn gives the item without fields of unknown meaning that would stand twice in the answer.
func withoutOwn(it *relaton.Item) *relaton.Item {
	_, sources := it.Extra["sources"]
	_, primary := it.Extra["primary_docid"]
	if !sources && !primary {
		return it
	}
	out := *it
	out.Extra = make(map[string]any, len(it.Extra))
	for key, value := range it.Extra {
		if key != "sources" && key != "primary_docid" {
			out.Extra[key] = value
		}
	}
	return &out
}

func appendItem(dst []byte, it *relaton.Item) []byte {
	if it == nil {
		return append(dst, "null"...)
	}
	return it.AppendJSON(dst, true)
}

func appendPrimary(dst []byte, id docid.ID) []byte {
	if id.ID == "" {
		return append(dst, "null"...)
	}
	return relaton.AppendString(dst, id.ID)
}

func appendRecord(dst []byte, r *Record, source SourceInfo) []byte {
	name := r.Ref + "@" + source.ID
	if source.External {
		name = source.ID
	}
	dst = relaton.AppendString(dst, name)
	dst = append(dst, `:{"bibitem":`...)
	dst = appendItem(dst, r.Item)
	dst = append(dst, `,"validation_errors":`...)
	dst = appendProblems(dst, r.Problems)
	dst = append(dst, `,"details":null`...)
	if source.External {
		dst = append(dst, `,"requests":[]`...)
	} else {
		dst = appendFile(dst, r, source)
	}
	dst = append(dst, `,"source":{"id":`...)
	dst = relaton.AppendString(dst, source.ID)
	dst = append(dst, `,"home_url":`...)
	dst = relaton.AppendString(dst, source.HomeURL)
	dst = append(dst, `,"issues_url":`...)
	dst = relaton.AppendString(dst, source.IssuesURL)
	return append(dst, `}}`...)
}

// appendFile tells which file a record is.
func appendFile(dst []byte, r *Record, source SourceInfo) []byte {
	dst = append(dst, `,"indexed_object":{"name":`...)
	dst = relaton.AppendString(dst, r.Ref)
	dst = append(dst, `,"external_url":`...)
	dst = relaton.AppendString(dst, source.FilesURL+"/"+r.Ref+".yaml")
	dst = append(dst, `,"indexed_at":`...)
	if r.IndexedAt == "" {
		dst = append(dst, "null"...)
	} else {
		dst = relaton.AppendString(dst, r.IndexedAt)
	}
	return append(dst, '}')
}

// appendProblems writes problems as the API always has: {loc, msg, type}, the location in parts.
func appendProblems(dst []byte, problems []relaton.Problem) []byte {
	if len(problems) == 0 {
		return append(dst, "null"...)
	}
	dst = append(dst, '[')
	for i, p := range problems {
		if i > 0 {
			dst = append(dst, ',')
		}
		dst = append(dst, `{"loc":`...)
		dst = appendLocation(dst, p.Path)
		dst = append(dst, `,"msg":`...)
		dst = relaton.AppendString(dst, p.Message)
		dst = append(dst, `,"type":"value_error"}`...)
	}
	return append(dst, ']')
}

// appendLocation writes contributor[2].role as ["contributor",2,"role"].
func appendLocation(dst []byte, path string) []byte {
	dst = append(dst, '[')
	first := true
	for part := range strings.FieldsFuncSeq(path, func(c rune) bool { return c == '.' || c == '[' || c == ']' }) {
		if !first {
			dst = append(dst, ',')
		}
		first = false
		if n, err := strconv.Atoi(part); err == nil {
			dst = strconv.AppendInt(dst, int64(n), 10)
		} else {
			dst = relaton.AppendString(dst, part)
		}
	}
	return append(dst, ']')
}
