package datatracker

import (
	"context"
	"net/url"
	"regexp"
	"strings"

	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/relaton"
)

// document is an object of /api/v1/doc/document/ (https://datatracker.ietf.org/api/): the present state of a draft.
type document struct {
	Name        string   `json:"name"`
	Rev         string   `json:"rev"`
	Title       string   `json:"title"`
	Abstract    string   `json:"abstract"`
	Submissions []string `json:"submissions"` // paths of the API, oldest first
}

// submission is an object of /api/v1/submit/submission/: one version as it was submitted.
type submission struct {
	Name     string  `json:"name"`
	Rev      string  `json:"rev"`
	Title    string  `json:"title"`
	Abstract string  `json:"abstract"`
	Date     string  `json:"document_date"`
	Received string  `json:"submission_date"`
	Authors  authors `json:"authors"`
	State    string  `json:"state"` // a path of the API
}

type submissions struct {
	Objects []submission `json:"objects"`
}

// timeline is doc.json of a draft's page. It knows authors and dates of drafts that were not submitted
// through the Datatracker, which is younger than many of them.
type timeline struct {
	Authors authors `json:"authors"` // of the newest version
	History []struct {
		Name      string `json:"name"`
		Rev       string `json:"rev"`
		Published string `json:"published"`
	} `json:"rev_history"`
}

// revision is the form of a version's number.
var revision = regexp.MustCompile(`^[0-9]{2,3}$`)

var submissionPath = regexp.MustCompile(`^/api/v1/submit/submission/[0-9]+/$`)

var asJSON = url.Values{"format": {"json"}}

// lookUp gets a version of a draft, or the newest when version is empty.
func lookUp(ctx context.Context, fetch *external.Fetch, name, version string) (*relaton.Item, error) {
	var doc document
	if err := fetch.JSON(ctx, "/api/v1/doc/document/"+name+"/", asJSON, &doc); err != nil {
		return nil, err
	}
	switch {
	case doc.Name != name:
		return nil, fetch.Unreadable()
	case doc.Rev == "":
		return nil, noVersion(name, version)
	case !revision.MatchString(doc.Rev):
		return nil, fetch.Unreadable()
	case version != "" && version != doc.Rev:
		return earlier(ctx, fetch, name, version)
	}
	newest, err := latest(ctx, fetch, doc)
	if err != nil {
		return nil, err
	}
	newest.Name, newest.Rev, newest.Title, newest.Abstract = name, doc.Rev, doc.Title, doc.Abstract
	if !newest.hasDates() {
		return nil, fetch.Unreadable()
	}
	return newest.item(), nil
}

// latest gets authors and date of the newest version: from its submission, or else from its timeline.
func latest(ctx context.Context, fetch *external.Fetch, doc document) (submission, error) {
	var found submission
	if n := len(doc.Submissions); n > 0 && submissionPath.MatchString(doc.Submissions[n-1]) {
		err := fetch.JSON(ctx, doc.Submissions[n-1], asJSON, &found)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return found, err
		}
	}
	if found.Rev != "" && found.Rev != doc.Rev || found.Name != "" && found.Name != doc.Name { // it is about another version or draft
		found = submission{}
	}
	if len(found.Authors) > 0 && found.published() != "" {
		return found, nil
	}
	return found, complete(ctx, fetch, doc, &found)
}

// complete adds what a submission lacks. That there is no timeline is no reason to do without the draft.
func complete(ctx context.Context, fetch *external.Fetch, doc document, to *submission) error {
	var known timeline
	err := fetch.JSON(ctx, "/doc/"+doc.Name+"/doc.json", nil, &known)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if len(to.Authors) == 0 {
		to.Authors = known.Authors
	}
	for _, version := range known.History {
		if to.published() == "" && version.Name == doc.Name && version.Rev == doc.Rev {
			to.Date, _, _ = strings.Cut(version.Published, "T")
		}
	}
	return nil
}

// earlier gets a version that is not the newest any more, as it was submitted.
func earlier(ctx context.Context, fetch *external.Fetch, name, version string) (*relaton.Item, error) {
	var found submissions
	query := url.Values{"format": {"json"}, "name": {name}, "rev": {version}}
	if err := fetch.JSON(ctx, "/api/v1/submit/submission/", query, &found); err != nil {
		return nil, err
	}
	for _, submitted := range found.Objects {
		posted := submitted.State == "" || strings.HasSuffix(submitted.State, "/posted/") // others were withdrawn
		if posted && submitted.Name == name && submitted.Rev == version {
			if !submitted.hasDates() {
				return nil, fetch.Unreadable()
			}
			return submitted.item(), nil
		}
	}
	return nil, noVersion(name, version)
}

func noVersion(name, version string) error {
	return fault.New(fault.NotFound, "There is no version %q of %s", version, name)
}
