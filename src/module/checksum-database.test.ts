import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { FakeLog, recordText, type Lie } from "./__fixtures__/fake-log.ts";
import { ChecksumDatabase, isRecordProven, type DatabaseOps, type DatabaseOptions } from "./checksum-database.ts";
import { databaseKey } from "./gosumdb.ts";
import { formatRecord, formatTree } from "./log-record.ts";
import { signNote } from "./note.ts";
import { sumdbTreeOps } from "./sumdb-tree.ts";
import { parseTilePath, rootOfTile, tilePath } from "./tile.ts";
import { checkTreeProof, HASH_SIZE, recordHash } from "./tlog.ts";
import type { MedkitError } from "../core/errors.ts";

interface World {
  readonly cache: Map<string, Buffer>;
  readonly memory: { note: string | undefined };
}

function client(
  log: FakeLog,
  lie?: Lie,
  world: World = { cache: new Map(), memory: { note: undefined } },
  options: DatabaseOptions = {},
): ChecksumDatabase {
  const ops: DatabaseOps = {
    fetch: log.fetcher(lie),
    readCache: async (path) => world.cache.get(path),
    writeCache: async (path, data) => void world.cache.set(path, Buffer.from(data)),
    readHead: async () => world.memory.note,
    writeHead: async (previous, next) => {
      if (world.memory.note !== previous) return false;
      world.memory.note = next;
      return true;
    },
  };
  return new ChecksumDatabase(log.verifier, ops, options);
}

const m = (n: number): { path: string; version: string } => ({ path: `example.org/m${n}`, version: "v1.0.0" });
const lookupPath = (n: number): string => `lookup/example.org/m${n}@v1.0.0`;
const onPath =
  (path: string, change: (honest: Buffer) => Buffer | string | undefined): Lie =>
  (asked, honest) => {
    if (asked !== path || honest === undefined) return honest;
    const changed = change(honest);
    return typeof changed === "string" ? Buffer.from(changed) : changed;
  };
