// Package kramdown writes documents for the YAML header of a draft for kramdown-rfc
// (https://github.com/cabo/kramdown-rfc): in full, for what it cannot fetch itself. What it can fetch is named by
// Key alone. The entry says what corrected BibXML says, from which it is made (docs/adr/0014).
package kramdown

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v3"

	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
)

// Name is what the API calls the format.
const Name = "kramdown"

// Format writes documents, and offers that to a formats.Set.
type Format struct{}

// Name is "kramdown".
func (Format) Name() string { return Name }

// MediaType is that of YAML (RFC 9512), which is UTF-8.
func (Format) MediaType() string { return "application/yaml" }

// Extension is "yaml".
func (Format) Extension() string { return "yaml" }

// Write returns a mapping from the anchor to the entry, to stand under normative: or informative:. kramdown-rfc has no
// entry for a group: there is one for each member. That of a member which is not indexed, and which kramdown-rfc knows
// where to fetch, is empty: a title that is unavailable must not override the real one.
func (Format) Write(doc *merge.Document, options formats.Options) ([]byte, error) {
	reference, err := bibxml.Read(bibxml.Format{Corrections: bibxml.EveryCorrection}.XML(doc, options.Anchor))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if len(reference.Members) == 0 {
		err = write(&out, reference.Anchor, entry(reference))
		return out.Bytes(), err
	}
	out.WriteString("# The members of " + reference.Anchor + "\n")
	members := bibxml.Members(doc)
	for i, member := range reference.Members {
		value := entry(member)
		if !members[i].Indexed && isFetched(member.Anchor) {
			value = &yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle}
		}
		if err := write(&out, member.Anchor, value); err != nil {
			return nil, err
		}
	}
	return out.Bytes(), nil
}

// write writes one entry. The encoder keeps all of what it has written, so that one for all members of a large group would
// take longer for each of them.
func write(out *bytes.Buffer, anchor string, value *yaml.Node) error {
	one := node(yaml.MappingNode)
	one.Content = []*yaml.Node{text(anchor), value}
	encoder := yaml.NewEncoder(out)
	encoder.SetIndent(2)
	if err := encoder.Encode(one); err != nil {
		return fmt.Errorf("write YAML for kramdown-rfc: %w", err)
	}
	return nil
}
