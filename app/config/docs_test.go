package config

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write the table into docs/configuration.md")

const page = "../../docs/configuration.md"

// The table on the page says what the struct says; everything around it is written by hand.
func TestDocumentation(t *testing.T) {
	const from, to = "<!-- table -->\n", "<!-- end of table -->\n"
	content, err := os.ReadFile(page)
	require.NoError(t, err)
	before, rest, found := strings.Cut(string(content), from)
	require.True(t, found)
	kept, after, found := strings.Cut(rest, to)
	require.True(t, found)
	if *update {
		require.NoError(t, os.WriteFile(page, []byte(before+from+table()+to+after), 0o644))
		return
	}
	require.Equal(t, table(), kept, "run: go test ./app/config -update")
}

func table() string {
	var b strings.Builder
	b.WriteString("| variable | default | what for |\n|---|---|---|\n")
	for _, v := range Variables() {
		name, usual := "`"+v.Name+"`", ""
		if v.Required {
			name += " **required**"
		}
		if v.Default != "" {
			usual = "`" + v.Default + "`"
		}
		help := v.Help
		if len(v.Older) > 0 {
			help += " Also read from `" + strings.Join(v.Older, "`, `") + "`."
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", name, usual, help)
	}
	return b.String()
}

// What earlier installations set (compatibility, section 9) is understood under its name.
func TestNamesStayValid(t *testing.T) {
	known := map[string]bool{}
	for _, v := range Variables() {
		known[v.Name] = true
		require.NotEmpty(t, v.Help, v.Name)
		require.True(t, v.Check == "" || checks[v.Check] != nil, "%s: no check %q", v.Name, v.Check)
	}
	for _, name := range strings.Fields(`SERVICE_NAME CONTACT_EMAIL PRIMARY_HOSTNAME DB_NAME DB_USER DB_HOST DB_PORT DB_SECRET API_SECRET
		EXTRA_API_SECRETS INTERNAL_HOSTNAMES SOURCE_REPO_URL SERVER_EMAIL SNAPSHOT DEBUG DATASET_TMP_ROOT AUTO_REINDEX_INTERVAL
		SENTRY_DSN REQUIRE_DATATRACKER_AUTH DATATRACKER_CLIENT_ID DATATRACKER_CLIENT_SECRET DATATRACKER_REDIRECT_URI MATOMO_URL
		MATOMO_SITE_ID MATOMO_TAG_MANAGER_CONTAINER PORT`) {
		require.True(t, known[name], name)
	}
}
