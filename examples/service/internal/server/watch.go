package server

import (
	"context"
	"time"

	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"example.internal/orders/internal/httpapi"
)

const watchInterval = 500 * time.Millisecond

// watcher keeps grpc.health.v1 in step with the checks behind /healthz.
type watcher struct {
	checks *httpapi.Health
	server *health.Server
}

func newWatcher(checks *httpapi.Health, server *health.Server) *watcher {
	return &watcher{checks, server}
}

func (w *watcher) update(ctx context.Context) {
	status := healthpb.HealthCheckResponse_SERVING
	if _, ok := w.checks.Report(ctx); !ok {
		status = healthpb.HealthCheckResponse_NOT_SERVING
	}
	w.server.SetServingStatus("", status)
}

func (w *watcher) run(ctx context.Context) error {
	tick := time.NewTicker(watchInterval)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
			w.update(ctx)
		}
	}
}
