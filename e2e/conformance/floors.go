package main

import (
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// row is a line of the table that the check prints: "ref: 95 of 100 agree (95.0%)".
var row = regexp.MustCompile(`(?m)^(\w+): (\d+) of (\d+) agree`)

// tally is how many of the answers of a group agree.
type tally struct{ same, all int }

func readTable(table string) (map[string]tally, error) {
	reached := make(map[string]tally)
	for _, found := range row.FindAllStringSubmatch(table, -1) {
		same, _ := strconv.Atoi(found[2]) // the expression lets only digits through
		all, _ := strconv.Atoi(found[3])
		reached[found[1]] = tally{same, all}
	}
	if len(reached) == 0 {
		return nil, errors.New("the check printed no table")
	}
	return reached, nil
}

// percent is rounded down to two places, so that a floor never promises more than was reached.
func (t tally) percent() float64 {
	if t.all == 0 {
		return 100
	}
	return math.Floor(1e4*float64(t.same)/float64(t.all)) / 100
}

func readFloors(file string) (map[string]float64, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	floors := make(map[string]float64)
	for number, line := range strings.Split(string(content), "\n") {
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		group, value, _ := strings.Cut(line, "\t")
		floors[group], err = strconv.ParseFloat(value, 64)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: not a group, a tab and a percentage", file, number+1)
		}
	}
	return floors, nil
}

const floorsHeader = "# Percent of the recorded answers of a group that must agree. Raised by `make conformance-raise`, never lowered.\n"

func writeFloors(file string, floors map[string]float64, reached map[string]tally) error {
	var b strings.Builder
	b.WriteString(floorsHeader)
	for group, tally := range reached {
		floors[group] = max(floors[group], tally.percent())
	}
	for _, group := range sortedKeys(floors) {
		fmt.Fprintf(&b, "%s\t%.2f\n", group, floors[group])
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

func compare(floors map[string]float64, reached map[string]tally) error {
	var sunk []error
	for _, group := range sortedKeys(floors) {
		got, known := reached[group]
		switch floor := floors[group]; {
		case !known:
			sunk = append(sunk, fmt.Errorf("%s was not replayed, its floor is %.2f %%", group, floor))
		case got.percent() < floor:
			sunk = append(sunk, fmt.Errorf("%s reached %.2f %%, its floor is %.2f %%", group, got.percent(), floor))
		}
	}
	return errors.Join(sunk...)
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
