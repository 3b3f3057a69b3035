package views

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestBlocks(t *testing.T) {
	assert.Equal(t, [][]string{{"One line and another."}, {"the first item", "the second, continued"}, {"The end."}},
		blocks("One `line`\nand another.\n\n- the first item\n- the second,\n  continued\n\nThe end.\n"))
}

func TestAboutParameter(t *testing.T) {
	assert.Equal(t, "query", SpecParameter{Place: "query"}.about())
	assert.Equal(t, "path; required; one of a, b; if not given, a; for example b",
		SpecParameter{Place: "path", Required: true, Values: []string{"a", "b"}, Default: "a", Example: "b"}.about())
}
