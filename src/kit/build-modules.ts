import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { MedkitError } from "../core/errors.ts";
import { forEachFew } from "../core/for-each-few.ts";
import type { Ports } from "../core/ports.ts";
import {
  escapeVersion,
  hashGoMod,
  hashModuleZip,
  matchPrefixPatterns,
  writeSumdbTree,
  type ChecksumDatabase,
  type ProvenRecord,
  gosumdbValue,
} from "../module/index.ts";
import type { GoSetting, Toolchain } from "../toolchain/index.ts";
import { collectClosure, type Closure } from "./closure.ts";
import {
  copyModules,
  listModuleTree,
  unacceptable,
  versionsFolder,
  writeLists,
  type TreeModule,
} from "./module-tree.ts";
import type { KitPlan, ManifestModule } from "./types.ts";

/** Folders of one kit build; all are below its staging folder. */
export interface BuildPlaces {
  readonly staging: string;
  /** The kit's own folder, as it will be unpacked. */
  readonly kit: string;
  /** GOPROXY tree of modules that earlier builds fetched; nothing in it is believed. */
  readonly sharedModules: string;
}

export interface KitModules {
  readonly closures: readonly Closure[];
  readonly tree: string;
  readonly modules: readonly TreeModule[];
  readonly manifest: readonly ManifestModule[];
  readonly records: number;
}

/** A go setting with folders of its own below `root`. */
export async function isolatedSetting(
  root: string,
  toolchain: Toolchain,
  goproxy: string,
  gosumdb: string,
): Promise<GoSetting> {
  const setting = {
    goroot: toolchain.goroot,
    gopath: join(root, "gopath"),
    gomodcache: join(root, "mod"),
    gocache: join(root, "gocache"),
    home: join(root, "home"),
    tmpdir: join(root, "tmp"),
    goproxy,
    gosumdb,
  };
  for (const folder of [setting.gopath, setting.gomodcache, setting.gocache, setting.home, setting.tmpdir])
    await mkdir(folder, { recursive: true });
  return setting;
}

/** Private modules come through the user's own git and credentials; everything else stays apart from the user's HOME. */
export function privateAccess(
  ports: Pick<Ports, "env">,
  patterns: readonly string[],
): Readonly<Record<string, string>> {
  if (patterns.length === 0) return {};
  const passed = Object.entries(ports.env).flatMap(([name, value]): [string, string][] =>
    value !== undefined && /^(?:HOME|SSH_AUTH_SOCK|GIT_.*|NETRC|XDG_CONFIG_HOME)$/.test(name) ? [[name, value]] : [],
  );
  return { ...Object.fromEntries(passed), GIT_TERMINAL_PROMPT: "0", GOPRIVATE: patterns.join(",") };
}

interface Checked {
  readonly manifest: ManifestModule;
  readonly record?: { readonly path: string; readonly version: string } & ProvenRecord;
}

/** Hashes what was fetched and holds it against the database's proven record; private modules have only their own hash, and the kit's signature. */
async function checkModule(
  tree: string,
  module: TreeModule,
  database: ChecksumDatabase,
  isPrivate: boolean,
): Promise<Checked> {
  const { path, version, zip } = module;
  const file = join(versionsFolder(tree, path), escapeVersion(version));
  const goModH1 = hashGoMod(await readFile(`${file}.mod`));
  const h1 = zip ? await hashModuleZip(`${file}.zip`, path, version) : undefined;
  const hashes = { ...(h1 === undefined ? {} : { h1 }), goModH1 };
  if (isPrivate) return { manifest: { path, version, ...hashes, verifiedBy: "kit-signature" } };
  const record = await database.lookup({ path, version });
  for (const [what, found, published] of [
    ["go.mod", goModH1, record.goModH1],
    ["zip", h1 ?? record.h1, record.h1],
  ]) {
    if (found !== published)
      throw new MedkitError("MODULE_MISMATCH", {
        module: `${path}@${version}`,
        what: what ?? "",
        found: found ?? "",
        published: published ?? "",
      });
  }
  return {
    manifest: { path, version, ...hashes, verifiedBy: "checksum-database" },
    record: { path, version, ...record },
  };
}

