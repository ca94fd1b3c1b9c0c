import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { FakeLog } from "./__fixtures__/fake-log.ts";
import { ChecksumDatabase, type DatabaseOps } from "./checksum-database.ts";
import {
  buildSumdbTree,
  planTreeTiles,
  sumdbTreeOps,
  writeSumdbTree,
  type RecordedModule,
  type TreeOptions,
} from "./sumdb-tree.ts";

const folder = mkdtempSync(join(tmpdir(), "medkit-sumdb-"));
afterAll(() => rmSync(folder, { recursive: true }));

const wanted = [3, 255, 256, 40_000, 65_000].map((n) => ({ path: `example.org/M${n}`, version: "v1.0.0" }));
const newLog = (size: number): FakeLog => {
  const log = new FakeLog();
  for (let n = 0; n < size; n++)
    log.add(
      `example.org/!m${n}`,
      "v1.0.0",
      `example.org/M${n} v1.0.0 ${hash(n)}\nexample.org/M${n} v1.0.0/go.mod ${hash(n)}\n`,
    );
  return log;
};
const hash = (n: number): string => `h1:${Buffer.alloc(32, n % 256).toString("base64")}`;
const log = newLog(66_000);
const pinned = log.head();

function database(source: FakeLog, note?: string, memory?: string): ChecksumDatabase {
  const ops: DatabaseOps = {
    fetch: source.fetcher(),
    readCache: async () => undefined,
    writeCache: async () => {},
    readHead: async () => memory,
    writeHead: async () => true,
  };
  return new ChecksumDatabase(source.verifier, ops, note === undefined ? {} : { pinned: note });
}

async function records(of: ChecksumDatabase): Promise<RecordedModule[]> {
  const found: RecordedModule[] = [];
  for (const module of wanted) found.push({ ...module, ...(await of.lookup(module)) });
  return found;
}

async function build(source: FakeLog, note?: string, options?: TreeOptions): Promise<ReadonlyMap<string, Buffer>> {
  const of = database(source, note);
  return await buildSumdbTree(of, await records(of), options);
}

/** A client that has nothing but the tree, and a memory. */
function offline(tree: ReadonlyMap<string, Buffer>, memory?: string): ChecksumDatabase {
  const ops: DatabaseOps = {
    fetch: async (path) => tree.get(path),
    readCache: async () => undefined,
    writeCache: async () => {},
    readHead: async () => memory,
    writeHead: async () => true,
  };
  return new ChecksumDatabase(log.verifier, ops);
}

describe("an offline tree", () => {
  it("holds all that a client without memory asks for, and nothing else", async () => {
    const tree = await build(log);
    const asked = new Set<string>();
    const ops: DatabaseOps = {
      fetch: async (path) => {
        asked.add(path);
        return tree.get(path);
      },
      readCache: async () => undefined,
      writeCache: async () => {},
    };
    for (const module of wanted)
      await expect(new ChecksumDatabase(log.verifier, ops).lookup(module)).resolves.toMatchObject({ treeSize: 66_000 });
    expect([...tree.keys()].filter((path) => !asked.has(path))).toEqual(["supported"]);
    expect(tree.get("supported")).toHaveLength(0);
    expect(tree.get("lookup/example.org/!m3@v1.0.0")?.toString()).toBe(`3\n${log.records[3] ?? ""}\n${pinned}`);
  });

  it("has the same bytes for a pinned head, however far the database has gone on and whatever it dropped", async () => {
    const before = await build(log);
    const later = newLog(69_000);
    later.keepsPartial = false;
    const after = await build(later, pinned);
    expect([...after.keys()]).toEqual([...before.keys()]);
    for (const [path, data] of before) expect(after.get(path), path).toEqual(data);
  });

  it("refuses a pinned head that is older than a record", async () => {
    await expect(build(log, log.head(50_000))).rejects.toMatchObject({ code: "DATABASE_HEAD_TOO_OLD" });
    expect(() =>
      planTreeTiles([{ path: "example.org/m9", version: "v1.0.0", recordId: 9, record: "" }], {
        size: 9,
        root: log.root(9),
        note: "",
      }),
    ).toThrow("DATABASE_HEAD_TOO_OLD");
  });

  it("fails clients that remember another head, unless it was made for that head too", async () => {
    const later = newLog(67_500);
    const older = log.head(30_000);
    const newer = later.head();
    const plain = await build(later, pinned);
    const helped = await build(later, pinned, { alsoHeads: [older, newer] });
    for (const memory of [older, newer]) {
      await expect(offline(plain, memory).lookup(wanted[4] ?? { path: "", version: "" })).rejects.toMatchObject({
        code: "DATABASE_UNAVAILABLE",
      });
      for (const module of wanted)
        await expect(offline(helped, memory).lookup(module)).resolves.toMatchObject({
          recordId: expect.any(Number) as number,
        });
    }
    for (const module of wanted)
      await expect(offline(helped).lookup(module)).resolves.toMatchObject({ treeSize: 66_000 });
    expect(await build(later, pinned, { alsoHeads: [older, newer] })).toEqual(helped);
  });

  it("is written as files that a client reads back", async () => {
    const of = database(log);
    await writeSumdbTree(folder, of, await records(of));
    const reader = new ChecksumDatabase(log.verifier, sumdbTreeOps(folder, log.verifier));
    for (const module of wanted) await expect(reader.lookup(module)).resolves.toMatchObject({ treeSize: 66_000 });
    await expect(reader.lookup({ path: "example.org/absent", version: "v1.0.0" })).rejects.toMatchObject({
      code: "DATABASE_UNAVAILABLE",
    });
  });
});
