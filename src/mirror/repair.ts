import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { moduleName, type ModuleVersion } from "../module/index.ts";
import { storedPath, writeIndexFiles, writeInfo, type Modules, type ObjectStore } from "../proxy/index.ts";
import { settle } from "./apply-sync.ts";
import { troubleOf } from "./read-go-mod.ts";
import type { Fault, Trouble } from "./types.ts";
import { indexedModule } from "./verify-store.ts";

/** Milliseconds after which a scratch file of ours belongs to nobody any more: whoever wrote it was killed. */
const scratchFor = 600_000;
/** As `writeFileAtomic` names what is not yet whole. */
const scratchName = /\/\.[^/]+\.\d+-[0-9a-f]{12}\.tmp$/;

/** Whether a file that belongs to no store is what a kill left of our own writing. */
async function isLeftOver(store: ObjectStore, { path, kind }: Fault, now: number): Promise<boolean> {
  if (kind !== "extra" || !scratchName.test(path)) return false;
  const file = await store.open(path);
  await file?.[Symbol.asyncDispose]();
  return file !== undefined && file.modified.getTime() < now - scratchFor;
}

/** Files that are removed for a fault, in this order: without its proof a file is served no more. */
function doomed({ path, kind }: Fault): readonly string[] {
  if (kind === "extra" || kind === "unproven" || kind === "unprovable" || kind === "index") return [];
  if (kind === "proof" || kind === "tile" || kind === "head") return [path];
  if (path.startsWith("sumdb/")) return kind === "record" ? [path] : [];
  const file = path.replace(/\.proof$/, "");
  return [`${file}.proof`, file];
}

export interface Repair {
  /** Files that were removed because they were not what was proven. */
  readonly removed: readonly string[];
  /** What could not be had again. */
  readonly failed: readonly Trouble[];
}

/**
 * Takes away what is damaged, then lets the mirror prove anew what lies there, and fetch the rest where it has an upstream. Files that no store has stay, but for our own that a
 * kill left half: they may be somebody's.
 */
export async function repairStore(
  ports: Pick<Ports, "signal" | "clock">,
  faults: readonly Fault[],
  { store, mirror }: { readonly store: ObjectStore; readonly mirror: Modules },
): Promise<Repair> {
  const removed: string[] = [];
  for (const path of new Set(faults.flatMap(doomed))) {
    ports.signal.throwIfAborted();
    await store.remove(path);
    removed.push(path);
  }
  for (const fault of faults)
    if (await isLeftOver(store, fault, ports.clock.now().getTime())) {
      await store.remove(fault.path);
      removed.push(fault.path);
    }
  const failed: Trouble[] = [];
  const versions = new Map(
    faults.flatMap(({ module }) => (module === undefined ? [] : [[moduleName(module), module]])),
  );
  for (const [name, module] of versions) {
    ports.signal.throwIfAborted();
    try {
      for (const ending of endingsOf(faults, module)) await restore(store, mirror, module, ending);
    } catch (error) {
      ports.signal.throwIfAborted();
      failed.push(troubleOf(name, error));
    }
  }
  // An upstream that cannot be reached must not keep a damaged version in the list.
  for (const path of modulesOf(faults)) await writeIndexFiles(store, path);
  await settle(ports, store, mirror, failed);
  return { removed, failed };
}

/** `mod` before `zip` before `info`: the order in which they need each other. */
function endingsOf(faults: readonly Fault[], module: ModuleVersion): readonly ("mod" | "zip" | "info")[] {
  return (["mod", "zip", "info"] as const).filter((ending) => {
    const path = storedPath(module, ending);
    return faults.some((fault) => fault.path === path || fault.path === `${path}.proof`);
  });
}

async function restore(
  store: ObjectStore,
  mirror: Modules,
  module: ModuleVersion,
  ending: "mod" | "zip" | "info",
): Promise<void> {
  const wish = { mayFetch: true };
  if (ending === "info") {
    // One without a proof is kept: nothing else says what it should be.
    const info = await mirror.info(module, wish);
    if (info !== undefined) return await writeInfo(store, module, info);
  } else {
    const file = await mirror.file(ending, module, wish);
    if (file !== undefined) return await file.file[Symbol.asyncDispose]();
  }
  throw new MedkitError("MODULE_UNAVAILABLE", { module: moduleName(module), reasons: `no source has its ${ending}` });
}

function modulesOf(faults: readonly Fault[]): ReadonlySet<string> {
  const paths = new Set<string>();
  for (const { path, module } of faults) {
    if (module !== undefined) paths.add(module.path);
    const indexed = indexedModule(path);
    if (indexed !== undefined) paths.add(indexed);
  }
  return paths;
}