const flip = (data: Buffer, at: number): Buffer => {
  const copy = Buffer.from(data);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

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
    ["nothing", "", "DATABASE_RECORD_MALFORMED"],
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
    ["half a record", formatRecord({ id: 5, text: `${lines[0] ?? ""}\n`, note: head }), "DATABASE_RECORD_UNRELATED"],
    ["another hash", formatRecord({ id: 5, text: evil, note: head }), "DATABASE_RECORD_UNPROVEN"],
    ["two hashes for one thing", formatRecord({ id: 5, text: good + evil, note: head }), "DATABASE_RECORD_UNRELATED"],
    [
      "an unproven line of another module",
      formatRecord({ id: 5, text: good + recordText(m(9), "evil"), note: head }),
      "DATABASE_RECORD_UNPROVEN",
    ],
    ["lines between record and head", `5\n${good}\n${evil}\n${head}`, "DATABASE_SIGNATURE_INVALID"],
    ["lines behind the signatures", `5\n${good}\n${head}${evil}`, "DATABASE_NOTE_INVALID"],
    ["another number", formatRecord({ id: 7, text: good, note: head }), "DATABASE_RECORD_UNPROVEN"],
    ["a number beyond the tree", formatRecord({ id: 700, text: good, note: head }), "DATABASE_RECORD_UNPROVEN"],
    [
      "a head older than the record",
      formatRecord({ id: 5, text: good, note: log.head(4) }),
      "DATABASE_RECORD_UNPROVEN",
    ],
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
      { hashes: [...proof.hashes].reverse() },
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

describe("the memory of tree heads", () => {
  const honest = (): FakeLog => new FakeLog().fill(600);
  const forked = (): FakeLog => {
    const log = new FakeLog().fill(500);
    log.add("example.org/evil", "v1.0.0");
    return log.fill(149);
  };

  it("moves forward with the database, and never back", async () => {
    const log = honest();
    const world: World = { cache: new Map(), memory: { note: undefined } };
    await client(log, undefined, world).lookup(m(5));
    expect(world.memory.note).toBe(log.head(600));
    log.fill(50);
    await client(log, undefined, world).lookup(m(620));
    expect(world.memory.note).toBe(log.head(650));
    log.served = 400;
    const database = client(
      log,
      (path, answer) =>
        answer ??
        (path.startsWith("tile/") ? log.tile(parseTilePath(path) ?? { level: 0, n: 0, width: 1 }) : undefined),
      world,
    );
    await database.lookup(m(5));
    expect((await database.head()).size).toBe(650);
    expect(world.memory.note).toBe(log.head(650));
  });

  it.each([
    ["a newer head that leaves out what was seen", 650],
    ["another head of the same size", 600],
    ["an older head that never was", 550],
  ])("shows a fork: %s", async (_, size) => {
    const evil = forked();
    const world: World = { cache: new Map(), memory: { note: undefined } };
    const log = honest();
    await client(log, undefined, world).lookup(m(5));
    evil.served = size;
    // The database that lies shows its own tiles for its own head, and those of the real tree for the real one.
    const lie: Lie = (path) => {
      const tile = parseTilePath(path);
      return evil.answer(path) ?? (tile === undefined ? undefined : log.tile(tile));
    };
    const error = await client(
      log,
      size < 600 ? (path) => (path.startsWith("tile/") ? log.answer(path) : evil.answer(path)) : lie,
      world,
    )
      .lookup(m(5))
      .then(
        () => undefined,
        (reason: unknown) => reason as MedkitError,
      );
    expect(error?.code).toBe("DATABASE_FORKED");
    const { older = "", newer = "", olderSize = 0, newerSize = 0, proof = "" } = error?.params ?? {};
    expect([older, newer].sort()).toEqual([log.head(600), evil.head(size)].sort());
    if (size === 600) return;
    // Anyone can check the evidence: the newer tree does begin with a tree of the older size, but of another root.
    const [root = Buffer.alloc(0), ...path] = String(proof)
      .split("\n")
      .map((hash) => Buffer.from(hash, "base64"));
    const newerLog = size > 600 ? evil : log;
    checkTreeProof(
      path,
      { size: Number(newerSize), root: newerLog.root(Number(newerSize)) },
      { size: Number(olderSize), root },
    );
    expect(root).not.toEqual((size > 600 ? log : evil).root(Number(olderSize)));
    expect(world.memory.note).toBe(log.head(600));
  });

  it("shows a fork between the head of a lookup and the head of the session", async () => {
    const log = honest();
    const evil = forked();
    const answer = formatRecord({ id: 5, text: log.records[5] ?? "", note: evil.head(550) });
    await expect(
      client(
        log,
        onPath(lookupPath(5), () => answer),
      ).lookup(m(5)),
    ).rejects.toMatchObject({ code: "DATABASE_FORKED" });
  });

  it("is replaced only if nobody else has done so, and merges what others wrote", async () => {
    const log = honest();
    const world: World = { cache: new Map(), memory: { note: log.head(100) } };
    let interfered = 0;
    const ops: DatabaseOps = {
      fetch: log.fetcher(),
      readCache: async () => undefined,
      writeCache: async () => {},
      readHead: async () => world.memory.note,
      writeHead: async (previous, next) => {
        if (interfered++ === 0) world.memory.note = log.head(300);
        if (world.memory.note !== previous) return false;
        world.memory.note = next;
        return true;
      },
    };
    await new ChecksumDatabase(log.verifier, ops).head();
    expect(interfered).toBe(2);
    expect(world.memory.note).toBe(log.head(600));
    const never: DatabaseOps = { ...ops, readHead: async () => log.head(100), writeHead: async () => false };
    await expect(new ChecksumDatabase(log.verifier, never).head()).rejects.toMatchObject({
      code: "DATABASE_HEAD_CONTENDED",
    });
  });

  it("holds pinned heads to the timeline too", async () => {
    const log = honest();
    const evil = forked();
    const world: World = { cache: new Map(), memory: { note: log.head(600) } };
    await expect(client(log, undefined, world, { pinned: evil.head(550) }).lookup(m(5))).rejects.toMatchObject({
      code: "DATABASE_FORKED",
    });
    await expect(client(log, undefined, world, { pinned: log.head(550) }).lookup(m(5))).resolves.toMatchObject({
      treeSize: 550,
    });
    await expect(client(log, undefined, world, { pinned: log.head(550) }).lookup(m(560))).rejects.toMatchObject({
      code: "DATABASE_HEAD_TOO_OLD",
    });
  });

  it("lets the head move on where that is asked for", async () => {
    const log = honest();
    const database = client(log, undefined, undefined, { movesOn: true });
    const fixed = client(log);
    expect((await database.head()).size).toBe(600);
    await fixed.head();
    log.fill(10);
    await expect(database.lookup(m(605))).resolves.toMatchObject({ treeSize: 610 });
    await expect(fixed.lookup(m(605))).rejects.toMatchObject({ code: "DATABASE_HEAD_TOO_OLD" });
    const again = await database.prove(m(5), { recordId: 5, record: readRecord(log, 5) });
    expect(again.treeSize).toBe(610);
  });
});

function readRecord(log: FakeLog, n: number): string {
  return log.records[n] ?? "";
}

it("the mirror's files are the ones that a client of cmd/go reads", () => {
  const latest = readFileSync(new URL("__fixtures__/mirror/sumdb/sum.golang.org/latest", import.meta.url), "utf8");
  const lookup = readFileSync(
    new URL("__fixtures__/mirror/sumdb/sum.golang.org/lookup/golang.org/x/sync@v0.8.0", import.meta.url),
    "utf8",
  );
  expect(lookup.endsWith(`\n\n${latest}`)).toBe(true);
});
