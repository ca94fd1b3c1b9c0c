import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { client, flip, lookupPath, m, onPath, type World } from "./__fixtures__/database-client.ts";
import { FakeLog, recordText, type Lie } from "./__fixtures__/fake-log.ts";
import { ChecksumDatabase, isRecordProven } from "./checksum-database.ts";
import { databaseKey } from "./gosumdb.ts";
import { formatRecord, formatTree } from "./log-record.ts";
import { signNote } from "./note.ts";
import { sumdbTreeOps } from "./sumdb-tree.ts";
import { parseTilePath, rootOfTile, tilePath } from "./tile.ts";
import { HASH_SIZE, recordHash } from "./tlog.ts";

describe("an honest database", () => {
  it("proves every record, in trees of all shapes", async () => {
    for (const size of [1, 2, 255, 256, 257, 700]) {
      const log = new FakeLog().fill(size);
      const database = client(log);
      const head = await database.head();
      for (const n of new Set([0, 1, 128, 254, 255, 256, size - 1])) {
        if (n >= size) continue;
        const record = await database.lookup(m(n));
        expect(record).toMatchObject({ recordId: n, treeSize: size, record: log.records[n] });
        expect(isRecordProven(log.verifier, head.note, m(n), record)).toEqual({
          h1: record.h1,
          goModH1: record.goModH1,
        });
      }
    }
  });

  it("proves records in a tree with three levels of tiles", async () => {
    const log = new FakeLog().fill(66_000);
    const database = client(log);
    for (const n of [0, 65_535, 65_536, 65_999]) expect((await database.lookup(m(n))).recordId).toBe(n);
  });

  it("is the known one: records as they were served, proven offline", async () => {
    const verifier = databaseKey("sum.golang.org");
    const mirror = fileURLToPath(new URL("__fixtures__/mirror", import.meta.url));
    const database = new ChecksumDatabase(verifier, sumdbTreeOps(mirror, verifier));
    await expect(database.lookup({ path: "golang.org/x/sync", version: "v0.8.0" })).resolves.toMatchObject({
      recordId: 28_818_828,
      treeSize: 71_999_284,
      h1: "h1:3NFvSEYkUoMifnESzZl15y791HH1qU2xm6eCJU5ZPXQ=",
      goModH1: "h1:Czt+wKu1gCyEFDUtn0jG5QVvpJ6rzVqr5aXyt9drQfk=",
    });
    await expect(
      database.lookup({ path: "golang.org/toolchain", version: "v0.0.1-go1.21.13.linux-amd64" }),
    ).resolves.toMatchObject({
      h1: "h1:THKeCuuOK6mnQhbTbvvH9CKU3D4lwUERQax+yRXCVJk=",
    });
    await expect(database.lookup({ path: "golang.org/x/net", version: "v0.28.0" })).rejects.toMatchObject({
      code: "DATABASE_UNAVAILABLE",
    });
  });

  it("may have dropped partial tiles that became full", async () => {
    const log = new FakeLog().fill(300);
    const pinned = log.head();
    log.fill(700);
    log.keepsPartial = false;
    const record = await client(log, undefined, undefined, { pinned }).lookup(m(280));
    expect(record).toMatchObject({ recordId: 280, treeSize: 300 });
  });

  it("is asked once for each thing: what was proven is kept, and checked again", async () => {
    const log = new FakeLog().fill(700);
    const world: World = { cache: new Map(), memory: { note: undefined } };
    await client(log, undefined, world).lookup(m(5));
    log.asked.length = 0;
    await client(log, undefined, world).lookup(m(5));
    expect(log.asked).toEqual(["latest"]);
  });

  it("survives a cache that went bad", async () => {
    const log = new FakeLog().fill(700);
    const world: World = { cache: new Map(), memory: { note: undefined } };
    await client(log, undefined, world).lookup(m(5));
    for (const [path, data] of world.cache) world.cache.set(path, flip(data, data.length >> 1));
    await expect(client(log, undefined, world).lookup(m(5))).resolves.toMatchObject({ recordId: 5 });
  });
});

