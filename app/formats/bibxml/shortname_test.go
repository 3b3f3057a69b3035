package bibxml

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestShortName(t *testing.T) {
	for _, c := range []struct {
		name              string
		author            Author
		surname, initials string
	}{
		{"parts", Author{Full: "Donald E. Eastlake 3rd", Initials: "D.", Surname: "Eastlake 3rd"}, "Eastlake 3rd", "D."},
		{"initials without a dot", Author{Initials: "JL", Surname: "Le Roux"}, "Le Roux", "JL."},
		{"several initials stay as they are", Author{Initials: "S P", Surname: "Romano"}, "Romano", "S P."},
		{"initials of another script", Author{Initials: "明", Surname: "山田"}, "山田", "明"},
		{"a full name alone", Author{Full: "Anders Berglund"}, "Berglund", "A."},
		{"a full name with particles", Author{Full: "Jean van der Berg"}, "Berg", "J. V. D."},
		{"a surname without initials is not looked at", Author{Full: "D. E. Eastlake 3rd", Surname: "Eastlake"}, "3rd", "D. E. E."},
		{"letters beyond ASCII", Author{Full: "émile Müller-Łukasz"}, "Müller-Łukasz", "É."},
		{"an apostrophe", Author{Full: "Conan O’Fallon"}, "O’Fallon", "C."},
		{"a single letter has no dot", Author{Full: "Joshue O Connor"}, "Connor", "J. O"},
		{"one word", Author{Full: "Mitra"}, "Mitra", ""},
		{"another script", Author{Full: "太郎 山田", Surname: "山田"}, "太郎 山田", ""},
		{"two scripts", Author{Full: "Taro 山田"}, "Taro 山田", ""},
		{"a surname alone", Author{Surname: "Petrov"}, "Petrov", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			surname, initials := c.author.ShortName()
			require.Equal(t, c.surname, surname)
			require.Equal(t, c.initials, initials)
		})
	}
}

func TestMonthNumber(t *testing.T) {
	for _, c := range []struct{ year, month, want string }{
		{"1992", "", ""}, {"1992", "May", "05"}, {"2021", "December", "12"}, {"", "", ""}, {"", "May", ""}, {"1992", "Spring", ""},
	} {
		require.Equal(t, c.want, Reference{Year: c.year, Month: c.month}.MonthNumber(), "%s %s", c.month, c.year)
	}
}
