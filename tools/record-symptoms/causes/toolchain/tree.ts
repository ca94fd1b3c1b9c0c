import { LIST_DEPS } from "../../projects.ts";
import { chmodSync, copyFileSync, readFileSync } from "node:fs";
import { must, TOOLCHAINS } from "../../namespace.ts";
import type { Sandbox } from "../../sandbox.ts";
import type { Cause, Prepare } from "../../types.ts";
import { RELEASES } from "../../toolchains.ts";

const tools = "/opt/go/pkg/tool/linux_amd64";
const building = {
  build: "go build -o service .",
  test: "go test ./...",
  vet: "go vet ./...",
  run: "go run .",
} as const;
const asking = { version: "go version", env: "go env GOROOT", list: "go list ./...", tidy: "go mod tidy" } as const;
const withAssembly = {
  "add.go": "package main\n\nfunc add(a, b int) int\n",
  "add.s": "TEXT ·add(SB), $0-24\n\tMOVQ a+0(FP), AX\n\tADDQ b+8(FP), AX\n\tMOVQ AX, ret+16(FP)\n\tRET\n",
};
const withC = {
  "native.go": `package main\n\n// int answer(void) { return 42; }\nimport "C"\n\nvar answer = int(C.answer())\n`,
};
const withTest = { "main_test.go": `package main\n\nimport "testing"\n\nfunc TestNothing(t *testing.T) {}\n` };

const removing =
  (path: string): Prepare =>
  (box) =>
    box.remove(path);

/** Another release's tree, as a whole, at /opt/other. */
function otherTree(box: Sandbox, way: "older" | "newer"): void {
  const index = RELEASES.findIndex((each) => each === box.release) + (way === "older" ? -1 : 1);
  const other = RELEASES.at(index < RELEASES.length ? index : 0) ?? "";
  box.overlay("/opt/other", `${TOOLCHAINS}/go${other}`);
}

async function replaceTool(box: Sandbox, tool: string): Promise<void> {
  await box.asDev("go build -o /home/dev/arm64 .", { GOARCH: "arm64", CGO_ENABLED: "0" });
  copyFileSync("/home/dev/arm64", `${tools}/${tool}`);
}

