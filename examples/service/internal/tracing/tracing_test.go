package tracing

import (
	"net/http/httptest"
	"testing"
)

const sample = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

func TestParse(t *testing.T) {
	cases := map[string]bool{
		sample: true,
		"cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later": true,
		"": false,
		"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-extra": false,
		"ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01":       false,
		"00-00000000000000000000000000000000-00f067aa0ba902b7-01":       false,
		"00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01":       false,
		"00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01":       false,
		"00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-01":        false,
	}
	for header, ok := range cases {
		if _, err := Parse(header); (err == nil) != ok {
			t.Errorf("Parse(%q): error %v, want accepted = %v", header, err, ok)
		}
	}
}

func TestFromRequestContinuesTheTrace(t *testing.T) {
	r := httptest.NewRequest("GET", "/", nil)
	r.Header.Set(HeaderParent, sample)
	r.Header.Set(HeaderState, "vendor=1")
	s, err := FromRequest(r)
	if err != nil {
		t.Fatal(err)
	}
	if s.TraceID != "4bf92f3577b34da6a3ce929d0e0e4736" || s.ParentID != "00f067aa0ba902b7" || s.State != "vendor=1" {
		t.Errorf("span %+v does not continue %s", s, sample)
	}
	if s.SpanID == s.ParentID {
		t.Error("span id was not renewed")
	}
	if _, err := Parse(s.Traceparent()); err != nil {
		t.Errorf("outgoing %q: %v", s.Traceparent(), err)
	}
}

func TestFromRequestStartsATrace(t *testing.T) {
	s, err := FromRequest(httptest.NewRequest("GET", "/", nil))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Parse(s.Traceparent()); err != nil || s.ParentID != "" {
		t.Errorf("span %+v, error %v", s, err)
	}
}
