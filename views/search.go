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

// resultsHeading heads the part of the page that changes.
func resultsHeading(m Search) string {
	switch {
	case m.CutOff:
		return "Search cut off"
	case m.Problem != "":
		return "Query not understood"
	}
	return found(m)
}

// notices are what the visitor should know about the results.
func notices(m Search) []string {
	var all []string
	if m.NoSuchPage && len(m.Hits) > 0 {
		all = append(all, "The page that was asked for does not exist, or not any more. This is the first one.")
	}
	if m.Asked != "" && m.Asked != m.Format && len(m.Hits) > 0 {
		all = append(all, "Nothing was found as “"+formatLabel(m.Asked)+"”. These were found as “"+formatLabel(m.Format)+"”.")
	}
	if m.Capped {
		all = append(all, "There are more than these. The newest "+number(m.Total)+" are listed; add a word to narrow the search.")
	}
	return all
}

// formatLabel names a query language as pages do.
func formatLabel(format string) string {
	for _, offered := range QueryFormats {
		if offered.Value == format {
			return offered.Label
		}
	}
	return format
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