/** `go` starts, and its tree is not what it ought to be. */
export const tree: readonly Cause[] = [
  {
    id: "compiler-missing",
    fault: "pkg/tool has no compile",
    prepare: removing(`${tools}/compile`),
    runs: { ...building, ...asking, tool: "go tool compile -V" },
  },
  {
    id: "linker-missing",
    fault: "pkg/tool has no link",
    files: withTest,
    prepare: removing(`${tools}/link`),
    runs: building,
  },
  {
    id: "assembler-missing",
    fault: "pkg/tool has no asm, and a package has assembly",
    files: withAssembly,
    prepare: removing(`${tools}/asm`),
    runs: building,
  },
  {
    id: "cgo-missing",
    fault: "pkg/tool has no cgo, and a package has C",
    files: withC,
    prepare: removing(`${tools}/cgo`),
    runs: building,
  },
  {
    id: "vet-missing",
    fault: "pkg/tool has no vet",
    files: withTest,
    prepare: removing(`${tools}/vet`),
    runs: { vet: "go vet ./...", test: "go test -count=1 ./..." },
  },
  {
    id: "cover-missing",
    fault: "pkg/tool has no cover",
    files: withTest,
    prepare: () => void must("rm", "-f", `${tools}/cover`),
    runs: { test: "go test -count=1 -cover ./..." },
  },
  {
    id: "tools-missing",
    fault: "GOROOT has no pkg/tool",
    prepare: removing("/opt/go/pkg/tool"),
    runs: { ...building, ...asking, tool: "go tool compile -V" },
  },
  {
    id: "compiler-not-executable",
    fault: "compile has lost its executable bits",
    prepare: () => chmodSync(`${tools}/compile`, 0o644),
    runs: { ...building, list: "go list -export ." },
  },
  {
    id: "linker-not-executable",
    fault: "link has lost its executable bits",
    files: withTest,
    prepare: () => chmodSync(`${tools}/link`, 0o644),
    runs: building,
  },
  {
    id: "compiler-wrong-architecture",
    fault: "compile is an ELF file for arm64",
    prepare: (box) => replaceTool(box, "compile"),
    runs: building,
  },
  {
    id: "linker-wrong-architecture",
    fault: "link is an ELF file for arm64",
    files: withTest,
    prepare: (box) => replaceTool(box, "link"),
    runs: building,
  },
  {
    id: "compiler-truncated",
    fault: "compile ends early",
    prepare: (box) => void box.write(`${tools}/compile`, readFileSync(`${tools}/compile`).subarray(0, 1 << 20), 0o755),
    runs: { build: "go build -o service ." },
  },
  {
    id: "compiler-empty",
    fault: "compile is an empty file",
    prepare: (box) => void box.write(`${tools}/compile`, "", 0o755),
    runs: { build: "go build -o service ." },
  },
  {
    id: "tools-on-noexec",
    fault: "pkg/tool is on a file system that is mounted noexec",
    prepare: (box) => box.remount(tools, "noexec"),
    runs: building,
  },
  {
    id: "std-package-missing",
    fault: "GOROOT/src/fmt is gone",
    prepare: removing("/opt/go/src/fmt"),
    runs: { ...building, list: LIST_DEPS, tidy: "go mod tidy" },
  },
  {
    id: "std-missing",
    fault: "GOROOT/src is gone",
    prepare: removing("/opt/go/src"),
    runs: { ...building, ...asking },
  },
  {
    id: "std-runtime-missing",
    fault: "GOROOT/src/runtime is gone",
    prepare: removing("/opt/go/src/runtime"),
    runs: building,
  },
  {
    id: "std-file-missing",
    fault: "a source file of a standard package is gone",
    prepare: removing("/opt/go/src/fmt/print.go"),
    runs: { build: "go build -o service .", vet: "go vet ./..." },
  },
  {
    id: "std-file-truncated",
    fault: "a source file of a standard package ends early",
    prepare: (box) => box.edit("/opt/go/src/fmt/print.go", (text) => text.slice(0, 3000)),
    runs: { build: "go build -o service .", vet: "go vet ./..." },
  },
  {
    id: "include-missing",
    fault: "GOROOT/pkg/include is gone, and a package has assembly",
    files: {
      ...withAssembly,
      "add.s": `#include "textflag.h"\n\n${withAssembly["add.s"].replace("(SB), ", "(SB), NOSPLIT, ")}`,
    },
    prepare: removing("/opt/go/pkg/include"),
    runs: { build: "go build -o service ." },
  },
  {
    id: "version-file-missing",
    fault: "GOROOT/VERSION is gone",
    prepare: removing("/opt/go/VERSION"),
    runs: { ...building, ...asking },
  },
  {
    id: "go-env-missing",
    fault: "GOROOT/go.env is gone, and no variable says what it said",
    since: "1.21",
    env: { GOPROXY: undefined, GOSUMDB: undefined, GOTOOLCHAIN: undefined },
    prepare: removing("/opt/go/go.env"),
    files: { "more.go": `package main\n\nimport _ "example.com/greet"\n` },
    runs: { tidy: "go mod tidy", get: "go get example.com/greet" },
  },
  {
    id: "goroot-missing",
    fault: "GOROOT names a folder that does not exist",
    env: { GOROOT: "/usr/lib/go-1.19" },
    runs: { ...building, ...asking },
  },
  {
    id: "goroot-empty",
    fault: "GOROOT names an empty folder",
    env: { GOROOT: "/opt/empty" },
    prepare: (box) => void box.folder("/opt/empty"),
    runs: { ...building, ...asking },
  },
  {
    id: "goroot-lost",
    fault: "go was copied somewhere without its tree",
    env: { PATH: "/home/dev/bin:/usr/bin:/bin" },
    prepare: (box) => {
      const file = box.write("/home/dev/bin/go", readFileSync("/opt/go/bin/go"), 0o755);
      if (!file.startsWith(box.home)) throw new Error("not in the home");
    },
    runs: { ...building, ...asking },
  },
  {
    id: "goroot-is-gopath",
    fault: "GOROOT names the GOPATH",
    env: { GOROOT: "/home/dev/go" },
    prepare: (box) => void box.folder("/home/dev/go/bin"),
    runs: { build: "go build ./..." },
  },
  {
    id: "goroot-older",
    fault: "GOROOT names the tree of the release before",
    env: { GOROOT: "/opt/other" },
    since: "1.21",
    prepare: (box) => otherTree(box, "older"),
    runs: { ...building, ...asking },
  },
  {
    id: "goroot-newer",
    fault: "GOROOT names the tree of the release after",
    env: { GOROOT: "/opt/other" },
    until: "1.25",
    prepare: (box) => otherTree(box, "newer"),
    runs: { ...building, ...asking },
  },
  {
    id: "compiler-of-other-release",
    fault: "compile is of the release before",
    since: "1.21",
    prepare: (box) => {
      otherTree(box, "older");
      must("cp", "/opt/other/pkg/tool/linux_amd64/compile", `${tools}/compile`);
    },
    runs: building,
  },
  {
    id: "linker-of-other-release",
    fault: "link is of the release before",
    since: "1.21",
    files: withTest,
    prepare: (box) => {
      otherTree(box, "older");
      must("cp", "/opt/other/pkg/tool/linux_amd64/link", `${tools}/link`);
    },
    runs: building,
  },
  {
    id: "std-of-other-release",
    fault: "the sources are of the release before, unpacked over the tree",
    since: "1.21",
    prepare: (box) => {
      otherTree(box, "older");
      must("cp", "-a", "/opt/other/src/.", "/opt/go/src/");
    },
    cut: /^\s*\S+\.go:\d+:\d+: too many errors/,
    runs: { build: "go build -o service ." },
  },
];
