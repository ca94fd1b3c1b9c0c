import { describe, expect, it } from "vitest";
import { FakeLog } from "./__fixtures__/fake-log.ts";
import { hashFromTile, parseTilePath, rootTiles, tileForIndex, tileParent, tilePath, tilesForIndexes } from "./tile.ts";
import { storedHashCount, storedHashIndex } from "./tlog.ts";

describe("tile paths", () => {
  it.each([
    [{ level: 0, n: 0, width: 1 }, "tile/8/0/000.p/1"],
    [{ level: 0, n: 0, width: 256 }, "tile/8/0/000"],
    [{ level: 1, n: 1098, width: 159 }, "tile/8/1/x001/098.p/159"],
    [{ level: 4, n: 1_234_067, width: 256 }, "tile/8/4/x001/x234/067"],
  ])("%j is %s", (tile, path) => {
    expect(tilePath(tile)).toBe(path);
    expect(parseTilePath(path)).toEqual(tile);
  });

  it.each([
    "tile/8/0/0",
    "tile/8/0/x000/001",
    "tile/8/0/000.p/256",
    "tile/8/0/000.p/0",
    "tile/8/0/000.p/01",
    "tile/4/0/000",
    "tile/8/data/000",
    "tile/8/00/000",
    "tile/8/0/001/002",
  ])("refuses %s", (path) => expect(parseTilePath(path)).toBeUndefined());
});

describe("tiles of a tree", () => {
  const log = new FakeLog().fill(700);

  it("hold every stored hash", async () => {
    for (let index = 0; index < storedHashCount(700); index++) {
      const { tile } = tileForIndex(index);
      const wide = tileParent(tile, 0, 700);
      if (wide === undefined) throw new Error("the tree has no such tile");
      const [hash] = await log.read([index]);
      expect(hashFromTile(wide, log.tile(wide), index)).toEqual(hash);
      expect(hashFromTile(tile, log.tile(tile), index)).toEqual(hash);
    }
  });

  it("are, for the root, those along the right edge", () => {
    expect(rootTiles(700).map((tile) => tilePath(tile))).toEqual(["tile/8/1/000.p/2", "tile/8/0/002.p/188"]);
    expect(rootTiles(256).map((tile) => tilePath(tile))).toEqual(["tile/8/1/000.p/1"]);
    expect(rootTiles(0)).toEqual([]);
  });

  it("list parents before their children", () => {
    const tiles = tilesForIndexes([storedHashIndex(0, 5)], 70_000)?.map((tile) => tilePath(tile));
    expect(tiles).toEqual([
      "tile/8/2/000.p/1",
      "tile/8/1/001.p/17",
      "tile/8/0/273.p/112",
      "tile/8/1/000",
      "tile/8/0/000",
    ]);
  });

  it("do not reach beyond the tree", () => {
    expect(tilesForIndexes([storedHashIndex(0, 700)], 700)).toBeUndefined();
    expect(tilesForIndexes([0], 0)).toBeUndefined();
  });
});
