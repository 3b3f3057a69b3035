package views

import (
	"strconv"
	"strings"
)

// spineWidth is how many characters fit on the spine of the open book in its large size.
const spineWidth = 16

// longTitle is the length, in bytes, from which a title is set smaller.
const longTitle = 110

// crumb is an entry of a breadcrumb trail; the page itself has no URL.
type crumb struct{ Label, URL string }

// pageTitle joins what a page is about and the name of the service.
func pageTitle(title, service string) string {
	if title == "" {
		return service
	}
	return title + " – " + service
}

// sourceLines cuts a file into numbered lines and marks those at which a problem was found.
func sourceLines(text string, problems []Problem) []sourceLine {
	atFault := make(map[int]bool, len(problems))
	for _, problem := range problems {
		atFault[problem.Line] = true
	}
	var lines []sourceLine
	for line := range strings.Lines(strings.ReplaceAll(text, "\r\n", "\n")) {
		number := len(lines) + 1
		lines = append(lines, sourceLine{ID: lineID(number), Text: line, AtFault: atFault[number]})
	}
	return lines
}

type sourceLine struct {
	ID      string
	Text    string // with its line end
	AtFault bool
}

func lineID(number int) string { return "L" + strconv.Itoa(number) }
