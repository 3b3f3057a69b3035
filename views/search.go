package views

import "strconv"

// searchPartial is the id of the part of the search page that changes from one search to the next.
const searchPartial = "results"

// queryShown is as many bytes of a query as are repeated in words.
const queryShown = 100

func searchTitle(m Search) string {
	title := "Search"
	if m.Query != "" {
		title = shorten(m.Query, queryShown) + " – " + title
	}
	if m.Page > 1 {
		title += ", page " + strconv.Itoa(m.Page)
	}
	return title
}

// found says how many documents there are and which of them are shown.
func found(m Search) string {
	if m.Total == 0 || len(m.Hits) == 0 {
		return "No documents found"
	}
	if m.Capped {
		return number(m.Total) + "+ documents"
	}
	return counted(m.Total, "document")
}

func shown(m Search) string {
	first := (m.Page-1)*m.PageSize + 1
	return number(first) + " to " + number(first+len(m.Hits)-1) + ", newest first"
}

func lastPage(m Search) int {
	if m.PageSize < 1 {
		return 1
	}
	return max(1, (m.Total+m.PageSize-1)/m.PageSize)
}

// pageNumbers gives the pages to link to: the ends and the neighbours of the current one. Zero stands
// for pages left out.
func pageNumbers(current, last int) []int {
	const around = 2
	var numbers []int
	for page := 1; page <= last; page++ {
		near := page >= current-around && page <= current+around
		switch {
		case page == 1, page == last, near:
			numbers = append(numbers, page)
		case numbers[len(numbers)-1] != 0:
			numbers = append(numbers, 0)
		}
	}
	return numbers
}
