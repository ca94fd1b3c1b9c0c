import { readFile, readdir, rmdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";
import { MedkitError, systemCode } from "../core/errors.ts";
import { ensureFolder, removeTree, writeFileAtomic } from "../state/index.ts";
import { isLasting, restoreFile, type Applied } from "./apply.ts";

const recordSchema = z.strictObject({
  schema: z.literal("medkit/rescue-undo/v1"),
  created: z.string(),
  command: z.array(z.string()),
  edited: z.array(z.strictObject({ path: z.string(), copy: z.string().nullable(), written: z.string() })),
});

export type UndoRecord = z.infer<typeof recordSchema>;

const recordName = "undo.json";

/** Writes what `rescue --undo` needs into the rescue's own folder, 0600. Where nothing lasts any more, the record goes, and the folder if it is empty. */
export async function writeUndo(
  folder: string,
  command: readonly string[],
  applied: readonly Applied[],
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
}

export interface Undone {
  readonly id: string;
  readonly command: readonly string[];
  readonly restored: readonly string[];
  /** Files that somebody changed since; they stay, and their copies too. */
  readonly kept: readonly string[];
}

async function readRecord(folder: string): Promise<UndoRecord | undefined> {
  try {
    return recordSchema.parse(JSON.parse(await readFile(join(folder, recordName), "utf8")));
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw new MedkitError("RESCUE_RECORD_DAMAGED", { path: join(folder, recordName) }, { cause: error });
  }
}

/** A folder that only a rescue has filled goes with it; one that holds more stays. */
async function removeEmpty(folder: string): Promise<void> {
  await rmdir(folder).catch(() => undefined);
}

/**
 * Takes back the newest rescue under `root` that left something: files of the user's from their copies, then our own folder. Undefined where there is
 * none. RESCUE_RECORD_DAMAGED.
 */
export async function undoLast(root: string): Promise<Undone | undefined> {
  const ids = (await readdir(root).catch(() => []))
    .filter((name) => name.startsWith("r-"))
    .toSorted()
    .toReversed();
  for (const id of ids) {
    const folder = join(root, id);
    const record = await readRecord(folder);
    if (record === undefined) continue;
    const restored: string[] = [];
    const kept: string[] = [];
    for (const file of record.edited.toReversed()) ((await restoreFile(file)) ? restored : kept).push(file.path);
    if (kept.length === 0) {
      await removeTree(folder);
      await removeEmpty(root);
      await removeEmpty(dirname(root));
    } else {
      await removeTree(join(folder, "scratch"));
      await removeTree(join(folder, recordName));
    }
    return { id, command: record.command, restored, kept };
  }
  return undefined;
}
