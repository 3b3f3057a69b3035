package views

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestLanguageTag(t *testing.T) {
	tests := []struct {
		name, text       string
		language, script []string
		want             string
	}{
		{"unknown", "word", nil, nil, ""},
		{"English goes without saying", "word", []string{"en"}, []string{"Latn"}, ""},
		{"French in its usual script", "mot", []string{"fr"}, []string{"Latn"}, "fr"},
		{"three letters where two will do", "mot", []string{"fra"}, nil, "fr"},
		{"Chinese, simplified", "国际", []string{"zh"}, []string{"Hans"}, "zh"},
		{"Chinese, traditional", "國際", []string{"zh"}, []string{"Hant"}, "zh-Hant"},
		{"Arabic", "معالجة", []string{"ar"}, []string{"Arab"}, "ar"},
		{"Serbian in Latin script", "reč", []string{"sr"}, []string{"Latn"}, "sr-Latn"},
		{"tag that has its script already", "國際", []string{"zh-Hant"}, []string{"Hant"}, "zh-Hant"},
		{"Chinese that claims to be French", "国际", []string{"fr"}, []string{"Latn"}, ""},
		{"script that is none", "mot", []string{"fr"}, []string{"Lateinisch"}, "fr"},
		{"language that is none", "word", []string{"no language"}, nil, ""},
		{"markup", "word", []string{`"><script>`}, nil, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, languageTag(test.text, test.language, test.script))
		})
	}
}
