package web

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/catalog"
	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/formats"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/metrics"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/search"
	"github.com/ietf-tools/bibxml/app/xml2rfc"
	"github.com/ietf-tools/bibxml/app/xml2rfc/compat"
)

// shelf is an index of a few RFCs and an archive in memory. What these tests do not ask for is left to the
// nil interface, which would panic.
type shelf struct {
	catalog.Store
	archive []xml2rfc.Archived // by directory and name
	asked   int                // how often documents were looked for
	err     error
}

func (s *shelf) Candidates(_ context.Context, q docid.Query) ([]docid.Candidate, error) {
	s.asked++
	for key, id := range []string{"RFC 1", "RFC 2"} {
		if q.Value == id {
			return []docid.Candidate{{Document: int64(key + 1), ID: docid.ID{ID: id, Type: "IETF", Primary: true}}}, nil
		}
	}
	return nil, s.err
}

func (s *shelf) Load(_ context.Context, key int64) (*merge.Document, error) {
	return &merge.Document{Key: key, Item: &relaton.Item{
		DocID: []docid.ID{{ID: fmt.Sprint("RFC ", key), Type: "IETF", Primary: true}},
		Title: []relaton.Title{{Text: relaton.Text{Content: fmt.Sprint("Number ", key)}}},
	}}, nil
}

func (s *shelf) Archived(_ context.Context, dir, file string) (*xml2rfc.Archived, error) {
	for _, archived := range s.archive {
		if archived.Dir == dir && archived.File == file {
			return &archived, nil
		}
	}
	return nil, fault.New(fault.NotFound, "no such file")
}

func (s *shelf) ArchiveDirectories(context.Context) ([]compat.Directory, error) {
	var dirs []compat.Directory
	for _, archived := range s.archive {
		if last := len(dirs) - 1; last < 0 || dirs[last].Name != archived.Dir {
			dirs = append(dirs, compat.Directory{Name: archived.Dir})
		}
		dirs[len(dirs)-1].Files++
	}
	return dirs, s.err
}

func (s *shelf) ArchiveFiles(_ context.Context, dir, after string, limit int) ([]xml2rfc.Archived, error) {
	var files []xml2rfc.Archived
	for _, archived := range s.archive {
		if archived.Dir == dir && archived.File > after && len(files) < limit {
			files = append(files, archived)
		}
	}
	return files, s.err
}

func (s *shelf) Sources(context.Context) ([]catalog.Source, error) {
	return []catalog.Source{{Dataset: "rfcs", Records: 2}, {Dataset: "xml2rfc", Records: len(s.archive)}}, nil
}

func (s *shelf) Newest(context.Context, int) ([]int64, error) { return nil, s.err }

func (s *shelf) Find(context.Context, search.Request) ([]search.Hit, bool, error) {
	return nil, false, s.err
}

func (s *shelf) Carriers(context.Context, []string, string) ([]search.Carrier, error) {
	return nil, s.err
}

func (s *shelf) Beginning(context.Context, string) ([]search.Carrier, error) { return nil, s.err }

func (s *shelf) Nearest(context.Context, string) ([]search.Carrier, error) { return nil, s.err }

func (s *shelf) Spellings(context.Context, []string) ([]search.Spelling, error) { return nil, s.err }

func (s *shelf) Records(ctx context.Context, keys []int64) (map[int64][]merge.Record, error) {
	records := map[int64][]merge.Record{}
	for _, key := range keys {
		doc, _ := s.Load(ctx, key) // it does not fail
		records[key] = []merge.Record{{Dataset: "rfcs", Ref: fmt.Sprint("RFC", key), Item: doc.Item}}
	}
	return records, nil
}

func (s *shelf) Targets(context.Context, []docid.ID) (map[docid.ID]int64, error) { return nil, nil }

func (s *shelf) Referring(context.Context, map[int64][]string, []string, int) ([]catalog.Reference, error) {
	return nil, nil
}

func (s *shelf) ReferredTo(context.Context, map[int64][]string, []string, int64) (map[int64][]string, error) {
	return nil, nil
}

