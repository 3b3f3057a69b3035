package main

import (
	"context"
	"fmt"
	"strings"
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
		measured, err := web.Metrics(ctx)
		if err != nil {
			return nil, err
		}
		for name, value := range measured {
			if strings.HasPrefix(name, "bibxml_service_") {
				all[name] += int(value)
			}
		}
	}
	return all, nil
}
