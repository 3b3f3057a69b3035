package relaton

import "testing"

func TestParseDate(t *testing.T) {
	for _, c := range []struct{ in, want, first, human string }{
		{"2021-07-05", "2021-07-05", "2021-07-05", "2021-07-05"},
		{"2021-07", "2021-07", "2021-07-01", "July 2021"},
		{"2021", "2021", "2021-01-01", "2021"},
		{"July 2021", "2021-07", "2021-07-01", "July 2021"},
		{"december 1969", "1969-12", "1969-12-01", "December 1969"},
		{"May 2020", "2020-05", "2020-05-01", "May 2020"},
		{"Sep 1998", "1998-09", "1998-09-01", "September 1998"},
		{" 2021-07 ", "2021-07", "2021-07-01", "July 2021"},
		{"2021-07-05T10:00:00Z", "2021-07-05", "2021-07-05", "2021-07-05"},
		{"2021-07-05 10:00:00 +0000", "2021-07-05", "2021-07-05", "2021-07-05"},
		{"2024-02-29", "2024-02-29", "2024-02-29", "2024-02-29"},
		{"2000-02-29", "2000-02-29", "2000-02-29", "2000-02-29"},
	} {
		d, ok := ParseDate(c.in)
		if !ok || d.String() != c.want || d.FirstDay() != c.first || d.Human() != c.human {
			t.Errorf("ParseDate(%q) = %v, %v: %q, first day %q, for people %q", c.in, d, ok, d.String(), d.FirstDay(), d.Human())
		}
	}
}

func TestParseDateRefuses(t *testing.T) {
	for _, in := range []string{
		"", " ", "soon", "21", "20211", "2021-7", "2021-13", "0999", "0009-12", "May 0020", "2021-00", "2021-07-00", "2021-07-32", "2021-02-29", "1900-02-29", "2021-04-31",
		"2021/07/05", "2021-07-5", "20x1", "2021-0x", "0000", "July", "July 0000", "Quintember 2021", "July 20x1", "July 2021 5", "5 July 2021", "-021",
	} {
		if d, ok := ParseDate(in); ok || d != (PartialDate{}) {
			t.Errorf("ParseDate(%q) = %v, %v", in, d, ok)
		}
	}
}

func TestPartialDateZero(t *testing.T) {
	var d PartialDate
	if d.String() != "" || d.FirstDay() != "" || d.Human() != "" || d.MonthName() != "" {
		t.Errorf("the zero date reads %q, %q, %q, %q", d.String(), d.FirstDay(), d.Human(), d.MonthName())
	}
}

func TestLatestDate(t *testing.T) {
	includes := func(dates ...Date) Relation {
		return Relation{Type: "includes", Bibitem: &Item{Date: dates}}
	}
	for _, c := range []struct {
		name string
		item Item
		want string
	}{
		{"the newest", Item{Date: []Date{{"2013-08-15", "published"}, {"2016-01-29", "updated"}, {"2007", "issued"}}}, "2016-01-29"},
		{"a day is newer than its month", Item{Date: []Date{{"2021-07", ""}, {"2021-07-02", ""}}}, "2021-07-02"},
		{"a month counts as its first day", Item{Date: []Date{{"2021-07", ""}, {"2021-06-30", ""}}}, "2021-07-01"},
		{"a year counts as its first day", Item{Date: []Date{{"2020-12", ""}, {"2021", ""}}}, "2021-01-01"},
		{"in words", Item{Date: []Date{{"July 2021", ""}, {"2021-06", ""}}}, "2021-07-01"},
		{"what is no date does not count", Item{Date: []Date{{"soon", ""}, {"1999", ""}}}, "1999-01-01"},
		{"of revision", Item{RevDate: "2021-06"}, "2021-06-01"},
		{"dates go before that of revision", Item{Date: []Date{{"1999", ""}}, RevDate: "2021-06"}, "1999-01-01"},
		{"of its parts", Item{Relation: []Relation{includes(Date{"1997-03", ""}), includes(Date{"2017-05", ""}), {Type: "updates", Bibitem: &Item{RevDate: "2020"}}}}, "2017-05-01"},
		{"its own goes before those of its parts", Item{Date: []Date{{"1999", ""}}, Relation: []Relation{includes(Date{"2017-05", ""})}}, "1999-01-01"},
		{"none", Item{Relation: []Relation{{Type: "updates", Bibitem: &Item{RevDate: "2020"}}}}, ""},
	} {
		if got := c.item.LatestDate(); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestPublicationDate(t *testing.T) {
	for _, c := range []struct {
		name             string
		dates            []Date
		cited, published string
	}{
		{"published", []Date{{"2016-01-29", "updated"}, {"2013-08", "published"}, {"2014", "published"}}, "2013-08", "2014-01-01"},
		{"not published", []Date{{"soon", "created"}, {"2007", "issued"}, {"2011", "updated"}}, "2007", ""},
		{"no date", nil, "", ""},
		{"unreadable", []Date{{"soon", "published"}}, "", ""},
	} {
		item := Item{Date: c.dates}
		d, ok := item.PublicationDate()
		if d.String() != c.cited || ok != (c.cited != "") || item.Published() != c.published {
			t.Errorf("%s: cited %q (%v), published %q", c.name, d, ok, item.Published())
		}
	}
}
