import { chmod, lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { MedkitError } from "../../core/errors.ts";
import { EXIT } from "../../core/exit.ts";
import {
  cleanStaging,
  ensureFolder,
  publishFolder,
  removeTree,
  replaceLink,
  withLock,
  withStaging,
} from "../../state/index.ts";
import { flushTree } from "../../toolchain/index.ts";
import type { VulnEntry } from "./osv.ts";
import { SnapshotBuilder, type SyncOptions, type SyncPorts } from "./snapshot-builder.ts";
import {
  current,
  currentSnapshot,
  damagedFiles,
  readEntries,
  readFacts,
  snapshots,
  type Snapshot,
  type SnapshotFacts,
} from "./snapshot.ts";
import type { ListedEntry, VulnSource } from "./source.ts";

/** What a synchronisation would change, by id. */
export interface SyncPlan {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  /** Those that the source has not any more: Go never takes an entry away. */
  readonly gone: readonly string[];
  /** Those that are older in the source than here. */
  readonly older: readonly string[];
  readonly same: readonly string[];
  /** Those of which only reading them will tell. */
  readonly unread: readonly string[];
}

export interface Synced {
  readonly snapshot: Snapshot;
  readonly facts: SnapshotFacts;
  readonly added: number;
  readonly changed: number;
  readonly gone: number;
  /** Nothing was to be done. */
  readonly unchanged: boolean;
}

/** Compares a source's list with what is mirrored. */
export function planSync(
  listed: readonly ListedEntry[],
  here: readonly Pick<VulnEntry, "id" | "modified">[],
): SyncPlan {
  const known = new Map(here.map(({ id, modified }) => [id, Date.parse(modified)]));
  const there = new Set(listed.map(({ id }) => id));
  const ids = (test: (entry: ListedEntry, before: number | undefined, now: number) => boolean): readonly string[] =>
    listed
      .filter((each) => test(each, known.get(each.id), each.modified === undefined ? NaN : Date.parse(each.modified)))
      .map(({ id }) => id);
  return {
    added: ids((_, before) => before === undefined),
    changed: ids((_, before, now) => before !== undefined && now > before),
    gone: here.filter(({ id }) => !there.has(id)).map(({ id }) => id),
    older: ids((_, before, now) => before !== undefined && now < before),
    same: ids((_, before, now) => now === before),
    unread: ids((_, before, now) => before !== undefined && Number.isNaN(now)),
  };
}

/** The plan for a folder and a source. What the source throws, VULNDB_DAMAGED. */
export async function lookAhead(folder: string, source: VulnSource): Promise<SyncPlan> {
  const snapshot = await currentSnapshot(folder);
  return planSync(await source.list(), snapshot === undefined ? [] : await readEntries(snapshot));
}

/**
 * Mirrors a source's database into a folder: a new snapshot is built beside the old one, checked, brought to the disk, and gets in its place by one rename of a
 * link. What is unchanged is not fetched again. Whatever ends it, the old snapshot is whole. What the source throws, VULNDB_INVALID, VULNDB_OLDER, LOCKED.
 */
export async function syncVulndb(
  ports: SyncPorts,
  folder: string,
  source: VulnSource,
  options: SyncOptions,
): Promise<Synced> {
  await ensureFolder(folder);
  const lock = join(folder, ".lock");
  return await withLock(lock, () => sync(ports, folder, source, options), { purpose: "proxy vulndb sync" });
}

async function sync(ports: SyncPorts, folder: string, source: VulnSource, options: SyncOptions): Promise<Synced> {
  const work = join(folder, ".work");
  await cleanStaging(work);
  const { old, before, whole } = await readOld(folder);
  const listed = await source.list();
  if (listed.length === 0) throw new MedkitError("VULNDB_INVALID", { what: source.name, problem: "it has no entries" });
  const plan = planSync(listed, before);
  demandNewer(plan, options, source);
  if (old !== undefined && whole && plan.same.length === listed.length && plan.gone.length === 0)
    return { snapshot: old, facts: await readFacts(old), added: 0, changed: 0, gone: 0, unchanged: true };
  return await withStaging(work, "vulndb", async (staging) => {
    const builder = new SnapshotBuilder({ ports, folder: staging.path, source, options, old, before });
    await builder.fill(listed, new Set(plan.same));
    if (builder.changed + plan.added.length + plan.gone.length === 0 && old !== undefined && whole)
      return { snapshot: old, facts: await readFacts(old), added: 0, changed: 0, gone: 0, unchanged: true };
    const { id, facts } = await builder.finish();
    await flushTree(ports, staging.path);
    // Other programs read it too, over `file://` or a web server.
    await chmod(staging.path, 0o755);
    const snapshot = await publish(staging.path, folder, id);
    await prune(folder, [snapshot.id, old?.id]);
    const { added, gone } = plan;
    const counts = { added: added.length, changed: builder.changed, gone: gone.length };
    return { snapshot, facts, ...counts, unchanged: false };
  });
}

interface OldState {
  readonly old: Snapshot | undefined;
  readonly before: readonly VulnEntry[];
  /** Whether every file of it is as it was made. */
  readonly whole: boolean;
}

/** What is mirrored; nothing where its entries cannot be read, since then all of it is made anew. */
async function readOld(folder: string): Promise<OldState> {
  const old = await currentSnapshot(folder);
  const nothing = { old: undefined, before: [], whole: false };
  if (old === undefined) return nothing;
  try {
    const before = await readEntries(old);
    return { old, before, whole: (await damagedFiles(old)).length === 0 };
  } catch (error) {
    if (error instanceof MedkitError && error.exit === EXIT.integrity) return nothing;
    throw error;
  }
}

/** Gives a finished snapshot its name, and makes it the one that counts. */
async function publish(staged: string, folder: string, wanted: string): Promise<Snapshot> {
  // A folder of this name is left from a run that was killed here, or is damaged.
  let id = wanted;
  for (let count = 2; (await lstat(join(folder, snapshots, id)).catch(() => undefined)) !== undefined; count++)
    id = `${wanted}-${count}`;
  const final = join(folder, snapshots, id);
  await publishFolder(staged, final);
  await replaceLink(`${snapshots}/${id}`, join(folder, current));
  return { folder: final, id };
}

function demandNewer({ gone, older }: SyncPlan, { acceptOlder }: SyncOptions, source: VulnSource): void {
  if (acceptOlder || gone.length + older.length === 0) return;
  const [example = ""] = [...gone, ...older];
  throw new MedkitError("VULNDB_OLDER", { source: source.name, gone: gone.length, older: older.length, example });
}

/** Removes all but the snapshots that may be in use. */
async function prune(folder: string, keep: readonly (string | undefined)[]): Promise<void> {
  for (const name of await readdir(join(folder, snapshots)))
    if (!keep.includes(name)) await removeTree(join(folder, snapshots, name));
}
