package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"runtime"
	"strings"
	"time"
)

// sources of an attack, in addresses.
var attackAddresses = []int{1, 30}

// attacked lets a web process of its own, with the limits that are the default, be attacked by searches: look-ups and
// health checks must be answered all the while, and searches be answered or refused properly.
func (s *scene) attacked(ctx context.Context, opts options) error {
	web, err := s.lab.Web(ctx, "TRUSTED_PROXIES=127.0.0.1", "SEARCH_TIME_PER_MINUTE=", "SEARCHES_PER_CLIENT=",
		"DATATRACKER_URL="+s.others.server.URL, "CROSSREF_URL="+s.others.server.URL)
	if err != nil {
		return err
	}
	defer web.Stop()
	for _, addresses := range attackAddresses {
		result := newAttack(web.Base, rfcPaths(1000, s.sources[0].Documents), addresses, opts.attack, opts.seed).run(ctx)
		fmt.Printf("Attacked by %d searches at once from %d addresses: %s.\n", attackers, addresses, result)
		if err := result.verdict(); err != nil {
			return fmt.Errorf("attack from %d addresses: %w", addresses, err)
		}
	}
	return nil
}

// compareAttacks attacks services that run already in turn, several times, and prints a table that begins with how they are
// without an attack. Beside each row is the load of the machine before it.
func compareAttacks(ctx context.Context, opts options) error {
	paths := rfcPaths(1000, 9000)
	if opts.paths != "" {
		content, err := os.ReadFile(opts.paths)
		if err != nil {
			return err
		}
		paths = strings.Fields(string(content))
	}
	fmt.Printf("%d cores. Load is the average of the last minute before an attack.\n\n| round | service | addresses | load | result |\n|--:|---|--:|--:|---|\n", runtime.NumCPU())
	var errs []error
	for round := range opts.rounds {
		for _, addresses := range append([]int{0}, attackAddresses...) {
			for _, base := range strings.Split(opts.bases, ",") {
				load, _, _ := strings.Cut(loadAverage(), " ")
				result := newAttack(base, paths, addresses, opts.attack, opts.seed+uint64(round)).run(ctx)
				fmt.Printf("| %d | %s | %d | %s | %s |\n", round+1, base, addresses, load, result)
				if err := result.verdict(); err != nil {
					errs = append(errs, fmt.Errorf("%s, %d addresses: %w", base, addresses, err))
				}
				time.Sleep(2 * attackPause) // what was begun ends
			}
		}
	}
	return errors.Join(errs...)
}

func loadAverage() string {
	content, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "unknown"
	}
	return string(content)
}

func rfcPaths(from, to int) (paths []string) {
	for n := from; n <= to; n++ {
		paths = append(paths, fmt.Sprintf("/public/rfc/bibxml/reference.RFC.%d.xml", n))
	}
	return paths
}
