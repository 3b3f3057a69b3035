package config

import "runtime"

// The bounds of how many searches run at once where SEARCHES_AT_ONCE is not set.
const (
	fewestSearches = 2
	mostSearches   = 8
)

// SearchesTotal returns how many searches a process runs at once: as many as there are processors, unless configured
// otherwise.
func (c *Config) SearchesTotal() int {
	if c.SearchesAtOnce > 0 {
		return c.SearchesAtOnce
	}
	return min(max(runtime.GOMAXPROCS(0), fewestSearches), mostSearches)
}

// SearchesOfClient returns how many of them belong to one client: half, unless configured otherwise.
func (c *Config) SearchesOfClient() int {
	if c.SearchesPerClient > 0 {
		return min(c.SearchesPerClient, c.SearchesTotal())
	}
	return max(c.SearchesTotal()/2, 1)
}