describe("lies about a record", () => {
  const log = new FakeLog().fill(700);
  const evil = recordText(m(5), "evil");
  const good = log.records[5] ?? "";
  const head = log.head();
  const lines = good.split("\n");
  const failing = async (lie: Lie): Promise<unknown> => client(log, lie).lookup(m(5));

  it.each([
    ["nothing", "", "DATABASE_RECORD_EMPTY"],
    ["a page of HTML", "<html></html>\n\n", "DATABASE_RECORD_MALFORMED"],
    ["no tree head", `5\n${good}`, "DATABASE_RECORD_MALFORMED"],
    ["an empty tree head", `5\n${good}\n`, "DATABASE_NOTE_INVALID"],
    [
      "a number with a sign",
      formatRecord({ id: 5, text: good, note: head }).replace(/^5/, "+5"),
      "DATABASE_RECORD_MALFORMED",
    ],
    [
      "another module's record, true and signed",
      formatRecord({ id: 6, text: log.records[6] ?? "", note: head }),
      "DATABASE_RECORD_UNRELATED",
    ],
    [
      "the record of another version",
      formatRecord({ id: 6, text: recordText({ path: m(5).path, version: "v0.9.0" }, "honest"), note: head }),
      "DATABASE_RECORD_OTHER_VERSION",
    ],
    ["half a record", formatRecord({ id: 5, text: `${lines[0] ?? ""}\n`, note: head }), "DATABASE_RECORD_UNRELATED"],
    ["another hash", formatRecord({ id: 5, text: evil, note: head }), "DATABASE_RECORD_UNPROVEN"],
    ["two hashes for one thing", formatRecord({ id: 5, text: good + evil, note: head }), "DATABASE_RECORD_UNRELATED"],
    [
      "an unproven line of another module",
      formatRecord({ id: 5, text: good + recordText(m(9), "evil"), note: head }),
      "DATABASE_RECORD_PADDED",
    ],
    ["lines between record and head", `5\n${good}\n${evil}\n${head}`, "DATABASE_SIGNATURE_INVALID"],
    ["lines behind the signatures", `5\n${good}\n${head}${evil}`, "DATABASE_NOTE_INVALID"],
    ["another number", formatRecord({ id: 7, text: good, note: head }), "DATABASE_RECORD_UNPROVEN"],
    ["a number beyond the tree", formatRecord({ id: 700, text: good, note: head }), "DATABASE_RECORD_BEYOND"],
    ["a head older than the record", formatRecord({ id: 5, text: good, note: log.head(4) }), "DATABASE_RECORD_BEYOND"],
  ])("%s", async (_, answer, code) => {
    await expect(failing(onPath(lookupPath(5), () => answer))).rejects.toMatchObject({ code });
  });

  it("nothing is taken from the text of the head, even if the database signs it", async () => {
    const signed = log.head(700, recordText(m(999), "evil"));
    const unrelated = formatRecord({ id: 5, text: good, note: signed });
    await expect(client(log, () => undefined).lookup(m(999))).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    const lie: Lie = (path, honest) => (path === lookupPath(999) ? Buffer.from(unrelated) : honest);
    await expect(client(log, lie).lookup(m(999))).rejects.toMatchObject({ code: "DATABASE_RECORD_UNRELATED" });
  });

  it("a stored proof is refused once anything in it has changed", async () => {
    const proof = await client(log).lookup(m(5));
    const change: readonly Partial<typeof proof>[] = [
      { record: evil },
      { recordId: 6 },
      { treeSize: 699 },
      { hashes: proof.hashes.slice(1) },
      { hashes: proof.hashes.toReversed() },
      { hashes: proof.hashes.map(() => "AA==") },
    ];
    expect(isRecordProven(log.verifier, head, m(5), proof)).toBeDefined();
    for (const each of change) expect(isRecordProven(log.verifier, head, m(5), { ...proof, ...each })).toBeUndefined();
    expect(isRecordProven(log.verifier, head, m(6), proof)).toBeUndefined();
    expect(isRecordProven(log.verifier, new FakeLog(log.name, "other").fill(700).head(), m(5), proof)).toBeUndefined();
  });
});