func (s *shelf) Resolve(context.Context, []docid.ID) (map[docid.ID]int64, map[int64][]merge.Record, error) {
	return nil, nil, s.err
}

func (s *shelf) Search(context.Context, search.Query) ([]int64, int, error) { return nil, 0, s.err }

func archived(dir, anchor, xml string) xml2rfc.Archived {
	return xml2rfc.Archived{Dir: dir, File: "reference." + anchor + ".xml", XML: xml, HasXML: xml != ""}
}

// newShelf has one archived file of each outcome.
func newShelf() *shelf {
	mapped := archived("bibxml2", "OLD.NAME", `<reference anchor="OLD.NAME"><front><title>Old</title></front></reference>`)
	mapped.PrimaryDocID = "RFC 2"
	return &shelf{archive: []xml2rfc.Archived{
		archived("bibxml", "RFC.0001", `<reference anchor="RFC0001"><front><title>Number 1</title><author/></front><seriesInfo name="RFC" value="1"/></reference>`),
		archived("bibxml", "RFC.0002", `<reference anchor="RFC0002"><front><title>Number 2</title><author/></front></reference>`),
		archived("bibxml", "RFC.0003", `<reference anchor="RFC0003"><front><title>Number 3</title><author/></front></reference>`),
		mapped,
		archived("bibxml99", "X.1", `<reference anchor="X.1"/>`),
	}}
}

// service is the whole handler over a shelf, with what a test changes.
func service(shelf *shelf, generation Generation, change ...func(*Deps)) http.Handler {
	docs := catalog.New(shelf)
	deps := Deps{
		Site: Site{Service: "BibXML", Hosts: []string{"example.com"}}, Secrets: []string{"secret"}, Datasets: []string{"rfcs"}, CacheBytes: 1 << 20,
		Repositories: func(string) merge.SourceInfo { return merge.SourceInfo{} },
		Catalog:      docs, Resolver: &xml2rfc.Resolver{Finder: shelf, Documents: shelf, Archive: shelf}, Archive: shelf,
		Formats: formats.NewSet(),
		Hits:    metrics.NewHits(prometheus.NewRegistry()), Generation: generation,
		Report: func(context.Context, error, map[string]string) {}, Log: slog.New(slog.NewTextHandler(io.Discard, nil)),
		Sealer: sealer(),
	}
	new(office).wire(&deps)
	for _, change := range change {
		change(&deps)
	}
	return New(deps)
}

// open asks for a page of the management, signed in.
func open(service http.Handler, target string) *httptest.ResponseRecorder {
	request := httptest.NewRequest(http.MethodGet, target, nil)
	request.SetBasicAuth("ietf", "secret")
	recorder := httptest.NewRecorder()
	service.ServeHTTP(recorder, request)
	return recorder
}

