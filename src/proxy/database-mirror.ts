import { MedkitError } from "../core/errors.ts";
import {
  ChecksumDatabase,
  type DatabaseFetch,
  escapePath,
  escapeVersion,
  HASH_SIZE,
  isRecordAbsent,
  openTreeHead,
  type ModuleVersion,
  type NoteVerifier,
  type ProvenRecord,
  type Tile,
  tileParent,
  tilePath,
} from "../module/index.ts";
import type { DatabaseFile, ObjectStore } from "./types.ts";

/**
 * A checksum database behind the proxy: what it answers was proven before, and lies in the store below `sumdb/NAME/`. Tiles are kept as wide as the
 * newest known head has them, and cut to the width that a client asks for, whose head may be an older one.
 */
export class DatabaseMirror {
  readonly name: string;
  readonly #verifier: NoteVerifier;
  readonly #store: ObjectStore;
  readonly #upstream: DatabaseFetch;
  #database: ChecksumDatabase;

  /** `upstream` throws OFFLINE or DATABASE_UNAVAILABLE where it cannot be asked. */
  constructor(verifier: NoteVerifier, store: ObjectStore, upstream: DatabaseFetch) {
    this.name = verifier.name;
    this.#verifier = verifier;
    this.#store = store;
    this.#upstream = upstream;
    this.#database = this.#open();
  }

  #open(): ChecksumDatabase {
    const at = (path: string): string => `sumdb/${this.name}/${path}`;
    const readCache = (path: string): Promise<Buffer | undefined> => this.#store.read(at(path));
    const fetch: DatabaseFetch = async (path) => {
      try {
        return await this.#upstream(path);
      } catch (error) {
        // What is known goes on being known while the database is out of reach.
        const kept = path === "latest" && isUnreachable(error) ? await readCache(path) : undefined;
        if (kept === undefined) throw error;
        return kept;
      }
    };
    const writeCache = (path: string, data: Uint8Array): Promise<void> => this.#store.write(at(path), data);
    // Replicas remember one head together: none may put an older one over a newer one.
    const readHead = async (): Promise<string | undefined> => (await readCache("latest"))?.toString("utf8");
    const writeHead = (previous: string | undefined, next: string): Promise<boolean> =>
      this.#store.replace(at("latest"), previous === undefined ? undefined : Buffer.from(previous), Buffer.from(next));
    const ops = { fetch, readCache, writeCache, readHead, writeHead };
    return new ChecksumDatabase(this.#verifier, ops, { movesOn: true });
  }

  /** The newest head that is stored, without asking anybody: its records, and when it was stored. Undefined where none is. */
  async knownHead(): Promise<{ readonly size: number; readonly storedAt: Date } | undefined> {
    const file = await this.#store.open(`sumdb/${this.name}/latest`);
    if (file === undefined) return undefined;
    try {
      const { size } = openTreeHead((await file.bytes()).toString("utf8"), this.#verifier);
      return { size, storedAt: file.modified };
    } catch (error) {
      if (error instanceof MedkitError) return undefined;
      throw error;
    } finally {
      await file[Symbol.asyncDispose]();
    }
  }

  /** What proves: its head moves on when a newer one is met. */
  get client(): ChecksumDatabase {
    return this.#database;
  }

  /** A module's record, proven. What ChecksumDatabase.lookup throws. */
  lookup(module: ModuleVersion): Promise<ProvenRecord> {
    return this.#database.lookup(module);
  }

  /** The bytes of a file; undefined where neither the store nor the database has it. */
  async answer(file: DatabaseFile): Promise<Buffer | undefined> {
    if (file.kind === "supported") return Buffer.alloc(0);
    if (file.kind === "latest") return Buffer.from((await this.#database.head()).note);
    if (file.kind === "tile") return await this.#tile(file.tile);
    const { path, version } = file.module;
    try {
      await this.#database.lookup(file.module);
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw error;
    }
    return await this.#store.read(`sumdb/${this.name}/lookup/${escapePath(path)}@${escapeVersion(version)}`);
  }

  async #tile(tile: Tile): Promise<Buffer | undefined> {
    try {
      return await this.#proven(tile);
    } catch (error) {
      if (!isUnreachable(error)) throw error;
      // Of a narrow tile that an older head had, the wider one may be out of reach. Every other one has to be proven again: a disk may have changed it.
      const exact = await this.#store.read(`sumdb/${this.name}/${tilePath(tile)}`);
      const widest = tileParent({ ...tile, width: 1 }, 0, (await this.#database.head()).size);
      if (exact?.length === tile.width * HASH_SIZE && widest !== undefined && tile.width < widest.width) return exact;
      throw error;
    }
  }

  async #proven(tile: Tile): Promise<Buffer | undefined> {
    const held = await this.#widest(tile);
    if (held !== undefined) return held;
    // The client knows a newer head than we do.
    this.#database = this.#open();
    return await this.#widest(tile);
  }

  /** Cut from the widest tile that the newest known head has; undefined where that is not wide enough. */
  async #widest(tile: Tile): Promise<Buffer | undefined> {
    const head = await this.#database.head();
    const widest = await this.#database.widestTile(head, tile);
    const length = tile.width * HASH_SIZE;
    return widest === undefined || widest.bytes.length < length ? undefined : widest.bytes.subarray(0, length);
  }
}

/** Whether the database could not be asked, as opposed to what it answered. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof MedkitError && (error.code === "OFFLINE" || error.code === "DATABASE_UNAVAILABLE");
}

/** Whether the database, or the lack of a network, says that there is no such record. */
function isAbsent(error: unknown): boolean {
  if (!(error instanceof MedkitError)) return false;
  return error.code === "OFFLINE" || isRecordAbsent(error);
}
