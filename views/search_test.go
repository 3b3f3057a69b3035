package views

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPageNumbers(t *testing.T) {
	tests := []struct {
		name          string
		current, last int
		want          []int
	}{
		{"one", 1, 1, []int{1}},
		{"few", 2, 4, []int{1, 2, 3, 4}},
		{"at the start", 1, 40, []int{1, 2, 3, 0, 40}},
		{"in the middle", 20, 40, []int{1, 0, 18, 19, 20, 21, 22, 0, 40}},
		{"at the end", 40, 40, []int{1, 0, 38, 39, 40}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			assert.Equal(t, test.want, pageNumbers(test.current, test.last))
		})
	}
}

func TestWhatWasFound(t *testing.T) {
	hits := make([]Hit, 3)
	assert.Equal(t, "No documents found", found(Search{Page: 1}))
	assert.Equal(t, "1 document", found(Search{Hits: hits[:1], Total: 1}))
	assert.Equal(t, "43 documents", found(Search{Hits: hits, Total: 43}))
	assert.Equal(t, "400+ documents", found(Search{Hits: hits, Total: 400, Capped: true}))
	assert.Equal(t, "41 to 43, newest first", shown(Search{Hits: hits, Total: 43, Page: 5, PageSize: 10}))
	assert.Equal(t, 5, lastPage(Search{Total: 43, PageSize: 10}))
	assert.Equal(t, 1, lastPage(Search{}))
}

func TestFormatInUseIsOffered(t *testing.T) {
	assert.Equal(t, QueryFormats, formatChoices("docid_regex"))
	assert.Equal(t, QueryFormats, formatChoices(""))
	assert.Equal(t, "unheard-of", formatChoices("unheard-of")[len(QueryFormats)].Value)
}

func TestNotices(t *testing.T) {
	hits := make([]Hit, 1)
	assert.Empty(t, notices(Search{Hits: hits, Total: 1, Format: "websearch", Asked: "websearch"}))
	assert.Equal(t, []string{"Nothing was found as “Part of an identifier”. These were found as “Words”."},
		notices(Search{Hits: hits, Total: 1, Format: "websearch", Asked: "docid_regex"}))
	assert.Empty(t, notices(Search{Format: "json_repr", Asked: "docid_regex"}))
	assert.Len(t, notices(Search{Hits: hits, Total: 400, Capped: true, NoSuchPage: true}), 2)
}

func TestResultsHeading(t *testing.T) {
	assert.Equal(t, "No documents found", resultsHeading(Search{}))
	assert.Equal(t, "Query not understood", resultsHeading(Search{Problem: "It is wrong."}))
	assert.Equal(t, "Search cut off", resultsHeading(Search{Problem: "It took too long.", CutOff: true}))
}
