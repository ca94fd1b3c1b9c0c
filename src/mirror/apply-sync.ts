import { forEachFew } from "../core/for-each-few.ts";
import type { Ports } from "../core/ports.ts";
import { MedkitError } from "../core/errors.ts";
import { moduleName, type ModuleVersion } from "../module/index.ts";
import { readInventory, settleDatabase, writeIndexFiles, type Modules, type ObjectStore } from "../proxy/index.ts";
import { troubleOf } from "./read-go-mod.ts";
import type { PlannedVersion, SyncPlan, SyncResult, Trouble } from "./types.ts";
import { indexedModule, indexFaults } from "./verify-store.ts";

export interface ApplyOptions {
  readonly store: ObjectStore;
  readonly mirror: Modules;
  /** Versions that are fetched at a time. */
  readonly parallel: number;
}

const wish = { mayFetch: true };

/**
 * Fetches what a plan has as new. Each file appears whole and proven or not at all; one that fails holds up no other. Ends with a database that offline clients
 * can use. Interrupted, it leaves what it has fetched, and the next sync goes on from there.
 */
export async function applySync(
  ports: Pick<Ports, "progress" | "signal" | "clock">,
  plan: SyncPlan,
  { store, mirror, parallel }: ApplyOptions,
): Promise<SyncResult> {
  const step = "mirror-sync";
  const started = ports.clock.monotonic();
  const wanted = plan.versions.filter((each) => each.state === "new");
  const failed: Trouble[] = [];
  let [done, fetched, bytes] = [0, 0, 0];
  ports.progress.emit({ type: "step-start", step });
  await forEachFew(wanted, parallel, async (each) => {
    ports.signal.throwIfAborted();
    try {
      const stored = await fetchVersion(mirror, each);
      bytes += stored - each.bytes;
      fetched++;
    } catch (error) {
      ports.signal.throwIfAborted();
      failed.push(troubleOf(moduleName(each), error));
    }
    ports.progress.emit({ type: "step-progress", step, done: ++done, total: wanted.length, unit: "modules" });
  });
  ports.progress.emit({ type: "step-end", step, milliseconds: ports.clock.monotonic() - started });
  await mendIndexes(store, plan);
  const records = await settle(ports, store, mirror, failed);
  return { fetched, bytes: Math.max(0, bytes), failed, records };
}

/** A kill between a version's files and its line in `@v/list` left the line out: this sync has it there already, and so nothing else would write it. */
async function mendIndexes(store: ObjectStore, plan: SyncPlan): Promise<void> {
  const paths = new Set(plan.versions.filter((each) => each.zip).map((each) => each.path));
  for (const { path } of await indexFaults(store, paths)) {
    const module = indexedModule(path);
    if (module !== undefined) await writeIndexFiles(store, module);
  }
}

/** Octets of the version, as it is stored when this resolves. */
async function fetchVersion(mirror: Modules, wanted: PlannedVersion): Promise<number> {
  let bytes = 0;
  for (const kind of wanted.zip ? (["mod", "zip"] as const) : (["mod"] as const)) {
    const found = await mirror.file(kind, wanted, wish);
    if (found === undefined)
      throw new MedkitError("MODULE_UNAVAILABLE", { module: moduleName(wanted), reasons: `no source has its ${kind}` });
    bytes += found.file.size;
    await found.file[Symbol.asyncDispose]();
  }
  // A version that is built can be named, too.
  if (wanted.zip) await mirror.info(wanted, wish);
  return bytes;
}

/** Versions of an inventory that the checksum database has proven: others have no record in it. */
export function provenBy(
  database: string,
  versions: Awaited<ReturnType<typeof readInventory>>["versions"],
): readonly ModuleVersion[] {
  return versions.filter((each) => (each.mod ?? each.zip)?.proven.startsWith(`${database}#`) === true);
}

/** Writes the database's files for all that is stored now; a failure is one more trouble. */
export async function settle(
  ports: Pick<Ports, "signal">,
  store: ObjectStore,
  mirror: Modules,
  failed: Trouble[],
): Promise<number> {
  const { client, name } = mirror.database;
  const modules = provenBy(name, (await readInventory(store)).versions);
  if (modules.length === 0) return 0;
  try {
    return await settleDatabase(store, client, modules);
  } catch (error) {
    ports.signal.throwIfAborted();
    failed.push(troubleOf(name, error));
    return 0;
  }
}
