package pglocal

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestDataOutlivesAnOutage(t *testing.T) {
	s := boot(t, folder(t))
	run(t, s.URL(), `CREATE TABLE kept (word text)`)
	for _, tt := range []struct {
		name   string
		atOnce bool
	}{
		{"in order", false},
		{"at once", true},
	} {
		t.Run(tt.name, func(t *testing.T) {
			run(t, s.URL(), `INSERT INTO kept VALUES ('`+tt.name+`')`)
			require.NoError(t, s.Halt(t.Context(), tt.atOnce))
			requireDown(t, s.URL())
			require.NoError(t, s.Resume(t.Context()))
			require.Equal(t, tt.name, ask(t, s.URL(), `SELECT word FROM kept WHERE word = '`+tt.name+`'`))
		})
	}
}
