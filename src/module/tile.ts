import { HASH_SIZE, nodeHash, splitStoredHashIndex, storedHashIndex, subtreeIndexes } from "./tlog.ts";

/** Go's checksum databases serve tiles of eight levels: 256 hashes at most. */
export const TILE_HEIGHT = 8;
export const TILE_WIDTH = 2 ** TILE_HEIGHT;

/** A tile: `width` hashes of tree level `8 * level`, from number `256 * n` on (golang.org/x/mod/sumdb/tlog/tile.go). */
export interface Tile {
  readonly level: number;
  readonly n: number;
  /** 1 to 256; 256 is a full tile. */
  readonly width: number;
}

/** `tile/8/1/x001/x234/067.p/3`: the path in a database's URL space, and of a tile's file. */
export function tilePath(tile: Tile): string {
  let rest = tile.n;
  let digits = String(rest % 1000).padStart(3, "0");
  while (rest >= 1000) {
    rest = Math.floor(rest / 1000);
    digits = `x${String(rest % 1000).padStart(3, "0")}/${digits}`;
  }
  return `tile/${TILE_HEIGHT}/${tile.level}/${digits}${tile.width === TILE_WIDTH ? "" : `.p/${tile.width}`}`;
}

/** The inverse of tilePath; undefined for all that it does not write. Data tiles (`tile/8/data/…`) are not read here. */
export function parseTilePath(path: string): Tile | undefined {
  const match = /^tile\/8\/([0-9]{1,2})\/((?:x[0-9]{3}\/)*[0-9]{3})(?:\.p\/([0-9]{1,3}))?$/.exec(path);
  if (match === null) return undefined;
  const n = Number((match[2] ?? "").replaceAll(/[x/]/g, ""));
  const tile = { level: Number(match[1]), n, width: match[3] === undefined ? TILE_WIDTH : Number(match[3]) };
  return Number.isSafeInteger(n) && tile.width > 0 && tile.width <= TILE_WIDTH && tilePath(tile) === path
    ? tile
    : undefined;
}

export function fullTile(tile: Tile): Tile {
  return { ...tile, width: TILE_WIDTH };
}

/** The narrowest tile that has a stored hash, and where in it the hashes are that make it up. */
export function tileForIndex(index: number): { tile: Tile; first: number; end: number } {
  const { level, n } = splitStoredHashIndex(index);
  const tileLevel = Math.floor(level / TILE_HEIGHT);
  const span = 2 ** (level - tileLevel * TILE_HEIGHT);
  const tileN = Math.floor((n * span) / TILE_WIDTH);
  const first = n * span - tileN * TILE_WIDTH;
  return { tile: { level: tileLevel, n: tileN, width: first + span }, first, end: first + span };
}

/** The hash with a stored index, out of a tile that has it; undefined where the tile does not. */
export function hashFromTile(tile: Tile, data: Buffer, index: number): Buffer | undefined {
  const { tile: least, first, end } = tileForIndex(index);
  if (
    tile.level !== least.level ||
    tile.n !== least.n ||
    tile.width < least.width ||
    data.length < tile.width * HASH_SIZE
  )
    return undefined;
  return rootOfTile(data.subarray(first * HASH_SIZE, end * HASH_SIZE));
}

/** The hash of the subtree over these 2^k hashes. */
export function rootOfTile(data: Buffer): Buffer {
  if (data.length === HASH_SIZE) return data;
  const half = data.length / 2;
  return nodeHash(rootOfTile(data.subarray(0, half)), rootOfTile(data.subarray(half)));
}

/** A tile's k'th ancestor (k = 0: the tile itself) as wide as a tree of this size has it; undefined where the tree has none. */
export function tileParent(tile: Tile, k: number, size: number): Tile | undefined {
  const level = tile.level + k;
  const n = Math.floor(tile.n / TILE_WIDTH ** k);
  const width = Math.min(TILE_WIDTH, Math.floor(size / TILE_WIDTH ** level) - n * TILE_WIDTH);
  return width > 0 ? { level, n, width } : undefined;
}

/** The tiles of a tree that hold its root: those along its right edge. Their hashes together are the root, nothing left over. */
export function rootTiles(size: number): Tile[] {
  return distinct(subtreeIndexes(0, size).flatMap((index) => tileParent(tileForIndex(index).tile, 0, size) ?? []));
}

/**
 * The tiles that prove stored hashes in a tree of this size: the root's, then for each hash its own tile and its tile's parents.
 * Parents come before their children. Undefined where an index is not in the tree.
 */
export function tilesForIndexes(indexes: readonly number[], size: number): Tile[] | undefined {
  const tiles = new Map(rootTiles(size).map((tile) => [tilePath(tile), tile]));
  for (const index of indexes) {
    if (size === 0 || index >= storedHashIndex(0, size)) return undefined;
    const chain: Tile[] = [];
    for (let k = 0; ; k++) {
      const parent = tileParent(tileForIndex(index).tile, k, size);
      // Every chain ends at the right edge, which was put in first.
      if (parent === undefined || tiles.has(tilePath(parent))) break;
      chain.push(parent);
    }
    for (const tile of chain.toReversed()) tiles.set(tilePath(tile), tile);
  }
  return [...tiles.values()];
}

function distinct(tiles: readonly Tile[]): Tile[] {
  return [...new Map(tiles.map((tile) => [tilePath(tile), tile])).values()];
}
