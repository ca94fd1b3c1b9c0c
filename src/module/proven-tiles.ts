import { MedkitError } from "../core/errors.ts";
import {
  hashFromTile,
  rootOfTile,
  rootTiles,
  TILE_WIDTH,
  tileForIndex,
  tileParent,
  tilePath,
  tilesForIndexes,
  type Tile,
} from "./tile.ts";
import { HASH_SIZE, nodeHash, sameHash, subtreeIndexes, type HashReader } from "./tlog.ts";
import type { Tree } from "./types.ts";

/** Gives a tile's bytes, which nothing is known of yet. `fresh`: from the source itself, not from any cache. */
export type TileLoader = (tile: Tile, fresh: boolean) => Promise<Buffer>;

/**
 * The tiles of one tree, each proven before anything is read from it: those along the right edge hash to the signed root, every other one
 * to the hash that its parent has for it. Every tile that is asked for is held against its own parent; Go before 1.25.13 and 1.26.6 passed
 * over some (CVE-2026-56865).
 */
export class ProvenTiles {
  readonly tree: Tree;
  readonly #load: TileLoader;
  readonly #onProven: (tile: Tile, data: Buffer) => Promise<void>;
  readonly #proven = new Map<string, Buffer>();

  constructor(tree: Tree, load: TileLoader, onProven: (tile: Tile, data: Buffer) => Promise<void>) {
    this.tree = tree;
    this.#load = load;
    this.#onProven = onProven;
  }

  /** Hashes by stored index, out of proven tiles. Throws DATABASE_TILE_FORGED, and what the loader throws. */
  readonly read: HashReader = async (indexes) => {
    const tiles = tilesForIndexes(indexes, this.tree.size);
    if (tiles === undefined)
      throw new MedkitError("DATABASE_PROOF_INVALID", { what: "index", size: this.tree.size, n: Math.max(...indexes) });
    await this.prove(tiles);
    return indexes.map((index) => {
      const tile = tileParent(tileForIndex(index).tile, 0, this.tree.size);
      const data = tile === undefined ? undefined : this.#proven.get(tilePath(tile));
      const hash = tile === undefined || data === undefined ? undefined : hashFromTile(tile, data, index);
      if (hash === undefined)
        throw new MedkitError("DATABASE_PROOF_INVALID", { what: "index", size: this.tree.size, n: index });
      return hash;
    });
  };

  /** Proves tiles as `tilesForIndexes` lists them, parents first, and gives their bytes by path. */
  async prove(tiles: readonly Tile[]): Promise<ReadonlyMap<string, Buffer>> {
    const missing = tiles.filter((tile) => !this.#proven.has(tilePath(tile)));
    if (missing.length > 0) {
      try {
        await this.#attempt(missing, false);
      } catch (error) {
        if (!(error instanceof MedkitError) || error.code !== "DATABASE_TILE_FORGED") throw error;
        // A cache that went bad must not make an honest database look dishonest.
        await this.#attempt(missing, true);
      }
    }
    return new Map(tiles.map((tile) => [tilePath(tile), this.#proven.get(tilePath(tile)) ?? Buffer.alloc(0)]));
  }

  async #attempt(missing: readonly Tile[], fresh: boolean): Promise<void> {
    const loaded = new Map<string, Buffer>();
    await Promise.all(
      missing.map(async (tile) => {
        const data = await this.#load(tile, fresh);
        if (data.length !== tile.width * HASH_SIZE) throw forged(tile, `it has ${data.length} bytes`);
        loaded.set(tilePath(tile), data);
      }),
    );
    const edge = new Set(rootTiles(this.tree.size).map((tile) => tilePath(tile)));
    const proven = new Map<string, Buffer>();
    const dataOf = (tile: Tile): Buffer | undefined => {
      const path = tilePath(tile);
      return this.#proven.get(path) ?? proven.get(path);
    };
    if (missing.some((tile) => edge.has(tilePath(tile)))) {
      this.#proveRoot((tile) => this.#proven.get(tilePath(tile)) ?? loaded.get(tilePath(tile)));
      for (const path of edge) {
        const data = loaded.get(path);
        if (data !== undefined) proven.set(path, data);
      }
    }
    for (const tile of missing) {
      const path = tilePath(tile);
      const data = loaded.get(path);
      if (edge.has(path) || data === undefined) continue;
      const parent = tileParent(tile, 1, this.tree.size);
      const above = parent === undefined ? undefined : dataOf(parent);
      const place = (tile.n % TILE_WIDTH) * HASH_SIZE;
      if (tile.width !== TILE_WIDTH || above === undefined || above.length < place + HASH_SIZE)
        throw forged(tile, "the tree has no place for it");
      if (!sameHash(rootOfTile(data), above.subarray(place, place + HASH_SIZE)))
        throw forged(tile, "it does not fit the tile above it");
      proven.set(path, data);
    }
    for (const tile of missing) {
      const data = proven.get(tilePath(tile));
      if (data === undefined) continue;
      this.#proven.set(tilePath(tile), data);
      await this.#onProven(tile, data);
    }
  }

  /** The edge's hashes, all of them, together are the root: so all of them are proven at once. */
  #proveRoot(dataOf: (tile: Tile) => Buffer | undefined): void {
    const hashes = subtreeIndexes(0, this.tree.size).map((index) => {
      const tile = tileParent(tileForIndex(index).tile, 0, this.tree.size);
      const data = tile === undefined ? undefined : dataOf(tile);
      const hash = tile === undefined || data === undefined ? undefined : hashFromTile(tile, data, index);
      if (tile === undefined || hash === undefined)
        throw new MedkitError("DATABASE_TILE_FORGED", { tile: "edge", problem: "it is missing" });
      return hash;
    });
    const root = hashes.reduceRight((right, left) => nodeHash(left, right));
    if (!sameHash(root, this.tree.root))
      throw new MedkitError("DATABASE_TILE_FORGED", { tile: "edge", problem: "it does not make the signed root" });
  }
}

function forged(tile: Tile, problem: string): MedkitError {
  return new MedkitError("DATABASE_TILE_FORGED", { tile: tilePath(tile), problem });
}
