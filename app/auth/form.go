package auth

import "time"

const (
	formPurpose = "form"
	// formLifetime is how long a page may stay open before its forms are refused.
	formLifetime = 12 * time.Hour
)

// FormToken makes the proof that a form was given out by us, to whom it says. It differs every time, so that
// its value cannot be guessed from the size of compressed pages (BREACH).
func (s *Sealer) FormToken(subject string) (string, error) {
	return s.Seal(formPurpose, subject, formLifetime)
}

// OwnForm says whether a form that the subject sends was given out by us, to the same subject.
func (s *Sealer) OwnForm(subject, token string) bool {
	var to string
	return s.Open(formPurpose, token, &to) == nil && subject != "" && Equal(to, subject)
}
