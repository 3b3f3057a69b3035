package db_test

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/priority"
	"github.com/ietf-tools/bibxml/db"
	"github.com/ietf-tools/bibxml/db/dbtest"
)

func TestServes(t *testing.T) {
	for _, tt := range []struct {
		name, commandLine string
		port              int
		want              bool
	}{
		{"the session of the connection", "postgres: bibxml bibxml 127.0.0.1(4711) idle\x00", 4711, true},
		{"of IPv6", "postgres: bibxml bibxml ::1(4711) idle", 4711, true},
		{"of a cluster with a name", "postgres: main: bibxml bibxml 127.0.0.1(4711) COPY", 4711, true},
		{"of another connection", "postgres: bibxml bibxml 127.0.0.1(4712) idle", 4711, false},
		{"of a port that only begins alike", "postgres: bibxml bibxml 127.0.0.1(47110) idle", 4711, false},
		{"the server itself", "postgres\x00-D\x00/var/lib/data", 4711, false},
		{"another program of that number", "nginx: worker process (4711)", 4711, false},
		{"no process that we can see", "", 4711, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			require.Equal(t, tt.want, db.Serves(tt.commandLine, tt.port))
		})
	}
}

func TestSessionsOfTheWorkerYield(t *testing.T) {
	t.Parallel()
	d, err := db.Open(t.Context(), db.Config{URL: dbtest.URL(t)})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, d.Close()) })
	require.NotEqual(t, priority.Niceness, nicenessOf(t, d), "before")
	d.Yield()
	if got := nicenessOf(t, d); got != elsewhere {
		require.Equal(t, priority.Niceness, got)
	}
}

// elsewhere stands for a server whose processes cannot be seen from here.
const elsewhere = -100

// nicenessOf gives the niceness of a session of the worker's pool, the 19th field of proc(5).
func nicenessOf(t *testing.T, d *db.DB) int {
	t.Helper()
	conn, err := d.Pool().Acquire(t.Context())
	require.NoError(t, err)
	defer conn.Release()
	pid, ok := db.ServedBy(conn.Conn())
	if !ok {
		return elsewhere
	}
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	require.NoError(t, err)
	fields := strings.Fields(string(stat[strings.LastIndexByte(string(stat), ')')+1:]))
	niceness, err := strconv.Atoi(fields[16])
	require.NoError(t, err)
	return niceness
}
