package pglocal

import (
	"fmt"
	"strings"
)

// settings is the whole postgresql.conf. It gives up nothing that keeps data through a crash; it
// gives up replication and archiving, which a private cluster has no use for, and lets checkpoints
// be rare, because an indexing writes much at once.
func settings(port int) string {
	rows := [][2]string{
		{"listen_addresses", "'127.0.0.1'"},
		{"port", fmt.Sprint(port)},
		{"unix_socket_directories", "''"}, // their usual folder may not be ours to write to
		{"max_connections", "200"},        // tests of several packages share one server

		{"shared_buffers", "1GB"}, // all real sources; as much is taken as there is to keep
		{"work_mem", "16MB"},
		{"maintenance_work_mem", "256MB"},
		{"effective_cache_size", "2GB"},
		{"random_page_cost", "1.1"},
		{"jit", "off"},
		// Parallel workers pass data through /dev/shm, which containers keep at 64 MB.
		{"max_parallel_workers_per_gather", "0"},
		{"max_parallel_maintenance_workers", "0"},

		{"synchronous_commit", "on"},
		{"wal_level", "minimal"},
		{"max_wal_senders", "0"},
		{"max_wal_size", "4GB"},
		{"wal_init_zero", "off"}, // a new file of the log is not written twice; the disk loses nothing by it
		{"checkpoint_timeout", "15min"},

		{"datestyle", "'iso, ymd'"},
		{"timezone", "'UTC'"},
		{"log_timezone", "'UTC'"},
		{"lc_messages", "'C'"},
		{"default_text_search_config", "'pg_catalog.english'"},
	}
	var b strings.Builder
	b.WriteString("# Written at every start.\n")
	for _, row := range rows {
		fmt.Fprintf(&b, "%s = %s\n", row[0], row[1])
	}
	return b.String()
}
