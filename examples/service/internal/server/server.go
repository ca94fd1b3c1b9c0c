// Package server runs the service's three listeners and stops them in order.
package server

import (
	"context"
	"encoding/json"
	"errors"
	"expvar"
	"fmt"
	"net"
	"net/http"
	"net/http/pprof"
	"os"
	"path/filepath"
	"sync/atomic"
	"time"

	"go.uber.org/zap"
	"golang.org/x/sync/errgroup"
	"google.golang.org/grpc"
	"google.golang.org/grpc/health"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"example.internal/orders/internal/audit"
	"example.internal/orders/internal/httpapi"
	"example.internal/orders/internal/orders"
)

// Config says how to run.
type Config struct {
	HTTPAddr        string
	GRPCAddr        string
	AdminAddr       string
	ReadyFile       string
	BuildID         string
	FailCheck       string
	MaxOrders       int
	DrainDelay      time.Duration
	ShutdownTimeout time.Duration
}

// Ready is what the ready file holds.
type Ready struct {
	HTTP    string `json:"http"`
	GRPC    string `json:"grpc"`
	Admin   string `json:"admin"`
	PID     int    `json:"pid"`
	BuildID string `json:"buildID"`
}

// Run serves until ctx is done, then stops gracefully. It returns nil after a
// clean stop.
func Run(ctx context.Context, cfg Config, log *zap.Logger, auditLog *audit.Logger) error {
	listeners, err := listen(ctx, cfg.HTTPAddr, cfg.GRPCAddr, cfg.AdminAddr)
	if err != nil {
		return err
	}
	httpL, grpcL, adminL := listeners[0], listeners[1], listeners[2]

	var ready atomic.Bool
	store := orders.NewStore(cfg.MaxOrders)
	checks := newHealth(&ready, store, cfg.FailCheck)

	api := &httpapi.API{Store: store, Health: checks, Log: log, Audit: auditLog, BuildID: cfg.BuildID}
	httpServer := newHTTPServer(api.Handler(), log)
	adminServer := newHTTPServer(adminHandler(), log)
	adminServer.WriteTimeout = 0 // a CPU profile may take minutes

	grpcServer := grpc.NewServer()
	grpcHealth := health.NewServer()
	grpcHealth.SetServingStatus("", healthpb.HealthCheckResponse_NOT_SERVING)
	healthpb.RegisterHealthServer(grpcServer, grpcHealth)

	// The group's context ends when the caller asks for a stop, and also when
	// one of the servers fails.
	group, groupCtx := errgroup.WithContext(ctx)
	group.Go(func() error { return serveHTTP(httpServer, httpL) })
	group.Go(func() error { return serveHTTP(adminServer, adminL) })
	group.Go(func() error { return grpcServer.Serve(grpcL) })

	ready.Store(true)
	watch := newWatcher(checks, grpcHealth)
	watch.update(groupCtx)
	group.Go(func() error { return watch.run(groupCtx) })

	addrs := Ready{
		HTTP:    httpL.Addr().String(),
		GRPC:    grpcL.Addr().String(),
		Admin:   adminL.Addr().String(),
		PID:     os.Getpid(),
		BuildID: cfg.BuildID,
	}
	log.Info("serving", zap.String("http", addrs.HTTP), zap.String("grpc", addrs.GRPC), zap.String("admin", addrs.Admin))

	group.Go(func() error {
		<-groupCtx.Done()
		ready.Store(false)
		grpcHealth.Shutdown()
		log.Info("stopping", zap.Duration("drainDelay", cfg.DrainDelay))
		if ctx.Err() != nil { // asked for, so clients get time to notice
			time.Sleep(cfg.DrainDelay)
		}
		return shutdown(cfg.ShutdownTimeout, httpServer, adminServer, grpcServer)
	})
	if cfg.ReadyFile != "" {
		group.Go(func() error { return writeReadyFile(cfg.ReadyFile, addrs) })
	}

	err = group.Wait()
	if err != nil {
		return err
	}
	log.Info("stopped")
	return nil
}

func listen(ctx context.Context, addrs ...string) ([]net.Listener, error) {
	var lc net.ListenConfig
	var out []net.Listener
	for _, addr := range addrs {
		l, err := lc.Listen(ctx, "tcp", addr)
		if err != nil {
			for _, open := range out {
				_ = open.Close()
			}
			return nil, err
		}
		out = append(out, l)
	}
	return out, nil
}

func newHealth(ready *atomic.Bool, store *orders.Store, failing string) *httpapi.Health {
	h := &httpapi.Health{}
	h.Set("ready", func(context.Context) error {
		if !ready.Load() {
			return errors.New("starting or stopping")
		}
		return nil
	})
	h.Set("store", func(context.Context) error { return store.Check() })
	if failing != "" {
		h.Set(failing, func(context.Context) error { return errors.New("fails on request") })
	}
	return h
}

func newHTTPServer(h http.Handler, log *zap.Logger) *http.Server {
	s := &http.Server{
		Handler:           h,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       30 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       2 * time.Minute,
	}
	if std, err := zap.NewStdLogAt(log, zap.WarnLevel); err == nil {
		s.ErrorLog = std
	}
	return s
}

// adminHandler has what must not be public.
func adminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/debug/pprof/", pprof.Index)
	mux.HandleFunc("/debug/pprof/cmdline", pprof.Cmdline)
	mux.HandleFunc("/debug/pprof/profile", pprof.Profile)
	mux.HandleFunc("/debug/pprof/symbol", pprof.Symbol)
	mux.HandleFunc("/debug/pprof/trace", pprof.Trace)
	mux.Handle("/debug/vars", expvar.Handler())
	return mux
}

func serveHTTP(s *http.Server, l net.Listener) error {
	if err := s.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

func shutdown(timeout time.Duration, httpServer, adminServer *http.Server, grpcServer *grpc.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()

	drained := make(chan struct{})
	go func() {
		grpcServer.GracefulStop()
		close(drained)
	}()
	err := httpServer.Shutdown(ctx)
	select {
	case <-drained:
	case <-ctx.Done():
		grpcServer.Stop()
		<-drained
		err = errors.Join(err, fmt.Errorf("grpc: %w", ctx.Err()))
	}
	// A profile that is being taken is not worth waiting for.
	if err != nil {
		err = fmt.Errorf("requests were cut off: %w", errors.Join(err, httpServer.Close()))
	}
	return errors.Join(err, adminServer.Close())
}

// writeReadyFile appears under its name complete, or not at all.
func writeReadyFile(name string, r Ready) error {
	data, err := json.Marshal(r)
	if err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(name), ".ready-*")
	if err != nil {
		return fmt.Errorf("ready file: %w", err)
	}
	_, err = f.Write(append(data, '\n'))
	err = errors.Join(err, f.Chmod(0o644), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), name)
	}
	if err != nil {
		_ = os.Remove(f.Name())
		return fmt.Errorf("ready file: %w", err)
	}
	return nil
}
