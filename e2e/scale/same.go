package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"
)

// addresses are what all web processes must answer alike: every kind of answer, failures among them.
func (f *fleet) addresses() []string {
	all := []string{
		"/", "/about", "/api/v1/", "/openapi.yaml", "/robots.txt", "/indexed-sources/relaton-data-rfcs/", "/search/?query=state",
		"/indexed-sources/relaton-data-rfcs/document-7/", "/indexed-sources/relaton-data-rfcs/?after=document-50",
		"/api/v1/search/RFC%201/", "/api/v1/search/state/?query_format=websearch&page=2", "/api/v1/search/x/?query_format=none",
		"/api/v1/by-docid/?docid=RFC+999999", "/api/v1/by-docid/", "/public/rfc/bibxml/reference.RFC.999999.xml", "/nothing/here",
		"/get-bibliographic-item/?query=RFC+3", "/api/v1/management/rfcs/status/",
	}
	for i := 1; i <= 60; i++ {
		id := strings.ReplaceAll(f.source.ID(i), " ", "+")
		all = append(all, f.source.Path(i), "/api/v1/by-docid/?docid="+id, "/get-one/by-docid/?docid="+id,
			"/api/v1/by-docid/?format=bibxml&docid="+id, "/get-one/export/?format=bibxml&docid="+id)
	}
	for g := 1; g <= f.source.Groups(); g++ {
		all = append(all, f.source.GroupPath(g))
	}
	return all
}

// comparedHeaders are those that say something about the answer.
var comparedHeaders = []string{
	"ETag", "Content-Type", "Content-Encoding", "Cache-Control", "Vary", "Location", "Content-Disposition",
	"X-Xml2rfc-Anchor", "X-Resolution-Methods", "X-Resolution-Outcomes", "Content-Security-Policy",
}

// sameAnswers asks every web process for everything, twice: the second answers are those that were kept.
func (f *fleet) sameAnswers(ctx context.Context) error {
	addresses := f.addresses()
	for range 2 {
		for _, address := range addresses {
			if err := f.sameAnswer(ctx, address); err != nil {
				return err
			}
		}
	}
	fmt.Printf("%d web processes gave the same answers, headers included, at %d addresses.\n", webs, len(addresses))
	return nil
}

func (f *fleet) sameAnswer(ctx context.Context, address string) error {
	var first string
	for n := 0; n < webs; n++ {
		answer, err := direct(ctx, f.webs[n].Base+address)
		if err != nil {
			return err
		}
		switch {
		case n == 0:
			first = answer
		case answer != first && sinceChanged(first, answer):
			n = -1 // the text that tells the age of the index has just changed: begin anew
			time.Sleep(10 * time.Millisecond)
		case answer != first:
			return fmt.Errorf("%s: process 1 and process %d differ:\n%.2000s\n----\n%.2000s", address, n+1, first, answer)
		}
	}
	return nil
}

// ages are the words with which pages tell how old the index is.
func sinceChanged(a, b string) bool {
	return strings.Contains(a, "just now") && strings.Contains(b, "minute ago") ||
		strings.Contains(a, "minute ago") && strings.Contains(b, "minutes ago")
}

// direct asks one process, and gives all of the answer that is meant for the client.
func direct(ctx context.Context, address string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	request.Host = "localhost"
	request.Header.Set("X-Request-Id", "the-same-for-all")
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := client.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	var all strings.Builder
	fmt.Fprintln(&all, response.Status)
	for _, name := range comparedHeaders {
		fmt.Fprintf(&all, "%s: %s\n", name, response.Header.Values(name))
	}
	all.Write(body)
	return all.String(), err
}
