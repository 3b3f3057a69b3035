package config

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestSecretsIn(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secrets")
	require.NoError(t, os.WriteFile(file, []byte("from-a-file\nand-another\n"), 0o600))
	for _, tt := range []struct {
		name string
		env  env
		want []string
	}{
		{"none", env{"PORT": "8000", "DATATRACKER_URL": "https://datatracker.ietf.org"}, nil},
		{"a secret", env{"API_SECRET": " hunter2 "}, []string{"hunter2"}},
		{"under an older name", env{"DJANGO_SECRET": "hunter2"}, []string{"hunter2"}},
		{"a list", env{"EXTRA_API_SECRETS": "one, two"}, []string{"one, two", "one", "two"}},
		{"a file", env{"EXTRA_API_SECRETS_FILE": file}, []string{"from-a-file\nand-another", "from-a-file", "and-another"}},
		{"no file", env{"API_SECRET_FILE": "/nowhere/at/all"}, nil},
		{"a folder", env{"API_SECRET_FILE": os.TempDir()}, nil},
		{"an address", env{"DATABASE_URL": "postgres://u:p%2Fw@db/bib"}, []string{"p%2Fw", "p/w", "postgres://u:p%2Fw@db/bib"}},
		{"one that cannot be parsed", env{"DATABASE_URL": "postgres://u:p/a?s#s@w%@db"}, []string{
			"p/a?s#s", "p/a?s#s@w%", "postgres://u:p/a?s#s@w%@db",
		}},
		{"an address that is no secret", env{"DB_HOST": "postgres://u:hunter2@db"}, []string{"hunter2"}},
		{"of a source", env{"SOURCE_URL_RFCS": "https://ghp_123456@github.com/x", "SOURCE_URL_TEMPLATE": "https://git@example.org/{dataset}"}, []string{"ghp_123456"}},
		{"a password among parameters", env{"DATABASE_READ_URL": "postgres://db/bib?sslmode=require&password=p%2Fw"}, []string{
			"p%2Fw", "p/w", "postgres://db/bib?sslmode=require&password=p%2Fw",
		}},
		{"of another program", env{"PGPASSWORD": "hunter2"}, []string{"hunter2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.ElementsMatch(t, tt.want, SecretsIn(tt.env.get))
		})
	}
}

func TestSecretValues(t *testing.T) {
	c, err := Load(env{"DB_NAME": "n", "DB_USER": "u", "DB_HOST": "h", "DB_SECRET": "p/w"}.get)
	require.NoError(t, err)
	for _, want := range []string{"p/w", "p%2Fw", c.DatabaseURL, c.APISecret, c.SecretKey} {
		require.Contains(t, c.SecretValues(), want)
	}
}
