import { chmodSync, readFileSync } from "node:fs";
import { must } from "../../namespace.ts";
import type { Sandbox } from "../../sandbox.ts";
import type { Cause, Command } from "../../types.ts";

const line = "go build ./...";

/** Everyone who might be the one to start `go`. Each says it in words of its own. */
const starters: Readonly<Record<string, Command>> = {
  dash: ["dash", "-c", line],
  bash: ["bash", "-c", line],
  zsh: ["zsh", "-f", "-c", line],
  busybox: ["busybox", "sh", "-c", line],
  "dash-exec": ["dash", "-c", `exec ${line}`],
  "bash-exec": ["bash", "-c", `exec ${line}`],
  "dash-path": ["dash", "-c", `/opt/go/bin/${line}`],
  "bash-path": ["bash", "-c", `/opt/go/bin/${line}`],
  "dash-script": ["dash", "build.sh"],
  env: ["env", ...line.split(" ")],
  timeout: ["timeout", "60", ...line.split(" ")],
  nohup: ["nohup", ...line.split(" ")],
  xargs: ["dash", "-c", "echo ./... | xargs go build"],
  make: ["make", "build"],
};
const files = { "build.sh": `#!/bin/sh\nset -e\n${line}\n`, Makefile: `build:\n\t${line}\n` };
const goFile = "/opt/go/bin/go";

/** A program for a processor that this host does not have. */
async function arm64Program(box: Sandbox): Promise<Buffer> {
  await box.asDev("go build -o /home/dev/arm64 .", { GOARCH: "arm64", CGO_ENABLED: "0" });
  return readFileSync("/home/dev/arm64");
}

/** A dynamically linked program of this host, with more arguments for gcc. */
function linkedProgram(box: Sandbox, target: string, ...args: readonly string[]): void {
  const source = box.write("/home/dev/go.c", "int main(void) { return 0; }\n");
  must("gcc", "-o", target, source, ...args);
}

/** `go` itself does not start. */
export const launch: readonly Cause[] = [
  {
    id: "go-missing",
    fault: "there is no go on PATH, nor where it used to be",
    anyGo: true,
    files,
    prepare: (box) => box.remove(goFile),
    runs: starters,
  },
  {
    id: "go-wrong-architecture",
    fault: "go is an ELF file for arm64 on an amd64 host",
    anyGo: true,
    files,
    prepare: async (box) => void box.write(goFile, await arm64Program(box), 0o755),
    runs: starters,
  },
  {
    id: "go-truncated",
    fault: "go is an ELF file that ends early",
    anyGo: true,
    files,
    prepare: (box) => void box.write(goFile, readFileSync(goFile).subarray(0, 4096), 0o755),
    runs: starters,
  },
  {
    id: "go-not-executable",
    fault: "go has lost its executable bits",
    anyGo: true,
    files,
    prepare: () => chmodSync(goFile, 0o644),
    runs: starters,
  },
  {
    id: "go-is-folder",
    fault: "go is a folder",
    anyGo: true,
    files,
    prepare: (box) => {
      box.remove(goFile);
      box.folder(goFile);
    },
    runs: { dash: starters["dash"] ?? "", bash: starters["bash"] ?? "", "bash-path": starters["bash-path"] ?? "" },
  },
  {
    id: "go-dangling-link",
    fault: "go is a symbolic link to nothing",
    anyGo: true,
    files,
    prepare: (box) => {
      box.remove(goFile);
      box.link(goFile, "/usr/lib/go-1.19/bin/go");
    },
    runs: starters,
  },
  {
    id: "go-on-noexec",
    fault: "GOROOT is on a file system that is mounted noexec",
    anyGo: true,
    files,
    prepare: (box) => box.remount("/opt/go", "noexec"),
    runs: starters,
  },
  {
    id: "go-other-loader",
    fault: "go is linked against musl, whose loader this host lacks",
    anyGo: true,
    files,
    prepare: (box) => linkedProgram(box, goFile, "-Wl,--dynamic-linker=/lib/ld-musl-x86_64.so.1"),
    runs: starters,
  },
  {
    id: "go-newer-libc",
    fault: "go is linked against a newer glibc than this host has",
    anyGo: true,
    files,
    prepare: (box) => {
      // A stand-in for libc.so.6 that has the version at link time only.
      const map = box.write("/home/dev/libc.map", "GLIBC_2.99 { global: from_the_future; };\n");
      const source = box.write("/home/dev/libc.c", "int from_the_future(void) { return 0; }\n");
      must(
        "gcc",
        "-shared",
        "-o",
        "/home/dev/libc.so.6",
        source,
        "-Wl,-soname,libc.so.6",
        `-Wl,--version-script=${map}`,
      );
      const program = box.write(
        "/home/dev/go.c",
        "int from_the_future(void);\nint main(void) { return from_the_future(); }\n",
      );
      must("gcc", "-o", goFile, program, "/home/dev/libc.so.6");
    },
    runs: starters,
  },
  {
    id: "go-library-missing",
    fault: "go is linked against a shared library that this host lacks",
    anyGo: true,
    files,
    prepare: (box) => {
      const source = box.write("/home/dev/lib.c", "int helper(void) { return 0; }\n");
      must("gcc", "-shared", "-o", "/home/dev/libgo.so.22", source, "-Wl,-soname,libgo.so.22");
      const program = box.write("/home/dev/go.c", "int helper(void);\nint main(void) { return helper(); }\n");
      must("gcc", "-o", goFile, program, "/home/dev/libgo.so.22");
    },
    runs: starters,
  },
];
