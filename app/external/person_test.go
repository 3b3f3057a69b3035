package external

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestInitials(t *testing.T) {
	for _, c := range []struct{ given, want string }{
		{"Wendy R.", "W.R."},
		{"Jean-Pierre", "J-P."},
		{"H-Y.", "H-Y."},
		{"H.-Y.", "H-Y."},
		{"J.P.", "J.P."},
		{"J. P.", "J.P."},
		{"IJ.", "IJ."},
		{"K", "K."},
		{"Éric", "É."},
		{"mirja", "M."},
		{"小明", "小."},
		{"", ""},
		{"?", ""},
	} {
		require.Equal(t, c.want, Initials(c.given), c.given)
	}
}

func TestPerson(t *testing.T) {
	for _, c := range []struct{ name, given, family, suffix, complete, initials, addition string }{
		{"ordinary", "Wendy R.", "Eisner", "", "Wendy R. Eisner", "W.R.", ""},
		{"with a suffix", "Philip", "Nesser", "II", "Philip Nesser II", "P.", "II"},
		{"one name", "", "Plato", "", "Plato", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			name := Person(c.given, c.family, c.suffix).Name
			require.Equal(t, c.complete, name.CompleteName.Content)
			require.Equal(t, c.family, name.Surname.Content)
			if c.initials == "" {
				require.Nil(t, name.Given, "no empty attribute")
			} else {
				require.Equal(t, c.initials, name.Given.FormattedInitials.Content)
			}
			if c.addition != "" {
				require.Equal(t, c.addition, name.Addition[0].Content)
			}
		})
	}
}

func TestWordsThatAreNoPeople(t *testing.T) {
	for _, word := range []string{"Jr.", "jr", "III", "IV", "2nd", ",Sr."} {
		require.True(t, IsSuffix(word), word)
	}
	for _, word := range []string{"Li", "Ivy", "V."} {
		require.False(t, IsSuffix(word), word)
	}
	for _, name := range []string{"et al.", "Et Al", " ", "Anonymous"} {
		require.True(t, IsNobody(name), name)
	}
	require.False(t, IsNobody("Al Etienne"))
}
