import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Scenario } from "./types.ts";

export const poisonedGoroot: Scenario = {
  id: "poisoned-goroot",
  title: "GOROOT, GOTOOLDIR and GOTOOLCHAIN of a Go that is gone",
  proves: "Leftovers of an earlier installation do not reach the kit's Go.",
  needs: [],
  environment: () => ({
    GOROOT: "/usr/lib/go-1.4",
    GOTOOLDIR: "/usr/lib/go-1.4/pkg/tool/linux_amd64",
    GOTOOLCHAIN: "go1.99.1",
    GOEXPERIMENT: "nosuchexperiment",
  }),
};

export const poisonedGoflags: Scenario = {
  id: "poisoned-goflags",
  title: "GOFLAGS that break every build",
  proves: "Harmful flags are dropped, and a harmless one (-tags) is kept.",
  needs: [],
  environment: () => ({
    GOFLAGS:
      "-mod=vendor -overlay=/nowhere/overlay.json -modfile=/nowhere/go.mod -toolexec=/nowhere/wrap -nosuchflag -tags=netgo",
  }),
  settings: (stage) => ({ hooks: { "after-activate": join(stage.inside.scripts, "hooks", "expect-tags.sh") } }),
};

export const poisonedGoproxy: Scenario = {
  id: "poisoned-goproxy",
  title: "GOPROXY that leads nowhere, and the database switched off",
  proves: "Modules come from the kit, and the checksum database stays on.",
  needs: [],
  environment: () => ({
    GOPROXY: "http://127.0.0.1:1,https://goproxy.corp.invalid,direct",
    GOSUMDB: "off",
    GONOSUMDB: "*",
    GOPRIVATE: "*",
    GOINSECURE: "*",
    HTTPS_PROXY: "http://127.0.0.1:1",
  }),
};

export const gopathMode: Scenario = {
  id: "gopath-mode",
  title: "GO111MODULE=off and a GOPATH of the user's",
  proves: "A host in GOPATH mode builds a module, and its GOPATH stays as it was.",
  needs: [],
  setUp: async (stage) => {
    await mkdir(join(stage.host.home, "gopath", "src", "example.org", "old"), { recursive: true });
    await writeFile(join(stage.host.home, "gopath", "src", "example.org", "old", "old.go"), "package old\n");
  },
  environment: (stage) => ({
    GO111MODULE: "off",
    GOPATH: join(stage.inside.home, "gopath"),
    GOBIN: join(stage.inside.home, "gopath", "bin"),
  }),
};

export const goenvLeftovers: Scenario = {
  id: "goenv-leftovers",
  title: "Settings that `go env -w` wrote long ago",
  proves: "What lies in HOME/.config/go/env counts for nothing while the kit is active.",
  needs: [],
  setUp: async (stage) => {
    const folder = join(stage.host.home, ".config", "go");
    await mkdir(folder, { recursive: true });
    const settings = [
      "GOFLAGS=-mod=vendor",
      "GO111MODULE=off",
      "GOPROXY=https://goproxy.corp.invalid",
      "GOSUMDB=off",
      "GOOS=windows",
      "GOARCH=386",
      "GOTOOLCHAIN=go1.99.1",
      "CC=/nowhere/cc",
      "CGO_ENABLED=1",
    ];
    await writeFile(join(folder, "env"), `${settings.join("\n")}\n`);
  },
};

export const leakedTarget: Scenario = {
  id: "leaked-target",
  title: "GOOS, GOARCH, CC and GOWORK of another job",
  proves: "A build for this host comes out, and it runs.",
  needs: [],
  environment: (stage) => ({
    GOOS: "plan9",
    GOARCH: "386",
    CC: "/nowhere/cc",
    CXX: "/nowhere/c++",
    CGO_ENABLED: "1",
    CGO_CFLAGS: "-fnosuchflag",
    GOWORK: join(stage.inside.home, "nowhere", "go.work"),
    GOCACHEPROG: "/nowhere/cache",
    GOCACHE: "off",
    GOTMPDIR: "/nowhere/tmp",
  }),
};
