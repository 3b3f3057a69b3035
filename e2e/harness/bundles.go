package harness

import (
	"fmt"
	"os"
	"path/filepath"
)

// Datasets are the sources of the recorded answers, in the order of the service.
var Datasets = []string{"rfcs", "ids", "rfcsubseries", "misc", "w3c", "3gpp", "ieee", "iana", "nist", "xml2rfc"}

// Bundles gives the address of every source below a folder of Git bundles.
func Bundles(dir string) (map[string]string, error) {
	sources := make(map[string]string, len(Datasets))
	for _, dataset := range Datasets {
		name := "relaton-data-" + dataset + ".bundle"
		if dataset == "xml2rfc" {
			name = "bibxml-data-archive.bundle"
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
