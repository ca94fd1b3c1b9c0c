import { cp, mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { goLanguage, parseGoVersion, platformText } from "../core/go-version.ts";
import type { Ports } from "../core/ports.ts";
import { escapeVersion, isPseudoVersion } from "../module/index.ts";
import { mustGo, type GoSetting } from "../toolchain/index.ts";
import { listModuleTree, versionsFolder } from "./module-tree.ts";
import type { KitPlan, ModuleSet, NamedModule } from "./types.ts";

/** What the go command itself asked for: every file of GOMODCACHE/cache/download after it worked through a module set. */
export interface Closure {
  readonly goVersion: string;
  /** Importable packages of the named modules, by module path. */
  readonly packages: ReadonlyMap<string, readonly string[]>;
}

/** A program that imports all of the packages, under any build constraint: `go mod tidy` reads imports of all platforms. */
export function importingProgram(packages: readonly string[]): string {
  return `package main\n\nimport (\n${packages.map((path) => `\t_ ${JSON.stringify(path)}\n`).join("")})\n\nfunc main() {}\n`;
}

async function writeModule(folder: string, language: string, requires: readonly NamedModule[]): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const lines = requires.map((module) => `require ${module.path} ${module.version}\n`).join("");
  await writeFile(join(folder, "go.mod"), `module kit.invalid/closure\n\ngo ${language}\n\n${lines}`);
}

/** What all steps of one collection share. */
interface Collection {
  readonly ports: Ports;
  readonly set: ModuleSet;
  readonly setting: GoSetting;
  readonly language: string;
  /** An empty folder for programs. */
  readonly work: string;
}

function go(
  { ports, setting, work }: Collection,
  args: readonly string[],
  extra?: Readonly<Record<string, string>>,
): Promise<string> {
  const target = extra === undefined ? setting : { ...setting, extra: { ...setting.extra, ...extra } };
  return mustGo(ports, { args, cwd: work, setting: target });
}

interface Downloaded {
  readonly Version: string;
  readonly Info: string;
  readonly GoMod: string;
}

/**
 * Downloads a named module and makes `latest` mean its version: a view in front of the upstream answers `list` and `@latest`. Without it a missing import would be
 * resolved to whatever is newest today, which this Go may not accept. The go command passes a view over in silence unless `.info` and `.mod` lie beside `list`.
 */
async function pinLatest(collection: Collection, module: NamedModule, view: string): Promise<void> {
  const { Version, Info, GoMod } = JSON.parse(
    await go(collection, ["mod", "download", "-json", `${module.path}@${module.version}`]),
  ) as Downloaded;
  const folder = versionsFolder(view, module.path);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "list"), isPseudoVersion(Version) ? "" : `${Version}\n`);
  await cp(Info, join(folder, `${escapeVersion(Version)}.info`));
  await cp(GoMod, join(folder, `${escapeVersion(Version)}.mod`));
  await cp(Info, join(folder, "..", "@latest"));
}

/** Importable packages of each named module, on any platform of the kit. */
async function listPackages(collection: Collection): Promise<ReadonlyMap<string, readonly string[]>> {
  const { set, language, work } = collection;
  await writeModule(work, language, set.modules);
  const packages = new Map<string, Set<string>>(set.modules.map((module) => [module.path, new Set()]));
  const format = "{{if and .Name .Module}}{{.ImportPath}} {{.Name}} {{.Module.Path}}{{end}}";
  for (const platform of set.platforms) {
    const target = { GOOS: platform.os, GOARCH: platform.arch };
    for (const module of set.modules) {
      const listed = await go(
        collection,
        ["list", "-mod=mod", "-e", "-find", "-f", format, `${module.path}/...`],
        target,
      );
      for (const line of listed.split("\n")) {
        const [path = "", name = "", owner = ""] = line.split(" ");
        if (name !== "main" && !/(?:^|\/)(?:internal|vendor)(?:\/|$)/.test(path)) packages.get(owner)?.add(path);
      }
    }
  }
  return new Map([...packages].map(([path, found]) => [path, [...found].toSorted()]));
}

/** Tidies a new program that imports the packages, and loads them for each platform, with their tests on request. */
async function tidyProgram(collection: Collection, packages: readonly string[], tests: boolean): Promise<void> {
  await writeFile(join(collection.work, "main.go"), importingProgram(packages));
  await go(collection, ["mod", "tidy", "-e"]);
  if (!tests || packages.length === 0) return;
  for (const platform of collection.set.platforms) {
    await go(collection, ["list", "-mod=mod", "-e", "-deps", "-test", ...packages], {
      GOOS: platform.os,
      GOARCH: platform.arch,
    });
  }
}