func TestExplorer(t *testing.T) {
	const explorer = "/management/xml2rfc-compat/"
	service := service(newShelf(), &fakeGeneration{number: 1, known: true})
	tests := []struct {
		name, path string
		status     int
		location   string
		shows      []string
	}{
		{"the door", "/management/", 200, "", []string{"rfcs", "xml2rfc", explorer}},
		{"the sources", "/management/indexable-sources/", 200, "", []string{"rfcs"}},
		{"directories", explorer, 200, "", []string{">bibxml<", "bibxml-rfcs", explorer + "bibxml-nist/", "bibxml99", "Nobody can ask"}},
		{"a path that was typed", explorer + "?path=bibxml-rfcs%2F_reference.RFC.1.xml", 302, explorer + "bibxml/reference.RFC.1.xml/", nil},
		{"no path", explorer + "?path=bibxml%2Fx", 200, "", []string{"look like reference.&lt;anchor&gt;.xml", `value="bibxml/x"`}},

		{"a directory", explorer + "bibxml/", 200, "", []string{"3 archived files", "reference.RFC.0001.xml", "reference.RFC.0003.xml", ">Same<", ">Better<", ">Missing<"}},
		{"a directory without its slash", explorer + "bibxml", 301, explorer + "bibxml/", nil},
		{"a directory by its alias", explorer + "bibxml-rfcs/?outcome=same", 301, explorer + "bibxml/?outcome=same", nil},
		{"a directory without archived files", explorer + "bibxml7/", 200, "", []string{"no files of this directory"}},
		{"a directory that does not exist", explorer + "nope/", 404, "", nil},
		{"a directory of the archive alone", explorer + "bibxml99/", 404, "", nil},
		{"an outcome that does not exist", explorer + "bibxml/?outcome=good", 400, "", nil},
		{"an anchor that was typed", explorer + "bibxml/?path=RFC.1", 302, explorer + "bibxml/reference.RFC.1.xml/", nil},
		{"a file that was typed", explorer + "bibxml/?path=_reference.RFC.1.xml", 302, explorer + "bibxml/reference.RFC.1.xml/", nil},
		{"nonsense that was typed", explorer + "bibxml/?path=%3Cb%3E", 404, "", nil},

		{"the same", explorer + "bibxml/reference.RFC.0001.xml/", 200, "", []string{"says the same", "IETF RFC 1", "There is no sidecar", "The archive has the XML", "Used"}},
		{"better", explorer + "bibxml/reference.RFC.0002.xml/", 200, "", []string{"nothing is lost", "seriesInfo RFC", "added", "<ins>"}},
		{"missing", explorer + "bibxml/reference.RFC.0003.xml/", 200, "", []string{"Only the archive has it", "IETF RFC 3", "not found"}},
		{"worse, by sidecar", explorer + "bibxml2/reference.OLD.NAME.xml/", 200, "", []string{"gone or changed", "RFC 2", "Number 2", "<del>", "changed"}},
		{"not archived", explorer + "bibxml/reference.RFC.1.xml/", 200, "", []string{"Not archived", "/public/rfc/bibxml/reference.RFC.1.xml", "not indexed"}},
		{"without its slash", explorer + "bibxml/reference.RFC.1.xml", 301, explorer + "bibxml/reference.RFC.1.xml/", nil},
		{"by alias and underscore", explorer + "bibxml-rfcs/_reference.RFC.1.xml/", 301, explorer + "bibxml/reference.RFC.1.xml/", nil},
		{"nowhere to be found", explorer + "bibxml/reference.RFC.9.xml/", 404, "", []string{"IETF RFC 9", "not found", "not indexed", "There is no sidecar", "404 Not Found"}},
		{
			"in a wrong spelling", explorer + "bibxml/reference.rfc1.xml/", 404, "",
			[]string{"rfc1", "not found", `href="/public/rfc/bibxml/reference.RFC.0001.xml"`},
		},
		{"in a wrong directory", explorer + "bibxml9/reference.RFC.1.xml/", 404, "", []string{"RFC.1", `href="/public/rfc/bibxml/reference.RFC.0001.xml"`}},
		{"as at the Datatracker", explorer + "bibxml3/draft-a-b-00.xml/", 301, explorer + "bibxml3/reference.I-D.draft-a-b-00.xml/", nil},
		{"a draft that nobody knows", explorer + "bibxml3/reference.I-D.draft-a-b-00.xml/", 404, "", []string{"draft-a-b-00", "not found"}},
		{"no file name", explorer + "bibxml/x/", 404, "", nil},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := open(service, test.path)
			require.Equal(t, test.status, got.Code)
			require.Equal(t, test.location, got.Header().Get("Location"))
			for _, text := range test.shows {
				require.Contains(t, got.Body.String(), text)
			}
		})
	}
}

func TestManagementNeedsASecret(t *testing.T) {
	service := service(newShelf(), &fakeGeneration{})
	for _, path := range []string{
		"/management/", "/management/xml2rfc-compat/", "/management/xml2rfc-compat/bibxml/", "/management/xml2rfc-compat/nope/",
		"/management/xml2rfc-compat/bibxml/reference.RFC.0001.xml/", "/management/xml2rfc-compat/bibxml/reference.RFC.0001.xml",
	} {
		recorder := httptest.NewRecorder()
		service.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, path, nil))
		require.Equal(t, http.StatusUnauthorized, recorder.Code, path)
		require.Contains(t, recorder.Header().Get("WWW-Authenticate"), "Basic")
		require.NotContains(t, recorder.Body.String(), "RFC0001")
	}
}

