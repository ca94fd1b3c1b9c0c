package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"example.internal/orders/internal/server"
)

// output is a buffer that the service and the test may use at once.
type output struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.buf.String()
}

func command(ctx context.Context, args ...string) (stdout string, err error) {
	var out output
	root := newRootCommand()
	root.SetArgs(args)
	root.SetOut(&out)
	root.SetErr(io.Discard)
	err = root.ExecuteContext(ctx)
	return out.String(), err
}

// start runs `orders serve` on free ports. The returned function stops it and
// gives its audit log.
func start(t *testing.T, args ...string) (server.Ready, func() string) {
	t.Helper()
	dir := t.TempDir()
	file := filepath.Join(dir, "ready.json")
	ctx, cancel := context.WithCancel(context.Background())
	t.Cleanup(cancel)

	var stdout string
	done := make(chan error, 1)
	go func() {
		var err error
		stdout, err = command(ctx, append([]string{"serve", "--listen", "127.0.0.1:0",
			"--grpc-listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--ready-file", file}, args...)...)
		done <- err
	}()

	var ready server.Ready
	deadline := time.After(10 * time.Second)
	for {
		if data, err := os.ReadFile(file); err == nil {
			if err := json.Unmarshal(data, &ready); err != nil {
				t.Fatalf("ready file %q: %v", data, err)
			}
			break
		}
		select {
		case err := <-done:
			t.Fatalf("serve ended early: %v", err)
		case <-deadline:
			t.Fatal("not ready in time")
		case <-time.After(5 * time.Millisecond):
		}
	}
	return ready, func() string {
		t.Helper()
		cancel()
		select {
		case err := <-done:
			if err != nil {
				t.Errorf("serve: %v", err)
			}
		case <-time.After(10 * time.Second):
			t.Fatal("did not stop in time")
		}
		return stdout
	}
}

func TestServe(t *testing.T) {
	ready, stop := start(t)
	ctx := context.Background()

	if out, err := command(ctx, "health", "--url", "http://"+ready.HTTP+"/healthz", "--grpc", ready.GRPC); err != nil {
		t.Errorf("health: %v %s", err, out)
	}
	res, err := http.Post("http://"+ready.HTTP+"/orders", "application/json", strings.NewReader(`{"item":"bolt","quantity":3}`))
	if err != nil {
		t.Fatal(err)
	}
	res.Body.Close()
	if res.StatusCode != http.StatusCreated {
		t.Errorf("create: %s", res.Status)
	}
	for url, want := range map[string]int{
		"http://" + ready.Admin + "/debug/pprof/goroutine?debug=1": 200,
		"http://" + ready.Admin + "/debug/vars":                    200,
		"http://" + ready.HTTP + "/debug/pprof/":                   404,
	} {
		res, err := http.Get(url)
		if err != nil {
			t.Fatal(err)
		}
		res.Body.Close()
		if res.StatusCode != want {
			t.Errorf("%s: %s, want %d", url, res.Status, want)
		}
	}

	events := stop()
	if strings.Count(events, "\n") != 1 || !strings.Contains(events, `"action":"order.create"`) {
		t.Errorf("audit log: %s", events)
	}
}

func TestServeUnhealthy(t *testing.T) {
	ready, stop := start(t, "--fail-check", "database", "--audit-file", filepath.Join(t.TempDir(), "audit.jsonl"))
	ctx := context.Background()
	_, err := command(ctx, "health", "--url", "http://"+ready.HTTP+"/healthz")
	if err == nil || !strings.Contains(err.Error(), "503") {
		t.Errorf("HTTP health: %v, want 503", err)
	}
	_, err = command(ctx, "health", "--grpc", ready.GRPC)
	if err == nil || !strings.Contains(err.Error(), "NOT_SERVING") {
		t.Errorf("gRPC health: %v, want NOT_SERVING", err)
	}
	stop()
}

func TestStopWaitsForRequestsInFlight(t *testing.T) {
	ready, stop := start(t)
	body, send := io.Pipe()
	type answer struct {
		status int
		err    error
	}
	answered := make(chan answer, 1)
	go func() {
		res, err := http.Post("http://"+ready.HTTP+"/orders", "application/json", body)
		if err != nil {
			answered <- answer{err: err}
			return
		}
		res.Body.Close()
		answered <- answer{status: res.StatusCode}
	}()
	// The first half of the request is on its way; the rest comes during the stop.
	if _, err := io.WriteString(send, `{"item":"bolt",`); err != nil {
		t.Fatal(err)
	}
	time.Sleep(50 * time.Millisecond)
	time.AfterFunc(100*time.Millisecond, func() {
		_, _ = io.WriteString(send, `"quantity":3}`)
		_ = send.Close()
	})
	stop()
	if a := <-answered; a.err != nil || a.status != http.StatusCreated {
		t.Errorf("request in flight: %d %v", a.status, a.err)
	}
}

func TestVersion(t *testing.T) {
	out, err := command(context.Background(), "version", "--json")
	if err != nil {
		t.Fatal(err)
	}
	var v versionInfo
	if err := json.Unmarshal([]byte(out), &v); err != nil {
		t.Fatalf("%s: %v", out, err)
	}
	if v.BuildID != buildID || v.RuntimeGo == "" || v.Platform == "" {
		t.Errorf("version %+v", v)
	}
}
