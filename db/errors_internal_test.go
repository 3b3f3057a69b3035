package db

import (
	"context"
	"errors"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/stretchr/testify/require"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
)

// Whatever PostgreSQL finds wrong with a visitor's text is a refusal; what it finds wrong with itself or with our part of a
// query is not.
func TestRefusal(t *testing.T) {
	for _, tt := range []struct {
		code, message string
		want          fault.Kind
	}{
		{"22023", "invalid value for parameter", fault.Invalid},
		{"2201B", "invalid regular expression: parentheses () not balanced", fault.Invalid},
		{"22P02", "invalid input syntax for type json", fault.Invalid},
		{"42601", "syntax error in tsquery", fault.Invalid},
		{"42704", "could not find jsonpath variable", fault.Invalid},
		{"54001", "stack depth limit exceeded", fault.Invalid},
		{"0A000", "not supported", fault.Invalid},
		{"XX000", "tsquery stack too small", fault.Invalid},
		{"XX000", "invalid memory alloc request size 1073741824", fault.Invalid},
		{"57014", "canceling statement due to statement timeout", fault.Invalid},
		{"XX000", "could not open relation with OID 4711", fault.Internal},
		{"XX001", "invalid page in block 1", fault.Internal},
		{"42P01", `relation "documents" does not exist`, fault.Internal},
		{"42703", "column does not exist", fault.Internal},
		{"42883", "function does not exist", fault.Internal},
		{"42501", "permission denied for table documents", fault.Internal},
		{"53300", "too many clients already", fault.Unavailable},
		{"57P01", "terminating connection due to administrator command", fault.Unavailable},
		{"40001", "conflict with recovery", fault.Unavailable},
	} {
		err := refusal("search", &pgconn.PgError{Code: tt.code, Message: tt.message})
		require.Equal(t, tt.want, fault.Of(err), tt.code+" "+tt.message)
		require.Equal(t, tt.code == codeQueryCanceled, errors.Is(err, search.ErrCutOff), tt.code)
	}
	require.NoError(t, refusal("search", nil))
	require.True(t, fault.Is(refusal("search", errNoConnection), fault.Unavailable))
	require.ErrorIs(t, refusal("search", context.DeadlineExceeded), search.ErrCutOff)
}
