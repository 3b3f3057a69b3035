package main

import "testing"

func TestBearable(t *testing.T) {
	for _, c := range []struct {
		name            string
		files, problems int
		ok              bool
	}{
		{"none", 16811, 0, true},
		{"a tenth of a percent", 2000, 2, true},
		{"more", 2000, 3, false},
		{"nothing indexed", 0, 0, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			if err := bearable(c.files, c.problems); (err == nil) != c.ok {
				t.Errorf("error = %v", err)
			}
		})
	}
}
