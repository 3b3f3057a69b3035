// Package fault names the kinds of failure that the service tells apart. A kind says what the
// caller can do about it; app/web/errors.go alone turns kinds into status codes and pages.
package fault

import (
	"errors"
	"fmt"
)

// Kind says what went wrong from the point of view of the person or program that asked.
type Kind uint8

const (
	// Internal is everything unexpected: a defect of ours.
	Internal Kind = iota
	// NotFound means that what was asked for does not exist here.
	NotFound
	// Invalid means that the request itself is at fault and must be changed.
	Invalid
	// Unauthorized means that credentials are missing or wrong.
	Unauthorized
	// Forbidden means that the credentials given do not suffice.
	Forbidden
	// Conflict means that the request is sound but contradicts the present state.
	Conflict
	// Upstream means that a service we depend on answered wrongly or not at all.
	Upstream
	// Unavailable means that we cannot answer at the moment and the caller may try again.
	Unavailable
	// Throttled means that the caller has to wait before trying again.
	Throttled
)

// String names the kind for logs and reports: not_found, invalid, ….
func (k Kind) String() string {
	names := [...]string{"internal", "not_found", "invalid", "unauthorized", "forbidden", "conflict", "upstream", "unavailable", "throttled"}
	if int(k) < len(names) {
		return names[k]
	}
	return names[Internal]
}

// Error is a failure with a kind and a message that is safe to show to whoever asked.
type Error struct {
	Kind    Kind
	Message string
	Err     error // the cause, for logs only; may be nil
}

// Error implements error; it includes the cause, so it is meant for logs.
func (e *Error) Error() string {
	if e.Err == nil {
		return e.Message
	}
	return e.Message + ": " + e.Err.Error()
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

// New makes a failure of the given kind with a message for the caller.
func New(kind Kind, format string, args ...any) error {
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...)}
}

// Wrap gives err a kind and a message for the caller. A nil err gives nil.
func Wrap(kind Kind, err error, format string, args ...any) error {
	if err == nil {
		return nil
	}
	return &Error{Kind: kind, Message: fmt.Sprintf(format, args...), Err: err}
}

// Of gives the kind of err: that of the outermost Error in its chain, else Internal.
func Of(err error) Kind {
	var e *Error
	if errors.As(err, &e) {
		return e.Kind
	}
	return Internal
}

// Is says whether err is of the given kind.
func Is(err error, kind Kind) bool { return err != nil && Of(err) == kind }

// Message gives the text of err that may be shown to the caller; empty when there is none.
func Message(err error) string {
	var e *Error
	if errors.As(err, &e) {
		return e.Message
	}
	return ""
}
