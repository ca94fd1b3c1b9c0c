// Package tracing carries W3C Trace Context through a request.
package tracing

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Header names of W3C Trace Context.
const (
	HeaderParent = "Traceparent"
	HeaderState  = "Tracestate"
)

// Span is this service's part of a trace.
type Span struct {
	TraceID  string // 32 lower-case hexadecimal digits
	SpanID   string // 16 lower-case hexadecimal digits
	ParentID string // the caller's span, empty at the root of a trace
	Flags    string // 2 lower-case hexadecimal digits
	State    string // tracestate, passed on as it came
}

// Traceparent formats the span for the next hop.
func (s Span) Traceparent() string {
	return "00-" + s.TraceID + "-" + s.SpanID + "-" + s.Flags
}

var errMalformed = errors.New("malformed traceparent")

// Parse reads a traceparent header. The SpanID of the result is the caller's.
func Parse(header string) (Span, error) {
	parts := strings.Split(header, "-")
	if len(parts) < 4 {
		return Span{}, errMalformed
	}
	version, trace, span, flags := parts[0], parts[1], parts[2], parts[3]
	switch {
	case !isHex(version, 2), version == "ff",
		version == "00" && len(parts) != 4, // later versions may append fields
		!isHex(trace, 32), isZero(trace),
		!isHex(span, 16), isZero(span),
		!isHex(flags, 2):
		return Span{}, errMalformed
	}
	return Span{TraceID: trace, SpanID: span, Flags: flags}, nil
}

// FromRequest continues the caller's trace, or starts one.
func FromRequest(r *http.Request) (Span, error) {
	id, err := randomHex(8)
	if err != nil {
		return Span{}, err
	}
	if caller, err := Parse(r.Header.Get(HeaderParent)); err == nil {
		return Span{
			TraceID:  caller.TraceID,
			SpanID:   id,
			ParentID: caller.SpanID,
			Flags:    caller.Flags,
			State:    strings.Join(r.Header.Values(HeaderState), ","),
		}, nil
	}
	trace, err := randomHex(16)
	if err != nil {
		return Span{}, err
	}
	return Span{TraceID: trace, SpanID: id, Flags: "01"}, nil
}

type contextKey struct{}

// NewContext returns a context that carries the span.
func NewContext(ctx context.Context, s Span) context.Context {
	return context.WithValue(ctx, contextKey{}, s)
}

// FromContext returns the span of a request, or the zero Span.
func FromContext(ctx context.Context) Span {
	s, _ := ctx.Value(contextKey{}).(Span)
	return s
}

func randomHex(n int) (string, error) {
	b := make([]byte, n)
	if _, err := rand.Read(b); err != nil {
		return "", fmt.Errorf("trace id: %w", err)
	}
	return hex.EncodeToString(b), nil
}

func isHex(s string, n int) bool {
	if len(s) != n {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

func isZero(s string) bool { return strings.Trim(s, "0") == "" }
