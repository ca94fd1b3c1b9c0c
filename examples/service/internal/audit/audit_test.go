package audit

import (
	"bytes"
	"context"
	"encoding/json"
	"testing"

	"example.internal/orders/internal/tracing"
)

func TestRecord(t *testing.T) {
	span, err := tracing.Parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
	if err != nil {
		t.Fatal(err)
	}
	ctx := tracing.NewContext(context.Background(), span)
	for _, severity := range []Severity{Error, Warning, Notice, Informational} {
		var out bytes.Buffer
		New(&out, "v1").Record(ctx, Event{Severity: severity, Action: "order.create", Outcome: "success", Status: 201})

		var got struct {
			Severity    Severity `json:"severity"`
			Level       *string  `json:"level"`
			Action      string   `json:"action"`
			Traceparent string   `json:"traceparent"`
			BuildID     string   `json:"buildID"`
			HTTP        struct {
				Status int `json:"status"`
			} `json:"http"`
		}
		if err := json.Unmarshal(out.Bytes(), &got); err != nil {
			t.Fatalf("%s: %v", out.Bytes(), err)
		}
		if got.Severity != severity || got.Level != nil || got.Action != "order.create" ||
			got.Traceparent != span.Traceparent() || got.BuildID != "v1" || got.HTTP.Status != 201 {
			t.Errorf("severity %d: event %s", severity, out.Bytes())
		}
		if bytes.Count(out.Bytes(), []byte("\n")) != 1 {
			t.Errorf("not one line: %q", out.Bytes())
		}
	}
}
