import { chmod, copyFile, rm, truncate, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "../types.ts";

export const goNotExecutable: Fault = {
  id: "go-not-executable",
  title: "A go command without its executable bit",
  cause: "GO_NOT_EXECUTABLE",
  expect: "recovered",
  ownGo: true,
  setUp: ({ host }) => chmod(join(host.go, "bin", "go"), 0o644),
  environment: ({ inside }) => ({ PATH: `${join(inside.go, "bin")}:/usr/bin:/bin` }),
};

export const goOnNoexec: Fault = {
  id: "go-on-noexec",
  title: "A Go tree on a noexec mount",
  cause: "GO_ON_NOEXEC",
  expect: "recovered",
  mounts: ({ inside }) => [{ kind: "bind-noexec", from: inside.go, to: inside.go }],
};

/** The head of an ELF program for 64-bit ARM. */
function armProgram(): Buffer {
  const head = Buffer.alloc(4096);
  head.write("\u007FELF", 0, "latin1");
  head.set([2, 1, 1], 4);
  head.writeUInt16LE(2, 16);
  head.writeUInt16LE(183, 18);
  head.writeUInt32LE(1, 20);
  return head;
}

export const goWrongArchitecture: Fault = {
  id: "go-wrong-architecture",
  title: "A go command for another processor",
  cause: "GO_WRONG_ARCHITECTURE",
  expect: "recovered",
  ownGo: true,
  setUp: ({ host }) => writeFile(join(host.go, "bin", "go"), armProgram()),
};

export const goWithoutCompiler: Fault = {
  id: "go-without-compiler",
  title: "A half-installed Go: no compiler",
  cause: "GO_INCOMPLETE",
  expect: "recovered",
  ownGo: true,
  setUp: ({ host }) => rm(join(host.go, "pkg", "tool", "linux_amd64", "compile")),
  // Something to compile: what the cache has is not enough.
  environment: () => ({ GOFLAGS: "-tags=drillcanary,other -gcflags=-e" }),
};

export const goWithoutTree: Fault = {
  id: "go-without-tree",
  title: "A go command that was copied without its tree",
  cause: "GO_INCOMPLETE",
  expect: "recovered",
  ownGo: true,
  setUp: ({ host }) => copyFile(join(host.go, "bin", "go"), join(host.tools, "go")),
  environment: ({ inside }) => ({ PATH: `${inside.tools}:/usr/bin:/bin` }),
};

export const goWithoutLinker: Fault = {
  id: "go-without-linker",
  title: "A half-installed Go: no linker",
  cause: "GO_INCOMPLETE",
  expect: "recovered",
  ownGo: true,
  setUp: ({ host }) => rm(join(host.go, "pkg", "tool", "linux_amd64", "link")),
};

/** A version of glibc's symbols that programs of some years back ask for, and one that nobody has yet; of equal length. */
const [asked, unborn] = ["GLIBC_2.34", "GLIBC_9.34"];
const sample = "/bin/true";

function readSample(): Buffer {
  try {
    return readFileSync(sample);
  } catch {
    return Buffer.alloc(0);
  }
}

export const goForNewerLibc: Fault = {
  id: "go-for-newer-libc",
  title: "A go command that was linked to a newer C library",
  cause: "GO_LIBC_TOO_OLD",
  expect: "recovered",
  ownGo: true,
  lack: () => (readSample().includes(asked) ? undefined : `${sample} does not ask for ${asked}`),
  setUp: ({ host }) =>
    writeFile(
      join(host.go, "bin", "go"),
      Buffer.from(readSample().toString("latin1").replaceAll(asked, unborn), "latin1"),
    ),
};

export const goWithoutLibrary: Fault = {
  id: "go-without-library",
  title: "A half-installed Go: no standard library",
  cause: "GO_INCOMPLETE",
  expect: "recovered",
  ownGo: true,
  setUp: ({ host }) => rm(join(host.go, "src", "fmt"), { recursive: true }),
};

export const goCompilerCut: Fault = {
  id: "go-compiler-cut",
  title: "A half-installed Go: the compiler ends in the middle",
  cause: "GO_INCOMPLETE",
  expect: "recovered",
  ownGo: true,
  setUp: ({ host }) => truncate(join(host.go, "pkg", "tool", "linux_amd64", "compile"), 2_000_000),
};

export const goLibraryCut: Fault = {
  id: "go-library-cut",
  title: "A half-installed Go: a file of the standard library ends in the middle",
  cause: "GO_INCOMPLETE",
  expect: "recovered",
  ownGo: true,
  setUp: ({ host }) => truncate(join(host.go, "src", "fmt", "print.go"), 3000),
};
