package main

import (
	"math/rand/v2"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/e2e/states"
)

const (
	readers = 6
	pause   = 10 * time.Millisecond
	// visitShare is how many of the questions are for other things than states: one of that many.
	visitShare = 5
)

// visits are requests whose answers tell no state, with the statuses that are right for them beside 200.
var visits = []struct {
	path string
	also []int
}{
	{"/", nil},
	{"/about", nil},
	{"/healthz/", nil},
	{"/openapi.yaml", nil},
	{"/nothing/here", []int{http.StatusNotFound}},
	{"/search/?query=state", nil},
	{"/api/v1/search/%5B%5B/?query_format=json_path", nil},
	{"/api/v1/search/RFC%20%3F/", nil},
	{"/get-one/export/?docid=RFC+{n}&format=bibxml", nil},
	{"/public/rfc/bibxml/reference.RFC.99{n}.xml", []int{http.StatusNotFound}},
	// Others are asked for these. They know nothing, or do not answer.
	{"/public/rfc/bibxml3/reference.I-D.nobody-{n}.xml", []int{http.StatusNotFound, http.StatusBadGateway}},
	{"/public/rfc/bibxml7/reference.DOI.10.1000_{n}.xml", []int{http.StatusNotFound, http.StatusBadGateway}},
	{"/api/v1/ref/doi/10.1000%2F{n}/", []int{http.StatusNotFound, http.StatusBadGateway}},
	{"/api/v1/by-docid/?docid=draft-nobody-{n}-00&doctype=Internet-Draft", []int{http.StatusNotFound, http.StatusBadGateway}},
}

// mixed asks mostly for documents, and now and then for something else.
func (s *scene) mixed(r *rand.Rand) states.Question {
	if r.IntN(visitShare) > 0 {
		return states.OneOf(s.sources)(r)
	}
	v := visits[r.IntN(len(visits))]
	number := strconv.Itoa(1000 + r.IntN(s.sources[0].Documents-1000+1))
	return states.Question{Path: strings.ReplaceAll(v.path, "{n}", number), Source: s.sources[0], Also: v.also}
}
