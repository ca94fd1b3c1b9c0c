// Package httpapi serves orders and health over HTTP.
package httpapi

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"go.uber.org/zap"

	"example.internal/orders/internal/audit"
	"example.internal/orders/internal/orders"
	"example.internal/orders/internal/tracing"
)

const (
	maxBody      = 64 << 10
	defaultLimit = 50
	maxLimit     = 500
)

// API is the HTTP side of the service.
type API struct {
	Store   *orders.Store
	Health  *Health
	Log     *zap.Logger
	Audit   *audit.Logger
	BuildID string
}

// Handler returns the handler of all public routes.
func (a *API) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("/healthz", methods{http.MethodGet: a.healthz})
	mux.Handle("/orders", methods{http.MethodGet: a.list, http.MethodPost: a.create})
	mux.Handle("/orders/", methods{http.MethodGet: a.get, http.MethodDelete: a.cancel})
	return a.observe(mux)
}

// methods routes by HTTP method; HEAD is answered as GET.
type methods map[string]http.HandlerFunc

func (m methods) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	method := r.Method
	if method == http.MethodHead {
		method = http.MethodGet
	}
	if h, ok := m[method]; ok {
		h(w, r)
		return
	}
	var allow []string
	for _, name := range []string{http.MethodGet, http.MethodPost, http.MethodDelete} {
		if m[name] != nil {
			allow = append(allow, name)
		}
	}
	w.Header().Set("Allow", strings.Join(allow, ", "))
	writeError(w, http.StatusMethodNotAllowed, errors.New("method not allowed"))
}

func (a *API) healthz(w http.ResponseWriter, r *http.Request) {
	checks, ok := a.Health.Report(r.Context())
	body := struct {
		Status  string            `json:"status"`
		Checks  map[string]string `json:"checks"`
		BuildID string            `json:"buildID"`
		PID     int               `json:"pid"`
	}{"ok", checks, a.BuildID, os.Getpid()}
	status := http.StatusOK
	if !ok {
		body.Status = "unavailable"
		status = http.StatusServiceUnavailable
	}
	w.Header().Set("Cache-Control", "no-store")
	writeJSON(w, status, body)
}

func (a *API) list(w http.ResponseWriter, r *http.Request) {
	limit := defaultLimit
	if s := r.URL.Query().Get("limit"); s != "" {
		n, err := strconv.Atoi(s)
		if err != nil || n < 1 || n > maxLimit {
			writeError(w, http.StatusBadRequest, fmt.Errorf("limit must be between 1 and %d", maxLimit))
			return
		}
		limit = n
	}
	writeJSON(w, http.StatusOK, struct {
		Orders []orders.Order `json:"orders"`
	}{a.Store.Latest(limit)})
}

func (a *API) get(w http.ResponseWriter, r *http.Request) {
	o, err := a.Store.Get(orderID(r))
	if err != nil {
		writeError(w, statusOf(err), err)
		return
	}
	writeJSON(w, http.StatusOK, o)
}

func (a *API) create(w http.ResponseWriter, r *http.Request) {
	var draft orders.Draft
	dec := json.NewDecoder(http.MaxBytesReader(w, r.Body, maxBody))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&draft); err != nil {
		err = fmt.Errorf("%w: %w", orders.ErrInvalid, err)
		a.record(r, "order.create", "", statusOf(err), err)
		writeError(w, statusOf(err), err)
		return
	}
	o, created, err := a.Store.Place(draft, r.Header.Get("Idempotency-Key"))
	if err != nil {
		a.record(r, "order.create", "", statusOf(err), err)
		writeError(w, statusOf(err), err)
		return
	}
	status := http.StatusOK
	if created {
		status = http.StatusCreated
	}
	a.record(r, "order.create", o.ID, status, nil)
	w.Header().Set("Location", "/orders/"+o.ID)
	writeJSON(w, status, o)
}

func (a *API) cancel(w http.ResponseWriter, r *http.Request) {
	id := orderID(r)
	o, err := a.Store.Cancel(id)
	if err != nil {
		a.record(r, "order.cancel", id, statusOf(err), err)
		writeError(w, statusOf(err), err)
		return
	}
	a.record(r, "order.cancel", id, http.StatusOK, nil)
	writeJSON(w, http.StatusOK, o)
}

// record writes the audit event of a request that changes something. It runs
// before the answer, so that no accepted change is without its event.
func (a *API) record(r *http.Request, action, resource string, status int, err error) {
	e := audit.Event{
		Severity: audit.Notice,
		Action:   action,
		Outcome:  "success",
		Resource: resource,
		Method:   r.Method,
		Path:     r.URL.Path,
		Status:   status,
		Remote:   r.RemoteAddr,
	}
	if err != nil {
		e.Outcome, e.Reason, e.Severity = "failure", err.Error(), audit.Warning
		if status >= http.StatusInternalServerError {
			e.Severity = audit.Error
		}
	}
	a.Audit.Record(r.Context(), e)
}

// observe gives every request a span, and a line in the operational log.
func (a *API) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := time.Now()
		span, err := tracing.FromRequest(r)
		if err != nil {
			writeError(w, http.StatusInternalServerError, err)
			return
		}
		w.Header().Set(tracing.HeaderParent, span.Traceparent())
		rec := &statusRecorder{ResponseWriter: w, status: http.StatusOK}
		next.ServeHTTP(rec, r.WithContext(tracing.NewContext(r.Context(), span)))
		a.Log.Debug("request",
			zap.String("method", r.Method),
			zap.String("path", r.URL.Path),
			zap.Int("status", rec.status),
			zap.Duration("took", time.Since(start)),
			zap.String("traceID", span.TraceID),
		)
	})
}

type statusRecorder struct {
	http.ResponseWriter
	status int
}

func (r *statusRecorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the real writer.
func (r *statusRecorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }

func orderID(r *http.Request) string { return strings.TrimPrefix(r.URL.Path, "/orders/") }

func statusOf(err error) int {
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return http.StatusRequestEntityTooLarge
	case errors.Is(err, orders.ErrInvalid):
		return http.StatusBadRequest
	case errors.Is(err, orders.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, orders.ErrCancelled), errors.Is(err, orders.ErrKeyReused):
		return http.StatusConflict
	case errors.Is(err, orders.ErrFull):
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

func writeError(w http.ResponseWriter, status int, err error) {
	writeJSON(w, status, struct {
		Error string `json:"error"`
	}{err.Error()})
}

func writeJSON(w http.ResponseWriter, status int, v any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	// An error here means that the client has gone.
	_ = json.NewEncoder(w).Encode(v)
}
