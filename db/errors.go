package db

import (
	"cmp"
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/uptrace/bun/driver/pgdriver"

	"github.com/ietf-tools/bibxml/app/fault"
	"github.com/ietf-tools/bibxml/app/search"
)

// Codes of PostgreSQL's errors (its documentation, appendix A).
const (
	codeQueryCanceled = "57014" // by statement_timeout, as a rule
	codeLockTimeout   = "55P03" // by lock_timeout
	codeDeadlock      = "40P01" // two that wait for each other
)

// cause is what an error of PostgreSQL is due to.
type cause int

const (
	causeUnknown cause = iota // a defect of ours, as a rule
	causeTime                 // the statement took too long, or was cancelled
	causeState                // the server or the network: the same statement may succeed later
	causeText                 // what a visitor wrote, where the statement contains it
)

// causes assigns codes of errors to causes, by their beginnings; the first row that fits counts. It is the only such
// table of this package. Where a row has a text, the message contains it.
var causes = []struct {
	code, message string
	cause         cause
}{
	{codeQueryCanceled, "", causeTime},

	// These name tables, columns and functions of ours, or rights that the account lacks. No query of a visitor does.
	{"42501", "", causeUnknown}, // insufficient privilege
	{"42703", "", causeUnknown}, // undefined column
	{"42883", "", causeUnknown}, // undefined function
	{"42P01", "", causeUnknown}, // undefined table

	{"0A", "", causeText}, // a part of a language that PostgreSQL does not have
	{"22", "", causeText}, // a value that cannot be what it should, an invalid regular expression or path
	{"42", "", causeText}, // a query that cannot be understood
	{"54", "", causeText}, // too deep, too long, too many
	// Internal errors, which the parsers of PostgreSQL raise where they do not expect so much.
	{"XX000", "tsquery", causeText}, // "tsquery stack too small", from 33 minus signs on
	{"XX000", "regular expression", causeText},
	{"XX000", "jsonpath", causeText},
	{"XX000", "invalid memory alloc request size", causeText},

	{"08", "", causeState},    // connection exceptions
	{"28", "", causeState},    // the server refuses our account
	{"3D", "", causeState},    // the server has no such database
	{"40", "", causeState},    // deadlocks, and a replica that has to apply a change first
	{"53", "", causeState},    // too many connections, disk full, out of memory
	{"55P03", "", causeState}, // a lock that somebody else holds
	{"57", "", causeState},    // shutting down, starting up, terminated by an administrator
}

// causeOf returns what an error of PostgreSQL is due to; causeUnknown for one that is not PostgreSQL's.
func causeOf(err error) cause {
	code, message := ofServer(err)
	if code == "" {
		return causeUnknown
	}
	for _, row := range causes {
		if strings.HasPrefix(code, row.code) && strings.Contains(message, row.message) {
			return row.cause
		}
	}
	return causeUnknown
}

// failure names the operation that failed. Where the database cannot be reached, or does not answer in
// time, it is of kind Unavailable: trying again may help.
func failure(operation string, err error) error {
	if err == nil {
		return nil
	}
	if isUnavailable(err) {
		return fault.Wrap(fault.Unavailable, fmt.Errorf("%s: %w", operation, err), "The database cannot be reached at the moment.")
	}
	return fmt.Errorf("%s: %w", operation, err)
}

func isUnavailable(err error) bool {
	if sqlState(err) != "" {
		found := causeOf(err)
		return found == causeState || found == causeTime
	}
	var network net.Error
	var connecting *pgconn.ConnectError
	return errors.Is(err, errNoConnection) || errors.As(err, &connecting) || errors.As(err, &network) ||
		errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, net.ErrClosed) || errors.Is(err, context.DeadlineExceeded)
}

// ofServer returns the code and the message of an error that PostgreSQL has sent to either driver; empty for any other.
func ofServer(err error) (code, message string) {
	var fromVisitors pgdriver.Error
	if errors.As(err, &fromVisitors) {
		return fromVisitors.Field('C'), fromVisitors.Field('M')
	}
	var fromWorker *pgconn.PgError
	if errors.As(err, &fromWorker) {
		return fromWorker.Code, fromWorker.Message
	}
	return "", ""
}

// sqlState returns the code of an error of PostgreSQL; empty for any other.
func sqlState(err error) string {
	code, _ := ofServer(err)
	return code
}

// refusal distinguishes a query that PostgreSQL refuses, or has no time for, from other failures. It is for statements
// that contain what a visitor wrote.
func refusal(operation string, err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNoConnection):
		return failure(operation, err)
	case causeOf(err) == causeTime, errors.Is(err, context.DeadlineExceeded):
		return fault.Wrap(fault.Invalid, fmt.Errorf("%w: %w", search.ErrCutOff, err),
			"The search took too long and was cut off. Please ask for something more particular.")
	case causeOf(err) == causeText:
		return fault.Wrap(fault.Invalid, err, "The query cannot be understood: %s.", reason(err))
	}
	return failure(operation, err)
}

// reason returns PostgreSQL's own words about a query that it refused.
func reason(err error) string {
	_, message := ofServer(err)
	return cmp.Or(message, err.Error())
}
