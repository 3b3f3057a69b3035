package xml2rfc

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/docid"
	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/merge"
)

// datatracker knows one version of every draft; empty: it cannot be reached.
type datatracker string

func (d datatracker) Draft(_ context.Context, name, _ string) (*merge.Document, error) {
	if d == "" {
		return nil, fault.New(fault.Upstream, "no answer")
	}
	return document("Internet-Draft", name+"-"+string(d), ""), nil
}

func TestDrafts(t *testing.T) {
	const away = datatracker("")
	for _, c := range []struct {
		name, anchor string
		drafts       Drafts
		id, root     string
	}{
		{"newest version", "I-D.ietf-quic-http", nil, "draft-ietf-quic-http-34", "I-D.ietf-quic-http"},
		{"one version", "I-D.draft-ietf-quic-http-09", nil, "draft-ietf-quic-http-09", "I-D.ietf-quic-http"},
		{"a name with a dot", "I-D.draft-touch-template-v2.0-06", nil, "draft-touch-template-v2.0-06", "I-D.touch-template-v2.0"},
		{"the Datatracker has a newer one", "I-D.ietf-quic-http", datatracker("35"), "draft-ietf-quic-http-35", "I-D.ietf-quic-http"},
		{"the Datatracker has the same", "I-D.ietf-quic-http", datatracker("34"), "draft-ietf-quic-http-34", "I-D.ietf-quic-http"},
		{"the Datatracker is behind", "I-D.ietf-quic-http", datatracker("33"), "draft-ietf-quic-http-34", "I-D.ietf-quic-http"},
		{"the Datatracker is away", "I-D.ietf-quic-http", away, "draft-ietf-quic-http-34", "I-D.ietf-quic-http"},
		{"a draft only there", "I-D.new-idea", datatracker("00"), "draft-new-idea-00", "I-D.new-idea"},
		{"a version only there", "I-D.draft-ietf-quic-http-35", datatracker("35"), "draft-ietf-quic-http-35", "I-D.ietf-quic-http"},
		{"an indexed version is not asked for", "I-D.draft-ietf-quic-http-09", datatracker("09"), "draft-ietf-quic-http-09", "I-D.ietf-quic-http"},
		{"one version without draft-", "I-D.ietf-quic-http-09", nil, "draft-ietf-quic-http-09", "I-D.ietf-quic-http"},
		{"newest version with draft-", "I-D.draft-ietf-quic-http", nil, "draft-ietf-quic-http-34", "I-D.ietf-quic-http"},
		{"a version only there, without draft-", "I-D.ietf-quic-http-35", datatracker("35"), "draft-ietf-quic-http-35", "I-D.ietf-quic-http"},
		{"a name that ends like a version", "I-D.x-ieee-802-11", nil, "draft-x-ieee-802-11-01", "I-D.x-ieee-802-11"},
		{"a name that ends like a version, with draft-", "I-D.draft-x-ieee-802-11", nil, "draft-x-ieee-802-11-01", "I-D.x-ieee-802-11"},
		{"one version of it", "I-D.draft-x-ieee-802-11-00", nil, "draft-x-ieee-802-11-00", "I-D.x-ieee-802-11"},
		{"one version of it without draft-", "I-D.x-ieee-802-11-00", nil, "draft-x-ieee-802-11-00", "I-D.x-ieee-802-11"},
		{"a newer one of it at the Datatracker", "I-D.x-ieee-802-11", datatracker("02"), "draft-x-ieee-802-11-02", "I-D.x-ieee-802-11"},
		{"a version before a name of the same letters", "I-D.draft-x-twice-05", nil, "draft-x-twice-05", "I-D.x-twice"},
		{"archived under its other name", "I-D.gone-03", nil, "archive", "I-D.gone"},
		{"with draft- in the archive", "I-D.draft-zzz-no-draft", nil, "archive", "I-D.zzz-no-draft"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := shelf().resolver()
			r.Drafts = c.drafts
			id, anchor := resolve(t, r, "bibxml3/reference."+c.anchor+".xml", "")
			require.Equal(t, c.id, id)
			require.Equal(t, c.root, anchor)
		})
	}
}

