package views

import (
	"strings"
	"unicode"

	"golang.org/x/text/language"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// pageLanguage is the language of the pages themselves; what is in it needs no mark.
var pageLanguage, _ = language.English.Base()

var latin = language.MustParseScript("Latn")

func phraseOf(t relaton.Text) Phrase {
	content := strings.Join(strings.Fields(relaton.PlainText(t.Content)), " ")
	return Phrase{Text: content, Lang: languageTag(content, t.Language, t.Script)}
}

// languageTag gives the value for a lang attribute, or nothing when the attribute would be useless or
// wrong: for English, for tags that are none (BCP 47), and for text that is not in the script that is
// claimed. Sources mark nearly everything as English in Latin script, Chinese names included.
func languageTag(text string, languages, scripts []string) string {
	if len(languages) == 0 {
		return ""
	}
	name := languages[0]
	if len(scripts) > 0 && scripts[0] != "" && !strings.Contains(name, "-") {
		name += "-" + scripts[0]
	}
	tag, err := language.Parse(name)
	if err != nil {
		if tag, err = language.Parse(languages[0]); err != nil {
			return ""
		}
	}
	base, _ := tag.Base()
	script, _ := tag.Script()
	if base == pageLanguage || (script == latin && !hasLatin(text)) {
		return ""
	}
	return withoutUsualScript(tag).String()
}

// withoutUsualScript drops a script that goes without saying: fr-Latn is fr.
func withoutUsualScript(tag language.Tag) language.Tag {
	base, script, region := tag.Raw()
	short, err := language.Compose(base, region)
	if err != nil {
		return tag
	}
	if usual, _ := short.Script(); usual == script {
		return short
	}
	return tag
}

func hasLatin(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Latin, r) })
}
