import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { goMinor } from "../go-minor.ts";
import type { Fault } from "../types.ts";

/** Go 1.21 keeps a file open for each package that it loads (cmd/go/internal/mmap), 1.25 does not: where few may be open, it cannot even load a program. */
const keepsIndexesOpen = (goVersion: string): boolean => goMinor(goVersion) <= 21;

/** As many compilers at once as a large machine starts, all with work to do. */
export const openFiles: Fault = {
  id: "open-files",
  title: "Few open files (ulimit -n), and many compilers at once",
  cause: "OPEN_FILES_EXHAUSTED",
  expect: ({ goVersion }) => (keepsIndexesOpen(goVersion) ? "named" : "recovered"),
  pairs: false,
  // Everything anew: what the failing run has compiled must not make the next one pass. (With -a Go 1.21 reads no indexes, and so has them not open.)
  command: ({ goVersion, inside }) => ["go", "build", ...(keepsIndexesOpen(goVersion) ? [] : ["-a"]), "-o", join(inside.extra, "app"), "."], // prettier-ignore
  environment: ({ inside }) => ({ GOCACHE: join(inside.extra, "cache"), GOMAXPROCS: "64" }),
  shell: ({ goVersion }) => `ulimit -n ${keepsIndexesOpen(goVersion) ? 46 : 36}`,
};

/** The runtime that medkit runs on needs more than such a limit allows: what is limited is go alone, by a wrapper as sites have them. */
export const memoryLimited: Fault = {
  id: "memory-limited",
  title: "Little address space (ulimit -v) for go",
  cause: "MEMORY_EXHAUSTED",
  expect: "named",
  setUp: async ({ host, inside }) => {
    const wrapper = join(host.tools, "go");
    await writeFile(wrapper, `#!/bin/sh\nulimit -v 300000\nexec ${join(inside.go, "bin", "go")} "$@"\n`);
    await chmod(wrapper, 0o755);
  },
  environment: ({ inside }) => ({ PATH: `${inside.tools}:${join(inside.go, "bin")}:/usr/bin:/bin` }),
};

export const umaskStrict: Fault = {
  id: "umask-strict",
  title: "umask 777",
  cause: "UMASK_TOO_STRICT",
  expect: "recovered",
  needs: ["unprivileged"],
  pairs: false,
  shell: () => "umask 777",
};

/** What the command leaves in a cache of its own cannot be used afterwards, either. */
export const umaskStrictCold: Fault = {
  id: "umask-strict-cold",
  title: "umask 777, and an empty build cache",
  cause: "UMASK_TOO_STRICT",
  expect: "recovered",
  needs: ["unprivileged"],
  pairs: false,
  setUp: ({ host }) => mkdir(join(host.extra, "cache")),
  environment: ({ inside }) => ({ GOCACHE: join(inside.extra, "cache") }),
  shell: () => "umask 777",
};
