package pglocal

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"sort"
	"strconv"
)

// programs is a folder with PostgreSQL's programs.
type programs struct {
	dir   string
	major int
}

// usualPlaces is where packages put the programs without a link in PATH.
var usualPlaces = []string{
	"/usr/lib/postgresql/*/bin",                          // Debian, Ubuntu
	"/usr/pgsql-*/bin",                                   // PostgreSQL's own RPMs
	"/usr/libexec/postgresql*",                           // Alpine
	"/opt/homebrew/opt/postgresql@*/bin",                 // Homebrew, Apple silicon
	"/usr/local/opt/postgresql@*/bin",                    // Homebrew, Intel
	"/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",    // Homebrew, Linux
	"/Applications/Postgres.app/Contents/Versions/*/bin", // Postgres.app
	"/Library/PostgreSQL/*/bin",                          // EnterpriseDB, macOS
	"/opt/PostgreSQL/*/bin",                              // EnterpriseDB, Linux
	"/usr/local/pgsql/bin",                               // built from source
}

// findOrInstall gives the programs: found, else installed, else downloaded into base.
func findOrInstall(ctx context.Context, base string, who account, log func(string, ...any)) (programs, error) {
	if p, ok := find(ctx, base, who, places()); ok {
		return p, nil
	}
	if apt := systemApt(); apt.usable() {
		log("installing PostgreSQL by apt-get")
		if err := apt.install(ctx); err != nil {
			log("%v", err)
		} else if p, ok := find(ctx, base, who, places()); ok {
			return p, nil
		}
	}
	dir := filepath.Join(base, "postgresql-"+downloadVersion)
	if err := download(ctx, dir, log); err != nil {
		return programs{}, fmt.Errorf("no PostgreSQL %d or newer on this machine, and none could be had: %w", minMajor, err)
	}
	p, err := inspect(ctx, filepath.Join(dir, "bin"), who)
	if err != nil {
		return programs{}, fmt.Errorf("the downloaded PostgreSQL does not run here: %w", err)
	}
	return p, nil
}

// places lists the folders that may hold the programs.
func places() []string {
	var dirs []string
	for _, name := range []string{"postgres", "pg_ctl"} {
		if path, err := exec.LookPath(name); err == nil {
			dirs = append(dirs, filepath.Dir(path))
		}
	}
	for _, pattern := range usualPlaces {
		found, _ := filepath.Glob(pattern) // the patterns are constants
		dirs = append(dirs, found...)
	}
	return dirs
}

// find gives the best of the programs that the account can run: of the version that a cluster in base
// was made by, else the newest.
func find(ctx context.Context, base string, who account, dirs []string) (programs, bool) {
	var usable []programs
	for _, dir := range dirs {
		if p, err := inspect(ctx, dir, who); err == nil && p.major >= minMajor {
			usable = append(usable, p)
		}
	}
	if len(usable) == 0 {
		return programs{}, false
	}
	sort.SliceStable(usable, func(i, j int) bool {
		a, b := usable[i], usable[j]
		if hasA, hasB := isFile(dataDir(base, a.major), "PG_VERSION"), isFile(dataDir(base, b.major), "PG_VERSION"); hasA != hasB {
			return hasA
		}
		return a.major > b.major
	})
	return usable[0], true
}

var versionPattern = regexp.MustCompile(`\(PostgreSQL\) (\d+)`)

// inspect asks the programs in dir for their version.
func inspect(ctx context.Context, dir string, who account) (programs, error) {
	// A link in PATH leads to one program; its neighbours stand beside what it points to.
	path, err := filepath.EvalSymlinks(filepath.Join(dir, "postgres"))
	if err != nil {
		return programs{}, err
	}
	dir = filepath.Dir(path)
	if !isFile(dir, "initdb") || !isFile(dir, "pg_ctl") {
		return programs{}, errors.New(dir + " lacks initdb or pg_ctl")
	}
	out, err := who.command(ctx, path, "--version").Output()
	if err != nil {
		return programs{}, fmt.Errorf("%s --version: %w", path, err)
	}
	match := versionPattern.FindSubmatch(out)
	if match == nil {
		return programs{}, fmt.Errorf("%s --version says %q", path, out)
	}
	major, err := strconv.Atoi(string(match[1]))
	return programs{dir, major}, err
}

func isFile(elem ...string) bool {
	info, err := os.Stat(filepath.Join(elem...))
	return err == nil && info.Mode().IsRegular()
}
