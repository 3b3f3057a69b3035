package config

import (
	"fmt"
	"maps"
	"net/url"
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
			own[strings.ReplaceAll(v.Name, "<DATASET>", strings.ToUpper(key.String()))] = field.MapIndex(key).Interface()
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

// SecretValues lists every secret that is set, the passwords within addresses among them, so that they
// can be taken out of what leaves this machine.
func (c *Config) SecretValues() []string {
	var all []string
	from := reflect.ValueOf(c).Elem()
	for _, v := range Variables() {
		if !v.Secret {
			continue
		}
		switch value := from.FieldByName(v.field).Interface().(type) {
		case string:
			all = append(all, value)
			if u, err := url.Parse(value); err == nil && u.User != nil {
				password, _ := u.User.Password()
				all = append(all, password)
			}
		case []string:
			all = append(all, value...)
		}
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
}
