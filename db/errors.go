package db

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
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
	classConnection   = "08"    // connection exceptions
	classResources    = "53"    // too many connections, disk full, out of memory
	classOperator     = "57"    // shutting down, starting up, terminated by an administrator
	classData         = "22"    // a value that cannot be what it should
	classSyntax       = "42"    // a query that cannot be understood
	classUnsupported  = "0A"    // a part of a language that PostgreSQL does not have
	classLimit        = "54"    // too deep, too long, too many
)

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
	switch code := sqlState(err); {
	case code == codeQueryCanceled:
		return true
	case code != "":
		return strings.HasPrefix(code, classConnection) || strings.HasPrefix(code, classResources) ||
			strings.HasPrefix(code, classOperator)
	}
	var network net.Error
	return errors.As(err, &network) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, io.EOF) ||
		errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, context.DeadlineExceeded)
}

// isRefused says whether PostgreSQL could not make sense of what a visitor wrote.
func isRefused(err error) bool {
	code := sqlState(err)
	return slices.ContainsFunc([]string{classData, classSyntax, classUnsupported, classLimit}, func(class string) bool {
		return strings.HasPrefix(code, class)
	})
}

// sqlState gives the code of an error of either driver; empty for one that is not PostgreSQL's.
func sqlState(err error) string {
	var fromWeb pgdriver.Error
	if errors.As(err, &fromWeb) {
		return fromWeb.Field('C')
	}
	var fromPool *pgconn.PgError
	if errors.As(err, &fromPool) {
		return fromPool.Code
	}
	return ""
}

// refusal tells a query that PostgreSQL refuses, or has no time for, from other failures.
func refusal(operation string, err error) error {
	switch {
	case err == nil:
		return nil
	case sqlState(err) == codeQueryCanceled:
		return fault.Wrap(fault.Invalid, fmt.Errorf("%w: %w", search.ErrCutOff, err),
			"The search took too long and was cut off. Please ask for something more particular.")
	case isRefused(err):
		return fault.Wrap(fault.Invalid, err, "The query cannot be understood: %s.", reason(err))
	}
	return failure(operation, err)
}

// reason gives PostgreSQL's own words about a query that it refused.
func reason(err error) string {
	var fromWeb pgdriver.Error
	if errors.As(err, &fromWeb) {
		return fromWeb.Field('M')
	}
	return err.Error()
}
