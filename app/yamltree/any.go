package yamltree

import "strconv"

// Any gives the value in the types that encoding/json decodes into any, so that a value read from a
// file compares equal to one that went through the database: map[string]any, []any, string, bool,
// float64 and nil.
//
// A plain true or false (also True, TRUE, …) is a bool. A plain decimal integer of up to 15 digits
// without a leading zero is a float64, which holds it exactly. Everything else is the string that
// was written: dates, versions such as 1.10, 09, 1e3, longer numbers.
func (n *Node) Any() any {
	if n == nil {
		return nil
	}
	switch n.Kind {
	case Scalar:
		return n.scalarAny()
	case Sequence:
		list := make([]any, len(n.Nodes))
		for i := range n.Nodes {
			list[i] = n.Nodes[i].Any()
		}
		return list
	case Mapping:
		m := make(map[string]any, len(n.Keys))
		for i, k := range n.Keys {
			m[k] = n.Nodes[i].Any()
		}
		return m
	default:
		return nil
	}
}

func (n *Node) scalarAny() any {
	if !n.Plain {
		return n.Value
	}
	switch n.Value {
	case "true", "True", "TRUE":
		return true
	case "false", "False", "FALSE":
		return false
	}
	if i, ok := decimal(n.Value); ok {
		return i
	}
	return n.Value
}

// decimal reads 0, or 1 to 15 digits without a leading zero, with or without a minus.
func decimal(s string) (float64, bool) {
	if s == "0" {
		return 0, true
	}
	digits := s
	if digits != "" && digits[0] == '-' {
		digits = digits[1:]
	}
	if digits == "" || len(digits) > 15 || digits[0] == '0' {
		return 0, false
	}
	for _, c := range []byte(digits) {
		if c < '0' || c > '9' {
			return 0, false
		}
	}
	i, err := strconv.ParseInt(s, 10, 64)
	return float64(i), err == nil
}
