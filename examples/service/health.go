package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// newHealthCommand is the check for places that have no curl, such as an
// image without a shell.
func newHealthCommand() *cobra.Command {
	var (
		url      string
		grpcAddr string
		timeout  time.Duration
	)
	cmd := &cobra.Command{
		Use:   "health",
		Short: "Ask a running service whether it is healthy",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if url == "" && grpcAddr == "" {
				return &usageError{errors.New("give --url, --grpc, or both")}
			}
			ctx, cancel := context.WithTimeout(cmd.Context(), timeout)
			defer cancel()
			if url != "" {
				if err := checkHTTP(ctx, url); err != nil {
					return err
				}
			}
			if grpcAddr != "" {
				if err := checkGRPC(ctx, grpcAddr); err != nil {
					return err
				}
			}
			_, err := fmt.Fprintln(cmd.OutOrStdout(), "ok")
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringVar(&url, "url", "", "health endpoint, such as http://127.0.0.1:8080/healthz")
	flags.StringVar(&grpcAddr, "grpc", "", "address of a gRPC server with grpc.health.v1")
	flags.DurationVar(&timeout, "timeout", 3*time.Second, "give up after this long")
	return cmd
}

func checkHTTP(ctx context.Context, url string) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return &usageError{err}
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, 4<<10))
	if err != nil {
		return err
	}
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("%s: %s: %s", url, res.Status, strings.TrimSpace(string(body)))
	}
	return nil
}

func checkGRPC(ctx context.Context, addr string) error {
	conn, err := grpc.NewClient(addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer conn.Close()
	res, err := healthpb.NewHealthClient(conn).Check(ctx, &healthpb.HealthCheckRequest{})
	if err != nil {
		return err
	}
	if res.GetStatus() != healthpb.HealthCheckResponse_SERVING {
		return fmt.Errorf("%s: %s", addr, res.GetStatus())
	}
	return nil
}
