import { describe, expect, it } from "vitest";
import type { MedkitError } from "../core/errors.ts";
import { client, lookupPath, m, onPath, type World } from "./__fixtures__/database-client.ts";
import { FakeLog, type Lie } from "./__fixtures__/fake-log.ts";
import { ChecksumDatabase, type DatabaseOps } from "./checksum-database.ts";
import { formatRecord } from "./log-record.ts";
import { parseTilePath } from "./tile.ts";
import { checkTreeProof } from "./tlog.ts";

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
    expect(new Set([older, newer])).toEqual(new Set([log.head(600), evil.head(size)]));
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
    const again = await database.prove(m(5), { recordId: 5, record: log.records[5] ?? "" });
    expect(again.treeSize).toBe(610);
  });
});
