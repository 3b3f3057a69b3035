package docid

import "strings"

// SeriesForms gives the other ways to write an identifier of the RFC Editor's series, without the zeros
// before its number and with them: of "BCP0048" they are "BCP 48" and "BCP 0048". Sources and people
// write them unevenly. Of any other identifier there are none.
func SeriesForms(id string) []string {
	id = strings.ToUpper(strings.TrimSpace(id))
	for _, series := range []string{"RFC", "BCP", "STD", "FYI"} {
		rest, ok := strings.CutPrefix(id, series)
		if !ok {
			continue
		}
		number := strings.TrimLeft(strings.TrimLeft(rest, " .-"), "0")
		if number == "" || strings.Trim(number, "0123456789") != "" {
			return nil
		}
		plain := series + " " + number
		padded := series + " " + strings.Repeat("0", max(0, 4-len(number))) + number
		if plain == padded {
			return []string{plain}
		}
		return []string{plain, padded}
	}
	return nil
}
