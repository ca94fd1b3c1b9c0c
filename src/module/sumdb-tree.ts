import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedkitError, systemCode } from "../core/errors.ts";
import type { ChecksumDatabase, DatabaseOps } from "./checksum-database.ts";
import { formatRecord } from "./log-record.ts";
import { escapePath, escapeVersion } from "./module-path.ts";
import type { NoteVerifier } from "./note.ts";
import { rootTiles, tilesForIndexes, type Tile } from "./tile.ts";
import { storedHashIndex, subtreeIndexes } from "./tlog.ts";
import { moduleName, type ModuleVersion, type ProvenRecord, type Tree, type TreeHead } from "./types.ts";

/** A module version with what the database's record says of it. */
export type RecordedModule = ModuleVersion & Pick<ProvenRecord, "recordId" | "record">;

/** The tiles that a tree's files need, apart by the head whose tree they belong to: a partial tile means something in one tree only. */
export interface TreeTiles {
  readonly head: TreeHead;
  readonly tiles: readonly Tile[];
}

/**
 * Which tiles an offline tree must hold. A client without memory needs those that prove the records in `head`'s tree. A client that
 * remembers one of `others` needs more: cmd/go first checks its own head by its own edge, then the older edge in the newer tree, and the
 * records in the newer one. The same arguments give the same tiles.
 */
export function planTreeTiles(
  records: readonly RecordedModule[],
  head: TreeHead,
  others: readonly TreeHead[] = [],
): TreeTiles[] {
  const beyond = records.find((record) => record.recordId >= head.size);
  if (beyond !== undefined) {
    throw new MedkitError("DATABASE_HEAD_TOO_OLD", {
      database: "",
      module: moduleName(beyond),
      record: beyond.recordId,
      size: head.size,
    });
  }
  const leaves = records.map((record) => storedHashIndex(0, record.recordId));
  const older = others.filter((other) => other.size < head.size);
  const newer = others.filter((other) => other.size > head.size);
  const edges = (trees: readonly Tree[]): number[] => trees.flatMap((tree) => subtreeIndexes(0, tree.size));
  return [
    { head, tiles: tilesForIndexes([...leaves, ...edges(older)], head.size) ?? [] },
    ...older.map((other) => ({ head: other, tiles: rootTiles(other.size) })),
    ...newer.map((other) => ({ head: other, tiles: tilesForIndexes([...leaves, ...edges([head])], other.size) ?? [] })),
  ];
}

export interface TreeOptions {
  /** Signed notes of other heads whose clients shall get through too: of earlier kits, or of the machines that this is for. */
  readonly alsoHeads?: readonly string[];
}

/**
 * Writes `sumdb/<name>/` of an offline GOPROXY tree: `supported`, `latest`, a lookup of each record that carries the one head of
 * `database`, and the tiles that prove them. Everything is proven before it is written; the same head, records and options give the same bytes.
 */
export async function writeSumdbTree(
  proxyTree: string,
  database: ChecksumDatabase,
  records: readonly RecordedModule[],
  options: TreeOptions = {},
): Promise<void> {
  const files = await buildSumdbTree(database, records, options);
  const root = join(proxyTree, "sumdb", database.verifier.name);
  for (const [path, data] of files) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), data);
  }
}

/** The same in memory: contents by path below `sumdb/<name>/`, in a fixed order. */
export async function buildSumdbTree(
  database: ChecksumDatabase,
  records: readonly RecordedModule[],
  options: TreeOptions = {},
): Promise<ReadonlyMap<string, Buffer>> {
  const head = await database.head();
  const others: TreeHead[] = [];
  for (const note of options.alsoHeads ?? []) others.push(await database.openHead(note));
  const files = new Map<string, Buffer>([
    ["supported", Buffer.alloc(0)],
    ["latest", Buffer.from(head.note, "utf8")],
  ]);
  for (const module of records) {
    const { recordId, record } = await database.prove(module, module);
    const name = `lookup/${escapePath(module.path)}@${escapeVersion(module.version)}`;
    files.set(name, Buffer.from(formatRecord({ id: recordId, text: record, note: head.note }), "utf8"));
  }
  for (const { head: of, tiles } of planTreeTiles(records, head, others)) {
    for (const [path, data] of await database.provenTiles(of, tiles)) files.set(path, data);
  }
  return new Map([...files].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A database's offline tree as the source of a client: nothing outside it is asked, and nothing is remembered. */
export function sumdbTreeOps(proxyTree: string, verifier: NoteVerifier): DatabaseOps {
  const root = join(proxyTree, "sumdb", verifier.name);
  return {
    fetch: async (path) => {
      try {
        return await readFile(join(root, path));
      } catch (error) {
        if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return undefined;
        throw error;
      }
    },
    readCache: () => Promise.resolve(undefined),
    writeCache: () => Promise.resolve(),
  };
}
