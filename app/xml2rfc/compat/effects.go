package compat

import (
	"bytes"
	"context"

	"github.com/ietf-tools/bibxml/app/formats/bibxml"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
)

// Documents lists the documents of the index.
type Documents interface {
	// DocumentKeys returns the keys of documents in ascending order, the first limit after the given key.
	DocumentKeys(ctx context.Context, after int64, limit int) ([]int64, error)
	// CountDocuments returns how many documents there are.
	CountDocuments(ctx context.Context) (int, error)
}

// Effects count the documents whose BibXML corrections change, by the directory of each document's own path.
type Effects struct {
	Corrections []string                  // their names, in the order of the documentation
	Documents   map[string]int            // with a path, by directory
	Changed     map[string]map[string]int // by correction, then by directory
	Any         map[string]int            // whose path answers something else with all of them
}

// CountEffects writes the BibXML of every document that has an xml2rfc path without corrections and with each one, and counts
// what differs. load returns documents by their keys, with their members; show reports progress.
func CountEffects(
	ctx context.Context, documents Documents, load func(ctx context.Context, keys []int64) ([]*merge.Document, error), show func(done, total int) error,
) (Effects, error) {
	effects := Effects{
		Corrections: bibxml.CorrectionNames(), Documents: map[string]int{}, Changed: map[string]map[string]int{}, Any: map[string]int{},
	}
	for _, name := range effects.Corrections {
		effects.Changed[name] = map[string]int{}
	}
	total, err := documents.CountDocuments(ctx)
	if err != nil {
		return effects, err
	}
	for done, after := 0, int64(minKey); ; {
		keys, err := documents.DocumentKeys(ctx, after, batch)
		if err != nil || len(keys) == 0 {
			return effects, err
		}
		docs, err := load(ctx, keys)
		if err != nil {
			return effects, err
		}
		for _, doc := range docs {
			if err := effects.count(doc); err != nil {
				return effects, err
			}
		}
		done, after = done+len(keys), keys[len(keys)-1]
		if err := show(min(done, total), total); err != nil {
			return effects, err
		}
	}
}

// minKey is before all keys of documents, which are hashes.
const minKey = -1 << 63

func (e *Effects) count(doc *merge.Document) error {
	own, ok := xml2rfc.OwnOf(doc)
	if !ok {
		return nil
	}
	dir := own.Path.Dir
	e.Documents[dir]++
	recorded := own.XML(bibxml.Format{})
	if !bytes.Equal(recorded, own.XML(bibxml.Format{Corrections: bibxml.EveryCorrection})) {
		e.Any[dir]++
	}
	for _, name := range e.Corrections {
		chosen, err := bibxml.ParseCorrections([]string{name})
		if err != nil {
			return err
		}
		corrected := own.XML(bibxml.Format{Corrections: chosen})
		if chosen == bibxml.APIAsPath {
			corrected = bibxml.Format{}.XML(doc, "") // what the API answers otherwise
		}
		if !bytes.Equal(recorded, corrected) {
			e.Changed[name][dir]++
		}
	}
	return nil
}
