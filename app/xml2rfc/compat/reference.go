package compat

import (
	"strconv"
	"strings"
)

// reference is what a <reference> or a <referencegroup> says, by the fields that are compared.
type reference struct {
	element               string
	anchor, target, title string
	authors               []author
	date                  date
	abstract              string
	series                []series
	others                []other // all else, in the order of the document
	members               []reference
}

type series struct{ name, value string }

// other is an element that is compared as a whole.
type other struct{ name, text string }

// date has its month as a number; what is unknown is empty.
type date struct{ year, month, day string }

// read takes the fields out of an element. RFC 7991 allows seriesInfo within front as well.
func read(root *node) reference {
	r := reference{element: root.name, anchor: root.attr("anchor"), target: root.attr("target")}
	for _, child := range root.children {
		switch child.name {
		case "reference", "referencegroup":
			r.members = append(r.members, read(child))
		case "front":
			for _, part := range child.children {
				r.take(part)
			}
		default:
			r.take(child)
		}
	}
	return r
}

func (r *reference) take(n *node) {
	switch n.name {
	case "title":
		r.title = n.text()
	case "author":
		if a := readAuthor(n); len(a.keys) > 0 {
			r.authors = append(r.authors, a)
		}
	case "date":
		r.date = date{n.attr("year"), month(n.attr("month")), plain(n.attr("day"))}
	case "abstract":
		r.abstract = n.text()
	case "seriesInfo":
		r.series = append(r.series, series{n.attr("name"), n.attr("value")})
	default:
		r.others = append(r.others, other{n.name, strings.TrimSuffix(n.canonical(), "\n")})
	}
}

var months = []string{"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"}

// month reads the name of a month, its first letters, or its number.
func month(text string) string {
	text = strings.ToLower(strings.TrimSuffix(text, "."))
	for i, name := range months {
		if len(text) >= 3 && strings.HasPrefix(name, text) {
			return strconv.Itoa(i + 1)
		}
	}
	return plain(text)
}

// plain takes the zeros before a number away.
func plain(text string) string {
	if number, err := strconv.Atoi(text); err == nil {
		return strconv.Itoa(number)
	}
	return text
}

func (d date) String() string {
	name := d.month
	if number, err := strconv.Atoi(d.month); err == nil && number >= 1 && number <= len(months) {
		name = strings.ToUpper(months[number-1][:1]) + months[number-1][1:]
	}
	return squeeze(d.day + " " + name + " " + d.year)
}

func (s series) String() string { return squeeze(s.name + " " + s.value) }