/**
 * Versions that a later import meets: who imports one module first keeps the versions that it asks for, until `go get` raises them.
 * So each named module is added to each program whose build list has another version of it.
 */
async function addLater(
  collection: Collection,
  packages: ReadonlyMap<string, readonly string[]>,
  first: NamedModule,
): Promise<void> {
  const { set, language, work } = collection;
  await writeModule(work, language, [first]);
  await tidyProgram(collection, packages.get(first.path) ?? [], false);
  const buildList = new Map(
    (await go(collection, ["list", "-mod=mod", "-m", "all"]))
      .split("\n")
      .map((line) => line.split(" ") as [string, string | undefined]),
  );
  for (const second of set.modules) {
    const version = buildList.get(second.path);
    if (version === undefined || version === second.version) continue;
    await writeModule(work, language, [first]);
    await tidyProgram(collection, [...(packages.get(first.path) ?? []), ...(packages.get(second.path) ?? [])], false);
    await go(collection, ["get", `${second.path}@${second.version}`]);
    await go(collection, ["mod", "tidy", "-e"]);
  }
}

/** Programs that say `go 1.16` load the whole module graph, those that say `go 1.17` check that 1.16 would agree: they read more go.mod files. */
async function loadForOldPrograms(collection: Collection, module: NamedModule): Promise<void> {
  for (const language of ["1.16", "1.17"]) {
    await writeModule(collection.work, language, [module]);
    await go(collection, ["mod", "graph"], { GOFLAGS: "-mod=mod" });
  }
}

/** Works a main module of the user's (a copy of it) through tidy and through the loading that build, vet and test do. */
async function collectMainModule(collection: Collection, folder: string): Promise<void> {
  const { work, set } = collection;
  await rm(work, { recursive: true, force: true });
  await cp(folder, work, { recursive: true });
  await go(collection, ["mod", "download"]);
  for (const platform of set.platforms) {
    await go(collection, ["list", "-mod=mod", "-deps", "-test", "./..."], { GOOS: platform.os, GOARCH: platform.arch });
  }
  await go(collection, ["mod", "tidy"]);
  await go(collection, ["mod", "graph"]);
}

/** A build from a complete go.sum asks for zips without their `.info`; who later names the version asks for it. */
async function completeInfos(collection: Collection): Promise<void> {
  const without = (await listModuleTree(join(collection.setting.gomodcache, "cache", "download"))).filter(
    (module) => module.zip && !module.info,
  );
  if (without.length === 0) return;
  await writeModule(collection.work, collection.language, []);
  await go(collection, ["mod", "download", ...without.map((module) => `${module.path}@${module.version}`)]);
}

/** Fills `setting.gomodcache` with everything that the module set takes, by letting the set's own Go version ask for it. */
export async function collectClosure(
  ports: Ports,
  plan: KitPlan,
  set: ModuleSet,
  upstream: GoSetting,
  folder: string,
): Promise<Closure> {
  const view = join(folder, "view");
  const version = parseGoVersion(set.goVersion);
  const collection: Collection = {
    ports,
    set,
    setting: { ...upstream, goproxy: `${pathToFileURL(view).href},${upstream.goproxy}` },
    language: version === undefined ? set.goVersion : goLanguage(version),
    work: join(folder, "program"),
  };
  await mkdir(view, { recursive: true });
  await mkdir(collection.work, { recursive: true });
  const step = `closure go${set.goVersion}`;
  const total = 2 * set.modules.length + set.mainModules.length;
  ports.progress.emit({ type: "step-start", step, detail: set.platforms.map(platformText).join(" ") });
  const started = ports.clock.monotonic();
  let done = 0;
  const advance = (): void =>
    ports.progress.emit({ type: "step-progress", step, done: ++done, total, unit: "modules" });
  for (const module of set.modules) await pinLatest(collection, module, view);
  const packages = await listPackages(collection);
  await writeModule(collection.work, collection.language, set.modules);
  await tidyProgram(collection, [...packages.values()].flat(), false);
  for (const module of set.modules) {
    await writeModule(collection.work, collection.language, [module]);
    await tidyProgram(collection, packages.get(module.path) ?? [], plan.tests);
    await loadForOldPrograms(collection, module);
    advance();
  }
  for (const module of set.modules) {
    await addLater(collection, packages, module);
    advance();
  }
  for (const main of set.mainModules) {
    await collectMainModule(collection, main);
    advance();
  }
  await completeInfos(collection);
  ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
  return { goVersion: set.goVersion, packages };
}
