package metrics

import (
	"strings"
	"sync"
)

// other stands for all values of a label beyond its bound.
const other = "other"

// bounded lets through the first values of a label that it sees, and names all further ones "other".
type bounded struct {
	mu    sync.RWMutex
	seen  map[string]struct{}
	limit int
}

func newBounded(limit int) *bounded {
	return &bounded{seen: make(map[string]struct{}), limit: limit}
}

func (b *bounded) value(v string) string {
	if len(v) > 200 {
		return other
	}
	b.mu.RLock()
	_, known := b.seen[v]
	b.mu.RUnlock()
	if known {
		return v
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.seen) >= b.limit {
		return other
	}
	v = strings.ToValidUTF8(v, "�") // the client library panics on labels that are not UTF-8
	b.seen[strings.Clone(v)] = struct{}{}
	return v
}