func TestDraftRefusals(t *testing.T) {
	for _, c := range []struct {
		name, anchor string
		drafts       Drafts
		failure      string
	}{
		{"reference without I-D", "draft-ietf-quic-http-34", nil, "not found"},
		{"a bare name", "ietf-quic-http", nil, "not found"},
		{"no name", "I-D.", nil, "not found"},
		{"no name after draft-", "I-D.draft-", nil, "not found"},
		{"no name of a draft", "I-D.draft a/b", nil, "not found"},
		{"in capitals", "I-D.DRAFT-IETF-QUIC-HTTP-34", nil, "not found"},
		{"unknown draft", "I-D.no-such-draft", nil, "not found"},
		{"unknown version", "I-D.draft-ietf-quic-http-99", nil, "not found"},
		{"unknown version, another at the Datatracker", "I-D.draft-ietf-quic-http-99", datatracker("35"), "not found"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := shelf().resolver()
			r.Drafts = c.drafts
			got, err := r.Resolve(context.Background(), Path{"bibxml3", c.anchor}, "")
			require.True(t, fault.Is(err, fault.NotFound))
			require.Equal(t, c.failure, got.Auto.Failure)
		})
	}
}

// Whether there is a draft that the index lacks, nobody can tell without the Datatracker.
func TestDraftsWhileTheDatatrackerIsAway(t *testing.T) {
	r := shelf().resolver()
	r.Drafts = datatracker("")
	for _, anchor := range []string{
		"I-D.no-such-draft", "I-D.draft-no-such-draft", "I-D.draft-no-such-draft-00", "I-D.draft-ietf-quic-http-99", "I-D.ietf-quic-http-99",
	} {
		_, err := r.Resolve(t.Context(), Path{"bibxml3", anchor}, "")
		require.True(t, fault.Is(err, fault.Upstream), "%s: %v", anchor, err)
	}
	for _, anchor := range []string{"I-D.", "I-D.draft-", "I-D.draft a/b", "draft-ietf-quic-http-34"} { // names of no draft
		_, err := r.Resolve(t.Context(), Path{"bibxml3", anchor}, "")
		require.True(t, fault.Is(err, fault.NotFound), "%s: %v", anchor, err)
	}
}

// crossref answers every DOI in the same way, with a link to a host.
type crossref struct {
	host string
	err  error
}

func (c crossref) Work(_ context.Context, doi string) (*merge.Document, error) {
	doc := document("DOI", doi, "2016")
	doc.Item.Link[0].Content = c.host + "/" + doi
	return doc, c.err
}

func TestDOI(t *testing.T) {
	path := Path{"bibxml7", "DOI.10.1145/2975159"}
	r := shelf().resolver()
	for _, host := range []string{"http://dx.doi.org", "https://dx.doi.org", "http://doi.org", "https://doi.org"} {
		r.Works = crossref{host: host}
		got, err := r.Resolve(context.Background(), path, "")
		require.NoError(t, err)
		require.Contains(t, string(got.XML), `<reference anchor="DOI_10.1145_2975159" target="https://doi.org/10.1145/2975159">`)
	}

	r.Works = crossref{err: fault.New(fault.Upstream, "Crossref does not answer")}
	_, err := r.Resolve(context.Background(), path, "")
	require.True(t, fault.Is(err, fault.Upstream), "an outage is no answer that nothing exists: %v", err)

	id, _ := resolve(t, r, "bibxml7/reference.DOI.10.17487/rfc2119.xml", "")
	require.Equal(t, "RFC 2119", id, "what is indexed needs nobody else")

	id, _ = resolve(t, r, "bibxml7/reference.DOI.10.1000_182.xml", "")
	require.Equal(t, "archive", id, "the archive serves during an outage")
}

// What was asked of others must not be kept as long as what the index says.
func TestOutside(t *testing.T) {
	r := shelf().resolver().With(datatracker("34"), crossref{})
	for _, c := range []struct {
		name, path string
		outside    bool
	}{
		{"newest version of a draft", "bibxml3/reference.I-D.ietf-quic-http.xml", true},
		{"one version", "bibxml3/reference.I-D.draft-ietf-quic-http-34.xml", false},
		{"a DOI", "bibxml7/reference.DOI.10.1145/2975159.xml", true},
		{"a DOI of the index", "bibxml7/reference.DOI.10.17487/RFC2119.xml", false},
		{"an RFC", "bibxml/reference.RFC.2119.xml", false},
	} {
		path, err := ParsePath(c.path)
		require.NoError(t, err, c.name)
		got, err := r.Resolve(context.Background(), path, "")
		require.NoError(t, err, c.name)
		require.Equal(t, c.outside, got.Outside, c.name)
	}
}

func ianaQuery() docid.Query { return docid.Query{Value: "IANA media-types", Match: docid.Exact} }
