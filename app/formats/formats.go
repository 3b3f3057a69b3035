// Package formats holds what all ways of writing a document have in common, and the set of those that
// are offered. Each format lives in a folder of its own; app lists them.
package formats

import "github.com/ietf-tools/bibxml/app/merge"

// Options is what whoever asks for a document may choose.
type Options struct {
	// Anchor names the document inside of another one, where the format knows such names; empty for
	// the document's own. A format mends what it cannot use as it is.
	Anchor string
}

// Format is one way of writing a document.
type Format interface {
	// Name is what the API calls the format, for example "bibxml".
	Name() string
	// MediaType is the whole Content-Type, with its charset where there is one.
	MediaType() string
	// Extension is the usual ending of file names, without the dot.
	Extension() string
	// Write gives the document in this format. The document is not changed.
	Write(doc *merge.Document, options Options) ([]byte, error)
}

// Set is the formats that are offered, in the order in which pages list them.
type Set struct{ formats []Format }

// NewSet makes a set. Of two formats with the same name the first counts.
func NewSet(formats ...Format) *Set { return &Set{formats: formats} }

// Get finds a format by its name.
func (s *Set) Get(name string) (Format, bool) {
	for _, format := range s.formats {
		if format.Name() == name {
			return format, true
		}
	}
	return nil, false
}

// All gives the formats in order.
func (s *Set) All() []Format { return append([]Format(nil), s.formats...) }

// Extension gives the file extension of a format by its name; empty when there is no such format.
func (s *Set) Extension(name string) string {
	if format, ok := s.Get(name); ok {
		return format.Extension()
	}
	return ""
}
