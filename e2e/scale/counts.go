package main

import (
	"bufio"
	"context"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/ietf-tools/bibxml/e2e/harness"
)

// counted are the counters, by the beginning of the addresses that they count.
var counted = map[string]string{
	"/public/rfc/":            "bibxml_service_xml2rfc_api_bibitem_hits_total",
	"/api/v1/by-docid/":       "bibxml_service_api_bibitem_hits_total",
	"/api/v1/search/":         "bibxml_service_api_search_hits_total",
	"/get-one/by-docid/":      "bibxml_service_gui_bibitem_hits_total",
	"/search/":                "bibxml_service_gui_search_hits_total",
	"/indexed-sources/":       "", // not counted
	"/api/v1/ref/":            "",
	"/api/v1/management/rfcs": "",
}

// counterOf gives the counter of an address; nothing when it is not counted.
func counterOf(path string) (string, error) {
	if path == "/" {
		return "bibxml_service_gui_home_page_hits_total", nil
	}
	for prefix, counter := range counted {
		if strings.HasPrefix(path, prefix) {
			return counter, nil
		}
	}
	return "", fmt.Errorf("no rule says which counter counts %s", path)
}

// counts adds up the counters of all web processes, whatever their labels.
func (f *fleet) counts(ctx context.Context) (map[string]int, error) {
	all := make(map[string]int)
	for _, web := range f.webs {
		if err := addCounts(ctx, web.Base+"/metrics/", all); err != nil {
			return nil, err
		}
	}
	return all, nil
}

func addCounts(ctx context.Context, address string, all map[string]int) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	request.SetBasicAuth("ietf", harness.Secret)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s", address, response.Status)
	}
	lines := bufio.NewScanner(response.Body)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		name, value, ok := sample(lines.Text())
		if !ok || !strings.HasPrefix(name, "bibxml_service_") {
			continue
		}
		n, err := strconv.ParseFloat(value, 64)
		if err != nil {
			return fmt.Errorf("%s: %w", lines.Text(), err)
		}
		all[name] += int(n)
	}
	return lines.Err()
}

// sample takes a line of metrics apart: its name without labels, and its value.
func sample(line string) (name, value string, ok bool) {
	at := strings.LastIndexByte(line, ' ')
	if at < 0 || strings.HasPrefix(line, "#") {
		return "", "", false
	}
	name, _, _ = strings.Cut(line[:at], "{")
	return name, line[at+1:], true
}
