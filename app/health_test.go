package app

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/web"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

// A service that answers from a replica is well without the database that is written.
func TestHealthWhileThePrimaryIsAway(t *testing.T) {
	t.Parallel()
	store := dbtest.OpenWith(t, db.Config{ReadURL: dbtest.URL(t)})
	store.Pool().Close()
	ages, err := health{store, []string{"rfcs"}}.Ages(t.Context())
	require.NoError(t, err)
	require.Equal(t, []web.SourceAge{{Dataset: "rfcs", Never: true}}, ages)
}
