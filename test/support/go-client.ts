import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";

/** A machine with a go command and a folder of its own for all that Go keeps. */
export interface GoClient {
  /** Its main module's folder. */
  readonly project: string;
  /** Runs go there; waits for it. */
  readonly go: (...args: readonly string[]) => { readonly status: number | null; readonly said: string };
}

/** `gopath`: a new folder is a machine that has never seen a module. `toolchain`: as in GOTOOLCHAIN, and fetched through the proxy. The checksum database is on. */
export function goClient(url: string, toolchain: string, gopath: string): GoClient {
  const project = join(gopath, "project");
  mkdirSync(project, { recursive: true });
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: gopath,
    GOPATH: gopath,
    GOENV: "off",
    GOPROXY: url,
    GOTOOLCHAIN: toolchain,
    GOFLAGS: "-modcacherw",
    CGO_ENABLED: "0",
  };
  return {
    project,
    go: (...args) => {
      const run = spawnSync("go", args, { cwd: project, env, encoding: "utf8" });
      return { status: run.status, said: `${run.stdout}${run.stderr}` };
    },
  };
}

const program = `package main

import (
	"fmt"

	"github.com/BurntSushi/toml"
	"golang.org/x/sync/errgroup"
)

func main() {
	var group errgroup.Group
	fmt.Println(group.Wait(), toml.Key{"a"})
}
`;

/** Does with modules what people do: get, tidy, download, list versions, install, verify. Each has to succeed. */
export function useModules({ go, project }: GoClient, more: readonly (readonly string[])[] = []): void {
  writeFileSync(join(project, "main.go"), program);
  const steps = [
    ["mod", "init", "example.com/m"],
    ["get", "golang.org/x/sync@v0.8.0", "github.com/BurntSushi/toml@v1.4.0"],
    ["mod", "tidy"],
    ["mod", "download", "all"],
    ["list", "-m", "-versions", "golang.org/x/sync"],
    ...more,
    ["mod", "verify"],
  ];
  for (const step of steps) {
    const { status, said } = go(...step);
    expect(status, `go ${step.join(" ")}: ${said}`).toBe(0);
  }
}
