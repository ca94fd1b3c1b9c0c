import { MedkitError } from "../core/errors.ts";
import { forEachFew } from "../core/for-each-few.ts";
import type { Ports } from "../core/ports.ts";
import { escapePath, unescapePath, type NoteVerifier } from "../module/index.ts";
import { expectedIndex, readInventory, versionsFolder, type Inventory, type ObjectStore } from "../proxy/index.ts";
import type { Fault, StoreCheck } from "./types.ts";
import { StoredDatabase } from "./verify-database.ts";
import { verifyVersion } from "./verify-version.ts";

/** Versions that are read at a time: inflating runs beside hashing. */
const parallel = 4;

/**
 * Reads all of a store and finds every file that is not as it was proven, without asking anybody. The ledger of use and scratch files are not looked at:
 * nobody is served them.
 */
export async function verifyStore(
  ports: Pick<Ports, "progress" | "signal" | "clock">,
  store: ObjectStore,
  verifier: NoteVerifier,
): Promise<StoreCheck> {
  const step = "mirror-verify";
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step });
  const inventory = await readInventory(store);
  const { versions, extra } = inventory;
  const database = new StoredDatabase(store, verifier);
  await database.check();
  const faults: Fault[] = [...database.faults, ...extra.map((path): Fault => ({ path, kind: "extra" }))];
  let [done, bytes] = [0, 0];
  await forEachFew(versions, parallel, async (each) => {
    ports.signal.throwIfAborted();
    const checked = await verifyVersion(store, each, verifier.name, database.recordOf);
    bytes += checked.bytes;
    faults.push(...checked.faults);
    ports.progress.emit({ type: "step-progress", step, done: ++done, total: versions.length, unit: "modules" });
  });
  faults.push(...(await staleIndexes(store, inventory)));
  ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
  return {
    versions: versions.length,
    bytes,
    records: database.records,
    tiles: database.tiles,
    faults: faults.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0)),
  };
}

/** `@v/list` and `@latest` of an inventory's modules that do not say what is stored. */
function staleIndexes(store: ObjectStore, { versions, indexed }: Inventory): Promise<readonly Fault[]> {
  return indexFaults(store, new Set([...indexed, ...versions.map((each) => each.path)]));
}

/** The module whose `@v/list` or `@latest` a path of the store is; undefined for any other file. */
export function indexedModule(path: string): string | undefined {
  const escaped = /^(.+)\/(?:@v\/list|@latest)$/.exec(path)?.[1];
  return escaped === undefined ? undefined : unescapePath(escaped);
}

/** `@v/list` and `@latest` of these modules that do not say what is stored. */
export async function indexFaults(store: ObjectStore, paths: Iterable<string>): Promise<readonly Fault[]> {
  const faults: Fault[] = [];
  for (const path of paths) {
    const expectedFiles = await indexOf(store, path);
    // A go.mod that cannot be read is named by itself; what `@latest` should be is then unknown.
    if (expectedFiles === undefined) continue;
    const { list, latest } = expectedFiles;
    for (const [name, expected] of [
      [`${versionsFolder(path)}list`, list],
      [`${escapePath(path)}/@latest`, latest],
    ] as const) {
      const stored = await store.read(name);
      if (stored === undefined && expected === undefined) continue;
      if (stored === undefined) faults.push({ path: name, kind: "missing" });
      else if (expected?.equals(stored) !== true) faults.push({ path: name, kind: "index" });
    }
  }
  return faults;
}

async function indexOf(
  store: ObjectStore,
  path: string,
): Promise<Awaited<ReturnType<typeof expectedIndex>> | undefined> {
  try {
    return await expectedIndex(store, path);
  } catch (error) {
    if (error instanceof MedkitError) return undefined;
    throw error;
  }
}
