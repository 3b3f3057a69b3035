package config

import (
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"unicode/utf8"
)

// Value is what a variable amounts to, as it may be shown.
type Value struct{ Name, Value string }

// Values lists the whole configuration in the order of Config, defaults filled in and secrets left out.
func (c *Config) Values() []Value {
	var all []Value
	from := reflect.ValueOf(c).Elem()
	for _, v := range Variables() {
		field := from.FieldByName(v.field)
		if field.Kind() != reflect.Map {
			all = append(all, Value{v.Name, v.shown(field.Interface())})
			continue
		}
		own := map[string]any{}
		for _, key := range field.MapKeys() {
			own[strings.ReplaceAll(v.Name, ofDataset, strings.ToUpper(key.String()))] = field.MapIndex(key).Interface()
		}
		for _, name := range slices.Sorted(maps.Keys(own)) {
			all = append(all, Value{name, v.shown(own[name])})
		}
	}
	return all
}

func (v Variable) shown(value any) string {
	text := fmt.Sprint(value)
	if list, isList := value.([]string); isList {
		text = strings.Join(list, ", ")
	}
	switch {
	case text == "":
		return "(empty)"
	case v.Secret:
		return fmt.Sprintf("(set, %d characters)", utf8.RuneCountInString(text))
	}
	return text
}
