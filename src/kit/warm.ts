import { cp, link, lstat, mkdir, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { goLanguage, parseGoVersion, platformText, type Platform } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { mustGo, runGo, type GoSetting } from "../toolchain/index.ts";
import { importingProgram } from "./closure.ts";
import type { ModuleSet } from "./types.ts";

/** One entry of a build cache that a later build will hit, ready to be packed. */
export interface CacheEntry {
  /** As in GOCACHE: `ab/ab…-a`; of a program, `ab/ab…-d/<its name>` (since Go 1.24). */
  readonly path: string;
  readonly executable: boolean;
  readonly content: Buffer;
}

export interface CgoCache {
  readonly entries: readonly CacheEntry[];
  /** First line of what the C compiler says of itself: another compiler hits nothing of it. */
  readonly compiler: string;
  readonly compiledAgain: number;
}

export interface WarmCache {
  readonly goVersion: string;
  readonly platform: Platform;
  /** What a build of the main modules hits; unpacked before the first build. */
  readonly main: readonly CacheEntry[];
  /** What vet, tests, the standard library and the named modules hit besides; unpacked behind it. */
  readonly libraries: readonly CacheEntry[];
  /** What builds with cgo hit besides; undefined where this host has no C compiler that works, or for another platform. */
  readonly cgo: CgoCache | undefined;
  /** Packages of the main modules that the build in another place compiled again; 0 when the cache survived the move whole. */
  readonly compiledAgain: number;
}

const entryName = /^[0-9a-f]{64}-[ad]$/;

/** All entries of a GOCACHE, relative, sorted. */
export async function listCache(gocache: string): Promise<readonly string[]> {
  const paths: string[] = [];
  for (const folder of await readdir(gocache)) {
    if (!/^[0-9a-f]{2}$/.test(folder)) continue;
    for (const entry of await readdir(join(gocache, folder), { withFileTypes: true })) {
      if (!entryName.test(entry.name)) continue;
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) paths.push(path);
      else for (const program of await readdir(join(gocache, path))) paths.push(`${path}/${program}`);
    }
  }
  return paths.toSorted();
}

/**
 * An action entry is `v1 <action id> <output id> <size> <nanoseconds>`; the time is when it was made, and only a test result's age is read
 * from it. One fixed time makes the same cache the same bytes. Source: cmd/go/internal/cache/cache.go.
 */
export function normaliseEntry(path: string, content: Buffer): Buffer {
  if (!path.endsWith("-a")) return content;
  const text = content.toString("latin1");
  const match = /^(v1 [0-9a-f]{64} [0-9a-f]{64} {1,20}\d+ )( *\d+)\n$/.exec(text);
  if (match === null) return content;
  return Buffer.from(`${match[1] ?? ""}${"1".padStart(match[2]?.length ?? 20, " ")}\n`, "latin1");
}

async function linkTree(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await linkTree(source, target);
    else if (entry.isFile()) await link(source, target);
  }
}

interface WarmPlace {
  readonly setting: GoSetting;
  /** Folder of the module that requires all named modules. */
  readonly together: string;
  /** Copies of the main modules, in order. */
  readonly mains: readonly string[];
}

interface BuildContext {
  readonly ports: Ports;
  readonly place: WarmPlace;
  readonly setting: GoSetting;
}

function contextFor(ports: Ports, place: WarmPlace, platform: Platform, cgo = false): BuildContext {
  const target = { GOOS: platform.os, GOARCH: platform.arch, ...(cgo ? { CGO_ENABLED: "1" } : {}) };
  return { ports, place, setting: { ...place.setting, extra: { ...place.setting.extra, ...target } } };
}

/** Programs of `go tool` that newer Go trees hold as sources only, and build at first use (Go 1.25 release notes). */
const builtOnUse = ["addr2line", "buildid", "covdata", "nm", "objdump", "pack", "pprof", "test2json", "trace"];

/** Has the go command build, into its cache, the tools that this Go tree holds no executable of. */
async function buildTools({ ports, place, setting }: BuildContext, platform: Platform): Promise<void> {
  const folder = join(setting.goroot, "pkg", "tool", `${platform.os}_${platform.arch}`);
  const there = new Set(await readdir(folder));
  const withFlags = { ...setting, extra: { ...setting.extra, GOFLAGS: "-trimpath" } };
  for (const tool of builtOnUse) {
    if (there.has(tool)) continue;
    await mustGo(ports, { args: ["tool", "-n", tool], cwd: place.together, setting: withFlags, isolated: true });
  }
}

