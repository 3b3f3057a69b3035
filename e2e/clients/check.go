package main

import (
	"encoding/xml"
	"errors"
	"fmt"
)

// draft is what is looked at in the XML of an Internet-Draft.
type draft struct {
	Lists []referenceList `xml:"back>references"`
	XRefs []struct {
		Target string `xml:"target,attr"`
	} `xml:"middle>section>t>xref"`
}

// referenceList is a list of references, or of such lists: kramdown-rfc nests normative and informative ones.
type referenceList struct {
	Lists  []referenceList `xml:"references"`
	Single []element       `xml:"reference"`
	Groups []element       `xml:"referencegroup"`
}

type element struct {
	Anchor  string    `xml:"anchor,attr"`
	Target  string    `xml:"target,attr"`
	Title   string    `xml:"front>title"`
	Members []element `xml:"reference"`
}

// check compares the references of a draft with those that are wanted, and follows what cites them.
func check(content []byte, references []reference) error {
	var d draft
	if err := xml.Unmarshal(content, &d); err != nil {
		return fmt.Errorf("read the draft: %w", err)
	}
	anchors := make(map[string]element)
	var faults []error
	for _, e := range all(d.Lists) {
		if _, twice := anchors[e.Anchor]; twice {
			faults = append(faults, fmt.Errorf("anchor %q is there twice", e.Anchor))
		}
		anchors[e.Anchor] = e
	}
	for _, want := range references {
		got, ok := anchors[want.anchor]
		if !ok {
			faults = append(faults, fmt.Errorf("no reference has the anchor %q", want.anchor))
			continue
		}
		faults = append(faults, want.compare(got))
	}
	if len(anchors) != len(references) {
		faults = append(faults, fmt.Errorf("%d references, want %d", len(anchors), len(references)))
	}
	for _, x := range d.XRefs {
		if _, ok := anchors[x.Target]; !ok {
			faults = append(faults, fmt.Errorf("what cites %q finds no reference", x.Target))
		}
	}
	if len(d.XRefs) < len(references) {
		faults = append(faults, fmt.Errorf("%d of %d references are cited", len(d.XRefs), len(references)))
	}
	return errors.Join(faults...)
}

func all(lists []referenceList) []element {
	var found []element
	for _, list := range lists {
		found = append(found, list.Single...)
		found = append(found, list.Groups...)
		found = append(found, all(list.Lists)...)
	}
	return found
}
