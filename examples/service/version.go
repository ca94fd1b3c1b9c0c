package main

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// Stamped by the linker:
//
//	go build -ldflags "-X main.buildID=v1.2.0-3-gabc1234 -X main.BuildCommit=… -X main.BuildCIID=… -X main.BuildGoVer=…"
var (
	buildID     = "dev"
	BuildCommit = ""
	BuildCIID   = ""
	BuildGoVer  = ""
)

type versionInfo struct {
	BuildID   string `json:"buildID"`
	Commit    string `json:"commit"`
	CIID      string `json:"ciID"`
	BuildGo   string `json:"buildGo"`
	RuntimeGo string `json:"runtimeGo"`
	Platform  string `json:"platform"`
}

// currentVersion prefers what the linker stamped, and falls back to what the
// go command records by itself.
func currentVersion() versionInfo {
	v := versionInfo{
		BuildID:   buildID,
		Commit:    BuildCommit,
		CIID:      BuildCIID,
		BuildGo:   BuildGoVer,
		RuntimeGo: runtime.Version(),
		Platform:  runtime.GOOS + "/" + runtime.GOARCH,
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return v
	}
	if v.BuildGo == "" {
		v.BuildGo = info.GoVersion
	}
	if v.Commit == "" {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v.Commit = s.Value
			}
		}
	}
	return v
}

func newVersionCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "version",
		Short: "Print what this binary was built from",
		Args:  usageArgs(cobra.NoArgs),
		RunE: func(cmd *cobra.Command, _ []string) error {
			v := currentVersion()
			if asJSON {
				return json.NewEncoder(cmd.OutOrStdout()).Encode(v)
			}
			_, err := fmt.Fprintf(cmd.OutOrStdout(),
				"orders %s\ncommit:     %s\nci run:     %s\nbuilt with: %s\nruns on:    %s %s\n",
				v.BuildID, orUnknown(v.Commit), orUnknown(v.CIID), orUnknown(v.BuildGo), v.RuntimeGo, v.Platform)
			return err
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print one JSON object")
	return cmd
}

func orUnknown(s string) string {
	if s == "" {
		return "unknown"
	}
	return s
}
