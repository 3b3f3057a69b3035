package search

import (
	"regexp"
	"slices"
	"strings"
)

// named is what a text says of identifiers.
type named struct {
	exact   []string // that it may mean, the likeliest first
	related []string // of what is meant when none of those exists
	isbn    string
	section string
	whole   bool // the text says nothing else
	address bool // it is an address or a path
}

func (n *named) add(exact, related []string) {
	for _, id := range exact {
		if !slices.Contains(n.exact, id) {
			n.exact = append(n.exact, id)
		}
	}
	for _, id := range related {
		if !slices.Contains(n.related, id) {
			n.related = append(n.related, id)
		}
	}
}

// maxIdentifier bounds a text that may be an identifier as it stands, in bytes.
const maxIdentifier = 120

// identify finds out which identifiers a text that is one line may mean.
func identify(text string) named {
	if n, ok := identifyAddress(text); ok {
		return n
	}
	plain, section := withoutSection(text)
	for _, each := range []struct{ text, section string }{{text, ""}, {plain, section}} {
		if n, ok := identifyWhole(each.text); ok {
			n.section = each.section
			return n
		}
	}
	n := identifyMentioned(text)
	n.section = section
	if len(n.exact) == 0 && n.isbn == "" && len(plainWords(text)) > 0 && len(text) <= maxIdentifier && !strings.Contains(text, `"`) {
		n.exact, n.whole = []string{text}, true
	}
	return n
}

var (
	section = regexp.MustCompile(`(?i)[ ,;:(]*\b(?:section|sect?\.?|appendix|app\.)[ -]*([0-9a-z](?:[0-9]|\.[0-9a-z])*)\b\)?|[ ,;:(]*§+ *([0-9]+(?:\.[0-9]+)*)\)?`)
	joining = regexp.MustCompile(`(?i)^(?:(?:of|in|see)\s+)+`)
)

// withoutSection takes the part of a document out of a text: "RFC 9000, section 4.2".
func withoutSection(text string) (rest, number string) {
	at := section.FindStringSubmatchIndex(text)
	if at == nil {
		return text, ""
	}
	found := section.FindStringSubmatch(text)
	rest = strings.Join(strings.Fields(text[:at[0]]+" "+text[at[1]:]), " ")
	return joining.ReplaceAllString(rest, ""), found[1] + found[2]
}

// identifyWhole reads a text that is one identifier.
func identifyWhole(text string) (n named, ok bool) {
	text = strings.Trim(text, " []<>{}.,;:'\"")
	if strings.HasPrefix(text, "(") || !strings.Contains(text, "(") {
		text = strings.Trim(text, "() ")
	}
	if text == "" {
		return n, false
	}
	if n.isbn = isbn(text); n.isbn != "" {
		n.whole = true
		return n, true
	}
	for _, p := range patterns {
		if found := p.whole.FindStringSubmatch(text); found != nil {
			exact, related := p.meaning(found)
			n.add(exact, related)
			if p.certain {
				break
			}
		}
	}
	if len(n.exact) == 0 {
		return n, false
	}
	n.add([]string{text}, nil) // as it stands
	n.whole = true
	return n, true
}

// identifyMentioned finds identifiers among other words. A printed reference begins with its anchor in brackets, or
// has a title in quotes between commas; it means what it names first, a part of a series rather than the series.
func identifyMentioned(text string) (n named) {
	printed := isReference(text)
	if printed {
		if anchor, _, ok := strings.Cut(text[1:], "]"); ok && text[0] == '[' {
			if first, ok := identifyWhole(anchor); ok && certainly(anchor) {
				n.add(first.exact[:1], first.related)
			}
		}
	}
	for _, p := range patterns {
		if p.inside == nil {
			continue
		}
		for _, found := range p.inside.FindAllStringSubmatch(text, 8) {
			exact, related := p.meaning(found)
			n.add(exact, related)
		}
	}
	for _, found := range anyAddress.FindAllString(text, 4) {
		if at, ok := identifyAddress(strings.TrimRight(found, ">).,;")); ok {
			n.add(at.exact, at.related)
		}
	}
	if found := markedISBN.FindStringSubmatch(text); found != nil {
		n.isbn = isbn(found[1])
	}
	n.fullFirst()
	n.whole = printed && (len(n.exact) > 0 || n.isbn != "")
	return n
}

// fullFirst puts what is said in full before what is said in short: "[FIPS186] …, FIPS 186-5".
func (n *named) fullFirst() {
	for i, id := range n.exact {
		if strings.HasPrefix(id, n.exact[0]+"-") || strings.HasPrefix(id, n.exact[0]+":") {
			n.exact = slices.Insert(slices.Delete(n.exact, i, i+1), 0, id)
			return
		}
	}
}

var (
	printedReference = regexp.MustCompile(`^\[[^\]]{1,60}\] .*\S|^[^"]+, "[^"]+",? .*\S`)
	anyAddress       = regexp.MustCompile(`https?://[^\s<>"]+`)
	markedISBN       = regexp.MustCompile(`(?i)\bisbn(?:-1[03])?[ :]*([0-9][0-9 -]{8,15}[0-9x])`)
)

func isReference(text string) bool { return printedReference.MatchString(text) }

// certainly says whether a text fits a pattern that leaves no doubt.
func certainly(text string) bool {
	return slices.ContainsFunc(patterns, func(p pattern) bool { return p.certain && p.whole.MatchString(text) })
}

// isbn gives the 13 digits of an ISBN of 10 or 13; empty when the text is none, by its check digit too.
func isbn(text string) string {
	text = strings.ToLower(text)
	if rest, ok := strings.CutPrefix(text, "isbn"); ok {
		text = strings.TrimLeft(strings.TrimPrefix(strings.TrimPrefix(rest, "-13"), "-10"), " :")
	}
	digits := strings.NewReplacer("-", "", " ", "").Replace(text)
	switch {
	case len(digits) == 13 && strings.HasPrefix(digits, "97") && checkDigit(digits[:12]) == digits[12:]:
		return digits
	case len(digits) == 10 && isISBN10(digits):
		digits = "978" + digits[:9]
		return digits + checkDigit(digits)
	}
	return ""
}

// checkDigit gives the last digit of an ISBN by the twelve before; empty when those are no digits.
func checkDigit(twelve string) string {
	sum := 0
	for i, c := range twelve {
		if c < '0' || c > '9' {
			return ""
		}
		sum += int(c-'0') * (1 + i%2*2)
	}
	return string(rune('0' + (10-sum%10)%10))
}

func isISBN10(text string) bool {
	sum := 0
	for i, c := range text {
		digit := int(c - '0')
		if c == 'x' && i == 9 {
			digit = 10
		} else if c < '0' || c > '9' {
			return false
		}
		sum += (10 - i) * digit
	}
	return sum%11 == 0
}
