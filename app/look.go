package app

import (
	"context"
	"net/http"

	"github.com/ietf-tools/bibxml/app/config"
	"github.com/ietf-tools/bibxml/app/front"
	"github.com/ietf-tools/bibxml/app/web"
)

// Look looks at the service from outside, at the address that its configuration says visitors use.
func Look(ctx context.Context, cfg *config.Config) []front.Finding {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.DisableKeepAlives = true // each request may meet another node of the network in front
	return front.Look(ctx, transport, cfg.PublicURL())
}

// look does the same for the page of the management.
func (a *App) look(ctx context.Context) []web.Finding {
	var found []web.Finding
	for _, f := range Look(ctx, a.cfg) {
		found = append(found, web.Finding{What: f.What, Told: f.Told, Good: f.Good})
	}
	return found
}
