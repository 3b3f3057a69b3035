package config

import (
	"reflect"
	"strings"
)

// Variable is one environment variable, as the documentation and the help of the command line show it.
type Variable struct {
	Name     string
	Older    []string // names that are read when Name is empty
	Default  string
	Required bool // in a real installation
	Secret   bool
	Check    string
	Help     string

	field string
	list  bool // several values, separated by commas
}

// ofDataset stands in a name for the name of a dataset.
const ofDataset = "<DATASET>"

// names returns the variable's name and its older ones; those for each dataset where there is one for each.
func (v Variable) names() []string {
	if !strings.Contains(v.Name, ofDataset) {
		return append([]string{v.Name}, v.Older...)
	}
	var all []string
	for _, dataset := range append(Datasets(), Archive) {
		all = append(all, strings.ReplaceAll(v.Name, ofDataset, strings.ToUpper(dataset)))
	}
	return all
}

// Variables lists every variable, in the order of Config.
func Variables() []Variable {
	var all []Variable
	for field := range reflect.TypeFor[Config]().Fields() {
		names, ok := field.Tag.Lookup("env")
		if !ok {
			continue
		}
		name := strings.Split(names, ",")
		all = append(all, Variable{
			Name: name[0], Older: name[1:], Default: field.Tag.Get("default"),
			Required: field.Tag.Get("production") == "required", Secret: field.Tag.Get("secret") != "",
			Check: field.Tag.Get("check"), Help: field.Tag.Get("help"), field: field.Name,
			list: field.Type.Kind() == reflect.Slice,
		})
	}
	return all
}
