import { lstat, readdir, rename, rmdir } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { z } from "zod";
import { MedkitError } from "../core/errors.ts";
import { ensureFolder, removeTree, syncFolder, withLock, writeFileAtomic } from "../state/index.ts";
import { isLasting, restoreFile, type OnDisk } from "./apply.ts";
import { isOurs } from "./place.ts";
import { readRegularFile } from "../core/regular-file.ts";

const recordSchema = z.strictObject({
  schema: z.literal("medkit/rescue-undo/v1"),
  created: z.string(),
  command: z.array(z.string()),
  edited: z.array(
    z.strictObject({
      path: z.string().refine(isAbsolute),
      copy: z.string().nullable(),
      before: z.string().nullable().optional(),
      written: z.string(),
    }),
  ),
});

export type UndoRecord = z.infer<typeof recordSchema>;

const recordName = "undo.json";

/** Writes what `rescue --undo` needs into the rescue's own folder, 0600; it is on the disk when this returns. Where nothing lasts any more, the record goes, and the folder if it is empty. */
export async function writeUndo(
  folder: string,
  command: readonly string[],
  applied: readonly OnDisk[],
  now: Date,
): Promise<void> {
  const record: UndoRecord = {
    schema: "medkit/rescue-undo/v1",
    created: now.toISOString(),
    command: [...command],
    edited: applied.flatMap((each) => each.edited),
  };
  if (!applied.some(isLasting)) {
    await removeTree(join(folder, recordName));
    for (const empty of [folder, dirname(folder)]) await removeEmpty(empty);
    return;
  }
  await ensureFolder(folder, 0o700);
  await writeFileAtomic(join(folder, recordName), `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  for (const parent of [dirname(folder), dirname(dirname(folder))]) await syncFolder(parent);
}

export interface Undone {
  readonly id: string;
  readonly command: readonly string[];
  readonly restored: readonly string[];
  /** Files that somebody changed since; they stay, and their copies too. */
  readonly kept: readonly string[];
}

/** Puts a record aside that cannot be followed, so that older ones come next; it stays beside the copies, for people. Gives its path. */
async function setAside(path: string): Promise<string> {
  const aside = `${path}.damaged`;
  return rename(path, aside).then(
    () => aside,
    () => path,
  );
}

/** The record of a rescue; undefined where there is none, `foreign` where it is another's, or others could have written it. RESCUE_RECORD_DAMAGED. */
async function readRecord(folder: string): Promise<UndoRecord | "foreign" | undefined> {
  const path = join(folder, recordName);
  const ours = (await isOurs(folder)) && (await isOurs(join(folder, "copies")));
  const info = await lstat(path).catch(() => undefined);
  if (!ours) return "foreign";
  if (info === undefined) return undefined;
  if (info.uid !== process.getuid?.() || (info.isFile() && (info.mode & 0o022) !== 0)) return "foreign";
  try {
    return recordSchema.parse(JSON.parse((info.isFile() ? await readRegularFile(path) : undefined) ?? ""));
  } catch (error) {
    throw new MedkitError("RESCUE_RECORD_DAMAGED", { path: await setAside(path) }, { cause: error });
  }
}

/** A folder that only a rescue has filled goes with it; one that holds more stays. */
async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

async function rescuesIn(root: string): Promise<readonly string[]> {
  const names = await readdir(root).catch(() => []);
  return names
    .filter((name) => name.startsWith("r-"))
    .toSorted()
    .toReversed();
}

/** Follows one record. Every file is tried, whatever becomes of the others. */
async function undoRecord(folder: string, record: UndoRecord): Promise<Omit<Undone, "id">> {
  const copies = join(folder, "copies");
  const paths = {
    restored: [] as string[],
    untouched: [] as string[],
    changed: [] as string[],
    damaged: [] as string[],
  };
  const errors: unknown[] = [];
  for (const file of record.edited.toReversed()) {
    // Of a copy only the name counts: it lies in the rescue's own folder, or it is none of ours.
    const own = { ...file, copy: file.copy === null ? null : join(copies, basename(file.copy)) };
    try {
      paths[await restoreFile(own)].push(file.path);
    } catch (error) {
      errors.push(error);
    }
  }
  // The record stays: what was given back is found so the next time.
  if (errors.length > 0) throw errors[0];
  if (paths.damaged.length > 0) {
    await setAside(join(folder, recordName));
    throw new MedkitError("RESCUE_COPY_DAMAGED", { path: paths.damaged.join(", "), copies });
  }
  if (paths.changed.length === 0) await removeTree(folder);
  else {
    await removeTree(join(folder, "scratch"));
    await removeTree(join(folder, recordName));
  }
  return { command: record.command, restored: paths.restored, kept: paths.changed };
}

async function undoNewest(root: string): Promise<Undone | undefined> {
  let foreign: string | undefined;
  for (const id of await rescuesIn(root)) {
    const folder = join(root, id);
    const record = await readRecord(folder);
    if (record === "foreign") foreign ??= folder;
    else if (record !== undefined) return { id, ...(await undoRecord(folder, record)) };
  }
  if (foreign !== undefined) throw new MedkitError("RESCUE_NOT_OURS", { path: foreign });
  return undefined;
}

/** Milliseconds that an undo waits for another one. */
const patience = 10_000;

/**
 * Takes back the newest rescue under `root` that left something: files of the user's from their copies, then our own folder. Undefined where there is
 * none, also where another undo was faster.
 *
 * A record that is damaged, or whose copies are, is said once (RESCUE_RECORD_DAMAGED, RESCUE_COPY_DAMAGED) and put aside as `undo.json.damaged` with
 * everything beside it; the next undo goes on to older ones. Rescues of other users, or that others can write, are passed over, and said where nothing
 * else is left (RESCUE_NOT_OURS); a `root` of another user, or that everybody can write, is refused at once. LOCKED where another undo takes too long.
 */
export async function undoLast(root: string): Promise<Undone | undefined> {
  if (!(await isOurs(root, 0o002))) throw new MedkitError("RESCUE_NOT_OURS", { path: root });
  if ((await rescuesIn(root)).length === 0) return undefined;
  try {
    return await withLock(join(root, "undo.lock"), () => undoNewest(root), {
      purpose: "rescue --undo",
      wait: patience,
    });
  } catch (error) {
    // The other undo took the last rescue, and the folder with it.
    if ((await lstat(root).catch(() => undefined)) === undefined) return undefined;
    throw error;
  } finally {
    await removeEmpty(root);
    await removeEmpty(dirname(root));
  }
}
