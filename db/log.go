package db

import (
	"context"
	"fmt"
	"log/slog"

	"github.com/uptrace/bun"
	"github.com/uptrace/bun/driver/pgdriver"
)

// Bun and its driver would print to the standard error, past the log and what keeps secrets out of it.
func init() {
	bun.SetLogger(bunLog{})
	pgdriver.Logger = driverLog{}
}

type bunLog struct{}

func (bunLog) Printf(format string, args ...any) { slog.Warn("bun: " + fmt.Sprintf(format, args...)) }

type driverLog struct{}

func (driverLog) Printf(ctx context.Context, format string, args ...any) {
	slog.WarnContext(ctx, fmt.Sprintf(format, args...))
}
