package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// fakePrograms makes a folder of programs that only know their version.
func fakePrograms(t *testing.T, dir, version string, names ...string) string {
	t.Helper()
	require.NoError(t, os.MkdirAll(dir, 0o755))
	for _, name := range names {
		script := fmt.Sprintf("#!/bin/sh\necho '%s (PostgreSQL) %s'\n", name, version)
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(script), 0o755))
	}
	return dir
}

func TestFind(t *testing.T) {
	all := []string{"postgres", "initdb", "pg_ctl"}
	who, err := serverAccount()
	require.NoError(t, err)
	for _, tt := range []struct {
		name  string
		make  func(t *testing.T, dir, base string) []string // folders to look in
		major int                                           // 0: none found
		bin   string
	}{
		{"the newest", func(t *testing.T, dir, _ string) []string {
			return []string{fakePrograms(t, dir+"/16", "16.3", all...), fakePrograms(t, dir+"/17", "17.2 (Debian 17.2-1)", all...), fakePrograms(t, dir+"/15", "15.1", all...)}
		}, 17, "17"},
		{"that of the cluster that is there", func(t *testing.T, dir, base string) []string {
			require.NoError(t, os.MkdirAll(dataDir(base, 16), 0o755))
			require.NoError(t, os.WriteFile(filepath.Join(dataDir(base, 16), "PG_VERSION"), []byte("16\n"), 0o600))
			return []string{fakePrograms(t, dir+"/17", "17.2", all...), fakePrograms(t, dir+"/16", "16.3", all...)}
		}, 16, "16"},
		{"through a link in PATH", func(t *testing.T, dir, _ string) []string {
			fakePrograms(t, dir+"/18", "18.0", all...)
			require.NoError(t, os.Mkdir(dir+"/links", 0o755))
			require.NoError(t, os.Symlink(dir+"/18/postgres", dir+"/links/postgres"))
			return []string{dir + "/links"}
		}, 18, "18"},
		{"not one that is too old", func(t *testing.T, dir, _ string) []string {
			return []string{fakePrograms(t, dir+"/14", "14.11", all...)}
		}, 0, ""},
		{"not a client alone", func(t *testing.T, dir, _ string) []string {
			return []string{fakePrograms(t, dir+"/16", "16.3", "psql", "postgres")}
		}, 0, ""},
		{"not one that does not say its version", func(t *testing.T, dir, _ string) []string {
			return []string{fakePrograms(t, dir+"/16", "sixteen", all...)}
		}, 0, ""},
		{"nowhere", func(*testing.T, string, string) []string { return nil }, 0, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir, base := folder(t), folder(t)
			got, ok := find(t.Context(), base, who, tt.make(t, dir, base))
			require.Equal(t, tt.major != 0, ok)
			if ok {
				require.Equal(t, programs{filepath.Join(dir, tt.bin), tt.major}, got)
			}
		})
	}
}

func TestAptInstall(t *testing.T) {
	const policy15 = "postgresql:\n  Installed: (none)\n  Candidate: 15+248\n  Version table:\n"
	for _, tt := range []struct {
		name, policy string
		fails        string // the command that fails
		want         []string
		err          string
	}{
		{"installs", policy15, "", []string{"apt-get update", "apt-cache policy postgresql", "apt-get install --yes --no-install-recommends postgresql"}, ""},
		{"an old distribution", strings.Replace(policy15, "15+", "13+", 1), "", []string{"apt-get update", "apt-cache policy postgresql"}, "PostgreSQL 13: too old"},
		{"no such package", "", "", []string{"apt-get update", "apt-cache policy postgresql"}, "too old"},
		{"no network", policy15, "apt-get update", []string{"apt-get update"}, "apt-get update: exit status 100: it said why"},
		{"broken packages", policy15, "apt-get install", []string{"apt-get update", "apt-cache policy postgresql", "apt-get install --yes --no-install-recommends postgresql"}, "apt-get install postgresql: exit status 100"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			etc := t.TempDir()
			drop := filepath.Join(etc, "postgresql-common", "createcluster.d", "bibxml.conf")
			var ran []string
			a := apt{dir: etc, run: func(_ context.Context, name string, args ...string) ([]byte, error) {
				command := strings.Join(append([]string{name}, args...), " ")
				ran = append(ran, command)
				if args[0] == "install" {
					require.FileExists(t, drop, "no server of the system is made")
				}
				if tt.fails != "" && strings.HasPrefix(command, tt.fails) {
					return []byte("it said why"), errors.New("exit status 100")
				}
				return []byte(tt.policy), nil
			}}
			err := a.install(t.Context())
			if tt.err == "" {
				require.NoError(t, err)
			} else {
				require.ErrorContains(t, err, tt.err)
			}
			require.Equal(t, tt.want, ran)
			require.NoFileExists(t, drop)
		})
	}
}
