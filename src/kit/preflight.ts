import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { runGo, type GoSetting } from "../toolchain/index.ts";
import { importingProgram } from "./closure.ts";
import type { ModuleSet } from "./types.ts";

/** What was rehearsed with the network off before the kit was made. */
export interface Preflight {
  readonly goVersion: string;
  /** New programs that went through `go mod init`, `get`, `tidy`, `vet`, `test` and `build`. */
  readonly programs: number;
  /** Main modules that went through `go mod download`, `build` and `vet`. */
  readonly mainModules: number;
}

/** Lines of the go command that name what is not in the tree, without the folders of this host. */
export function missingFrom(stderr: string): readonly string[] {
  const lines = stderr
    .split("\n")
    .filter((line) =>
      /no such file or directory|not found|missing go\.sum|no matching versions|cannot find|module lookup disabled/.test(
        line,
      ),
    );
  const chosen = lines.length > 0 ? lines : stderr.trim().split("\n").slice(-3);
  return [...new Set(chosen.map((line) => line.replace(/(?:file:\/\/)?\/\S*\/tree\//g, "").trim()))].slice(0, 10);
}

interface Rehearsal {
  readonly ports: Ports;
  readonly setting: GoSetting;
  readonly set: ModuleSet;
}

async function must(
  { ports, setting, set }: Rehearsal,
  what: string,
  cwd: string,
  args: readonly string[],
): Promise<string> {
  const result = await runGo(ports, { args, cwd, setting, isolated: true });
  if (result.status === 0) return result.stdout.toString("utf8");
  throw new MedkitError("KIT_INCOMPLETE", {
    set: `go${set.goVersion}, ${what}, go ${args.slice(0, 2).join(" ")}`,
    missing: missingFrom(result.stderr).join("; "),
  });
}

/** A person's new program: imports every package of one named module that builds here. */
async function rehearseNewProgram(
  rehearsal: Rehearsal,
  module: string,
  version: string,
  packages: readonly string[],
  cwd: string,
): Promise<void> {
  await rm(cwd, { recursive: true, force: true });
  await mkdir(cwd, { recursive: true });
  const go = (...args: readonly string[]): Promise<string> => must(rehearsal, module, cwd, args);
  await go("mod", "init", "kit.invalid/new");
  await go("get", `${module}@latest`);
  await go("get", `${module}@${version}`);
  const listed =
    packages.length === 0
      ? ""
      : await go(
          "list",
          "-mod=mod",
          "-e",
          "-f",
          "{{if and .GoFiles (not .DepsErrors) (not .Error)}}{{.ImportPath}}{{end}}",
          ...packages,
        );
  const buildable = listed.split("\n").filter((line) => line !== "");
  await writeFile(join(cwd, "main.go"), importingProgram(buildable));
  await writeFile(
    join(cwd, "main_test.go"),
    'package main\n\nimport "testing"\n\nfunc TestStarts(t *testing.T) { main() }\n',
  );
  await go("mod", "tidy");
  await go("build", "-trimpath", "-o", "/dev/null", ".");
  await go("vet", "-trimpath", ".");
  await go("test", "-trimpath", "-count=1", "-run=^$", ".");
}

async function rehearseMainModule(rehearsal: Rehearsal, folder: string, cwd: string): Promise<void> {
  await rm(cwd, { recursive: true, force: true });
  await cp(folder, cwd, { recursive: true });
  for (const args of [
    ["mod", "download"],
    ["mod", "verify"],
    ["build", "-trimpath", "-o", "/dev/null", "./..."],
    ["vet", "-trimpath", "./..."],
  ]) {
    await must(rehearsal, basename(folder), cwd, args);
  }
}

/**
 * With the network off and an empty GOMODCACHE: everything that people will do with the module set, from the kit's tree alone,
 * the checksum database on. KIT_INCOMPLETE with the missing paths where anything fails. `setting.gocache` is filled on the way.
 */
export async function preflight(
  ports: Ports,
  set: ModuleSet,
  packages: ReadonlyMap<string, readonly string[]>,
  setting: GoSetting,
  work: string,
): Promise<Preflight> {
  const step = `preflight go${set.goVersion}`;
  const started = ports.clock.monotonic();
  const total = set.modules.length + set.mainModules.length;
  let done = 0;
  const rehearsal = { ports, setting, set };
  ports.progress.emit({ type: "step-start", step });
  for (const folder of set.mainModules) {
    await rehearseMainModule(rehearsal, folder, join(work, "main-module"));
    ports.progress.emit({ type: "step-progress", step, done: ++done, total, unit: "modules" });
  }
  for (const module of set.modules) {
    await rehearseNewProgram(
      rehearsal,
      module.path,
      module.version,
      packages.get(module.path) ?? [],
      join(work, "new-program"),
    );
    ports.progress.emit({ type: "step-progress", step, done: ++done, total, unit: "modules" });
  }
  ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
  return { goVersion: set.goVersion, programs: set.modules.length, mainModules: set.mainModules.length };
}
