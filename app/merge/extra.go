package merge

import (
	"maps"
	"reflect"
)

// mergeMaps merges key by key.
func mergeMaps(newer, older map[string]any) map[string]any {
	if len(newer) == 0 {
		return older
	}
	out := maps.Clone(newer)
	for key, value := range older {
		if known, ok := out[key]; ok {
			value = mergeValues(known, value)
		}
		out[key] = value
	}
	return out
}

// mergeValues merges values of any kind: mappings key by key, equal values to one of them, and all
// others to a list without duplicates. An unknown value gives way.
func mergeValues(newer, older any) any {
	switch {
	case newer == nil || reflect.DeepEqual(newer, older):
		return older
	case older == nil:
		return newer
	}
	newerMap, ok1 := newer.(map[string]any)
	olderMap, ok2 := older.(map[string]any)
	if ok1 && ok2 {
		return mergeMaps(newerMap, olderMap)
	}
	return union(asList(newer), asList(older))
}

func asList(v any) []any {
	if list, ok := v.([]any); ok {
		return list
	}
	return []any{v}
}
