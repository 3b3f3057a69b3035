package relaton

import (
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

// PlainText returns a text without the markup that sources leave in fields of plain text: entities, also those that
// were encoded twice, formatting in HTML, JATS and MathML, and the hyphenation of roff. What only looks like markup
// stays: "a < b", "AT&T", and elements that a text speaks of ("The <link> element").
func PlainText(s string) string {
	if !mayBeMarkup(s) {
		return s
	}
	s = withoutTags(withoutRoff(s))
	for range 3 {
		decoded := entity.ReplaceAllStringFunc(s, decodeEntity)
		if decoded == s {
			break
		}
		s = withoutTags(decoded)
	}
	return s
}

func mayBeMarkup(s string) bool {
	return strings.IndexByte(s, '<') >= 0 || strings.IndexByte(s, '&') >= 0 || strings.IndexByte(s, '\\') >= 0
}

// entity is a reference with its semicolon: without one, "&copy" may be a part of an address.
var entity = regexp.MustCompile(`&(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});`)

// decodeEntity returns the character of a reference. Unknown references stay, and so do parts of words that begin
// with a known one; control characters, which no text needs, become blanks.
func decodeEntity(reference string) string {
	text := html.UnescapeString(reference)
	first, size := utf8.DecodeRuneInString(text)
	switch {
	case text != ";" && strings.HasSuffix(text, ";"):
		return reference
	case size == len(text) && (first < ' ' || first == 0x7f || first == utf8.RuneError):
		return " "
	}
	return text
}

var (
	// roffMark is an escape of roff that prints nothing: a place to hyphenate, or a stop.
	roffMark = regexp.MustCompile(`\\[%&]([\pL\pN])`)
	// roffFont is a text in another font.
	roffFont = regexp.MustCompile(`\\f[BI](.*?)\\f[RP]`)
	// roffHyphen is a hyphen at which no line ends.
	roffHyphen = regexp.MustCompile(`(\pL)\\-(\pL)`)
)

func withoutRoff(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	s = roffFont.ReplaceAllString(roffMark.ReplaceAllString(s, "$1"), "$1")
	return roffHyphen.ReplaceAllString(s, "$1-$2")
}

// tag is anything that is written as a tag of HTML or XML.
var tag = regexp.MustCompile(`<(/?)([A-Za-z][A-Za-z0-9]*(?::[A-Za-z][A-Za-z0-9-]*)?(?:-[A-Za-z0-9]+)*)(?:\s[^<>]*)?(/?)>`)

// formulaSource is the second notation of a formula that stands in MathML as well.
var formulaSource = regexp.MustCompile(`(?is)<(?:mml:)?(?:tex-math|annotation)\b[^<>]*>.*?</(?:mml:)?(?:tex-math|annotation)>`)

// withoutTags takes out pairs of formatting tags, and puts a blank in the place of those that end a line.
func withoutTags(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return s
	}
	if strings.Contains(s, "<mml:math") || strings.Contains(s, "<math") {
		s = formulaSource.ReplaceAllString(s, "")
	}
	found := tag.FindAllStringSubmatchIndex(s, -1)
	if found == nil {
		return s
	}
	drop := make([]bool, len(found))
	open := make(map[string][]int)
	for i, at := range found {
		name := strings.ToLower(s[at[4]:at[5]])
		prefixed := strings.Contains(name, ":")
		switch {
		case prefixed, needsNoEnd(name):
			drop[i] = !isSpokenOf(s[at[1]:])
		case !isFormatting(name) && !endsLine(name):
		case at[2] == at[3] && at[6] == at[7]:
			open[name] = append(open[name], i)
		case at[6] == at[7] && len(open[name]) > 0:
			last := len(open[name]) - 1
			drop[open[name][last]], drop[i] = true, true
			open[name] = open[name][:last]
		}
	}
	var b strings.Builder
	from := 0
	for i, at := range found {
		if !drop[i] {
			continue
		}
		b.WriteString(s[from:at[0]])
		if name := tagName(s[at[0]+1 : at[1]-1]); endsLine(name) {
			b.WriteByte(' ')
		}
		from = at[1]
	}
	if from == 0 {
		return s
	}
	b.WriteString(s[from:])
	return strings.Join(strings.FieldsFunc(b.String(), func(r rune) bool { return r == ' ' }), " ")
}

