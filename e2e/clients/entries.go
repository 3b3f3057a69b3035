package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os/exec"
	"strings"
)

// entry is a document whose entry for kramdown-rfc is tried, and what the draft that is made of it must contain.
type entry struct {
	docID, docType string
	want           []string
}

// entries cover what kramdown-rfc discards silently when it is written otherwise.
var entries = []entry{
	{"ANSI X3-4.1986", "ANSI", []string{`<date year="1986"`}},
	{"RFC 9000", "IETF", []string{`<date year="2021" month="May"`, `initials="J."`, `surname="Iyengar"`}},
	{"W3C REC-xml-20081126", "W3C", []string{`<date year="2008" month="November" day="26"`, `<seriesInfo name="W3C" value="REC-xml-20081126"`}},
	{"IANA tls-parameters", "IANA", []string{`<date />`}},
	{"BCP 14", "IETF", []string{`<reference anchor="RFC2119"`, `<reference anchor="RFC8174"`, `<seriesInfo name="BCP" value="14"`}},
	// RFC 791 is indexed; the other members are for kramdown-rfc to fetch.
	{"STD 5", "IETF", []string{`<reference anchor="RFC0791"`, `&RFC0792;`, `&RFC1112;`}},
}

// tryEntries has kramdown-rfc build a draft of each entry, without fetching anything: it must understand all of it.
func tryEntries(ctx context.Context, base string) error {
	if missing := missing([]string{"kramdown-rfc"}); missing != "" {
		fmt.Printf("LEFT OUT: entries for kramdown-rfc (%s is not installed, see scripts/needs)\n", missing)
		return nil
	}
	var failures []error
	for _, e := range entries {
		if err := e.try(ctx, base); err != nil {
			failures = append(failures, fmt.Errorf("entry of %s: %w", e.docID, err))
		}
	}
	if len(failures) == 0 {
		fmt.Printf("kramdown-rfc, entries: drafts of %d documents\n", len(entries))
	}
	return errors.Join(failures...)
}

func (e entry) try(ctx context.Context, base string) error {
	written, err := read(ctx, base+"/api/v1/by-docid/?"+url.Values{"docid": {e.docID}, "doctype": {e.docType}, "format": {"kramdown"}}.Encode())
	if err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, "kramdown-rfc", "--v3")
	cmd.Stdin = strings.NewReader(fmt.Sprintf(frame, false, "  "+strings.ReplaceAll(written, "\n", "\n  "), ""))
	var said bytes.Buffer
	cmd.Stderr = &said
	draft, err := cmd.Output()
	if err != nil {
		return fmt.Errorf("%w\n%s", err, said.Bytes())
	}
	if strings.Contains(said.String(), "***") {
		return fmt.Errorf("kramdown-rfc warns: %s", said.Bytes())
	}
	for _, want := range e.want {
		if !bytes.Contains(draft, []byte(want)) {
			return fmt.Errorf("the draft lacks %s:\n%s", want, draft)
		}
	}
	return nil
}

func read(ctx context.Context, address string) (string, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return "", err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", address, response.Status)
	}
	return string(body), err
}
