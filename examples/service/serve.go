package main

import (
	"fmt"
	"io"
	"os"
	"runtime"
	"time"

	"github.com/spf13/cobra"
	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"

	"example.internal/orders/internal/audit"
	"example.internal/orders/internal/server"
)

type serveOptions struct {
	server        server.Config
	auditFile     string
	logLevel      string
	blockRate     int
	mutexFraction int
}

func newServeCommand() *cobra.Command {
	var opts serveOptions
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the service until SIGTERM",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			return serve(cmd, opts)
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&opts.server.HTTPAddr, "listen", "127.0.0.1:8080", "address of the HTTP API")
	flags.StringVar(&opts.server.GRPCAddr, "grpc-listen", "127.0.0.1:8081", "address of the gRPC server")
	flags.StringVar(&opts.server.AdminAddr, "admin-listen", "127.0.0.1:8082", "address of pprof and expvar; keep it private")
	flags.StringVar(&opts.server.ReadyFile, "ready-file", "", "write the actual addresses to this file, as JSON, when ready")
	flags.DurationVar(&opts.server.DrainDelay, "drain-delay", 0, "on a stop, answer 503 on /healthz for this long before the listeners close")
	flags.DurationVar(&opts.server.ShutdownTimeout, "shutdown-timeout", 15*time.Second, "on a stop, wait this long for requests in flight")
	flags.IntVar(&opts.server.MaxOrders, "max-orders", 100_000, "refuse new orders beyond this many")
	flags.StringVar(&opts.server.FailCheck, "fail-check", "", "rehearsal: report a failing health check of this name")
	flags.StringVar(&opts.auditFile, "audit-file", "", "append audit events to this file (default: standard output)")
	flags.StringVar(&opts.logLevel, "log-level", "info", "debug, info, warn or error")
	flags.IntVar(&opts.blockRate, "block-profile-rate", 0, "as runtime.SetBlockProfileRate")
	flags.IntVar(&opts.mutexFraction, "mutex-profile-fraction", 0, "as runtime.SetMutexProfileFraction")
	return cmd
}

func serve(cmd *cobra.Command, opts serveOptions) error {
	log, err := newLogger(cmd.ErrOrStderr(), opts.logLevel)
	if err != nil {
		return &usageError{err}
	}
	defer func() { _ = log.Sync() }()

	auditOut := cmd.OutOrStdout()
	if opts.auditFile != "" {
		f, err := os.OpenFile(opts.auditFile, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
		if err != nil {
			return fmt.Errorf("audit log: %w", err)
		}
		defer f.Close()
		auditOut = f
	}

	runtime.SetBlockProfileRate(opts.blockRate)
	runtime.SetMutexProfileFraction(opts.mutexFraction)

	cfg := opts.server
	cfg.BuildID = buildID
	return server.Run(cmd.Context(), cfg, log, audit.New(auditOut, buildID))
}

func newLogger(w io.Writer, level string) (*zap.Logger, error) {
	lvl, err := zapcore.ParseLevel(level)
	if err != nil {
		return nil, err
	}
	enc := zap.NewProductionEncoderConfig()
	enc.TimeKey = "time"
	enc.EncodeTime = zapcore.RFC3339NanoTimeEncoder
	core := zapcore.NewCore(zapcore.NewJSONEncoder(enc), zapcore.Lock(zapcore.AddSync(w)), lvl)
	return zap.New(core, zap.Fields(zap.String("buildID", buildID), zap.Int("pid", os.Getpid()))), nil
}
