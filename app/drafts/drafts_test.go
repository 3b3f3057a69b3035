package drafts

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func day(t *testing.T, text string) time.Time {
	t.Helper()
	d, err := time.Parse(time.DateOnly, text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// shelf holds series as "name|title|first|last|authors" and RFCs as "title|published|authors".
type shelf struct {
	series  []Series
	rfcs    []RFC
	authors map[int64][]string
}

func stock(t *testing.T, series, rfcs []string) shelf {
	t.Helper()
	s := shelf{authors: make(map[int64][]string)}
	names := func(list string) (all []string) {
		for _, name := range strings.Split(list, ",") {
			all = append(all, Surname(name, false))
		}
		return all
	}
	for i, line := range series {
		f := strings.Split(line, "|")
		s.series = append(s.series, Series{Name: f[0], Last: int64(i + 1), Title: f[1], Since: day(t, f[2]), Until: day(t, f[3])})
		s.authors[int64(i+1)] = names(f[4])
	}
	for i, line := range rfcs {
		f := strings.Split(line, "|")
		s.rfcs = append(s.rfcs, RFC{Document: int64(1000 + i), Title: f[0], Published: day(t, f[1])})
		s.authors[int64(1000+i)] = names(f[2])
	}
	return s
}

func TestMatching(t *testing.T) {
	for _, c := range []struct {
		name   string
		series []string
		rfcs   []string
		want   string
	}{
		{"the usual", []string{"draft-a|HTTP Semantics|2018-01-01|2021-09-12|Fielding,Nottingham"}, []string{"HTTP Semantics|2022-06-01|Fielding,Reschke"}, "[draft-a 0]"},
		{"case, punctuation, accents and markup", []string{"draft-a|The   “QUIC”-Protocol, R&amp;D <em>of</em> Módels|2018-01-01|2021-09-12|Müller"}, []string{"The QUIC protocol: R and D of Models|2022-06-01|MULLER"}, "[draft-a 0]"},
		{"another title", []string{"draft-a|HTTP Semantics|2018-01-01|2021-09-12|Fielding"}, []string{"HTTP Semantics 2|2022-06-01|Fielding"}, "[]"},
		{"an element is no markup", []string{"draft-a|The Operation|2018-01-01|2021-09-12|Ito"}, []string{"The <get2> Operation|2022-06-01|Ito"}, "[]"},
		{"other authors", []string{"draft-a|HTTP|2018-01-01|2021-09-12|Fielding"}, []string{"HTTP|2022-06-01|Reschke"}, "[]"},
		{"no authors", []string{"draft-a|HTTP|2018-01-01|2021-09-12|"}, []string{"HTTP|2022-06-01|"}, "[]"},
		{"the RFC is older", []string{"draft-a|HTTP|2018-01-01|2021-09-12|Ito"}, []string{"HTTP|2021-08-01|Ito"}, "[]"},
		{"in the month of the last version", []string{"draft-a|HTTP|2018-01-01|2021-09-12|Ito"}, []string{"HTTP|2021-09-01|Ito"}, "[draft-a 0]"},
		{"on a day before the last version", []string{"draft-a|HTTP|2018-01-01|2021-09-12|Ito"}, []string{"HTTP|2021-09-11|Ito"}, "[]"},
		{"after two years", []string{"draft-a|HTTP|2018-01-01|2021-09-12|Ito"}, []string{"HTTP|2023-09-01|Ito"}, "[draft-a 0]"},
		{"after more", []string{"draft-a|HTTP|2018-01-01|2021-09-12|Ito"}, []string{"HTTP|2023-10-01|Ito"}, "[]"},
		{"a renamed draft", []string{"draft-ito-a|HTTP|2018-01-01|2019-03-01|Ito", "draft-ietf-a|HTTP|2019-04-01|2021-09-12|Ito"}, []string{"HTTP|2021-12-01|Ito"}, "[draft-ietf-a 0]"},
		{"one more version of the former name", []string{"draft-ito-a|HTTP|2018-01-01|2020-05-20|Ito", "draft-ietf-a|HTTP|2020-04-01|2021-09-12|Ito"}, []string{"HTTP|2021-12-01|Ito"}, "[draft-ietf-a 0]"},
		{"two at once", []string{"draft-a|HTTP|2018-01-01|2021-01-01|Ito", "draft-b|HTTP|2019-04-01|2021-09-12|Ito"}, []string{"HTTP|2021-12-01|Ito"}, "[]"},
		{"two at once by other authors", []string{"draft-a|HTTP|2018-01-01|2021-01-01|Eco", "draft-b|HTTP|2019-04-01|2021-09-12|Ito"}, []string{"HTTP|2021-12-01|Ito"}, "[draft-b 0]"},
		{"the first part of a surname", []string{"draft-a|HTTP|2018-01-01|2021-01-01|Garcia"}, []string{"HTTP|2021-12-01|Garcia-Martin"}, "[draft-a 0]"},
		{"a short name is no part of another", []string{"draft-a|HTTP|2018-01-01|2021-01-01|Li"}, []string{"HTTP|2021-12-01|Liu"}, "[]"},
		{"two RFCs", []string{"draft-a|HTTP|2018-01-01|2021-01-01|Ito"}, []string{"HTTP|2021-12-01|Ito", "HTTP|2022-12-01|Ito"}, "[]"},
		{"an RFC and the next edition", []string{"draft-a|HTTP|2018-01-01|2021-01-01|Ito", "draft-abis|HTTP|2022-01-01|2022-06-01|Ito"}, []string{"HTTP|2021-12-01|Ito", "HTTP|2022-12-01|Ito"}, "[draft-a 0 draft-abis 1]"},
		{"titles without letters", []string{"draft-a|...|2018-01-01|2021-01-01|Ito"}, []string{"---|2021-12-01|Ito"}, "[]"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := stock(t, c.series, c.rfcs)
			var got []string
			for _, m := range Choose(Candidates(s.series, s.rfcs), s.series, s.rfcs, s.authors) {
				got = append(got, s.series[m.Series].Name, fmt.Sprint(m.RFC))
			}
			if fmt.Sprint(got) != c.want {
				t.Errorf("matches %v, want %s", got, c.want)
			}
		})
	}
}

func TestSurname(t *testing.T) {
	for name, want := range map[string]string{"Müller": "muller", "O'Brien": "obrien", "Łukasz": "lukasz", "van der Meer": "vandermeer", "": "", "…": "", "Eastlake 3rd": "eastlake", "Smith, Jr.": "smith", "Schoenwaelder": "schonwalder", "Schönwälder": "schonwalder", "Ito": "ito"} {
		if got := Surname(name, false); got != want {
			t.Errorf("Surname(%q) = %q, want %q", name, got, want)
		}
	}
	if got := Surname("Roy T. Fielding", true); got != "fielding" {
		t.Errorf("surname of a full name: %q", got)
	}
}

func TestReports(t *testing.T) {
	for _, c := range []struct {
		Report
		valid bool
	}{
		{Report{Became, "draft-ietf-quic-http", "rfc9114"}, true},
		{Report{Replaces, "draft-ietf-quic-http", "draft-shade-quic-http2-mapping"}, true},
		{Report{Replaces, "draft-a", "draft-a"}, false},
		{Report{Became, "draft-a", "rfc0"}, false},
		{Report{Became, "draft-a", "rfc09114"}, false},
		{Report{Became, "draft-a", "draft-b"}, false},
		{Report{Became, "rfc1", "rfc9114"}, false},
		{Report{Replaces, "draft-a", "rfc9114"}, false},
		{Report{Replaces, "draft-a<script>", "draft-b"}, false},
		{Report{Replaces, "draft-a", "draft-" + strings.Repeat("b", 300)}, false},
		{Report{"obs", "draft-a", "draft-b"}, false},
		{Report{}, false},
	} {
		if c.IsValid() != c.valid {
			t.Errorf("%+v: valid is %v", c.Report, !c.valid)
		}
	}
	if got := (Report{Target: "rfc9114"}).RFC(); got != "RFC 9114" {
		t.Errorf("RFC() = %q", got)
	}
}
