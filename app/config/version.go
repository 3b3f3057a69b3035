package config

import (
	"cmp"
	"runtime/debug"
)

// Set by the linker where the Go tool cannot see the repository, as in a container's build:
// -ldflags "-X github.com/ietf-tools/bibxml/app/config.version=1.2.3 -X …/app/config.commit=0123abc".
var version, commit string

// Version is the version to show: that of SNAPSHOT, else the one that was built in.
func (c *Config) Version() string { return orElse(c.Snapshot, BuildVersion()) }

// BuildVersion is the version that the linker was given, else the one that the Go tool recorded: of
// the commit that was built, "+dirty" after it when files were changed, or "(devel)" outside a checkout.
func BuildVersion() string {
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		info = &debug.BuildInfo{}
	}
	return cmp.Or(version, info.Main.Version, "(devel)")
}

// BuildCommit is the commit that was built, as the linker was told or the Go tool recorded it; or
// "unknown".
func BuildCommit() string {
	recorded := ""
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, setting := range info.Settings {
			if setting.Key == "vcs.revision" {
				recorded = setting.Value
			}
		}
	}
	return cmp.Or(commit, recorded, "unknown")
}
