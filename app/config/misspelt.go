package config

import (
	"net/netip"
	"os"
	"slices"
	"strings"
)

// nameLength is the minimum length of names that others are compared with: shorter ones resemble too many.
const nameLength = 6

// unknown reports variables that are set, that the program does not know, and that resemble one that is not set. All other unknown
// variables belong to other programs.
func (l *loader) unknown(set []string) {
	known := knownNames()
	for _, name := range set {
		if slices.Contains(known, name) {
			continue
		}
		switch meant := l.meant(name, known); {
		case meant != "":
			l.fault(name, "there is no such variable. Did you mean %s? Rename it or unset it", meant)
		case strings.HasPrefix(name, sourcePrefix) || strings.HasPrefix(name, intervalPrefix):
			l.fault(name, "ends with no dataset: one of %s", strings.ToUpper(strings.Join(append(Datasets(), Archive), ", ")))
		}
	}
}

// knownNames returns the names of all variables, including those for files of secrets.
func knownNames() []string {
	var all []string
	for _, v := range Variables() {
		for _, name := range v.names() {
			all = append(all, name)
			if v.Secret {
				all = append(all, name+fileSuffix)
			}
		}
	}
	return all
}

// meant returns the known name, of a variable that is not set, that is closest to a name, or "" when none is close.
func (l *loader) meant(name string, known []string) string {
	nearest, least := "", len(name)
	for _, candidate := range known {
		if len(candidate) < nameLength || l.getenv(candidate) != "" {
			continue
		}
		if d := nameDistance(name, candidate); d <= tolerance(candidate) && d < least {
			nearest, least = candidate, d
		}
	}
	return nearest
}

// tolerance returns how many typing errors a name may have: one in short names, two in long ones.
func tolerance(name string) int {
	if len(name) < 14 {
		return 1
	}
	return 2
}

// nameDistance counts the typing errors between two names. Differences in case, underscores and plurals count as one together.
func nameDistance(a, b string) int {
	if a == b {
		return 0
	}
	if singular(a) == singular(b) {
		return 1
	}
	return distance([]rune(a), []rune(b))
}

// singular returns a name in upper case, with its words in the singular, and without underscores.
func singular(name string) string {
	words := strings.Split(strings.ToUpper(name), "_")
	for i, word := range words {
		if stem, found := strings.CutSuffix(word, "IES"); found {
			words[i] = stem + "Y"
			continue
		}
		words[i] = strings.TrimSuffix(word, "S")
	}
	return strings.Join(words, "")
}

// distance returns the optimal string alignment distance of two texts: letters to insert, delete, replace, or swap with the next.
func distance(a, b []rune) int {
	before, last, row := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		before, last, row = last, row, before
		row[0] = i + 1
		for j := range b {
			replaced := last[j]
			if a[i] != b[j] {
				replaced++
			}
			row[j+1] = min(last[j+1]+1, row[j]+1, replaced)
			if i > 0 && j > 0 && a[i] == b[j-1] && a[i-1] == b[j] {
				row[j+1] = min(row[j+1], before[j-1]+1)
			}
		}
	}
	return row[len(b)]
}

// formerNames are those of PRIMARY_HOSTNAME in .env files of earlier installations.
var formerNames = []string{"HOST_NAME", "HOST"}

// formerHost refuses a configuration that names the public host by a former name alone, and would run as on a developer's machine.
// Shells set HOST as well, to the name of the machine, and other programs to an address to listen on.
func (l *loader) formerHost() {
	if strings.TrimSpace(l.getenv("PRIMARY_HOSTNAME")) != "" {
		return
	}
	for _, name := range formerNames {
		host := strings.TrimSpace(l.getenv(name))
		_, notAddress := netip.ParseAddr(host)
		machine, _ := os.Hostname() // empty is a name of no host
		if notAddress == nil || !strings.Contains(host, ".") || isLocal(host) || host == machine || !isHost(host) {
			continue
		}
		l.fault("PRIMARY_HOSTNAME", "is missing, and %s is set, its name in earlier installations: rename %s to PRIMARY_HOSTNAME", name, name)
		return
	}
}
