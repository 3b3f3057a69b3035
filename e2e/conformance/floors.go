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

func readTable(table string) (map[string]float64, error) {
	reached := make(map[string]float64)
	for _, found := range row.FindAllStringSubmatch(table, -1) {
		same, _ := strconv.Atoi(found[2]) // the expression lets only digits through
		all, _ := strconv.Atoi(found[3])
		reached[found[1]] = percent(same, all)
	}
	if len(reached) == 0 {
		return nil, errors.New("the check printed no table")
	}
	return reached, nil
}

// percent is rounded down to two places, so that a floor never promises more than was reached.
func percent(same, all int) float64 {
	if all == 0 {
		return 100
	}
	return math.Floor(1e4*float64(same)/float64(all)) / 100
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

func writeFloors(file string, floors, reached map[string]float64) error {
	var b strings.Builder
	b.WriteString(floorsHeader)
	for group, value := range reached {
		floors[group] = max(floors[group], value)
	}
	for _, group := range slices.Sorted(maps.Keys(floors)) {
		fmt.Fprintf(&b, "%s\t%.2f\n", group, floors[group])
	}
	return os.WriteFile(file, []byte(b.String()), 0o644)
}

func compare(floors, reached map[string]float64) error {
	var sunk []error
	for _, group := range slices.Sorted(maps.Keys(floors)) {
		if got, floor := reached[group], floors[group]; got < floor {
			sunk = append(sunk, fmt.Errorf("%s reached %.2f %%, its floor is %.2f %%", group, got, floor))
		}
	}
	return errors.Join(sunk...)
}