describe("forged tiles", () => {
  const size = 66_000;
  const log = new FakeLog().fill(size);
  const asked = ["tile/8/2/000.p/1", "tile/8/1/001.p/1", "tile/8/0/257.p/208", "tile/8/1/000", "tile/8/0/000"];

  it("fails whichever tile is changed, anywhere", async () => {
    log.asked.length = 0;
    await client(log).lookup(m(5));
    expect(log.asked.filter((path) => path.startsWith("tile/")).sort()).toEqual([...asked].sort());
    for (const path of asked) {
      const length = log.answer(path)?.length ?? 0;
      for (const at of [0, HASH_SIZE * 5, length - 1].filter((each) => each < length)) {
        await expect(
          client(
            log,
            onPath(path, (data) => flip(data, at)),
          ).lookup(m(5)),
        ).rejects.toMatchObject({ code: "DATABASE_TILE_FORGED" });
      }
    }
  });

  it.each([
    ["short", (data: Buffer) => data.subarray(0, -1)],
    ["long", (data: Buffer) => Buffer.concat([data, data])],
    ["empty", () => Buffer.alloc(0)],
  ])("fails where a tile is too %s", async (_, change) => {
    for (const path of asked)
      await expect(client(log, onPath(path, change)).lookup(m(5))).rejects.toMatchObject({
        code: "DATABASE_TILE_FORGED",
      });
  });

  it("fails where a forged record comes with tiles that fit it, up to the signed root", async () => {
    const evil = recordText(m(5), "evil");
    const forged = new Map<string, Buffer>();
    forged.set(lookupPath(5), Buffer.from(formatRecord({ id: 5, text: evil, note: log.head() })));
    let hash = recordHash(evil);
    // Each tile above takes the hash of the forged one below, one more level at a time.
    for (const { level, n } of [
      { level: 0, n: 5 },
      { level: 1, n: 0 },
      { level: 2, n: 0 },
    ]) {
      const path = level === 2 ? "tile/8/2/000.p/1" : tilePath({ level, n: 0, width: 256 });
      const data = Buffer.from(log.answer(path) ?? []);
      data.set(hash, n * HASH_SIZE);
      forged.set(path, data);
      hash = Buffer.from(rootOfTile(data));
      const lie: Lie = (asked_, honest) => forged.get(asked_) ?? honest;
      await expect(client(log, lie).lookup(m(5))).rejects.toMatchObject({ code: "DATABASE_TILE_FORGED" });
    }
  });

  it("never keeps a tile that was not proven", async () => {
    const world: World = { cache: new Map(), memory: { note: undefined } };
    await expect(
      client(
        log,
        onPath("tile/8/0/000", (data) => flip(data, 9)),
        world,
      ).lookup(m(5)),
    ).rejects.toThrow();
    for (const [path, data] of world.cache) {
      const tile = parseTilePath(path);
      if (tile !== undefined) expect(data).toEqual(log.tile(tile));
    }
    expect(world.cache.has("tile/8/0/000")).toBe(false);
  });
});

describe("keys", () => {
  it("a head by another key of the same name is refused", async () => {
    const log = new FakeLog().fill(10);
    const impostor = new FakeLog(log.name, "impostor").fill(10);
    await expect(client(log, (path) => impostor.answer(path)).lookup(m(5))).rejects.toMatchObject({
      code: "DATABASE_NOTE_UNSIGNED",
    });
    const wearingItsHash = signNote(formatTree({ size: 10, root: log.root() }), [
      { ...impostor.signer, keyHash: log.signer.keyHash },
    ]);
    await expect(
      client(
        log,
        onPath("latest", () => wearingItsHash),
      ).lookup(m(5)),
    ).rejects.toMatchObject({ code: "DATABASE_SIGNATURE_INVALID" });
  });
});

it("the mirror's files are the ones that a client of cmd/go reads", () => {
  const latest = readFileSync(new URL("__fixtures__/mirror/sumdb/sum.golang.org/latest", import.meta.url), "utf8");
  const lookup = readFileSync(
    new URL("__fixtures__/mirror/sumdb/sum.golang.org/lookup/golang.org/x/sync@v0.8.0", import.meta.url),
    "utf8",
  );
  expect(lookup.endsWith(`\n\n${latest}`)).toBe(true);
});
