package db

import (
	"fmt"
	"log/slog"

	"github.com/uptrace/bun"
)

// Bun would print to the standard error, past the log and what keeps secrets out of it.
func init() { bun.SetLogger(bunLog{}) }

type bunLog struct{}

func (bunLog) Printf(format string, args ...any) { slog.Warn("bun: " + fmt.Sprintf(format, args...)) }