// isSpokenOf reports whether the text after a tag shows that the element is the topic: "<br> element".
func isSpokenOf(after string) bool {
	word, _, _ := strings.Cut(strings.TrimPrefix(after, " "), " ")
	switch strings.ToLower(strings.Trim(word, ".,:;()")) {
	case "element", "elements", "tag", "tags", "attribute", "attributes":
		return true
	}
	return false
}

// needsNoEnd reports whether an element is written without its end as well.
func needsNoEnd(name string) bool {
	return name == "br" || name == "hr" || name == "p" || name == "li"
}

func endsLine(name string) bool { return name == "hr" || isBlock(name) }

func isFormatting(name string) bool {
	switch name {
	case "math", "mi", "mn", "mo", "ms", "mrow", "msub", "msup", "msubsup", "mfrac", "msqrt", "mroot", "mtext", "mover", "munder", "mstyle",
		"semantics", "nobr", "big", "strike", "s", "del", "ins", "ovl", "scp", "tex-math", "disp-formula", "sans-serif", "roman", "overline":
		return true
	}
	return isInline(name)
}

// PlainParagraphs returns the paragraphs of a text, each as PlainText, without those that were markup alone.
func (t *Text) PlainParagraphs() []string {
	paragraphs := t.Paragraphs()
	for i, paragraph := range paragraphs {
		paragraphs[i] = PlainText(paragraph)
	}
	return slices.DeleteFunc(paragraphs, func(paragraph string) bool { return strings.TrimSpace(paragraph) == "" })
}

// Plain returns the item with every text that people read as PlainText, for formats of plain text. It is the item
// itself where nothing changes, which is nearly always.
func (it *Item) Plain() *Item {
	found := false
	it.eachText(func(s *string) { found = found || mayBeMarkup(*s) })
	for i := range it.Abstract {
		found = found || it.Abstract[i].hasMarkup()
	}
	if !found {
		return it
	}
	plain, err := DecodeJSON(it.AppendJSON(nil, false))
	if err != nil {
		return it
	}
	plain.eachText(func(s *string) { *s = PlainText(*s) })
	for i := range plain.Abstract {
		if t := &plain.Abstract[i]; t.hasMarkup() {
			t.Content, t.Format = strings.Join(t.PlainParagraphs(), "\n\n"), "text/plain"
		}
	}
	return plain
}

// hasMarkup reports whether a paragraph of the text may have markup.
func (t *Text) hasMarkup() bool {
	if only, ok := onlyParagraph(t.Content); ok {
		return mayBeMarkup(only)
	}
	return mayBeMarkup(t.Content)
}

// eachText calls do for every text that people read, but the abstracts.
func (it *Item) eachText(do func(*string)) {
	text := func(t *Text) {
		if t != nil {
			do(&t.Content)
		}
	}
	texts := func(list []Text) {
		for i := range list {
			do(&list[i].Content)
		}
	}
	organization := func(o *Organization) {
		if o != nil {
			texts(o.Name)
			texts(o.Subdivision)
			text(o.Abbreviation)
		}
	}
	text(it.FormattedRef)
	for i := range it.Title {
		do(&it.Title[i].Content)
	}
	for i := range it.BiblioNote {
		do(&it.BiblioNote[i].Content)
	}
	for i := range it.Keyword {
		do(&it.Keyword[i].Content)
	}
	for i := range it.Series {
		s := &it.Series[i]
		text(s.Title)
		text(s.Abbrev)
		text(s.FormattedRef)
		do(&s.Number)
	}
	for i := range it.Extent {
		do(&it.Extent[i].ReferenceFrom)
		do(&it.Extent[i].ReferenceTo)
	}
	for i := range it.Copyright {
		for j := range it.Copyright[i].Owner {
			organization(&it.Copyright[i].Owner[j])
		}
	}
	for i := range it.Contributor {
		organization(it.Contributor[i].Organization)
		if p := it.Contributor[i].Person; p != nil {
			p.Name.eachText(do)
			for j := range p.Affiliation {
				organization(p.Affiliation[j].Organization)
			}
		}
	}
}

func (n *PersonName) eachText(do func(*string)) {
	for _, t := range []*Text{n.Surname, n.CompleteName} {
		if t != nil {
			do(&t.Content)
		}
	}
	for _, list := range [][]Text{n.Prefix, n.Addition} {
		for i := range list {
			do(&list[i].Content)
		}
	}
	if n.Given == nil {
		return
	}
	for i := range n.Given.Forename {
		do(&n.Given.Forename[i].Content)
	}
	if n.Given.FormattedInitials != nil {
		do(&n.Given.FormattedInitials.Content)
	}
}
