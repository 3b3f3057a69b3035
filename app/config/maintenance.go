package config

import "time"

// MaintenanceTime returns the time since midnight, in UTC, at which the index is maintained; on is false when it never is.
func (c *Config) MaintenanceTime() (sinceMidnight time.Duration, on bool) {
	at, err := time.Parse(clock, c.MaintenanceAt)
	return time.Duration(at.Hour())*time.Hour + time.Duration(at.Minute())*time.Minute, err == nil
}