/** What the C compiler of this host calls itself, where Go can build and start a program with it; else undefined. */
async function workingCompiler({ ports, place, setting }: BuildContext): Promise<string | undefined> {
  const folder = join(place.together, "..", "cgo");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "go.mod"), "module kit.invalid/cgo\n");
  await writeFile(join(folder, "main.go"), 'package main\n\n// int answer(void) { return 42; }\nimport "C"\n\nfunc main() { println(C.answer()) }\n'); // prettier-ignore
  const run = await runGo(ports, { args: ["run", "-trimpath", "."], cwd: folder, setting, isolated: true });
  if (run.status !== 0) return undefined;
  const cc = (await mustGo(ports, { args: ["env", "CC"], cwd: folder, setting })).trim();
  const version = await ports.process.run({ command: cc, args: ["--version"], env: { PATH: "/usr/local/bin:/usr/bin:/bin", LC_ALL: "C" } }); // prettier-ignore
  return version.stdout.toString("utf8").split("\n", 1)[0];
}

/** Builds the main modules and the standard library with cgo; gives the number of packages of the main modules' builds that were compiled. */
async function buildWithCgo(context: BuildContext): Promise<number> {
  const compiled = await buildMains(context);
  const { ports, place, setting } = context;
  await mustGo(ports, { args: ["build", "-trimpath", "std"], cwd: place.together, setting, isolated: true });
  return compiled;
}

