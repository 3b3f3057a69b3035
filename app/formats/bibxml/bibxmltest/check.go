package bibxmltest

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// Check says what is wrong with a <reference> or <referencegroup>: that it is not well-formed, has
// characters that XML forbids, or breaks a rule of RFC 7991; nil when nothing is.
func Check(document []byte) error {
	c := checker{decoder: xml.NewDecoder(bytes.NewReader(document)), anchors: map[string]bool{}}
	root, err := c.root()
	if err != nil {
		return err
	}
	if name := root.Name.Local; name != "reference" && name != "referencegroup" {
		return fmt.Errorf("the root element is <%s>", name)
	}
	if err := c.element(root); err != nil {
		return err
	}
	return c.end()
}

type checker struct {
	decoder *xml.Decoder
	anchors map[string]bool // an ID must be unique in its document
}

// root finds the first element.
func (c *checker) root() (xml.StartElement, error) {
	for {
		token, err := c.decoder.Token()
		if err != nil {
			return xml.StartElement{}, fmt.Errorf("no element: %w", err)
		}
		switch token := token.(type) {
		case xml.StartElement:
			return token, nil
		case xml.CharData:
			if len(bytes.TrimSpace(token)) > 0 {
				return xml.StartElement{}, fmt.Errorf("text %q before the root element", token)
			}
		}
	}
}

// end wants nothing but blanks and comments behind the root element.
func (c *checker) end() error {
	for {
		token, err := c.decoder.Token()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			return fmt.Errorf("a second root element <%s>", token.Name.Local)
		case xml.CharData:
			if len(bytes.TrimSpace(token)) > 0 {
				return fmt.Errorf("text %q behind the root element", token)
			}
		}
	}
}

// element checks an element and everything in it.
func (c *checker) element(start xml.StartElement) error {
	name := start.Name.Local
	rule, ok := rules[name]
	if !ok || start.Name.Space != "" {
		return fmt.Errorf("<%s> is no element of a reference", name)
	}
	if err := c.attributes(name, rule, start.Attr); err != nil {
		return err
	}
	var children strings.Builder
	for {
		token, err := c.decoder.Token()
		if err != nil {
			return err
		}
		switch token := token.(type) {
		case xml.StartElement:
			children.WriteString(token.Name.Local + " ")
			if err := c.element(token); err != nil {
				return err
			}
		case xml.CharData:
			if !rule.text && len(bytes.TrimSpace(token)) > 0 {
				return fmt.Errorf("<%s> has text %q", name, token)
			}
		case xml.EndElement:
			if rule.content == nil && children.Len() > 0 || rule.content != nil && !rule.content.MatchString(children.String()) {
				return fmt.Errorf("<%s> has the children %q", name, children.String())
			}
			return nil
		}
	}
}

func (c *checker) attributes(element string, rule rule, attributes []xml.Attr) error {
	have := make(map[string]string, len(attributes))
	for _, attr := range attributes {
		name := attr.Name.Local
		if _, twice := have[name]; twice {
			return fmt.Errorf("<%s> has the attribute %s twice", element, name)
		}
		if !slices.Contains(rule.needs, name) && !slices.Contains(rule.may, name) || attr.Name.Space != "" {
			return fmt.Errorf("<%s> has an attribute %s", element, name)
		}
		if allowed, ok := values[element+" "+name]; ok && !allowed.MatchString(attr.Value) {
			return fmt.Errorf("<%s> has %s=%q", element, name, attr.Value)
		}
		have[name] = attr.Value
	}
	for _, name := range rule.needs {
		if _, ok := have[name]; !ok {
			return fmt.Errorf("<%s> has no attribute %s", element, name)
		}
	}
	if anchor, ok := have["anchor"]; ok {
		if c.anchors[anchor] {
			return fmt.Errorf("the anchor %q is there twice", anchor)
		}
		c.anchors[anchor] = true
	}
	return nil
}
