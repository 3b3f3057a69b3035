package cli

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// A container counts 1 as not healthy, and knows no other number for it.
func TestHealthOfAProcessThatIsNotWell(t *testing.T) {
	f := &fake{fails: map[string]error{"probe": errors.New("the database is away")}}
	code, out, err := call(t.Context(), f, configured, "health")
	require.Equal(t, 1, code)
	require.Empty(t, out)
	require.Equal(t, "bibxml: the database is away\n", err)
}
