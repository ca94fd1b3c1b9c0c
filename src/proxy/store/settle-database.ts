import { MedkitError } from "../../core/errors.ts";
import {
  buildSumdbTree,
  escapePath,
  escapeVersion,
  HASH_SIZE,
  parseRecord,
  parseTilePath,
  TILE_WIDTH,
  type ChecksumDatabase,
  type ModuleVersion,
  type RecordedModule,
} from "../../module/index.ts";
import type { ObjectStore } from "../types.ts";

/** Where a version's record lies, below `sumdb/NAME/`. */
export function lookupPath({ path, version }: ModuleVersion): string {
  return `lookup/${escapePath(path)}@${escapeVersion(version)}`;
}

/** Paths of all files below a folder of the store, which ends with a slash. */
export async function filesBelow(store: ObjectStore, folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of [...(await store.names(folder))].toSorted()) {
    const below = await filesBelow(store, `${folder}${name}/`);
    if (below.length > 0) found.push(...below);
    else if (await isFile(store, folder + name)) found.push(folder + name);
  }
  return found;
}

async function isFile(store: ObjectStore, path: string): Promise<boolean> {
  const file = await store.open(path);
  await file?.[Symbol.asyncDispose]();
  return file !== undefined;
}

/** A version's record as it is stored, not proven; undefined where it is not there or cannot be read. */
export async function storedRecord(
  store: ObjectStore,
  database: string,
  module: ModuleVersion,
): Promise<RecordedModule | undefined> {
  const bytes = await store.read(`sumdb/${database}/${lookupPath(module)}`);
  if (bytes === undefined) return undefined;
  const { path, version } = module;
  const { id, text } = parseRecord(bytes);
  return { path, version, recordId: id, record: text };
}

/**
 * Makes `sumdb/NAME/` of the store one that clients can use without anybody who cuts tiles for them, over `file://` and any web server: every lookup carries the
 * one head of `database`, and the tiles that prove all of them in its tree are there. Tiles of older heads go, after a wider one has their hashes, or where none can be had. Gives the number of records.
 * What it throws leaves each file as it was or as it will be.
 */
export async function settleDatabase(
  store: ObjectStore,
  database: ChecksumDatabase,
  modules: readonly ModuleVersion[],
): Promise<number> {
  const name = database.databaseName;
  const records: RecordedModule[] = [];
  for (const { path, version } of modules) {
    const stored = await storedRecord(store, name, { path, version });
    records.push(stored ?? { path, version, ...(await database.lookup({ path, version })) });
  }
  const head = await database.head();
  const files = await buildSumdbTree(database, records);
  const root = `sumdb/${name}/`;
  const older: string[] = [];
  for (const path of await filesBelow(store, `${root}tile/`)) {
    const tile = parseTilePath(path.slice(root.length));
    if (tile === undefined || tile.width === TILE_WIDTH || files.has(path.slice(root.length))) continue;
    // Proving it stores it. Where what proves it cannot be had, nobody can be shown that its head goes on in this one.
    const widest = await database.widestTile(head, tile).catch(nothingIfUnavailable);
    if (widest === undefined || widest.bytes.length >= tile.width * HASH_SIZE) older.push(path);
  }
  for (const [path, bytes] of files) {
    const stored = await store.read(root + path);
    if (stored?.equals(bytes) !== true) await store.write(root + path, bytes);
  }
  for (const path of older) await store.remove(path);
  return records.length;
}

function nothingIfUnavailable(error: unknown): undefined {
  if (error instanceof MedkitError && error.code === "DATABASE_UNAVAILABLE") return undefined;
  throw error;
}
