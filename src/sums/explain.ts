import { join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { splitGoflags } from "../core/goflags.ts";
import {
  exemptPatterns,
  openKeptDatabase,
  parseGosumdb,
  readGoSum,
  type ChecksumDatabase,
  type GoSumLine,
} from "../module/index.ts";
import type { Layout } from "../state/index.ts";
import { readBuildList } from "./build-list.ts";
import { findOpenings, isVendorUsed } from "./findings.ts";
import { judgeLines } from "./judge-lines.ts";
import { gatherSettings } from "./settings.ts";
import { readModuleTree } from "./tree.ts";
import type { BuildModule, CachedCheck, GoSettings, JudgedLine, ModuleTree, SumsReport } from "./types.ts";
import { checkVendor, vendoredModules } from "./check-vendor.ts";
import { checkCached } from "./verify-cache.ts";

interface PlacedLine extends GoSumLine {
  readonly file: string;
  readonly line: number;
}

async function readLines(tree: ModuleTree): Promise<{ lines: readonly PlacedLine[]; bad: readonly JudgedLine[] }> {
  const lines: PlacedLine[] = [];
  const bad: JudgedLine[] = [];
  for (const file of tree.sumFiles) {
    const content = await readRegularFile(file);
    if (content === undefined) throw new MedkitError("FILE_UNREADABLE", { path: file });
    const read = readGoSum(content);
    lines.push(...read.lines.map((each) => ({ ...each, file })));
    for (const { line, text, problem } of read.problems) {
      const none = { version: "", subject: "zip", hash: "", published: undefined, record: undefined } as const;
      bad.push({ ...none, file, line, path: text.trim().slice(0, 200), state: "malformed", reason: problem });
    }
  }
  return { lines, bad };
}

function openDatabase(ports: Ports, layout: Layout, settings: GoSettings): ChecksumDatabase | undefined {
  const setting = parseGosumdb(settings.gosumdb.value);
  if (setting.kind === "off") return undefined;
  const { gomodcache, gopath } = settings;
  const folders = [
    ...(gomodcache === undefined ? [] : [join(gomodcache, "cache", "download", "sumdb")]),
    ...(gopath === undefined ? [] : [join(gopath, "pkg", "sumdb")]),
  ];
  return openKeptDatabase(ports, layout, { goproxy: settings.goproxy.value, setting, folders, foldersFirst: true });
}

async function checkCache(
  ports: Ports,
  cache: string | undefined,
  modules: readonly BuildModule[],
  lines: readonly JudgedLine[],
): Promise<CachedCheck[]> {
  if (cache === undefined) return [];
  const bySubject = new Map<string, string[]>();
  for (const line of lines) {
    // Where the database contradicts go.sum, it is the line that is wrong, and not the cache.
    const hash = line.published ?? line.hash;
    if (!hash.startsWith("h1:")) continue;
    const key = `${line.path} ${line.version} ${line.subject}`;
    bySubject.set(key, [...(bySubject.get(key) ?? []), hash]);
  }
  const hashes = (module: BuildModule, subject: JudgedLine["subject"]): string[] =>
    bySubject.get(`${module.path} ${module.version} ${subject}`) ?? [];
  const step = "sums-cache";
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step });
  const checks: CachedCheck[] = [];
  for (const module of modules) {
    const sums = { zip: hashes(module, "zip"), goMod: hashes(module, "go.mod") };
    checks.push(await checkCached(cache, module, sums, ports.signal));
    ports.progress.emit({ type: "step-progress", step, done: checks.length, total: modules.length, unit: "modules" });
  }
  ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
  return checks;
}

/** Number of records in the tree that everything was proven against; undefined where no head could be had. */
async function treeSizeOf(database: ChecksumDatabase, lines: readonly JudgedLine[]): Promise<number | undefined> {
  return lines.some((each) => each.record !== undefined) ? (await database.head()).size : undefined;
}

export interface ExplainOptions {
  readonly layout: Layout;
  /** Where to look; the module is there or above. */
  readonly folder: string;
  readonly offline: boolean;
}

/**
 * Says of every line of a module's go.sum whether the checksum database proves it, what is not covered at all, and whether the module cache is what go.sum
 * says. Starts `go env` and `go list -m`, and nothing of the project. GO_MOD_NOT_FOUND, GO_MOD_INVALID, DATABASE_KEY_INVALID, DATABASE_FORKED.
 */
export async function explainSums(ports: Ports, { layout, folder, offline }: ExplainOptions): Promise<SumsReport> {
  const settings = await gatherSettings(ports);
  const tree = await readModuleTree(folder, settings);
  const { lines, bad } = await readLines(tree);
  const database = openDatabase(ports, layout, settings);
  const exempt = exemptPatterns({
    gosumdb: settings.gosumdb.value,
    gonosumdb: settings.gonosumdb.value,
    goprivate: settings.goprivate.value,
    goflags: splitGoflags(settings.goflags.value),
  });
  const step = "sums-lines";
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step });
  const judged = await judgeLines(lines, {
    records: database,
    exempt,
    onProgress: (done, total) => ports.progress.emit({ type: "step-progress", step, done, total, unit: "modules" }),
  });
  ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
  const all = [...bad, ...judged];
  const there = new Set(lines.map((each) => `${each.path} ${each.version} ${each.subject}`));
  const buildList = await readBuildList(ports, tree, settings, { layout, offline, present: there });
  const vendored = isVendorUsed({ tree, settings }) ? tree.vendor : undefined;
  const isLocked = ({ path, version }: BuildModule): boolean => there.has(`${path} ${version} zip`);
  const copied = (await vendoredModules(vendored)).flatMap(({ from }) => (from && isLocked(from) ? [from] : []));
  // Before `go 1.17` go.mod has not every module that is built from; vendor/ has.
  const modules = [...buildList.modules, ...copied].map((each) => [`${each.path} ${each.version}`, each] as const);
  const cache = await checkCache(ports, settings.gomodcache, [...new Map(modules).values()], judged);
  const { gomodcache } = settings;
  const vendor =
    vendored === undefined
      ? undefined
      : await checkVendor(ports, { folder: vendored, gomodcache, checks: cache, isPruned: tree.isPruned });
  return {
    tree,
    settings,
    database:
      database === undefined
        ? undefined
        : { name: database.verifier.name, key: database.verifier.text, treeSize: await treeSizeOf(database, all) },
    lines: all,
    buildList,
    cache: { folder: settings.gomodcache, modules: cache },
    vendor,
    findings: findOpenings({ tree, settings, exempt, lines: all, buildList, cache, vendor }),
  };
}
