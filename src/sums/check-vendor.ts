import { lstat, readdir, readFile, realpath } from "node:fs/promises";
import { join, posix } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { readRegularFile } from "../core/regular-file.ts";
import { cachedModule, openModuleZip } from "../module/index.ts";
import type { CachedCheck, CachedFile, VendorCheck, VendoredCheck } from "./types.ts";
import { copiedFiles, type ModuleFiles } from "./vendor-copies.ts";
import { parseVendorList, type VendoredModule } from "./vendor-list.ts";

interface VendorFile {
  /** Below vendor/, with `/`. */
  readonly path: string;
  readonly isFile: boolean;
}

async function walk(root: string): Promise<VendorFile[]> {
  const found: VendorFile[] = [];
  const waiting = [""];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
      const path = below === "" ? entry.name : `${below}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      // A link is never one of the copies; what is behind it would be built all the same.
      else if (path !== "modules.txt") found.push({ path, isFile: entry.isFile() });
    }
  }
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/**
 * Which module each package was taken from, as the list says: the go command believes it in whatever it says. So a package counts only below its module's
 * path, and below a folder's module only where no other module is nearer: else the list could give any package to what cannot be compared.
 */
function ownersOf(modules: readonly VendoredModule[]): ReadonlyMap<string, VendoredModule | undefined> {
  const covers = ({ path }: VendoredModule, name: string): boolean => `${name}/`.startsWith(`${path}/`);
  return new Map(
    modules.flatMap((module) =>
      module.packages.map((name) => {
        const isNearest =
          module.from !== undefined ||
          !modules.some((each) => each.path.length > module.path.length && covers(each, name));
        return [name, covers(module, name) && isNearest ? module : undefined] as const;
      }),
    ),
  );
}

/** Which module each file of vendor/ was taken from: by the nearest package above it; of a licence above all packages, the first module that can have it. */
function assign(
  files: readonly VendorFile[],
  modules: readonly VendoredModule[],
): ReadonlyMap<VendorFile, VendoredModule | undefined> {
  const byPackage = ownersOf(modules);
  const owners = new Map<VendorFile, VendoredModule | undefined>();
  for (const file of files) {
    const folder = posix.dirname(file.path);
    let owner: VendoredModule | undefined;
    let isInPackage = false;
    for (let above = folder; above !== "." && !isInPackage; above = posix.dirname(above)) {
      owner = byPackage.get(above);
      isInPackage = byPackage.has(above);
    }
    if (!isInPackage)
      owner = modules
        .filter((each) => `${folder}/`.startsWith(`${each.path}/`))
        .find((each) => each.packages.some((name) => name.startsWith(`${folder}/`)));
    owners.set(file, owner);
  }
  return owners;
}

/** Why a module's files cannot be compared; undefined where its zip is in the cache and is what go.sum says. */
function obstacle(module: VendoredModule, check: CachedCheck | undefined, hasCache: boolean): VendoredCheck["reason"] {
  if (module.from === undefined) return "folder";
  if (check === undefined) return hasCache ? "no-line" : "no-zip";
  if (check.zip === "absent") return "no-zip";
  if (check.zip === "changed") return "zip-changed";
  return check.by === "go.sum" ? undefined : "no-line";
}

interface Compared {
  readonly root: string;
  readonly isPruned: boolean;
  readonly zip: string;
  readonly prefix: string;
}

async function compareModule(
  module: VendoredModule,
  here: readonly VendorFile[],
  { root, isPruned, zip: file, prefix }: Compared,
): Promise<CachedFile[]> {
  await using zip = await openModuleZip(file, { prefix });
  const entries = new Map(zip.entries.map((entry) => [entry.name.slice(prefix.length), entry]));
  const files: ModuleFiles = {
    paths: new Set([...entries.keys()].filter((path) => path !== "" && !path.endsWith("/"))),
    read: (path) => {
      const entry = entries.get(path);
      return entry === undefined ? Buffer.alloc(0) : zip.read(entry);
    },
  };
  const found: CachedFile[] = [];
  const inside = (path: string): string => path.slice(module.path.length + 1);
  for (const each of here) {
    const entry = entries.get(inside(each.path));
    if (!each.isFile || entry === undefined) {
      found.push({ path: each.path, kind: "extra" });
      continue;
    }
    const { size } = await lstat(join(root, each.path));
    const isSame = size === entry.size && (await readFile(join(root, each.path))).equals(zip.read(entry));
    if (!isSame) found.push({ path: each.path, kind: "changed" });
  }
  const there = new Set(here.map((each) => inside(each.path)));
  const wanted = new Set(module.packages.flatMap((name) => [...copiedFiles(inside(name), files, isPruned)]));
  for (const path of wanted) if (!there.has(path)) found.push({ path: `${module.path}/${path}`, kind: "missing" });
  return found.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

export interface CheckVendorOptions {
  /** The folder `vendor`. */
  readonly folder: string;
  readonly gomodcache: string | undefined;
  readonly checks: readonly CachedCheck[];
  readonly isPruned: boolean;
}

/** Modules that the files of vendor/ were copied from; none where there is no vendor/modules.txt. */
export async function vendoredModules(folder: string | undefined): Promise<readonly VendoredModule[]> {
  return folder === undefined ? [] : parseVendorList((await readRegularFile(join(folder, "modules.txt"))) ?? "");
}

/**
 * Compares vendor/ with the zips that go.sum and the database speak of, file by file: go itself compares only its list of modules with go.mod. What
 * `go mod vendor` leaves out is not missed, and what it would leave out is no fault where it is as in the zip. FILE_UNREADABLE.
 */
export async function checkVendor(ports: Ports, options: CheckVendorOptions): Promise<VendorCheck> {
  const { folder, gomodcache, checks, isPruned } = options;
  const modules = await vendoredModules(folder);
  const step = "sums-vendor";
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step });
  try {
    const root = await realpath(folder);
    const owners = assign(await walk(root), modules);
    const judged: VendoredCheck[] = [];
    for (const module of modules) {
      ports.signal.throwIfAborted();
      const { path, from } = module;
      const check = checks.find((each) => each.path === from?.path && each.version === from.version);
      const reason = obstacle(module, check, gomodcache !== undefined);
      const here = [...owners].flatMap(([file, owner]) => (owner === module ? [file] : []));
      if (reason !== undefined || from === undefined || gomodcache === undefined) {
        judged.push({ path, from, state: "uncompared", reason, files: [] });
        continue;
      }
      const place = {
        root,
        isPruned,
        zip: cachedModule(gomodcache, from).zip,
        prefix: `${from.path}@${from.version}/`,
      };
      const files = await compareModule(module, here, place);
      judged.push({ path, from, state: files.length === 0 ? "same" : "changed", reason: undefined, files });
      ports.progress.emit({ type: "step-progress", step, done: judged.length, total: modules.length, unit: "modules" });
    }
    ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
    const strays = [...owners].flatMap(([file, owner]) => (owner === undefined ? [file.path] : []));
    return { folder, modules: judged, strays };
  } catch (error) {
    if (error instanceof MedkitError || !(error instanceof Error && "code" in error && "path" in error)) throw error;
    throw new MedkitError("FILE_UNREADABLE", { path: String(error.path) }, { cause: error });
  }
}
