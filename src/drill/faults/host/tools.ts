import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Fault, FaultStage } from "../types.ts";

/** A package that goes through cgo where cgo is on, and does without where it is off. */
const withNet = 'package main\n\nimport "net"\n\nvar _ = net.ParseIP\n';

const noGcc = ({ facts }: Pick<FaultStage, "facts">): string | undefined => facts.commands["gcc"] === undefined ? "no gcc" : undefined; // prettier-ignore

export const compilerLeaked: Fault = {
  id: "cc-leaked",
  title: "CC of a cross build that is not here, and cgo on",
  cause: "C_COMPILER_MISSING",
  expect: "recovered",
  setUp: ({ host }) => writeFile(join(host.project, "net.go"), withNet),
  environment: () => ({ CGO_ENABLED: "1", CC: "aarch64-none-linux-gcc" }),
};

export const compilerMissing: Fault = {
  id: "c-compiler-missing",
  title: "cgo on, and no C compiler",
  cause: "C_COMPILER_MISSING",
  expect: "recovered",
  // Its PATH takes the place of another fault's.
  pairs: false,
  setUp: ({ host }) => writeFile(join(host.project, "net.go"), withNet),
  environment: () => ({ CGO_ENABLED: "1" }),
  shell: ({ inside }) => `PATH=${join(inside.go, "bin")}`,
};

export const cgoOff: Fault = {
  id: "cgo-off",
  title: "CGO_ENABLED=0 of another job, and a package that goes through C",
  cause: "CGO_OFF",
  expect: "recovered",
  lack: noGcc,
  setUp: async ({ host }) => {
    await mkdir(join(host.project, "native"));
    await writeFile(
      join(host.project, "native", "native.go"),
      'package native\n\n// static int answer(void) { return 42; }\nimport "C"\n\n// Answer is C\'s.\nfunc Answer() int { return int(C.answer()) }\n',
    );
    await writeFile(join(host.project, "uses.go"), 'package main\n\nimport "example.org/drill/native"\n\nvar _ = native.Answer\n'); // prettier-ignore
  },
  environment: () => ({ CGO_ENABLED: "0" }),
};

export const headerMissing: Fault = {
  id: "c-header-missing",
  title: "A C header that is not installed",
  cause: "C_LIBRARY_MISSING",
  expect: "named",
  lack: noGcc,
  setUp: ({ host }) =>
    writeFile(
      join(host.project, "native.go"),
      'package main\n\n// #include <nosuch/nosuch.h>\nimport "C"\n\nvar _ = C.nosuch\n',
    ),
  environment: () => ({ CGO_ENABLED: "1" }),
};

export const gitBroken: Fault = {
  id: "git-broken",
  title: "A checkout whose .git is damaged",
  cause: "VCS_STATUS_FAILED",
  expect: "recovered",
  lack: ({ facts }) => (facts.commands["git"] === undefined ? "no git: go does not look then" : undefined),
  setUp: async ({ host }) => {
    for (const name of ["objects", "refs"]) await mkdir(join(host.project, ".git", name), { recursive: true });
  },
};

export const cgoOffForRace: Fault = {
  id: "cgo-off-race",
  title: "CGO_ENABLED=0 of another job, and a build with the race detector",
  cause: "CGO_OFF",
  expect: "recovered",
  lack: noGcc,
  environment: () => ({ CGO_ENABLED: "0" }),
  command: () => ["go", "test", "-race", "."],
};
