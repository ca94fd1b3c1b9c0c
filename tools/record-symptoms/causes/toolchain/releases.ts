import { answer } from "../../servers.ts";
import type { Cause, Files } from "../../types.ts";
import { loading } from "../dependencies.ts";

const goMod = (text: string): Files => ({ "go.mod": `module example.com/service\n\n${text}` });
const all = {
  ...loading,
  tidy: "go mod tidy",
  download: "go mod download",
  modules: "go list -m",
  version: "go version",
  env: "go env GOVERSION",
} as const;
const asking = {
  build: "go build ./...",
  test: "go test ./...",
  version: "go version",
  env: "go env GOVERSION",
  tidy: "go mod tidy",
} as const;
const newer = goMod("go 1.99\n");
const auto = { GOTOOLCHAIN: "auto" } as const;
const toolchainPath = "/golang.org/toolchain/@v/v0.0.1-go1.99.1.linux-amd64";
const named = goMod("go 1.99.1\n");

/** What a module asks of the release, and getting another. */
export const releases: readonly Cause[] = [
  {
    id: "module-needs-newer-go",
    fault: "go.mod says go 1.99, and GOTOOLCHAIN=local",
    files: newer,
    runs: {
      ...all,
      get: "go get example.com/greet",
      install: "go install ./...",
      generate: "go generate ./...",
      work: "go work sync",
    },
  },
  {
    id: "module-needs-newer-go-and-fails",
    fault: "go.mod says go 1.99, GOTOOLCHAIN=local, and the code does not compile",
    files: { ...newer, "main.go": "package main\n\nfunc main() {\n\tprintln(max3(1, 2, 3))\n}\n" },
    runs: { build: "go build ./...", vet: "go vet ./..." },
  },
  {
    id: "module-needs-newer-patch",
    fault: "go.mod says a later patch than this release's, and GOTOOLCHAIN=local",
    since: "1.21",
    files: newer,
    prepare: (box) => void box.write("go.mod", `module example.com/service\n\ngo ${box.release}9\n`),
    runs: asking,
  },
  {
    id: "module-names-newer-toolchain",
    fault: "go.mod has a toolchain line for go1.99.1 beside go 1.99, and GOTOOLCHAIN=local",
    files: goMod("go 1.99\n\ntoolchain go1.99.1\n"),
    runs: asking,
  },
  {
    id: "toolchain-line-alone",
    fault: "go.mod has a toolchain line for go1.99.1 beside go 1.20, and GOTOOLCHAIN=local",
    files: goMod("go 1.20\n\ntoolchain go1.99.1\n"),
    runs: asking,
  },
  {
    id: "three-part-go-line",
    fault: "go.mod says go 1.21.0, a form that Go 1.20 does not know",
    files: goMod("go 1.21.0\n"),
    until: "1.20",
    runs: all,
  },
  {
    id: "release-candidate-go-line",
    fault: "go.mod says go 1.99rc1, and GOTOOLCHAIN=local",
    files: goMod("go 1.99rc1\n"),
    runs: asking,
  },
  {
    id: "dependency-needs-newer-go",
    fault: "a dependency says go 1.99, and GOTOOLCHAIN=local",
    runs: {
      get: "go get example.com/future",
      tidy: { command: "go mod tidy", files: { "more.go": `package main\n\nimport _ "example.com/future"\n` } },
      build: {
        command: "go build ./...",
        files: {
          ...goMod("go 1.20\n\nrequire example.com/future v1.0.0\n"),
          "more.go": `package main\n\nimport _ "example.com/future"\n`,
        },
        prepare: (box) => void box.write("go.sum", box.servers.goSum("example.com/future@v1.0.0")),
      },
      install: "go install example.com/future@latest",
    },
  },
  {
    id: "directive-newer",
    fault: "go.mod has a directive of a later release",
    files: goMod("go 1.20\n"),
    runs: {
      toolchain: { command: "go build ./...", files: goMod("go 1.20\n\ntoolchain go1.20\n") },
      godebug: { command: "go build ./...", files: goMod("go 1.20\n\ngodebug default=go1.21\n") },
      tool: { command: "go build ./...", files: goMod("go 1.20\n\ntool example.com/service/gen\n") },
      ignore: { command: "go build ./...", files: goMod("go 1.20\n\nignore ./static\n") },
      "tool-tidy": { command: "go mod tidy", files: goMod("go 1.20\n\ntool example.com/service/gen\n") },
      "tool-block": { command: "go build ./...", files: goMod("go 1.20\n\ntool (\n\texample.com/service/gen\n)\n") },
      "ignore-block": { command: "go build ./...", files: goMod("go 1.20\n\nignore (\n\t./static\n)\n") },
      "godebug-block": { command: "go build ./...", files: goMod("go 1.20\n\ngodebug (\n\tdefault=go1.21\n)\n") },
      "three-part-tool": { command: "go build ./...", files: goMod("go 1.24.0\n\ntool example.com/service/gen\n") },
    },
  },
  {
    id: "work-directive-newer",
    fault: "go.work has a directive of a later release",
    files: { "/home/dev/go.work": "go 1.20\n\nuse ./service\n\ntoolchain go1.20\n" },
    runs: {
      toolchain: "go build ./...",
      godebug: {
        command: "go build ./...",
        files: { "/home/dev/go.work": "go 1.20\n\nuse ./service\n\ngodebug default=go1.21\n" },
      },
    },
  },
  {
    id: "toolchain-proxy-off",
    fault: "another Go is needed, and GOPROXY=off",
    since: "1.21",
    env: { ...auto, GOPROXY: "off" },
    files: named,
    runs: {
      ...asking,
      language: { command: "go build ./...", files: newer },
      asked: { command: "go version", env: { GOTOOLCHAIN: "go1.99.1" } },
      line: { command: "go build ./...", files: goMod("go 1.20\n\ntoolchain go1.99.1\n") },
    },
  },
  {
    id: "toolchain-proxy-refuses",
    fault: "another Go is needed, and nobody listens at GOPROXY",
    since: "1.21",
    env: { ...auto, GOPROXY: "http://goproxy.internal:8081" },
    files: named,
    runs: { ...asking, language: { command: "go build ./...", files: newer } },
  },
  {
    id: "toolchain-not-found",
    fault: "another Go is needed, and the proxy does not have it (404)",
    since: "1.21",
    env: auto,
    files: named,
    runs: {
      ...asking,
      language: { command: "go build ./...", files: newer },
      asked: { command: "go version", env: { GOTOOLCHAIN: "go1.99.1" } },
      direct: { command: "go build ./...", env: { GOPROXY: "direct" } },
    },
  },
  {
    id: "toolchain-proxy-fails",
    fault: "another Go is needed, and the proxy answers 503",
    since: "1.21",
    env: auto,
    files: named,
    prepare: (box) => void (box.servers.handler = answer(503, "upstream is down")),
    runs: asking,
  },
  {
    id: "toolchain-no-resolver",
    fault: "another Go is needed, and names are not resolved",
    since: "1.21",
    env: { ...auto, GOPROXY: "https://proxy.elsewhere.internal" },
    files: named,
    runs: { build: "go build ./..." },
  },
  {
    id: "toolchain-database-off",
    fault: "another Go is needed, and GOSUMDB=off",
    since: "1.21",
    env: { ...auto, GOSUMDB: "off" },
    files: named,
    prepare: ({ servers }) => void (servers.handler = answer(200, "PK")),
    runs: asking,
  },
  {
    id: "toolchain-database-unaware",
    fault: "another Go is needed, the proxy has something, and the checksum database does not know it",
    since: "1.21",
    env: auto,
    files: named,
    prepare: ({ servers }) => {
      servers.handler = (request, response) => {
        if (request.url?.startsWith(toolchainPath) === true) response.end("PK");
        else servers.honest(request, response);
      };
    },
    runs: asking,
  },
  {
    id: "toolchain-only-on-path",
    fault: "another Go is needed, and GOTOOLCHAIN=path",
    since: "1.21",
    env: { GOTOOLCHAIN: "path" },
    files: named,
    runs: asking,
  },
  {
    id: "toolchain-setting-invalid",
    fault: "GOTOOLCHAIN is not a toolchain's name",
    since: "1.21",
    env: { GOTOOLCHAIN: "1.21" },
    runs: { ...asking, latest: { command: "go build ./...", env: { GOTOOLCHAIN: "latest" } } },
  },
  {
    id: "toolchain-cache-not-writable",
    fault: "another Go is needed, and the module cache cannot be made",
    since: "1.21",
    env: { ...auto, GOMODCACHE: "/opt/cache/mod" },
    files: named,
    prepare: (box) => void box.folder("/opt/cache"),
    runs: { build: "go build ./..." },
  },
];
