import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The last release of each line that golang.org/toolchain has. */
export const RELEASES = ["1.20.14", "1.21.13", "1.22.12", "1.23.12", "1.24.13", "1.25.14", "1.26.11"] as const;

/** The folder of a release below `folder`, fetched by the host's own `go` (1.21 or newer) where it is not there yet: 250 MB each. */
export function provideToolchain(folder: string, release: string): void {
  const target = join(folder, `go${release}`);
  if (existsSync(join(target, "bin/go"))) return;
  const cache = join(folder, "mod");
  mkdirSync(cache, { recursive: true });
  // Run under its own name once, cmd/go gives an unpacked toolchain its executable bits and its go.mod files.
  const env = { ...process.env, GOMODCACHE: cache, GOFLAGS: "-modcacherw", GOTOOLCHAIN: `go${release}` };
  const run = spawnSync("go", ["version"], { env, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`go${release} is not to be had: ${run.stderr}`);
  renameSync(join(cache, `golang.org/toolchain@v0.0.1-go${release}.linux-amd64`), target);
  if (spawnSync("chmod", ["-R", "u+w", target]).status !== 0) throw new Error(`${target} stays read-only`);
  rmSync(join(cache, `cache/download/golang.org/toolchain`), { recursive: true, force: true });
}
