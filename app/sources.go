package app

import (
	"maps"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/app/indexing/gitrepo"
	"github.com/ietf-tools/bibxml/app/merge"
)

// source opens the local copy of a dataset's repository.
func (a *App) source(dataset string) (indexing.Source, error) {
	for _, source := range a.cfg.Sources() {
		if source.Dataset != dataset {
			continue
		}
		mirror, err := gitrepo.Open(filepath.Join(a.mirrors(), dataset), source.URL, source.Branch)
		if err != nil {
			return indexing.Source{}, err
		}
		return indexing.Source{URL: withoutCredentials(source.URL), Branch: source.Branch, Repository: mirror}, nil
	}
	return indexing.Source{}, fault.New(fault.NotFound, "There is no source %q.", dataset)
}

func (a *App) mirrors() string {
	if a.cfg.MirrorDir != "" {
		return a.cfg.MirrorDir
	}
	return filepath.Join(a.cfg.DataDir, "sources")
}

// repositories tells where the records of each dataset can be looked at: the addresses that a
// visitor's browser understands, in the form of GitHub.
func (a *App) repositories() func(dataset string) merge.SourceInfo {
	known := make(map[string]merge.SourceInfo)
	for _, source := range a.cfg.Sources() {
		home := strings.TrimSuffix(withoutCredentials(source.URL), ".git")
		known[source.Dataset] = merge.SourceInfo{
			ID:        "relaton-data-" + source.Dataset,
			HomeURL:   home,
			IssuesURL: home + "/issues/new",
			FilesURL:  home + "/tree/" + source.Branch + "/data",
		}
	}
	maps.Copy(known, externalInfo)
	return func(dataset string) merge.SourceInfo {
		if info, ok := known[dataset]; ok {
			return info
		}
		return merge.SourceInfo{ID: "relaton-data-" + dataset} // a source that is no longer configured
	}
}

// withoutCredentials takes user and password out of an address.
func withoutCredentials(address string) string {
	u, err := url.Parse(address)
	if err != nil || u.User == nil {
		return address
	}
	u.User = nil
	return u.String()
}

// pushed names the source that is at any of the addresses, on that branch.
func (a *App) pushed(addresses []string, branch string) (dataset string, ok bool) {
	for _, source := range a.cfg.Sources() {
		if source.Branch != branch {
			continue
		}
		for _, address := range addresses {
			if address != "" && sameRepository(address, source.URL) {
				return source.Dataset, true
			}
		}
	}
	return "", false
}

// sameRepository compares addresses of repositories as GitHub does: without user, case and .git.
func sameRepository(a, b string) bool {
	plain := func(address string) string {
		return strings.ToLower(strings.TrimSuffix(strings.TrimSuffix(withoutCredentials(address), "/"), ".git"))
	}
	return plain(a) == plain(b)
}
