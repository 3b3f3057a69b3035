package cli

import (
	"errors"
	"log/slog"
	"strings"
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

func TestCheckOfWhatIsFound(t *testing.T) {
	good := []front.Finding{{What: "Database", Good: true, Told: "PostgreSQL 17"}}
	bad := []front.Finding{{What: "Rights", Told: "postgres://u:hunter2@db/bib lets nobody in"}}
	for _, tt := range []struct {
		name         string
		inside, seen []front.Finding
		args         []string
		code         int
		want         []string
	}{
		{"all is well", good, bad, []string{"check"}, 0, []string{"ok    Database: PostgreSQL 17\n"}},
		{"inside", append(good, bad...), nil, []string{"check"}, 1, []string{"ok    Database: PostgreSQL 17\n", "FAIL  Rights: postgres://u:[secret]@db/bib lets nobody in\n"}},
		{"outside", good, bad, []string{"check", "--public"}, 1, []string{"ok    Database", "FAIL  Rights"}},
		{"nor there", good, good, []string{"check", "--public"}, 0, []string{"ok    Database"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			code, out, _ := call(t.Context(), &fake{inside: tt.inside, seen: tt.seen}, nil, tt.args...)
			require.Equal(t, tt.code, code)
			for _, want := range tt.want {
				require.Contains(t, out, want)
			}
			require.NotContains(t, out, "hunter2")
		})
	}
}

func TestPanicsKeepSecrets(t *testing.T) {
	f := &fake{hook: func(string) { panic("broken with hunter2") }}
	code, _, told := call(t.Context(), f, map[string]string{"DATABASE_URL": "postgres://u@db/bib", "API_SECRET": "hunter2", "SOURCE_URL_TEMPLATE": "/srv/{dataset}"}, "serve")
	require.Equal(t, exitFailed, code)
	require.Contains(t, told, "bibxml: panic: broken with [secret]\ngoroutine ")
	require.NotContains(t, told, "hunter2")
}

// What the configuration keeps secret is printed by no command, whatever fails with it.
func TestSecretsAreNotPrinted(t *testing.T) {
	env := map[string]string{"DATABASE_URL": "postgres://u:p%40ss%2Fword@db/bib", "API_SECRET": "hunter2", "LOG_LEVEL": "debug", "SOURCE_URL_TEMPLATE": "/srv/{dataset}"}
	for _, line := range []string{"serve", "work", "run", "migrate", "index rfcs", "health"} {
		f := &fake{fails: map[string]error{}}
		for _, method := range []string{"serve", "work", "migrate", "index", "probe"} {
			f.fails[method] = errors.New("no way with hunter2, p@ss/word, p%40ss%2Fword and postgres://u:other@db")
		}
		f.hook = func(string) { slog.Error("hunter2 and p@ss/word", "url", "postgres://u:p%40ss%2Fword@db/bib") }
		code, out, err := call(t.Context(), f, env, strings.Fields(line)...)
		require.Equal(t, exitFailed, code)
		require.Contains(t, err, "no way with [secret], [secret], [secret] and postgres://u:[secret]@db")
		for _, secret := range []string{"hunter2", "p@ss/word", "p%40ss", ":other"} {
			require.NotContains(t, out+err, secret, line)
		}
	}
	code, out, err := call(t.Context(), &fake{}, map[string]string{"DATABASE_URL": "postgres://u:p/a#ss@db/bib", "API_SECRET_FILE": "hunter2"}, "serve")
	require.Equal(t, exitUsage, code)
	require.Contains(t, err, "DATABASE_URL")
	require.Contains(t, err, "API_SECRET_FILE")
	require.NotContains(t, out+err, "hunter2")
	require.NotContains(t, out+err, "p/a")
}
