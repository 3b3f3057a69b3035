package maintenance

import (
	"testing"
	"time"
)

func TestDue(t *testing.T) {
	at := func(day, hour, minute int) time.Time { return time.Date(2026, 3, day, hour, minute, 0, 0, time.UTC) }
	three := 3 * time.Hour
	for _, tt := range []struct {
		name      string
		now, last time.Time
		timeOfDay time.Duration
		want      bool
	}{
		{"before the time of the first night", at(2, 2, 59), at(1, 12, 0), three, false},
		{"at the time", at(2, 3, 0), at(1, 12, 0), three, true},
		{"done this night", at(2, 9, 0), at(2, 3, 1), three, false},
		{"missed last night", at(2, 9, 0), at(1, 3, 1), three, true},
		{"missed last night, and tonight is to come", at(2, 1, 0), at(1, 2, 0), three, true},
		{"at midnight", at(2, 0, 0), at(1, 23, 59), 0, true},
		{"in another zone", at(2, 3, 0).In(time.FixedZone("", -5*3600)), at(1, 12, 0), three, true},
	} {
		if got := Due(tt.now, tt.last, tt.timeOfDay); got != tt.want {
			t.Errorf("%s: due = %v", tt.name, got)
		}
	}
}
