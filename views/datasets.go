package views

// datasetTitles says what the known datasets hold.
var datasetTitles = map[string]string{
	"rfcs":         "RFCs",
	"ids":          "Internet-Drafts",
	"rfcsubseries": "BCP, STD and FYI series",
	"misc":         "Miscellaneous standards and papers",
	"w3c":          "W3C technical reports",
	"3gpp":         "3GPP specifications",
	"ieee":         "IEEE standards",
	"iana":         "IANA registries",
	"nist":         "NIST publications",
	"xml2rfc":      "Archive of hand-made BibXML files",
}

// DatasetOf begins the model of a dataset with what follows from its name, the address of its
// repository and the commit last indexed (empty when none was).
func DatasetOf(name, repository, commit string) Dataset {
	return Dataset{
		Name:      name,
		Title:     datasetTitles[name],
		URL:       DatasetURL(name),
		RepoURL:   visitable(repository),
		Commit:    commit,
		CommitURL: CommitURL(repository, commit),
	}
}

// shortCommit is as much of a commit's name as people read.
func shortCommit(commit string) string {
	const length = 7
	if len(commit) > length {
		return commit[:length]
	}
	return commit
}
