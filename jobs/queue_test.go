package jobs_test

import (
	"crypto/rand"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
)

// Whoever names too much, or what is no text, is told so: nothing is wrong with the service.
func TestRefsThatTheDatabaseCannotKeep(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	long := make([]string, 200)
	for i := range long {
		long[i] = rand.Text()
	}
	for name, refs := range map[string][]string{"too long for the index": long, "no UTF-8": {"\xff"}, "a NUL": {"a\x00b"}} {
		_, err := o.queue.Enqueue(t.Context(), indexing.Request{Dataset: "rfcs", Refs: refs})
		require.Equal(t, fault.Invalid, fault.Of(err), "%s: %v", name, err)
		require.Contains(t, fault.Message(err), "several requests", name)
	}
}
