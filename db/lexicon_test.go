package db_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/indexing"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestPieces(t *testing.T) {
	t.Parallel()
	for text, want := range map[string][]string{
		"":                             nil,
		" \t\n":                        nil,
		"one":                          {"one"},
		" two  words\n":                {"two", "words"},
		"<p>tagged</p>":                {"tagged"},
		"a<br/>b":                      {"a<br/>b"},
		"ends<p>here":                  {"ends", "here"},
		`see <a href="x y">here</a>.`:  {`see <a href="x y">here</a>.`},
		"1 < 2":                        {"1 < 2"},
		"unclosed <p":                  {"unclosed <p"},
		"\u00a0no\u00a0break\u2003end": {"\u00a0no\u00a0break\u2003end"},
	} {
		var got []string
		for piece := range db.Pieces(text) {
			got = append(got, piece)
		}
		require.Equal(t, want, got, "%q", text)
	}
}

// PostgreSQL refuses a megabyte of words at once.
func TestPiecesOfLongTexts(t *testing.T) {
	t.Parallel()
	const most = 128 << 10
	for name, c := range map[string]struct {
		text   string
		pieces int
	}{
		"words":                    {strings.Repeat("word ", most), most},
		"words and a sign":         {strings.Repeat("word ", most) + "< b", most + 2},
		"no blank":                 {strings.Repeat("x", 3*most), 1},
		"no blank, and after that": {strings.Repeat("é", most) + " é", 2},
	} {
		pieces := slices.Collect(db.Pieces(c.text))
		require.Len(t, pieces, c.pieces, name)
		for _, piece := range pieces {
			require.LessOrEqual(t, len(piece), most, name)
			require.True(t, utf8.ValidString(piece), name)
		}
	}
}

func TestLongWordsAreForgotten(t *testing.T) {
	t.Parallel()
	long := func(number int) []string {
		texts := make([]string, number)
		for i := range texts {
			texts[i] = strconv.Itoa(i) + strings.Repeat("x", 1<<20)
		}
		return texts
	}
	require.False(t, db.Forgets(long(100)))
	require.True(t, db.Forgets(long(600)), "of each an eighth of a megabyte")
}

func TestVectorThatIsCutOff(t *testing.T) {
	t.Parallel()
	whole, err := dbtest.Open(t).Vector(t.Context(), indexing.Texts{Rest: []string{"all of these words"}})
	require.NoError(t, err)
	ignore := func([]byte, uint16) {}
	require.NoError(t, db.EachLexeme(whole, ignore))
	for length := range whole {
		require.Error(t, db.EachLexeme(whole[:length], ignore), "%d bytes", length)
	}
}

// vectorsOf gives what PostgreSQL itself makes of the texts, and what we do.
func vectorsOf(t *testing.T, d *db.DB, texts []string) (want, got string) {
	t.Helper()
	each := make([]string, len(texts))
	for i, text := range texts {
		each[i] = " " + text
	}
	array, err := json.Marshal(each)
	require.NoError(t, err)
	vector, err := d.Vector(t.Context(), indexing.Texts{Rest: texts})
	require.NoError(t, err)
	err = d.Pool().QueryRow(t.Context(), "SELECT to_tsvector($1::regconfig, $2::jsonb)::text, $3::tsvector::text", db.TextConfig, array, vector).
		Scan(&want, &got)
	require.NoError(t, err)
	return want, got
}

func TestVectorsAreThoseOfPostgreSQL(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	for name, texts := range map[string][]string{
		"nothing":              {},
		"empty":                {"", " "},
		"words":                {"The quick brown foxes are jumping"},
		"fields":               {"Key words", "the", "words for use"},
		"hyphens and digits":   {"draft-ietf-quic-http-34", "RFC 9000", "3GPP TS 23.501:REL-18/18.8.0", "~128-bit and -5"},
		"addresses":            {"see https://www.rfc-editor.org/rfc/rfc9000.html or a.b@example.org."},
		"markup":               {"<p>In many</p><p>documents<em>several</em> words", `<a href="x y">link text</a> after`, "x &amp; y < z"},
		"beyond ASCII":         {"Über-Dokument naïve 日本語 текст", "a\u00a0b\u2003c"},
		"punctuation":          {`"quoted", (bracketed); it's what's-his-name's`, "a/b/c.txt ../x", "C++ .NET #5"},
		"the same many times":  {strings.Repeat("again and ", 400)},
		"beyond all positions": {strings.Repeat("many different words ", 9000), "end"},
		"a very long word":     {strings.Repeat("x", 3000) + " after"},
	} {
		want, got := vectorsOf(t, d, texts)
		require.Equal(t, want, got, name)
	}
}

// What is asked about once for all its spellings means the same in each of them.
func TestSpellingsOfOneWord(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	before, after := []string{"", "(", `"`, "'", "[", `("`, "[["}, []string{""}
	const ends = `,.;:)"'!?]`
	for i := range ends {
		after = append(after, ends[i:i+1])
		for j := range ends {
			after = append(after, ends[i:i+1]+ends[j:j+1])
		}
	}
	var texts []string
	for _, core := range []string{"word", "Words", "THE", "B", "com", "http", "2019", "007", "5"} {
		for _, start := range before {
			for _, end := range after {
				texts = append(texts, start+core+end)
			}
		}
	}
	for some := range slices.Chunk(texts, 250) { // a vector keeps no more places of one word
		want, got := vectorsOf(t, d, some)
		require.Equal(t, want, got, "%q", some)
	}
}

func TestVectorTooLongForPostgreSQLIsCut(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	var long strings.Builder
	for i := range 200_000 {
		long.WriteString(strings.ToLower(string(rune('a'+i%26))+string(rune('a'+i/26%26))+string(rune('a'+i/676%26))) + "qzx" + string(rune('a'+i/17576%26)) + " ")
	}
	vector, err := d.Vector(t.Context(), indexing.Texts{Rest: []string{long.String()}})
	require.NoError(t, err)
	require.Less(t, len(vector), 1<<20)
	var length int
	require.NoError(t, d.Pool().QueryRow(t.Context(), "SELECT length($1::tsvector)", vector).Scan(&length))
	require.Positive(t, length)
}

func TestWeightsAndTags(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t)
	vector, err := d.Vector(t.Context(), indexing.Texts{
		Titles: []string{"The HTTP/2 title"}, Heads: []string{"RFC 1"}, People: []string{"J. Doe"},
		Abstracts: []string{"<p>Titles of all</p>"}, Rest: []string{"title of the rest"},
	}, "=source:rfcs", "=group:a 'b' \\c")
	require.NoError(t, err)
	var text string
	require.NoError(t, d.Pool().QueryRow(t.Context(), "SELECT $1::tsvector::text", vector).Scan(&text))
	require.Equal(t, "'1':6A '=group:a ''b'' \\\\c':1 '=source:rfcs':1 'doe':9B 'http/2':2A 'j':8B 'rest':18 'rfc':5A 'titl':3A,11C,15 "+
		"'~2':3A '~http':2A '~titl':4A", text)
}
