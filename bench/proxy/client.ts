import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { present } from "../../src/core/present.ts";

/** A go command that has never seen a module. The checksum database is off: a plain file server has none to offer, and all are to be asked alike. */
export function goClient(gopath: string, url: string): (...args: readonly string[]) => string {
  const env = { ...present(process.env), HOME: gopath, GOPATH: gopath, GOENV: "off", GOPROXY: url, GOSUMDB: "off", GOTOOLCHAIN: "local", GOFLAGS: "-modcacherw -mod=mod" }; // prettier-ignore
  const cwd = join(gopath, "project");
  mkdirSync(cwd, { recursive: true });
  return (...args) => {
    const run = spawnSync("go", [...args], { cwd, env, encoding: "utf8" });
    if (run.status !== 0) throw new Error(`go ${args.join(" ")}: ${run.stderr || String(run.error)}`);
    return run.stdout;
  };
}

/** Milliseconds that `go mod download` of the tree's go.mod takes with an empty module cache. */
export function coldClient({ goMod }: { readonly goMod: string }, url: string, gopath: string): number {
  const go = goClient(gopath, url);
  writeFileSync(join(gopath, "project", "go.mod"), goMod);
  const started = performance.now();
  go("mod", "download");
  const milliseconds = performance.now() - started;
  rmSync(gopath, { recursive: true, force: true });
  return milliseconds;
}
