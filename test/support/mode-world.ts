import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { makeZip } from "../../src/module/__fixtures__/zip-writer.ts";
import { cachedModule, hashGoMod, hashModuleZip } from "../../src/module/index.ts";
import { removeTree } from "../../src/state/index.ts";
import { runInProcess, type Answer } from "./in-process.ts";
import type { ModeScenario } from "./mode-scenarios.ts";

interface GoAnswer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A scenario laid out on the disk, with a real go that works in it. */
export interface ModeWorld {
  readonly root: string;
  readonly folder: string;
  readonly env: Record<string, string>;
  go(args: readonly string[], more?: Readonly<Record<string, string>>): GoAnswer;
  medkit(argv: readonly string[], more?: Readonly<Record<string, string>>): Promise<Answer>;
  close(): Promise<void>;
}

/** GOROOT of a Go version: `local` is the one of PATH, another comes by GOTOOLCHAIN from the module cache or proxy. */
export function gorootOf(version: string): string {
  const GOTOOLCHAIN = version === "local" ? "local" : `go${version}`;
  const run = spawnSync("go", ["env", "GOROOT"], { cwd: "/", env: { ...process.env, GOTOOLCHAIN, GO111MODULE: "on" }, encoding: "utf8" }); // prettier-ignore
  if (run.status !== 0) throw new Error(`there is no Go ${version}: ${run.stderr}`);
  return run.stdout.trim();
}

/** Puts a module into a module cache, as go does; gives its lines of go.sum. */
async function cacheModule(cache: string, name: string, files: Readonly<Record<string, string>>): Promise<string> {
  const [path = "", version = ""] = name.split("@");
  const at = cachedModule(cache, { path, version });
  const put = (file: string, data: string | Uint8Array): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, data);
  };
  const goMod = files["go.mod"] ?? `module ${path}\n`;
  put(at.zip, makeZip(Object.entries(files).map(([file, content]) => ({ name: `${name}/${file}`, content }))));
  const h1 = await hashModuleZip(at.zip, path, version);
  put(at.zipHash, h1);
  put(at.goMod, goMod);
  put(at.zip.replace(/zip$/, "info"), JSON.stringify({ Version: version, Time: "2024-01-01T00:00:00Z" }));
  put(at.zip.replace(/zip$/, "lock"), "");
  for (const [file, content] of Object.entries(files)) put(join(at.folder, file), content);
  return `${path} ${version} ${h1}\n${path} ${version}/go.mod ${hashGoMod(goMod)}\n`;
}

/** Lays a scenario out. `goroot` undefined: no go is on PATH. `cache` is for GOCACHE, and may be shared. */
export async function createModeWorld(
  scenario: ModeScenario,
  goroot: string | undefined,
  cache: string,
): Promise<ModeWorld> {
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
  const lines: string[] = [];
  for (const [name, files] of Object.entries(scenario.modules ?? {})) {
    const own = await cacheModule(join(root, "gopath", "pkg", "mod"), name, files);
    if (scenario.sums === undefined || scenario.sums.includes(name)) lines.push(own);
  }
  if (lines.length > 0) put((scenario.sumsIn ?? "p/go.mod").replace(/mod$/, "sum"), lines.join(""));
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
