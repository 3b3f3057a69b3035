package cli

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/front"
)

func TestCheck(t *testing.T) {
	env := map[string]string{"API_SECRET": "hunter2", "SOURCE_URL_IDS": "/srv/ids", "PORT": "8001"}
	code, out, _ := call(t.Context(), &fake{}, env, "check")
	require.Equal(t, 0, code)
	require.Regexp(t, `(?m)^PORT +8001$`, out)
	require.Regexp(t, `(?m)^API_SECRET +\(set, 7 characters\)$`, out)
	require.Regexp(t, `(?m)^SOURCE_URL_IDS +/srv/ids$`, out)
	require.NotContains(t, out, "hunter2")

	code, _, err := call(t.Context(), &fake{}, map[string]string{"PORT": "http", "CACHE_MEGABYTES": "-1"}, "check")
	require.Equal(t, 2, code)
	require.Contains(t, err, "PORT")
	require.Contains(t, err, "CACHE_MEGABYTES")
}

func TestCheckOfTheFront(t *testing.T) {
	seen := []front.Finding{{What: "Counting", Good: true, Told: "all of it"}}
	code, out, _ := call(t.Context(), &fake{seen: seen}, nil, "check", "--public")
	require.Equal(t, 0, code)
	require.Contains(t, out, "good  Counting: all of it\n")
	code, out, _ = call(t.Context(), &fake{seen: append(seen, front.Finding{What: "Plain HTTP", Told: "redirect it"})}, nil, "check", "--public")
	require.Equal(t, 1, code)
	require.Contains(t, out, "BAD   Plain HTTP: redirect it\n")
}
