import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { removeTree } from "../../src/state/index.ts";
import { runInProcess, type Answer } from "./in-process.ts";
import type { ModeScenario } from "./mode-scenarios.ts";

/** A scenario laid out on the disk, with a real go that works in it. */
export interface ModeWorld {
  readonly root: string;
  readonly folder: string;
  readonly env: Record<string, string>;
  go(args: readonly string[], more?: Readonly<Record<string, string>>): { status: number | null; stdout: string; stderr: string };
  medkit(argv: readonly string[], more?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
} // prettier-ignore

/** GOROOT of a Go version: `local` is the one of PATH, another comes by GOTOOLCHAIN from the module cache or proxy. */
export function gorootOf(version: string): string {
  const GOTOOLCHAIN = version === "local" ? "local" : `go${version}`;
  const run = spawnSync("go", ["env", "GOROOT"], { cwd: "/", env: { ...process.env, GOTOOLCHAIN, GO111MODULE: "on" }, encoding: "utf8" }); // prettier-ignore
  if (run.status !== 0) throw new Error(`there is no Go ${version}: ${run.stderr}`);
  return run.stdout.trim();
}

/** Lays a scenario out. `goroot` undefined: no go is on PATH. `cache` is for GOCACHE, and may be shared. */
export function createModeWorld(scenario: ModeScenario, goroot: string | undefined, cache: string): ModeWorld {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "medkit-mode-")));
  const filled = (text: string): string => text.replaceAll("ROOT", root);
  const put = (path: string, text: string): void => {
    const file = join(root, path);
    mkdirSync(path.endsWith("/") ? file : dirname(file), { recursive: true });
    if (!path.endsWith("/")) writeFileSync(file, filled(text));
  };
  for (const each of ["home/", "gopath/src/", "tmp/", "empty/"]) put(each, "");
  for (const [path, text] of Object.entries(scenario.files)) put(path, text);
  if (scenario.goenv !== undefined) put("goenv", scenario.goenv);
  const folder = join(root, scenario.dir ?? "p");
  const env: Record<string, string> = {
    HOME: join(root, "home"),
    PATH: goroot === undefined ? join(root, "empty") : `${join(goroot, "bin")}:/usr/bin:/bin`,
    MEDKIT_HOME: join(root, "medkit"),
    TMPDIR: join(root, "tmp"),
    GOPATH: join(root, "gopath"),
    GOCACHE: cache,
    GOENV: scenario.goenv === undefined ? "off" : join(root, "goenv"),
    GOPROXY: "off",
    GOTOOLCHAIN: "local",
    CGO_ENABLED: "0",
    ...Object.fromEntries(Object.entries(scenario.env ?? {}).map(([name, value]) => [name, filled(value)])),
  };
  return {
    root,
    folder,
    env,
    go: (args, more = {}) => {
      const { status, stdout, stderr } = spawnSync(join(goroot ?? "", "bin", "go"), args, {
        cwd: folder,
        env: { ...env, ...more, PWD: folder },
        encoding: "utf8",
      });
      return { status, stdout, stderr };
    },
    medkit: (argv, more = {}) => runInProcess({ ...env, ...more }, folder, argv),
    close: () => removeTree(root),
  };
}
