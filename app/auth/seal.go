package auth

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"time"
)

// keyInfo tells this use of the secret from any other (RFC 5869, section 3.2).
const keyInfo = "bibxml: values that visitors keep for us, AES-256-GCM"

// Sealer encrypts what visitors keep for us, so that they can neither read nor change it. Any instance of the
// service opens what another one sealed (docs/adr/0011).
type Sealer struct {
	keys []cipher.AEAD // the first one seals, all of them open
	now  func() time.Time
}

// NewSealer derives a key of each secret. The first one is in use; what was sealed with another can still be
// opened. The clock may be nil.
func NewSealer(secrets []string, now func() time.Time) (*Sealer, error) {
	s := &Sealer{now: now}
	if now == nil {
		s.now = time.Now
	}
	if len(secrets) == 0 {
		return nil, errors.New("seal: no secret")
	}
	for _, secret := range secrets {
		key, err := hkdf.Key(sha256.New, []byte(secret), nil, keyInfo, 32)
		if err != nil {
			return nil, fmt.Errorf("derive a key: %w", err)
		}
		block, err := aes.NewCipher(key)
		if err != nil {
			return nil, fmt.Errorf("make a cipher: %w", err)
		}
		aead, err := cipher.NewGCMWithRandomNonce(block)
		if err != nil {
			return nil, fmt.Errorf("make a cipher: %w", err)
		}
		s.keys = append(s.keys, aead)
	}
	return s, nil
}

// sealed is what is encrypted: a value and when it ends.
type sealed struct {
	Until int64           `json:"until"` // seconds since 1970
	Value json.RawMessage `json:"value"`
}

// Seal encrypts a value for a purpose. The text is fit for cookies and forms; it differs every time.
func (s *Sealer) Seal(purpose string, value any, lifetime time.Duration) (string, error) {
	inner, err := json.Marshal(value)
	if err != nil {
		return "", fmt.Errorf("seal %s: %w", purpose, err)
	}
	plain, err := json.Marshal(sealed{Until: s.now().Add(lifetime).Unix(), Value: inner})
	if err != nil {
		return "", fmt.Errorf("seal %s: %w", purpose, err)
	}
	return base64.RawURLEncoding.EncodeToString(s.keys[0].Seal(nil, nil, plain, []byte(purpose))), nil //nolint:gosec // it makes a nonce of its own
}

// Open decrypts what was sealed for the same purpose into value. It fails when the text is not ours, was
// sealed for something else, or is too old; what came of it tells nobody anything, so there is one error.
func (s *Sealer) Open(purpose, text string, value any) error {
	secret, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return errNotSealed
	}
	for _, key := range s.keys {
		plain, err := key.Open(nil, nil, secret, []byte(purpose))
		if err != nil {
			continue
		}
		var inside sealed
		if json.Unmarshal(plain, &inside) != nil || s.now().Unix() >= inside.Until || json.Unmarshal(inside.Value, value) != nil {
			return errNotSealed
		}
		return nil
	}
	return errNotSealed
}

var errNotSealed = errors.New("not sealed by us, or no longer good")
