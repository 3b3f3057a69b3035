package harness

import (
	"fmt"
	"os"
	"path/filepath"
)

// Datasets are the sources of the recorded answers, in the order of the service.
var Datasets = []string{"rfcs", "ids", "rfcsubseries", "misc", "w3c", "3gpp", "ieee", "iana", "nist", "xml2rfc"}

// Bundles returns the address of every source below a folder of Git bundles.
func Bundles(dir string) (map[string]string, error) { return bundles(dir, nil) }

// RealBundles returns the same of the sources at their real size.
func RealBundles(dir string) (map[string]string, error) {
	names := map[string]string{"3gpp": "relaton-data-3gpp-full.bundle"}
	for _, dataset := range []string{"rfcs", "ids", "rfcsubseries", "misc", "w3c", "ieee"} {
		names[dataset] = "real/relaton-data-" + dataset + ".bundle"
	}
	return bundles(dir, names)
}

// bundles finds the bundles of all sources, those that have other names than usual among them.
func bundles(dir string, names map[string]string) (map[string]string, error) {
	sources := make(map[string]string, len(Datasets))
	for _, dataset := range Datasets {
		name := "relaton-data-" + dataset + ".bundle"
		if dataset == "xml2rfc" {
			name = "bibxml-data-archive.bundle"
		}
		if other, ok := names[dataset]; ok {
			name = other
		}
		path, err := filepath.Abs(filepath.Join(dir, name))
		if err != nil {
			return nil, err
		}
		if _, err := os.Stat(path); err != nil {
			return nil, fmt.Errorf("source %s: %w", dataset, err)
		}
		sources[dataset] = path
	}
	return sources, nil
}
