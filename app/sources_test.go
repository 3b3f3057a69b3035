package app

import (
	"testing"

	"github.com/ietf-tools/bibxml/app/config"
)

func TestPushed(t *testing.T) {
	cfg, err := config.Load(func(name string) string {
		return map[string]string{
			"SOURCE_URL_IDS":  "https://reader:secret@github.com/ietf-tools/relaton-data-ids.git#next",
			"SOURCE_URL_MISC": "/srv/misc.git",
		}[name]
	})
	if err != nil {
		t.Fatal(err)
	}
	a := &App{cfg: cfg}
	for _, c := range []struct{ name, address, branch, want string }{
		{"as configured", "https://github.com/ietf-tools/relaton-data-rfcs", "main", "rfcs"},
		{"GitHub's form", "https://github.com/IETF-tools/relaton-data-rfcs.git", "main", "rfcs"},
		{"the archive", "https://github.com/ietf-tools/bibxml-data-archive.git", "main", "xml2rfc"},
		{"credentials of ours aside", "https://github.com/ietf-tools/relaton-data-ids.git", "next", "ids"},
		{"another branch", "https://github.com/ietf-tools/relaton-data-ids.git", "main", ""},
		{"another owner", "https://github.com/mallory/relaton-data-rfcs.git", "main", ""},
		{"a longer name", "https://github.com/ietf-tools/relaton-data-rfcs-fork", "main", ""},
		{"none", "", "main", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got, ok := a.pushed([]string{"", c.address}, c.branch); got != c.want || ok != (c.want != "") {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
