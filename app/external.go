package app

import (
	"cmp"
	"strings"
	"time"

	"github.com/ietf-tools/bibxml/app/external"
	"github.com/ietf-tools/bibxml/app/external/crossref"
	"github.com/ietf-tools/bibxml/app/external/datatracker"
	"github.com/ietf-tools/bibxml/app/merge"
	"github.com/ietf-tools/bibxml/app/relaton"
	"github.com/ietf-tools/bibxml/app/web"
)

// outside are the services of others that visitors' questions are passed on to.
type outside struct {
	drafts *datatracker.Client
	works  *crossref.Client
	tokens web.Tokens
}

// Names of the external sources in addresses and metrics (compatibility, section 7).
const (
	draftsName = "datatracker"
	worksName  = "doi"
)

// Drafts change: an author who submits one wants to cite it. Works hardly ever do; six hours are what the
// compatibility page gives both (section 11).
const (
	draftsFresh, draftsStale = 5 * time.Minute, time.Hour
	worksFresh, worksStale   = 6 * time.Hour, 7 * 24 * time.Hour
)

const (
	// lookUpTimeout is how long a look-up may go on that nobody waits for any more.
	lookUpTimeout = 10 * time.Second
	// parallel is what Crossref allows to one who tells who he is
	// (https://www.crossref.org/documentation/retrieve-metadata/rest-api/access-and-authentication/).
	parallel = 5
)

// newOutside makes the clients. A faulty address is a fault of the configuration.
func (a *App) newOutside() (outside, error) {
	source := func(options external.Options) (*external.Source[*relaton.Item], error) {
		options.UserAgent, options.Parallel, options.Log = a.userAgent(), parallel, a.log
		options.Timeout = max(options.Patience, lookUpTimeout)
		return external.New[*relaton.Item](options)
	}
	drafts, err := source(external.Options{
		Name: "The Datatracker", URL: a.cfg.DatatrackerURL, Patience: a.cfg.DatatrackerTimeout, Observe: a.asked.Of(draftsName),
		Fresh: draftsFresh, Stale: draftsStale,
	})
	if err != nil {
		return outside{}, err
	}
	works, err := source(external.Options{
		Name: "Crossref", URL: a.cfg.CrossrefURL, Patience: a.cfg.CrossrefTimeout, Observe: a.asked.Of("crossref"),
		Fresh: worksFresh, Stale: worksStale,
	})
	if err != nil {
		return outside{}, err
	}
	tokens, err := a.tokens()
	return outside{datatracker.New(drafts), crossref.New(works), tokens}, err
}

// userAgent tells external sources who asks and whom to write to: BibXML-service/1.2 (https://bib.example;
// mailto:help@bib.example). Crossref serves such requests better.
func (a *App) userAgent() string {
	product := strings.Map(func(c rune) rune {
		if c <= ' ' || c > '~' || strings.ContainsRune(`"(),/:;<=>?@[\]{}`, c) {
			return '-'
		}
		return c
	}, a.cfg.ServiceName)
	contact := "mailto:" + a.cfg.ContactEmail
	if strings.HasSuffix(contact, "@localhost") { // nobody can write there
		contact = a.cfg.RepositoryURL
	}
	version := strings.Trim(a.cfg.Version(), "()")
	return product + "/" + cmp.Or(version, "0") + " (https://" + a.cfg.PrimaryHostname + "; " + contact + ")"
}

// sources lists the external sources for pages and the API.
func (o outside) sources() []web.External {
	return []web.External{
		{Name: draftsName, DocType: "Internet-Draft", Document: o.drafts.Document},
		{Name: worksName, DocType: "DOI", Document: o.works.Work},
	}
}

// externalInfo tells where what external sources say comes from.
var externalInfo = map[string]merge.SourceInfo{
	datatracker.Name: {ID: datatracker.Name, HomeURL: "https://datatracker.ietf.org/api", External: true},
	crossref.Name:    {ID: crossref.Name, HomeURL: "https://api.crossref.org", External: true},
}
