import { MedkitError } from "../core/errors.ts";
import { HeadMemory, type HeadStore } from "./head-memory.ts";
import { openTreeHead, parseRecord, type LogRecord } from "./log-record.ts";
import { escapePath, escapeVersion } from "./module-path.ts";
import { decodeBase64, type NoteVerifier } from "./note.ts";
import { ProvenTiles } from "./proven-tiles.ts";
import { hashesIn, isPadded } from "./record-hashes.ts";
import { fullTile, TILE_HEIGHT, tileParent, tilePath, TILE_WIDTH, type Tile } from "./tile.ts";
import { checkRecordProof, HASH_SIZE, proveRecord, recordHash, sameHash, storedHashIndex } from "./tlog.ts";
import {
  moduleName,
  type ModuleHashes,
  type ModuleVersion,
  type ProvenRecord,
  type Tree,
  type TreeHead,
} from "./types.ts";

/** What the database's client reaches of the world. */
export interface DatabaseOps extends Partial<HeadStore> {
  /** Fetches `latest`, `lookup/…` or `tile/…` of the database; nothing that it gives is believed. Undefined: the source has it not. */
  fetch(path: string): Promise<Uint8Array | undefined>;
  /** A cache of lookups and tiles, checked anew at every use; absent: undefined. Without `readHead` it keeps `latest` too. */
  readCache(path: string): Promise<Uint8Array | undefined>;
  writeCache(path: string, data: Uint8Array): Promise<void>;
}

export interface DatabaseOptions {
  /** The signed note of the head to prove everything against; without it the newest one. */
  readonly pinned?: string;
  /** Let the head move on where a record came into the log after it. Else that is DATABASE_HEAD_TOO_OLD, and all proofs are of one head. */
  readonly movesOn?: boolean;
}

/**
 * A client of a checksum database that believes signatures and hashes only: every record is proven to be in the tree of a signed head, every
 * head that it meets to be on one timeline with those that it remembers. Source: golang.org/x/mod/sumdb/client.go, https://go.dev/design/25530-sumdb.
 */
export class ChecksumDatabase {
  readonly verifier: NoteVerifier;
  readonly #ops: DatabaseOps;
  readonly #options: DatabaseOptions;
  readonly #memory: HeadMemory;
  readonly #trees = new Map<string, ProvenTiles>();
  readonly #loading = new Map<string, Promise<Buffer>>();
  readonly #kept = new Set<string>();
  #head: Promise<TreeHead> | undefined;

  constructor(verifier: NoteVerifier, ops: DatabaseOps, options: string | DatabaseOptions = {}) {
    this.verifier = verifier;
    this.#ops = ops;
    this.#options = typeof options === "string" ? { pinned: options } : options;
    this.#memory = new HeadMemory(verifier, ops, (tree) => this.#tilesOf(tree).read);
  }

  /** `sum.golang.org`. */
  get databaseName(): string {
    return this.verifier.name;
  }

