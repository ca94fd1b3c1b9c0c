import { MedkitError } from "../core/errors.ts";
import {
  ChecksumDatabase,
  HASH_SIZE,
  moduleName,
  openTreeHead,
  parseTilePath,
  unescapePath,
  unescapeVersion,
  type DatabaseOps,
  type ModuleVersion,
  type NoteVerifier,
  type TreeHead,
} from "../module/index.ts";
import { filesBelow, type ObjectStore } from "../proxy/index.ts";
import type { Fault } from "./types.ts";
import type { RecordOf } from "./verify-version.ts";

/** The database's files in the store as the only source: what is not there cannot be proven. */
function storedOps(store: ObjectStore, root: string): DatabaseOps {
  return {
    fetch: (path) => store.read(root + path),
    readCache: () => Promise.resolve(undefined),
    writeCache: () => Promise.resolve(),
  };
}

/** Checks `sumdb/NAME/` of a store by itself: the head's signature, each tile, each record. */
export class StoredDatabase {
  readonly faults: Fault[] = [];
  tiles = 0;
  records = 0;
  readonly #store: ObjectStore;
  readonly #verifier: NoteVerifier;
  readonly #root: string;
  readonly #client: ChecksumDatabase;

  constructor(store: ObjectStore, verifier: NoteVerifier) {
    this.#store = store;
    this.#verifier = verifier;
    this.#root = `sumdb/${verifier.name}/`;
    this.#client = new ChecksumDatabase(verifier, storedOps(store, this.#root), { movesOn: true });
  }

  /** What the record says of a version, proven in the stored tree. */
  readonly recordOf: RecordOf = async (module) => {
    try {
      const { h1, goModH1, recordId } = await this.#client.lookup(module);
      return { h1, goModH1, proven: `${this.#verifier.name}#${recordId}` };
    } catch (error) {
      if (!(error instanceof MedkitError)) throw error;
      return { kind: error.code === "DATABASE_UNAVAILABLE" ? "unprovable" : "record", detail: error.code };
    }
  };

  /** All files of the database. */
  async check(): Promise<void> {
    const files = await filesBelow(this.#store, this.#root);
    if (files.length === 0) return;
    const head = await this.#head();
    if (head === undefined) return;
    const supported = await this.#store.read(`${this.#root}supported`);
    if (supported !== undefined && supported.length > 0) this.#fault("supported", "changed", "it has no content");
    for (const file of files) {
      const path = file.slice(this.#root.length);
      if (path === "latest" || path === "supported") continue;
      const tile = parseTilePath(path);
      if (tile !== undefined) await this.#checkTile(head, path, tile);
      else if (path.startsWith("lookup/")) await this.#checkLookup(path);
      else this.#fault(path, "extra");
    }
  }

  #fault(path: string, kind: Fault["kind"], detail?: string): void {
    this.faults.push({ path: this.#root + path, kind, ...(detail === undefined ? {} : { detail }) });
  }

  async #head(): Promise<TreeHead | undefined> {
    const note = await this.#store.read(`${this.#root}latest`);
    if (note === undefined) {
      this.#fault("latest", "missing");
      return undefined;
    }
    try {
      return openTreeHead(note.toString("utf8"), this.#verifier);
    } catch (error) {
      if (!(error instanceof MedkitError)) throw error;
      this.#fault("latest", "head", error.code);
      return undefined;
    }
  }

  /** A tile is proven as wide as the head's tree has it; a narrower one is its beginning. */
  async #checkTile(head: TreeHead, path: string, tile: NonNullable<ReturnType<typeof parseTilePath>>): Promise<void> {
    this.tiles++;
    try {
      const widest = await this.#client.widestTile(head, tile);
      const stored = await this.#store.read(this.#root + path);
      if (widest === undefined) this.#fault(path, "tile", "the tree has no such tile");
      else if (
        stored?.equals(widest.bytes.subarray(0, stored.length)) !== true ||
        stored.length !== HASH_SIZE * tile.width
      )
        this.#fault(path, "tile", "its hashes are others");
    } catch (error) {
      if (!(error instanceof MedkitError)) throw error;
      const isElsewhere =
        error.code === "DATABASE_TILE_FORGED" && ![path, "edge"].includes(String(error.params["tile"]));
      // A tile above it is named by itself.
      if (!isElsewhere) this.#fault(path, error.code === "DATABASE_UNAVAILABLE" ? "unprovable" : "tile", error.code);
    }
  }

  async #checkLookup(path: string): Promise<void> {
    this.records++;
    const module = lookedUp(path);
    if (module === undefined) {
      this.#fault(path, "extra");
      return;
    }
    const found = await this.recordOf(module);
    if ("kind" in found) this.#fault(path, found.kind, `${moduleName(module)}: ${found.detail ?? ""}`);
  }
}

function lookedUp(path: string): ModuleVersion | undefined {
  const [, escaped = "", version = ""] = /^lookup\/(.+)@([^@/]+)$/.exec(path) ?? [];
  try {
    return { path: unescapePath(escaped), version: unescapeVersion(version) };
  } catch (error) {
    if (error instanceof MedkitError) return undefined;
    throw error;
  }
}
