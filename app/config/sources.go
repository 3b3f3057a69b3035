package config

import (
	"path/filepath"
	"regexp"
	"strings"
	"time"
)

// Archive is the name of the source that holds the files of the old web server.
const Archive = "xml2rfc"

const archiveURL = "https://github.com/ietf-tools/bibxml-data-archive"

// Datasets lists the sources of records in the order in which they are shown and indexed.
func Datasets() []string {
	return []string{"rfcs", "ids", "rfcsubseries", "misc", "w3c", "3gpp", "ieee", "iana", "nist"}
}

// Source is a Git repository to index.
type Source struct {
	Dataset string
	URL     string // an address, or an absolute path
	Branch  string
	Archive bool          // holds files of the old web server instead of records
	Every   time.Duration // how often it is looked at; zero: only on request
}

// Sources lists what is indexed: the datasets in order, then the archive.
func (c *Config) Sources() []Source {
	var sources []Source
	for _, dataset := range Datasets() {
		sources = append(sources, c.source(dataset, strings.ReplaceAll(c.SourceURLTemplate, "{dataset}", dataset)))
	}
	archive := c.source(Archive, archiveURL)
	archive.Archive = true
	return append(sources, archive)
}

func (c *Config) source(dataset, usual string) Source {
	address, branch := usual, c.SourceBranch
	if chosen := c.SourceURLs[dataset]; chosen != "" {
		address = chosen
	}
	if before, after, found := strings.Cut(address, "#"); found && after != "" {
		address, branch = before, after
	}
	every, own := c.AutoReindexOf[dataset]
	if !own {
		every = c.AutoReindex
	}
	return Source{Dataset: dataset, URL: absolute(address), Branch: branch, Every: every}
}

// remote is an address with a scheme, or Git's short form host:path.
var remote = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*://|[^/]+:)`)

// absolute makes a path on this machine independent of the folder that git runs in.
func absolute(address string) string {
	if remote.MatchString(address) {
		return address
	}
	path, err := filepath.Abs(address)
	if err != nil {
		return address // the folder that we stand in is gone; git will say so
	}
	return path
}
