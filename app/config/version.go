package config

import "runtime/debug"

// Version is the version to show: that of SNAPSHOT, else the one that was built in.
func (c *Config) Version() string { return orElse(c.Snapshot, BuildVersion()) }

// BuildVersion is the version that the Go tool recorded: of the commit that was built, "+dirty" after
// it when files were changed, or "(devel)" outside a checkout.
func BuildVersion() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "(devel)"
	}
	return orElse(info.Main.Version, "(devel)")
}
