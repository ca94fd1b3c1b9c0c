package httpapi

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"go.uber.org/zap"

	"example.internal/orders/internal/audit"
	"example.internal/orders/internal/orders"
)

func newAPI(max int) (*API, *bytes.Buffer) {
	var events bytes.Buffer
	return &API{
		Store:   orders.NewStore(max),
		Health:  &Health{},
		Log:     zap.NewNop(),
		Audit:   audit.New(&events, "test"),
		BuildID: "test",
	}, &events
}

func do(t *testing.T, h http.Handler, method, path, body string, header map[string]string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	for k, v := range header {
		r.Header.Set(k, v)
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestOrders(t *testing.T) {
	api, events := newAPI(2)
	h := api.Handler()

	const parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
	header := map[string]string{"Traceparent": parent, "Idempotency-Key": "k1"}
	w := do(t, h, "POST", "/orders", `{"item":"bolt","quantity":3}`, header)
	if w.Code != http.StatusCreated {
		t.Fatalf("create: %d %s", w.Code, w.Body)
	}
	var o orders.Order
	if err := json.Unmarshal(w.Body.Bytes(), &o); err != nil {
		t.Fatal(err)
	}
	if got := w.Header().Get("Location"); got != "/orders/"+o.ID {
		t.Errorf("Location %q", got)
	}
	if got := w.Header().Get("Traceparent"); !strings.HasPrefix(got, parent[:36]) || got == parent {
		t.Errorf("answer's traceparent %q does not continue %q", got, parent)
	}
	var event struct {
		Action, Outcome, Resource, TraceID, ParentID string
		Severity                                     int
	}
	if err := json.Unmarshal(events.Bytes(), &event); err != nil {
		t.Fatalf("audit event %q: %v", events, err)
	}
	if event.Action != "order.create" || event.Outcome != "success" || event.Resource != o.ID ||
		event.TraceID != parent[3:35] || event.ParentID != parent[36:52] || event.Severity != 5 {
		t.Errorf("audit event %s", events)
	}

	steps := []struct {
		method, path, body string
		want               int
		audited            bool
	}{
		{"GET", "/orders", "", 200, false},
		{"HEAD", "/orders", "", 200, false},
		{"GET", "/orders?limit=0", "", 400, false},
		{"GET", "/orders/" + o.ID, "", 200, false},
		{"GET", "/orders/none", "", 404, false},
		{"POST", "/orders", `{"item":"bolt","quantity":0}`, 400, true},
		{"POST", "/orders", `{"item":"bolt","colour":"red"}`, 400, true},
		{"POST", "/orders", `{"item":"` + strings.Repeat("x", maxBody) + `"}`, 413, true},
		{"POST", "/orders", `{"item":"nut","quantity":1}`, 201, true},
		{"POST", "/orders", `{"item":"nut","quantity":1}`, 503, true},
		{"DELETE", "/orders/" + o.ID, "", 200, true},
		{"DELETE", "/orders/" + o.ID, "", 409, true},
		{"DELETE", "/orders/none", "", 404, true},
		{"DELETE", "/orders", "", 405, false},
		{"GET", "/nothing", "", 404, false},
	}
	for _, s := range steps {
		events.Reset()
		w := do(t, h, s.method, s.path, s.body, nil)
		if w.Code != s.want {
			t.Errorf("%s %s: %d %s, want %d", s.method, s.path, w.Code, w.Body, s.want)
		}
		if lines := bytes.Count(events.Bytes(), []byte("\n")); (lines == 1) != s.audited || lines > 1 {
			t.Errorf("%s %s: %d audit events, audited = %v", s.method, s.path, lines, s.audited)
		}
	}

	if w := do(t, h, "POST", "/orders", `{"item":"bolt","quantity":3}`, header); w.Code != http.StatusOK {
		t.Errorf("repeated create: %d %s", w.Code, w.Body)
	}
}

func TestHealthz(t *testing.T) {
	api, _ := newAPI(1)
	h := api.Handler()
	var broken error
	api.Health.Set("database", func(context.Context) error { return broken })

	for _, want := range []struct {
		err    error
		code   int
		status string
		check  string
	}{
		{nil, 200, "ok", "ok"},
		{errors.New("gone"), 503, "unavailable", "gone"},
	} {
		broken = want.err
		w := do(t, h, "GET", "/healthz", "", nil)
		var got struct {
			Status  string
			Checks  map[string]string
			BuildID string
			PID     int
		}
		if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil {
			t.Fatal(err)
		}
		if w.Code != want.code || got.Status != want.status || got.Checks["database"] != want.check ||
			got.BuildID != "test" || got.PID == 0 {
			t.Errorf("%d %s", w.Code, w.Body)
		}
	}
}