/** Compilations in what `go build -x` printed. */
export function countCompilations(trace: string): number {
  return trace.split("\n").filter((line) => /\/compile['"]? -o /.test(line)).length;
}

/** Builds the main modules; gives the number of packages that had to be compiled. */
async function buildMains({ ports, place, setting }: BuildContext): Promise<number> {
  let compiled = 0;
  for (const cwd of place.mains) {
    const args = ["build", "-trimpath", "-x", "-o", "/dev/null", "./..."];
    const result = await runGo(ports, { args, cwd, setting, isolated: true });
    if (result.status !== 0)
      await mustGo(ports, { args: args.filter((arg) => arg !== "-x"), cwd, setting, isolated: true });
    compiled += countCompilations(result.stderr);
  }
  return compiled;
}

/** Vets the main modules and, on the host's own platform, builds and starts their tests, of which none is chosen. */
async function checkMains({ ports, place, setting }: BuildContext, isHost: boolean): Promise<void> {
  for (const cwd of place.mains) {
    await mustGo(ports, { args: ["vet", "-trimpath", "./..."], cwd, setting, isolated: true });
    if (isHost)
      await mustGo(ports, {
        args: ["test", "-trimpath", "-count=1", "-run=^$", "./..."],
        cwd,
        setting,
        isolated: true,
      });
  }
}

/** Builds the standard library and every package of the named modules that builds on the target. */
async function buildLibraries({ ports, place, setting }: BuildContext, packages: readonly string[]): Promise<void> {
  const cwd = place.together;
  await mustGo(ports, { args: ["build", "-trimpath", "std"], cwd, setting, isolated: true });
  if (packages.length === 0) return;
  // Some packages of a module are for other platforms or need cgo; those that build here are what the cache is for.
  const listed = await mustGo(ports, {
    args: [
      "list",
      "-mod=mod",
      "-e",
      "-f",
      "{{if and .GoFiles (not .DepsErrors) (not .Error)}}{{.ImportPath}}{{end}}",
      ...packages,
    ],
    cwd,
    setting,
    isolated: true,
  });
  const buildable = listed.split("\n").filter((line) => line !== "");
  if (buildable.length > 0)
    await mustGo(ports, { args: ["build", "-mod=mod", "-trimpath", ...buildable], cwd, setting, isolated: true });
}

export interface WarmRequest {
  readonly set: ModuleSet;
  readonly platform: Platform;
  readonly host: Platform;
  /** Setting with an offline GOPROXY and a filled GOMODCACHE; its GOCACHE is built into. */
  readonly setting: GoSetting;
  readonly packages: readonly string[];
  /** An empty folder for this work. */
  readonly work: string;
}

/** `gocache`: an existing cache to build into; absent: an empty one of its own. */
async function preparePlace(request: WarmRequest, name: string, given?: string): Promise<WarmPlace> {
  const root = join(request.work, name);
  const { set, setting } = request;
  const version = parseGoVersion(set.goVersion);
  const together = join(root, "together");
  await mkdir(together, { recursive: true });
  await mkdir(join(root, "tmp"), { recursive: true });
  const requires = set.modules.map((module) => `require ${module.path} ${module.version}\n`).join("");
  await writeFile(
    join(together, "go.mod"),
    `module kit.invalid/together\n\ngo ${version === undefined ? "1.21" : goLanguage(version)}\n\n${requires}`,
  );
  await writeFile(join(together, "main.go"), importingProgram(request.packages));
  const mains: string[] = [];
  for (const [index, folder] of set.warm.entries()) {
    const copy = join(root, `main-${index}`);
    await cp(folder, copy, { recursive: true });
    mains.push(copy);
  }
  // Hard links give the same files other paths: a cache entry that depends on where GOROOT or GOMODCACHE lies is found out.
  const goroot = join(root, "goroot");
  await linkTree(setting.goroot, goroot);
  const gomodcache = join(root, "mod");
  await linkTree(setting.gomodcache, gomodcache);
  const gocache = given ?? join(root, "gocache");
  await mkdir(gocache, { recursive: true });
  return {
    setting: { ...setting, goroot, gomodcache, gocache, gopath: join(root, "gopath"), tmpdir: join(root, "tmp") },
    together,
    mains,
  };
}

/**
 * Builds into an empty cache, moves everything to other paths, builds again, and keeps the entries that the second build hit.
 */
export async function warmCache(ports: Ports, request: WarmRequest): Promise<WarmCache> {
  const { set, platform } = request;
  const step = `cache go${set.goVersion} ${platformText(platform)}`;
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step });
  // What preflight compiled for this host is a start: what is kept is decided by the second build alone.
  const first = await preparePlace(request, "first", request.setting.gocache);
  await mustGo(ports, { args: ["mod", "tidy", "-e"], cwd: first.together, setting: first.setting, isolated: true });
  const isHost = platformText(platform) === platformText(request.host);
  const there = contextFor(ports, first, platform);
  await buildMains(there);
  await checkMains(there, isHost);
  await buildLibraries(there, request.packages);
  if (isHost) await buildTools(there, platform);
  const thereCgo = contextFor(ports, first, platform, true);
  const compiler = isHost ? await workingCompiler(thereCgo) : undefined;
  if (compiler !== undefined) await buildWithCgo(thereCgo);
  const second = await preparePlace(request, "second");
  for (const file of ["go.mod", "go.sum"]) await cp(join(first.together, file), join(second.together, file));
  const made = await listCache(first.setting.gocache);
  const longAgo = new Date(ports.clock.now().getTime() - 3 * 24 * 3_600_000);
  for (const path of made) {
    const target = join(second.setting.gocache, path);
    await mkdir(dirname(target), { recursive: true });
    await cp(join(first.setting.gocache, path), target);
    await utimes(target, longAgo, longAgo);
    if (path.split("/").length > 2) await utimes(dirname(target), longAgo, longAgo);
  }
  const moved = contextFor(ports, second, platform);
  const taken = new Set<string>();
  const takeHits = async (): Promise<readonly CacheEntry[]> => {
    const entries: CacheEntry[] = [];
    for (const path of made) {
      const file = join(second.setting.gocache, path);
      // The go command touches an entry that it uses, at most once an hour; of a program, the folder that it lies in.
      const isProgram = path.split("/").length > 2;
      const { mtimeMs } = await lstat(isProgram ? dirname(file) : file);
      if (taken.has(path) || mtimeMs <= longAgo.getTime() + 60_000) continue;
      taken.add(path);
      entries.push({ path, executable: isProgram, content: normaliseEntry(path, await readFile(file)) });
    }
    return entries;
  };
  const compiledAgain = await buildMains(moved);
  const main = await takeHits();
  await checkMains(moved, isHost);
  await buildLibraries(moved, request.packages);
  if (isHost) await buildTools(moved, platform);
  const libraries = await takeHits();
  let cgo: CgoCache | undefined;
  if (compiler !== undefined) {
    const again = await buildWithCgo(contextFor(ports, second, platform, true));
    cgo = { entries: await takeHits(), compiler, compiledAgain: again };
  }
  for (const place of ["first", "second"]) await rm(join(request.work, place), { recursive: true, force: true });
  ports.progress.emit({
    type: "step-end",
    step,
    milliseconds: ports.clock.monotonic() - started,
    detail: `${main.length + libraries.length + (cgo?.entries.length ?? 0)} entries`,
  });
  return { goVersion: set.goVersion, platform, main, libraries, cgo, compiledAgain };
}