func TestExplorerByOutcome(t *testing.T) {
	service := service(newShelf(), &fakeGeneration{number: 1, known: true})
	for outcome, want := range map[string][]string{
		"":        {"RFC.0001", "RFC.0002", "RFC.0003"},
		"same":    {"RFC.0001"},
		"better":  {"RFC.0002"},
		"worse":   nil,
		"missing": {"RFC.0003"},
	} {
		page := open(service, "/management/xml2rfc-compat/bibxml/?outcome="+outcome).Body.String()
		var listed []string
		for _, anchor := range []string{"RFC.0001", "RFC.0002", "RFC.0003"} {
			if strings.Contains(page, "reference."+anchor+".xml") {
				listed = append(listed, anchor)
			}
		}
		require.Equal(t, want, listed, cmp.Or(outcome, "all"))
	}
}

// A directory with more files than a page shows, or than one request looks at, is leafed through.
func TestExplorerPages(t *testing.T) {
	big := &shelf{}
	for i := range lookAtMost + 150 {
		big.archive = append(big.archive, archived("bibxml2", fmt.Sprintf("N.%05d", i), "<reference/>"))
	}
	// The last two lead to documents.
	for i := len(big.archive) - 2; i < len(big.archive); i++ {
		big.archive[i].PrimaryDocID = "RFC 1"
	}
	service := service(big, &fakeGeneration{number: 1, known: true})

	next := func(page string) string {
		_, after, found := strings.Cut(page, `rel="next"`)
		if !found {
			return ""
		}
		before := page[:len(page)-len(after)]
		return strings.ReplaceAll(before[strings.LastIndex(before, `href="`)+6:strings.LastIndex(before, `" rel`)], "&amp;", "&")
	}
	first := open(service, "/management/xml2rfc-compat/bibxml2/").Body.String()
	require.Equal(t, pageSize, strings.Count(first, "badge-missing"))
	second := open(service, next(first)).Body.String()
	require.Contains(t, second, "reference.N.00100.xml")
	require.NotContains(t, second, "reference.N.00099.xml")
	require.Contains(t, second, ">First<")

	// However far one request gets, each goes on where the one before stopped.
	narrowed := open(service, "/management/xml2rfc-compat/bibxml2/?outcome=better").Body.String()
	require.Contains(t, narrowed, "None of")
	for range len(big.archive) {
		if narrowed = open(service, next(narrowed)).Body.String(); !strings.Contains(narrowed, "None of") {
			break
		}
	}
	require.Equal(t, 2, strings.Count(narrowed, "/management/xml2rfc-compat/bibxml2/reference."))
	require.Empty(t, next(narrowed))
	after := url.Values{"after": {"reference.Z.xml"}}.Encode()
	require.Contains(t, open(service, "/management/xml2rfc-compat/bibxml2/?"+after).Body.String(), "No files follow")
}

func TestOutcomesLiveAsLongAsTheIndexState(t *testing.T) {
	shelf, generation := newShelf(), &fakeGeneration{number: 1, known: true}
	service := service(shelf, generation)
	asked := func() int {
		shelf.asked = 0
		require.Equal(t, http.StatusOK, open(service, "/management/xml2rfc-compat/bibxml/").Code)
		return shelf.asked
	}
	require.Equal(t, 3, asked(), "first")
	require.Zero(t, asked(), "again")
	generation.number = 2
	require.Equal(t, 3, asked(), "in a new state")
	generation.known = false
	require.Equal(t, 3, asked(), "state unknown")
}

func TestExplorerWithoutDatabase(t *testing.T) {
	shelf := newShelf()
	shelf.err = fault.Wrap(fault.Unavailable, errors.New("connection refused"), "The database cannot be reached.")
	service := service(shelf, &fakeGeneration{number: 1, known: true})
	for _, path := range []string{"", "bibxml/", "bibxml/reference.RFC.0003.xml/"} {
		require.Equal(t, http.StatusServiceUnavailable, open(service, "/management/xml2rfc-compat/"+path).Code, path)
	}
}
