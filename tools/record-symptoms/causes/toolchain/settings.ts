import { chmodSync, chownSync } from "node:fs";
import type { Cause, Command, Environment, Run } from "../../types.ts";

const asking = { build: "go build ./...", version: "go version", env: "go env GOROOT", tidy: "go mod tidy" } as const;
const goEnv = "/home/dev/.config/go/env";

/** `go build` with one variable set, by a name for the variant. */
function each(
  name: string,
  values: Readonly<Record<string, string>>,
  more: Environment = {},
  command: Command = "go build ./...",
): Record<string, Run> {
  return Object.fromEntries(
    Object.entries(values).map(([variant, value]) => [variant, { command, env: { ...more, [name]: value } }]),
  );
}

/** `go build` with this in the file that `go env -w` writes, and nothing in the environment to outvote it. */
function leftovers(lines: Readonly<Record<string, string>>): Record<string, Run> {
  return Object.fromEntries(
    Object.entries(lines).map(([variant, line]) => [
      variant,
      { command: "go build ./...", files: { [goEnv]: `${line}\n` } },
    ]),
  );
}

/** Variables that no release, or not this one, understands. */
export const settings: readonly Cause[] = [
  {
    id: "goexperiment-unknown",
    fault: "GOEXPERIMENT names an experiment that this release does not know",
    env: { GOEXPERIMENT: "nosuch" },
    runs: { ...asking, test: "go test ./...", run: "go run .", list: "go list ./..." },
  },
  {
    id: "goexperiment-of-other-release",
    fault: "GOEXPERIMENT names an experiment of other releases",
    runs: each(
      "GOEXPERIMENT",
      {
        loopvar: "loopvar",
        rangefunc: "rangefunc",
        aliastypeparams: "aliastypeparams",
        swissmap: "swissmap",
        synctest: "synctest",
        jsonv2: "jsonv2",
        greenteagc: "greenteagc",
        arenas: "arenas",
        unified: "unified",
        regabi: "regabi",
      },
      {},
      "go list std",
    ),
  },
  {
    id: "goflags-unknown",
    fault: "GOFLAGS has a flag that no release knows",
    env: { GOFLAGS: "-nosuch" },
    runs: {
      ...asking,
      test: "go test ./...",
      list: "go list ./...",
      download: "go mod download",
      tool: "go tool compile -V",
    },
  },
  {
    id: "goflags-malformed",
    fault: "GOFLAGS is not a list of flags",
    runs: each("GOFLAGS", {
      word: "trimpath",
      dash: "-",
      dashes: "--",
      space: "-tags netgo",
      ldflags: "-ldflags=-s -w",
      quote: "-ldflags='-s -w",
      equals: "-=x",
      triple: "---v",
    }),
  },
  {
    id: "goflags-bad-value",
    fault: "GOFLAGS has a flag with a value that it cannot have",
    runs: {
      ...each(
        "GOFLAGS",
        {
          mod: "-mod=local",
          parallel: "-p=many",
          buildmode: "-buildmode=nosuch",
          compiler: "-compiler=nosuch",
          gccgo: "-compiler=gccgo",
          buildvcs: "-buildvcs=maybe",
          boolean: "-trimpath=perhaps",
          insecure: "-insecure",
          tags: "-tags=a b",
          pgo: "-pgo=missing.pprof",
          overlay: "-overlay=missing.json",
          modfile: "-modfile=missing.mod",
          "modfile-name": "-modfile=missing.txt",
          toolexec: "-toolexec=/opt/missing/wrapper",
          gcflags: "-gcflags=-nosuch",
          "ldflags-bad": "-ldflags=-nosuch",
          asmflags: "-asmflags=-nosuch",
          pkgdir: "-pkgdir=/opt/missing",
          changedir: "-C=/opt/missing",
          covermode: "-covermode=some",
        },
        {},
        "go build -o service .",
      ),
      race: { command: "go build ./...", env: { GOFLAGS: "-race", CGO_ENABLED: "0" } },
      msan: { command: "go build ./...", env: { GOFLAGS: "-msan", CGO_ENABLED: "0" } },
      "race-port": { command: "go build ./...", env: { GOFLAGS: "-race", GOARCH: "386" } },
      "plugin-port": { command: "go build .", env: { GOFLAGS: "-buildmode=plugin", GOOS: "windows" } },
    },
  },
  {
    id: "goflags-of-other-command",
    fault: "GOFLAGS has a flag of one command only",
    env: { GOFLAGS: "-count=1" },
    runs: { build: { command: "go build ./...", env: { GOFLAGS: "-nosuch-count=1" } } },
  },
  {
    id: "micro-architecture-unknown",
    fault: "a variable names a level that the architecture does not have",
    runs: {
      ...each("GOAMD64", { amd64: "v9", "amd64-word": "haswell" }),
      ...each("GOARM", { arm: "9", "arm-word": "v7" }, { GOARCH: "arm" }),
      ...each("GOARM64", { arm64: "v7.0" }, { GOARCH: "arm64" }),
      ...each("GO386", { "386": "387" }, { GOARCH: "386" }),
      ...each("GOMIPS", { mips: "float" }, { GOARCH: "mips" }),
      ...each("GOPPC64", { ppc64: "power7" }, { GOARCH: "ppc64le" }),
      ...each("GORISCV64", { riscv64: "rva19" }, { GOARCH: "riscv64" }),
      ...each("GOWASM", { wasm: "threads" }, { GOARCH: "wasm", GOOS: "js" }),
      "amd64-version": { command: "go version", env: { GOAMD64: "v9" } },
      "amd64-env": { command: "go env GOAMD64", env: { GOAMD64: "v9" } },
      "amd64-test": { command: "go test ./...", env: { GOAMD64: "v9" } },
      "amd64-list": { command: "go list ./...", env: { GOAMD64: "v9" } },
      "amd64-tidy": { command: "go mod tidy", env: { GOAMD64: "v9" } },
    },
  },
  {
    id: "port-unknown",
    fault: "GOOS and GOARCH are no port of Go",
    runs: {
      system: { command: "go build ./...", env: { GOOS: "plan10" } },
      architecture: { command: "go build ./...", env: { GOARCH: "x86_64" } },
      pair: { command: "go build ./...", env: { GOOS: "windows", GOARCH: "riscv64" } },
      capital: { command: "go build ./...", env: { GOOS: "Linux" } },
      test: { command: "go test ./...", env: { GOOS: "plan10" } },
      vet: { command: "go vet ./...", env: { GOOS: "plan10" } },
      list: { command: "go list ./...", env: { GOOS: "plan10" } },
      tidy: { command: "go mod tidy", env: { GOOS: "plan10" } },
      version: { command: "go version", env: { GOOS: "plan10" } },
    },
  },
  {
    id: "godebug-unknown",
    fault: "a GODEBUG setting that no release knows",
    runs: {
      variable: { command: "go build ./...", env: { GODEBUG: "nosuch=1" } },
      comment: {
        command: "go build ./...",
        files: { "main.go": "//go:debug nosuch=1\n\npackage main\n\nfunc main() {}\n" },
      },
      line: {
        command: "go build ./...",
        files: { "go.mod": "module example.com/service\n\ngo 1.23\n\ngodebug nosuch=1\n" },
      },
    },
  },
  {
    id: "gofips140-unknown",
    fault: "GOFIPS140 names a module version that this release does not have",
    since: "1.24",
    runs: each("GOFIPS140", { word: "yes", version: "v9.0.0", certified: "certified", inprocess: "inprocess" }),
  },
  {
    id: "go-env-leftover",
    fault: "`go env -w` once wrote a bad value",
    env: { GOPROXY: undefined, GOSUMDB: undefined, GOTOOLCHAIN: undefined },
    runs: leftovers({
      goflags: "GOFLAGS=-nosuch",
      goos: "GOOS=plan10",
      goarch: "GOARCH=x86_64",
      goroot: "GOROOT=/usr/lib/go-1.19",
      goexperiment: "GOEXPERIMENT=nosuch",
      goamd64: "GOAMD64=v9",
      module: "GO111MODULE=off",
      gowork: "GOWORK=/home/dev/gone/go.work",
      gocache: "GOCACHE=cache",
      gopath: "GOPATH=go",
      cc: "CC=/opt/missing/cc",
      gotoolchain: "GOTOOLCHAIN=1.21",
      gotmpdir: "GOTMPDIR=/opt/missing",
      mod: "GOFLAGS=-mod=vendor",
      gobin: "GOBIN=bin",
    }),
  },
  {
    id: "go-env-malformed",
    fault: "the file of `go env -w` is not of its form",
    env: { GOPROXY: undefined, GOSUMDB: undefined, GOTOOLCHAIN: undefined },
    runs: {
      ...leftovers({ line: "this is no setting", shell: "export GOFLAGS=-trimpath", unknown: "GOFOO=1", empty: "=x" }),
      binary: {
        command: "go build ./...",
        prepare: (box) => void box.write(goEnv, Buffer.from([0xff, 0xfe, 0x47, 0x00])),
      },
    },
  },
  {
    id: "go-env-unreadable",
    fault: "the file of `go env -w` is of another user, or is no file",
    prepare: (box) => {
      box.write(goEnv, "GOFLAGS=-trimpath\n");
      chownSync(goEnv, 0, 0);
      chmodSync(goEnv, 0o600);
    },
    runs: {
      ...asking,
      write: "go env -w GOFLAGS=-trimpath",
      folder: { command: "go build ./...", prepare: (box) => (box.remove(goEnv), void box.folder(goEnv)) },
    },
  },
  {
    id: "go-env-refuses",
    fault: "`go env -w` cannot do what it is told",
    runs: {
      unknown: "go env -w GOFOO=1",
      value: "go env -w GOOS=plan10",
      off: { command: "go env -w GOFLAGS=-trimpath", env: { GOENV: "off" } },
      relative: { command: "go env -w GOFLAGS=-trimpath", env: { GOENV: "env" } },
      homeless: { command: "go env -w GOFLAGS=-trimpath", env: { HOME: undefined } },
      path: "go env -w GOPATH=go",
      flags: "go env -w GOFLAGS=trimpath",
    },
  },
  {
    id: "gobin-relative",
    fault: "GOBIN is a relative path",
    env: { GOBIN: "bin" },
    runs: { install: "go install ./...", build: "go build ./..." },
  },
];
