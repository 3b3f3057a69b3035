package auth

import (
	"crypto/sha256"
	"crypto/subtle"
)

// Secrets are words, each of which opens the same door; several, so that they can be changed one by one.
type Secrets []string

// Has compares with every secret in constant time, so that neither their number nor their beginnings can be
// measured. Nothing never is a secret.
func (s Secrets) Has(given string) bool {
	found := false
	for _, secret := range s {
		found = Equal(given, secret) || found
	}
	return found && given != ""
}

// Equal compares two texts in a time that depends on neither.
func Equal(a, b string) bool {
	x, y := sha256.Sum256([]byte(a)), sha256.Sum256([]byte(b))
	return subtle.ConstantTimeCompare(x[:], y[:]) == 1
}
