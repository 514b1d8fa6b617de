package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"syscall"
)

// systemErrors are the names of the system errors a call may end with.
var systemErrors = map[syscall.Errno]string{
	syscall.ECONNREFUSED: "ECONNREFUSED",
	syscall.ECONNRESET:   "ECONNRESET",
	syscall.EPIPE:        "EPIPE",
	syscall.EHOSTUNREACH: "EHOSTUNREACH",
	syscall.ENETUNREACH:  "ENETUNREACH",
	syscall.EMFILE:       "EMFILE",
}

// callError tells the span of a call which error.type to bear.
type callError struct{ cause error }

func (e *callError) Error() string     { return e.cause.Error() }
func (e *callError) Unwrap() error     { return e.cause }
func (e *callError) ErrorType() string { return errorType(e.cause) }
func (e *callError) Timeout() bool     { return e.ErrorType() == "timeout" }

// statusError is an answer that is no success.
type statusError int

func (e statusError) Error() string     { return "quotes answered " + strconv.Itoa(int(e)) }
func (e statusError) ErrorType() string { return strconv.Itoa(int(e)) }

// errorType is the value of the attribute error.type: "timeout", the name of
// the system error, the status of the answer, else the Go type.
func errorType(err error) string {
	var typed interface{ ErrorType() string }
	var limit net.Error
	var system syscall.Errno
	switch {
	case errors.As(err, &typed):
		return typed.ErrorType()
	case errors.Is(err, context.Canceled):
		return "canceled"
	case errors.As(err, &limit) && limit.Timeout():
		return "timeout"
	case errors.As(err, &system) && systemErrors[system] != "":
		return systemErrors[system]
	}
	for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
		err = inner
	}
	return fmt.Sprintf("%T", err)
}
