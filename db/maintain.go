package db

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/ietf-tools/bibxml/app/maintenance"
)

const (
	// maintenanceLock is the advisory lock of the process that does the maintenance.
	maintenanceLock = 0x62696278 // "bibx"
	// maintenanceTimeout ends one that hangs.
	maintenanceTimeout = 2 * time.Hour
	// maintenanceKept is how many reports are kept.
	maintenanceKept = 30
)

// Maintain does the nightly maintenance when it is due at a time of day: it checks the index for inconsistencies, repairs them, and
// rebuilds GIN indexes that have grown. The report is nil when it is not due, another process does it, or the database is being
// filled.
func (d *DB) Maintain(ctx context.Context, timeOfDay time.Duration) (*maintenance.Report, error) {
	ctx, cancel := context.WithTimeout(ctx, maintenanceTimeout)
	defer cancel()
	if filled, err := d.Filled(ctx); err != nil || !filled {
		return nil, err
	}
	conn, err := d.pool.Acquire(ctx)
	if err != nil {
		return nil, failure("maintain", err)
	}
	defer conn.Release()
	var locked bool
	if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1)`, maintenanceLock).Scan(&locked); err != nil || !locked {
		return nil, failure("maintain", err)
	}
	defer func() { _, _ = conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, maintenanceLock) }()
	report, err := d.maintain(ctx, conn.Conn(), timeOfDay)
	return report, failure("maintain", err)
}

// maintain does what Maintain does under the lock. A maintenance that fails is done again the next night, so that its report is
// written first.
func (d *DB) maintain(ctx context.Context, conn *pgx.Conn, timeOfDay time.Duration) (*maintenance.Report, error) {
	var now, last time.Time
	if err := conn.QueryRow(ctx, `SELECT now(), coalesce(max(at), 'epoch') FROM maintenance`).Scan(&now, &last); err != nil {
		return nil, err
	}
	if !maintenance.Due(now, last, timeOfDay) {
		return nil, nil
	}
	report := &maintenance.Report{At: now}
	if err := writeReport(ctx, conn, report); err != nil {
		return nil, err
	}
	began := time.Now()
	var err error
	if report.Findings, err = d.selfCheck(ctx); err != nil {
		return nil, err
	}
	if err := rebuild(ctx, conn, rebuildLeast, report); err != nil {
		return nil, err
	}
	report.Took = time.Since(began)
	return report, writeReport(ctx, conn, report)
}

func writeReport(ctx context.Context, conn *pgx.Conn, report *maintenance.Report) error {
	_, err := conn.Exec(ctx, `
		INSERT INTO maintenance VALUES ($1, $2) ON CONFLICT (at) DO UPDATE SET report = excluded.report`, report.At, report)
	if err == nil {
		_, err = conn.Exec(ctx, `DELETE FROM maintenance WHERE at NOT IN (SELECT at FROM maintenance ORDER BY at DESC LIMIT $1)`, maintenanceKept)
	}
	return err
}

// LastMaintenance returns the report of the last maintenance that ended; nil when there was none.
func (d *DB) LastMaintenance(ctx context.Context) (*maintenance.Report, error) {
	var report *maintenance.Report
	err := d.pool.QueryRow(ctx, `
		SELECT (SELECT report FROM maintenance WHERE report ->> 'Took' <> '0' ORDER BY at DESC LIMIT 1)`).Scan(&report)
	return report, failure("report of the maintenance", err)
}