/** Collects, proves and lays out the module tree of a kit: `modules/` with `sumdb/`, and `modules-by-go/`. */
export async function buildModules(
  ports: Ports,
  plan: KitPlan,
  toolchains: ReadonlyMap<string, Toolchain>,
  database: ChecksumDatabase,
  places: BuildPlaces,
): Promise<KitModules> {
  const collected = join(places.staging, "collected");
  const shared = pathToFileURL(places.sharedModules).href;
  await mkdir(places.sharedModules, { recursive: true });
  const closures: Closure[] = [];
  const found = new Map<string, TreeModule>();
  for (const set of plan.moduleSets) {
    const toolchain = toolchains.get(set.goVersion);
    if (toolchain === undefined) continue;
    const root = join(collected, `go${set.goVersion}`);
    // The database is asked by medkit itself, for every file, before anything of this is built or packed (docs/adr/0004).
    const isolated = await isolatedSetting(root, toolchain, `${shared},${plan.goproxy}`, "off");
    const setting = { ...isolated, extra: privateAccess(ports, plan.private) };
    closures.push(await collectClosure(ports, plan, set, setting, join(root, "work")));
    const download = join(setting.gomodcache, "cache", "download");
    for (const module of await listModuleTree(download)) {
      const key = `${module.path}@${module.version}`;
      const known = found.get(key);
      found.set(key, { ...module, zip: module.zip || known?.zip === true, info: module.info || known?.info === true });
    }
    await copyModules(download, places.sharedModules, await listModuleTree(download));
  }
  const modules = [...found.values()].toSorted((a, b) =>
    a.path === b.path ? (a.version < b.version ? -1 : 1) : a.path < b.path ? -1 : 1,
  );
  const tree = join(places.kit, "modules");
  await mkdir(tree, { recursive: true });
  await copyModules(places.sharedModules, tree, modules);
  const versions = plan.moduleSets.map((set) => set.goVersion);
  const named = plan.moduleSets.flatMap((set) => set.modules.map((module) => ({ ...module, zip: true, info: true })));
  const refused = await unacceptable(tree, named, versions);
  if (refused.length > 0)
    throw new MedkitError("KIT_SET_UNBUILDABLE", {
      set: versions.map((version) => `go${version}`).join(", "),
      problem: refused.join("; "),
    });
  const step = "checksum database";
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step });
  const checked = new Map<string, Checked>();
  await forEachFew(modules, 12, async (module) => {
    const isPrivate = matchPrefixPatterns(plan.private.join(","), module.path);
    checked.set(`${module.path}@${module.version}`, await checkModule(tree, module, database, isPrivate));
    ports.progress.emit({ type: "step-progress", step, done: checked.size, total: modules.length, unit: "modules" });
  });
  const ordered = modules
    .map((module) => checked.get(`${module.path}@${module.version}`))
    .filter((item) => item !== undefined);
  const records = ordered.flatMap((item) => (item.record === undefined ? [] : [item.record]));
  if (plan.private.length > 0)
    await writeFile(join(tree, "private.txt"), plan.private.map((pattern) => `${pattern}\n`).join(""));
  const gosumdb = gosumdbValue(plan.sumdb);
  // A database that the go command does not know by name: activation has to give it the key.
  if (gosumdb.includes("+")) await writeFile(join(tree, "gosumdb.txt"), `${gosumdb}\n`);
  await writeLists(tree, join(places.kit, "modules-by-go"), modules, versions);
  await writeSumdbTree(tree, database, records);
  ports.progress.emit({
    type: "step-end",
    step,
    milliseconds: ports.clock.monotonic() - started,
    detail: `${records.length} records`,
  });
  await rm(collected, { recursive: true, force: true });
  return { closures, tree, modules, manifest: ordered.map((item) => item.manifest), records: records.length };
}
