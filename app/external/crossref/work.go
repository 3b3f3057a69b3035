package crossref

import (
	"encoding/json"
	"strconv"

	"github.com/ietf-tools/bibxml/app/relaton"
)

// work is the message of /works/<doi>, as far as it is used. Publishers deposit what they like, so every
// field accepts any shape, and holds nothing when it cannot be read.
type work struct {
	DOI           text         `json:"DOI"`
	URL           text         `json:"URL"`
	Type          text         `json:"type"`
	Title         texts        `json:"title"`
	Subtitle      texts        `json:"subtitle"`
	OriginalTitle texts        `json:"original-title"`
	ShortTitle    texts        `json:"short-title"`
	Container     texts        `json:"container-title"`
	ShortName     texts        `json:"short-container-title"`
	GroupTitle    texts        `json:"group-title"`
	Author        contributors `json:"author"`
	Editor        contributors `json:"editor"`
	Translator    contributors `json:"translator"`
	Chair         contributors `json:"chair"`
	Publisher     text         `json:"publisher"`
	Volume        text         `json:"volume"`
	Issue         text         `json:"issue"`
	JournalIssue  issue        `json:"journal-issue"`
	Page          text         `json:"page"`
	Abstract      text         `json:"abstract"`
	Language      text         `json:"language"`
	ISSN          texts        `json:"ISSN"`
	ISBN          texts        `json:"ISBN"`
	Issued        date         `json:"issued"`
	Published     date         `json:"published"`
	InPrint       date         `json:"published-print"`
	Online        date         `json:"published-online"`
}

type contributor struct {
	Given       text         `json:"given"`
	Family      text         `json:"family"`
	Suffix      text         `json:"suffix"`
	Name        text         `json:"name"` // of an organization
	Affiliation affiliations `json:"affiliation"`
}

type affiliation struct {
	Name text `json:"name"`
}

// text is a string, or a number where a string is meant.
type text string

func (t *text) UnmarshalJSON(data []byte) error {
	var value any
	_ = json.Unmarshal(data, &value) // the decoder has seen that it is JSON
	switch value := value.(type) {
	case string:
		*t = text(value)
	case float64:
		*t = text(strconv.FormatFloat(value, 'f', -1, 64))
	}
	return nil
}

// texts is a list of strings, or one.
type texts []text

func (t *texts) UnmarshalJSON(data []byte) error {
	*t = list[text](data)
	return nil
}

type contributors []contributor

func (c *contributors) UnmarshalJSON(data []byte) error {
	*c = list[contributor](data)
	return nil
}

type affiliations []affiliation

func (a *affiliations) UnmarshalJSON(data []byte) error {
	*a = list[affiliation](data)
	return nil
}

type issue struct{ Issue text }

func (i *issue) UnmarshalJSON(data []byte) error {
	var fields map[string]text
	if json.Unmarshal(data, &fields) == nil {
		i.Issue = fields["issue"]
	}
	return nil
}

// list reads a list without the entries that cannot be read, or a single one.
func list[T any](data []byte) []T {
	var entries []json.RawMessage
	if json.Unmarshal(data, &entries) != nil {
		entries = []json.RawMessage{data}
	}
	var out []T
	for _, entry := range entries {
		var value T
		if string(entry) != "null" && json.Unmarshal(entry, &value) == nil {
			out = append(out, value)
		}
	}
	return out
}

// date is a partial date: {"date-parts": [[2016, 7, 12]]}, [[2016]], or [[null]] when it is unknown.
type date relaton.PartialDate

func (d *date) UnmarshalJSON(data []byte) error {
	var value struct {
		Parts [][]*int `json:"date-parts"`
	}
	if json.Unmarshal(data, &value) != nil || len(value.Parts) == 0 {
		return nil
	}
	var parts [3]int
	for i, part := range value.Parts[0] {
		if part == nil || i >= len(parts) {
			break
		}
		parts[i] = *part //nolint:gosec // i is less than the length
	}
	read := relaton.PartialDate{Year: parts[0], Month: parts[1], Day: parts[2]}
	for _, try := range []relaton.PartialDate{read, {Year: read.Year, Month: read.Month}, {Year: read.Year}} {
		if known, ok := relaton.ParseDate(try.String()); ok { // the calendar has it
			*d = date(known)
			return nil
		}
	}
	return nil
}
