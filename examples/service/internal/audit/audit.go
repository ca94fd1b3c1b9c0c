// Package audit writes one JSON event for every request that changes something.
package audit

import (
	"context"
	"io"
	"log/slog"
	"os"
	"time"

	"example.internal/orders/internal/tracing"
)

// Severity is a severity of RFC 5424, section 6.2.1.
type Severity int

// The severities that this service uses.
const (
	Error         Severity = 3
	Warning       Severity = 4
	Notice        Severity = 5
	Informational Severity = 6
)

// slog orders levels upwards, RFC 5424 downwards.
func (s Severity) level() slog.Level {
	switch {
	case s <= Error:
		return slog.LevelError
	case s == Warning:
		return slog.LevelWarn
	case s == Notice:
		return slog.LevelInfo + 2
	default:
		return slog.LevelInfo
	}
}

func severityOf(l slog.Level) Severity {
	switch {
	case l >= slog.LevelError:
		return Error
	case l >= slog.LevelWarn:
		return Warning
	case l > slog.LevelInfo:
		return Notice
	default:
		return Informational
	}
}

// Event is what happened.
type Event struct {
	Severity Severity
	Action   string // such as order.create
	Outcome  string // success or failure
	Resource string // what was acted on, empty when there is nothing
	Reason   string // why it failed
	Method   string
	Path     string
	Status   int
	Remote   string
}

// Logger writes events. It is safe for concurrent use.
type Logger struct{ log *slog.Logger }

// New returns a Logger that writes one JSON object a line to w.
func New(w io.Writer, buildID string) *Logger {
	h := slog.NewJSONHandler(w, &slog.HandlerOptions{ReplaceAttr: replace})
	return &Logger{slog.New(h).With(
		slog.String("service", "orders"),
		slog.String("buildID", buildID),
		slog.Int("pid", os.Getpid()),
	)}
}

// Record writes an event, with the trace that ctx carries.
func (l *Logger) Record(ctx context.Context, e Event) {
	span := tracing.FromContext(ctx)
	attrs := []slog.Attr{
		slog.String("action", e.Action),
		slog.String("outcome", e.Outcome),
		slog.String("traceparent", span.Traceparent()),
		slog.String("traceID", span.TraceID),
		slog.String("spanID", span.SpanID),
		slog.Group("http",
			slog.String("method", e.Method),
			slog.String("path", e.Path),
			slog.Int("status", e.Status),
			slog.String("remote", e.Remote),
		),
	}
	for _, a := range []slog.Attr{
		slog.String("parentID", span.ParentID),
		slog.String("tracestate", span.State),
		slog.String("resource", e.Resource),
		slog.String("reason", e.Reason),
	} {
		if a.Value.String() != "" {
			attrs = append(attrs, a)
		}
	}
	l.log.LogAttrs(ctx, e.Severity.level(), "audit", attrs...)
}

// replace writes the level as the number that RFC 5424 gives it, and the time
// in UTC.
func replace(groups []string, a slog.Attr) slog.Attr {
	if len(groups) > 0 {
		return a
	}
	switch a.Key {
	case slog.LevelKey:
		if l, ok := a.Value.Any().(slog.Level); ok {
			return slog.Int("severity", int(severityOf(l)))
		}
	case slog.TimeKey:
		return slog.String(slog.TimeKey, a.Value.Time().UTC().Format(time.RFC3339Nano))
	}
	return a
}
