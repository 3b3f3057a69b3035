package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"

	"github.com/ietf-tools/bibxml/e2e/relevance"
)

// judgeSearch judges what the one search box finds in the real sources.
func judgeSearch(ctx context.Context, base string) (err error) {
	for _, list := range relevance.Lists() {
		score, failed := list.Judge(func(input string) ([]string, error) { return firstResults(ctx, base, input) })
		if failed != nil {
			return fmt.Errorf("judge the search: %w", failed)
		}
		score.Print(os.Stdout)
		err = errors.Join(err, score.Err())
	}
	return err
}

// firstResults gives the primary identifiers of the first page of results. A query in a path is escaped twice.
func firstResults(ctx context.Context, base, input string) ([]string, error) {
	address := base + "/api/v1/search/" + url.PathEscape(url.QueryEscape(input)) + "/?query_format=words"
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return nil, fmt.Errorf("%s: %s", address, response.Status)
	}
	var answer struct {
		Data []struct {
			Primary string `json:"primary_docid"`
		} `json:"data"`
	}
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil {
		return nil, fmt.Errorf("%s: %w", address, err)
	}
	ids := make([]string, len(answer.Data))
	for i, document := range answer.Data {
		ids[i] = document.Primary
	}
	return ids, nil
}