  /** The head that everything is proven against: the pinned one, else the newest that is known. */
  head(): Promise<TreeHead> {
    this.#head ??= this.#chooseHead().catch((error: unknown) => {
      this.#head = undefined;
      throw error;
    });
    return this.#head;
  }

  async #chooseHead(): Promise<TreeHead> {
    const note = this.#options.pinned ?? (await this.#fetchText("latest"));
    const head = openTreeHead(note, this.verifier);
    const newest = await this.#memory.merge(head);
    return this.#options.pinned === undefined ? newest : head;
  }

  /**
   * Looks a module version up and proves its record. Throws DATABASE_RECORD_MALFORMED, DATABASE_RECORD_UNRELATED, DATABASE_RECORD_BEYOND, DATABASE_RECORD_UNPROVEN,
   * DATABASE_TILE_FORGED, DATABASE_FORKED, DATABASE_HEAD_TOO_OLD, DATABASE_UNAVAILABLE, and what openNote throws.
   */
  async lookup(module: ModuleVersion): Promise<ProvenRecord> {
    const path = `lookup/${escapePath(module.path)}@${escapeVersion(module.version)}`;
    const cached = await this.#ops.readCache(path);
    if (cached !== undefined) {
      try {
        return await this.#proveAnswer(module, cached);
      } catch (error) {
        // A spoilt cache says nothing of the database. A fork does.
        if (!(error instanceof MedkitError) || error.code === "DATABASE_FORKED") throw error;
      }
    }
    const data = await this.#fetch(path);
    const proven = await this.#proveAnswer(module, data);
    await this.#ops.writeCache(path, data);
    return proven;
  }

  async #proveAnswer(module: ModuleVersion, answer: Uint8Array): Promise<ProvenRecord> {
    const record = parseRecord(answer);
    const own = openTreeHead(record.note, this.verifier);
    if (record.id >= own.size)
      throw new MedkitError("DATABASE_RECORD_BEYOND", {
        module: moduleName(module),
        record: record.id,
        size: own.size,
      });
    hashesIn(record.text, module);
    let head = await this.head();
    const newest = await this.#memory.merge(own);
    if (record.id >= head.size && this.#options.movesOn === true && this.#options.pinned === undefined) {
      this.#head = Promise.resolve(newest);
      head = newest;
    }
    return await this.#prove(module, record, head);
  }

  /** Proves a record that is already known against the head of now. */
  async prove(module: ModuleVersion, record: Pick<ProvenRecord, "recordId" | "record">): Promise<ProvenRecord> {
    return await this.#prove(module, { id: record.recordId, text: record.record }, await this.head());
  }

  async #prove(
    module: ModuleVersion,
    { id, text }: Pick<LogRecord, "id" | "text">,
    head: TreeHead,
  ): Promise<ProvenRecord> {
    const found = hashesIn(text, module);
    if (id >= head.size) {
      throw new MedkitError("DATABASE_HEAD_TOO_OLD", {
        database: this.verifier.name,
        module: moduleName(module),
        record: id,
        size: head.size,
      });
    }
    const read = this.#tilesOf(head).read;
    const leaf = recordHash(text);
    const [stored] = await read([storedHashIndex(0, id)]);
    if (stored !== undefined && isPadded(text, module, stored))
      throw new MedkitError("DATABASE_RECORD_PADDED", { module: moduleName(module), record: id });
    if (stored === undefined || !sameHash(stored, leaf))
      throw this.#unproven(module, `record ${id} of the tree is another`);
    const path = await proveRecord(head.size, id, read);
    checkRecordProof(path, head, id, leaf);
    return {
      ...found,
      recordId: id,
      record: text,
      treeSize: head.size,
      hashes: path.map((hash) => hash.toString("base64")),
    };
  }

  /** Tiles of a head's tree, proven, by path: `tilesForIndexes` says which. The head must come from this database's client. */
  async provenTiles(head: TreeHead, tiles: readonly Tile[]): Promise<ReadonlyMap<string, Buffer>> {
    return await this.#tilesOf(head).prove(tiles);
  }

  /** A tile as wide as a head's tree has it, proven with all above it; undefined where the tree has no such tile. */
  async widestTile(
    head: TreeHead,
    { level, n }: Tile,
  ): Promise<{ readonly path: string; readonly bytes: Buffer } | undefined> {
    const widest = tileParent({ level, n, width: 1 }, 0, head.size);
    if (widest === undefined) return undefined;
    const tiles = this.#tilesOf(head);
    // Reading a hash of it proves the tiles above it first.
    await tiles.read([storedHashIndex(TILE_HEIGHT * level, TILE_WIDTH * n)]);
    const path = tilePath(widest);
    const bytes = (await tiles.prove([widest])).get(path);
    return bytes === undefined ? undefined : { path, bytes };
  }

  /** Opens a signed head and puts it on the timeline of those that are remembered. Throws DATABASE_FORKED. */
  async openHead(note: string): Promise<TreeHead> {
    const head = openTreeHead(note, this.verifier);
    await this.#memory.merge(head);
    return head;
  }

  #tilesOf(tree: Tree): ProvenTiles {
    const key = `${tree.size} ${tree.root.toString("base64")}`;
    const known = this.#trees.get(key);
    if (known !== undefined) return known;
    const tiles = new ProvenTiles(
      tree,
      (tile, fresh) => this.#loadTile(tile, fresh),
      (tile, data) => this.#keepTile(tile, data),
    );
    this.#trees.set(key, tiles);
    return tiles;
  }

  async #loadTile(tile: Tile, fresh: boolean): Promise<Buffer> {
    const path = tilePath(tile);
    const loading = fresh ? undefined : this.#loading.get(path);
    if (loading !== undefined) return await loading;
    const data = this.#readTile(tile, fresh);
    this.#loading.set(path, data);
    try {
      return await data;
    } finally {
      this.#loading.delete(path);
    }
  }

  async #readTile(tile: Tile, fresh: boolean): Promise<Buffer> {
    const candidates = this.#tilesThatHold(tile);
    for (const from of fresh ? ["source" as const] : ["cache" as const, "source" as const]) {
      for (const candidate of candidates) {
        const data = await (from === "cache"
          ? this.#ops.readCache(tilePath(candidate))
          : this.#ops.fetch(tilePath(candidate)));
        if (data === undefined) continue;
        if (data.length === candidate.width * HASH_SIZE) return Buffer.from(data.subarray(0, tile.width * HASH_SIZE));
        if (from === "source")
          throw new MedkitError("DATABASE_TILE_FORGED", {
            tile: tilePath(candidate),
            problem: `it has ${data.length} bytes`,
          });
      }
    }
    throw new MedkitError("DATABASE_UNAVAILABLE", { database: this.verifier.name, path: tilePath(tile) });
  }

  /** A server need not keep a partial tile once a wider one is there: the wanted hashes are the first ones of each. */
  #tilesThatHold(tile: Tile): Tile[] {
    if (tile.width === TILE_WIDTH) return [tile];
    const newest = this.#memory.newest;
    const widest = newest === undefined ? undefined : tileParent(tile, 0, newest.size);
    const between = widest !== undefined && widest.width > tile.width && widest.width < TILE_WIDTH ? [widest] : [];
    return [tile, fullTile(tile), ...between];
  }

  async #keepTile(tile: Tile, data: Buffer): Promise<void> {
    const path = tilePath(tile);
    if (this.#kept.has(path)) return;
    this.#kept.add(path);
    await this.#ops.writeCache(path, data);
  }

  async #fetch(path: string): Promise<Uint8Array> {
    const data = await this.#ops.fetch(path);
    if (data === undefined) throw new MedkitError("DATABASE_UNAVAILABLE", { database: this.verifier.name, path });
    return data;
  }

  async #fetchText(path: string): Promise<string> {
    return Buffer.from(await this.#fetch(path)).toString("utf8");
  }

  #unproven(module: ModuleVersion, problem: string): MedkitError {
    return new MedkitError("DATABASE_RECORD_UNPROVEN", {
      database: this.verifier.name,
      module: moduleName(module),
      problem,
    });
  }
}

/** Checks a stored proof against a stored head, without any source: what a kit's manifest carries. Undefined where it does not hold. */
export function isRecordProven(
  verifier: NoteVerifier,
  note: string,
  module: ModuleVersion,
  proof: Omit<ProvenRecord, keyof ModuleHashes>,
): ModuleHashes | undefined {
  try {
    const head = openTreeHead(note, verifier);
    if (proof.treeSize !== head.size) return undefined;
    const path = proof.hashes.map((hash) => decodeBase64(hash) ?? Buffer.alloc(0));
    checkRecordProof(path, head, proof.recordId, recordHash(proof.record));
    return hashesIn(proof.record, module);
  } catch (error) {
    if (error instanceof MedkitError) return undefined;
    throw error;
  }
}
