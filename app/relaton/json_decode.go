package relaton

import (
	"errors"
	"fmt"
	"sync"

	"github.com/ietf-tools/bibxml/app/yamltree"
)

// DecodeJSON reads what AppendJSON writes, in its compact or its full form. It fails on what is no
// JSON object; within the object it is as tolerant as Decode. The item keeps a copy of data alive.
func DecodeJSON(data []byte) (*Item, error) {
	p := parsers.Get().(*jsonParser)
	defer parsers.Put(p)
	tree, err := p.parse(string(data))
	if err == nil && tree.Kind != yamltree.Mapping {
		err = errors.New("an object expected")
	}
	if err != nil {
		return nil, fmt.Errorf("decode item: %w", err)
	}
	return newReader(gen1Field, jsonAny).item(tree), nil
}

// parsers keeps the room that trees need: they live only until the item is made of them. What they
// still point to goes with them, at the second garbage collection after their last use.
var parsers = sync.Pool{New: func() any { return new(jsonParser) }}

// UnmarshalJSON implements json.Unmarshaler by DecodeJSON.
func (it *Item) UnmarshalJSON(data []byte) error {
	decoded, err := DecodeJSON(data)
	if err != nil {
		return err
	}
	*it = *decoded
	return nil
}
