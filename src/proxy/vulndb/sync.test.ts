import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs"; // prettier-ignore
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { spawnSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProcessRunner } from "../../core/node-process.ts";
import { removeTree } from "../../state/index.ts";
import { databaseFiles, databaseZip, entryText, serveDatabase, type VulndbServer } from "../../../test/support/vulndb-world.ts"; // prettier-ignore
import { vulndbExtra } from "./extra.ts";
import { folderSource, zipSource } from "./file-sources.ts";
import { httpSource } from "./http-source.ts";
import { currentSnapshot, damagedFiles, openSnapshotLookup, readFacts } from "./snapshot.ts";
import { lookAhead, syncVulndb } from "./sync.ts";
import type { VulnSource } from "./source.ts";

const [one, two, three] = ["GO-2026-0001", "GO-2026-0002", "GO-2026-0003"] as const;
const start = {
  [one]: entryText(one, "example.org/a", { events: [{ introduced: "0" }, { fixed: "1.1.0" }] }),
  [two]: entryText(two, "example.org/b"),
};

let root: string;
let folder: string;
let server: VulndbServer;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "medkit-vulndb-test-"));
  folder = join(root, "vulndb");
  server = await serveDatabase(start);
});
afterEach(async () => {
  await server[Symbol.asyncDispose]();
  await removeTree(root);
});

const ports = {
  clock: { now: () => new Date("2026-06-15T12:00:00Z"), monotonic: () => performance.now() },
  env: { PATH: process.env["PATH"] },
  process: createProcessRunner(new AbortController().signal),
  progress: { emit: () => undefined },
};

const online = (): VulnSource =>
  httpSource({ fetch, signal: new AbortController().signal }, server.url, { retries: 0, stallAfter: 1_000 });
const sync = (source: VulnSource, acceptOlder = false) => syncVulndb(ports, folder, source, { acceptOlder });
const thrown = async (work: Promise<unknown>) => await work.then(() => undefined, (error: unknown) => error); // prettier-ignore

async function ids(): Promise<readonly string[]> {
  const snapshot = await currentSnapshot(folder);
  return snapshot === undefined
    ? []
    : readdirSync(join(snapshot.folder, "ID")).filter((name) => name.endsWith(".json"));
}

describe("over HTTP", () => {
  it("mirrors what is there, byte for byte, and then fetches only what is new", async () => {
    expect(await sync(online())).toMatchObject({ added: 2, changed: 0, gone: 0, unchanged: false });
    for (const [name, bytes] of server.files)
      if (!name.endsWith(".gz")) expect(readFileSync(join(folder, "current", name)), name).toEqual(bytes);
    server.asked.length = 0;
    expect(await sync(online())).toMatchObject({ unchanged: true });
    expect(server.asked).toEqual(["index/vulns.json.gz"]);
    const changed = entryText(one, "example.org/a", { modified: "2026-03-01T00:00:00Z" });
    server.files = databaseFiles({ ...start, [one]: changed, [three]: entryText(three, "example.org/c") });
    server.asked.length = 0;
    expect(await lookAhead(folder, online())).toMatchObject({ added: [three], changed: [one], same: [two], gone: [] });
    expect(await sync(online())).toMatchObject({ added: 1, changed: 1 });
    expect(server.asked.filter((path) => path.startsWith("ID/")).toSorted()).toEqual([`ID/${one}.json.gz`, `ID/${three}.json.gz`]); // prettier-ignore
    const snapshot = await currentSnapshot(folder);
    expect(readFileSync(join(folder, `current/ID/${one}.json`), "utf8")).toBe(changed);
    expect(snapshot && (await damagedFiles(snapshot))).toEqual([]);
    expect(snapshot && (await readFacts(snapshot))).toMatchObject({ entries: 3, source: server.url });
    expect(spawnSync("sha256sum", ["-c", "--quiet", "SHA256SUMS"], { cwd: snapshot?.folder }).status).toBe(0);
    expect(statSync(snapshot?.folder ?? "").mode & 0o777).toBe(0o755);
  });

  it("keeps the old one whole where the source fails, lies, changes or goes back", async () => {
    await sync(online());
    const before = (await currentSnapshot(folder))?.id;
    const more = { ...start, [three]: entryText(three, "example.org/c") };
    const cases: [string, string, (files: Map<string, Buffer>) => void][] = [
      ["VULNDB_UNAVAILABLE", "absent", (files) => files.delete(`ID/${three}.json.gz`)],
      ["VULNDB_INVALID", "no gzip", (files) => files.set(`ID/${three}.json.gz`, Buffer.from("<html>"))],
      ["VULNDB_INVALID", "another entry", (files) => files.set(`ID/${three}.json.gz`, files.get(`ID/${two}.json.gz`) ?? Buffer.alloc(0))], // prettier-ignore
      ["VULNDB_INVALID", "no index", (files) => files.set("index/vulns.json.gz", Buffer.from("[]"))],
      ["VULNDB_UNAVAILABLE", "no database", (files) => files.clear()],
    ];
    for (const [code, what, change] of cases) {
      const files = databaseFiles(more);
      change(files);
      server.files = files;
      expect(await thrown(sync(online())), what).toMatchObject({ code });
    }
    // The index is of before a change, and the entry of after it.
    const torn = databaseFiles(more);
    const later = databaseFiles({ [three]: entryText(three, "example.org/c", { modified: "2026-05-01T00:00:00Z" }) });
    torn.set(`ID/${three}.json.gz`, later.get(`ID/${three}.json.gz`) ?? Buffer.alloc(0));
    server.files = torn;
    expect(await thrown(sync(online()))).toMatchObject({ code: "VULNDB_INVALID" });
    server.files = databaseFiles({ [one]: start[one] });
    expect(await thrown(sync(online()))).toMatchObject({ code: "VULNDB_OLDER", params: { gone: 1, example: two } });
    expect((await currentSnapshot(folder))?.id).toBe(before);
    expect(readdirSync(join(folder, ".work"))).toEqual([]);
    expect(readdirSync(join(folder, "snapshots"))).toEqual([before]);
    expect(await sync(online(), true)).toMatchObject({ gone: 1 });
    expect(await ids()).toEqual([`${one}.json`]);
  });
});

describe("from files", () => {
  const write = (target: string, files: ReadonlyMap<string, Buffer | string>): string => {
    for (const [name, content] of files) {
      mkdirSync(dirname(join(target, name)), { recursive: true });
      writeFileSync(join(target, name), content);
    }
    return target;
  };

  it("takes a mirrored folder, a zip of it, and a folder of entries", async () => {
    const files = databaseFiles(start);
    const mirrored = write(join(root, "mirrored"), files);
    const zip = join(root, "vulndb.zip");
    writeFileSync(zip, databaseZip(files));
    const flat = write(join(root, "flat"), new Map(Object.entries(start).map(([id, text]) => [`${id}.json`, text])));
    for (const source of [await folderSource(mirrored), zipSource(zip, { name: zip }), await folderSource(flat)]) {
      await using opened = source;
      rmSync(folder, { recursive: true, force: true });
      expect(await sync(opened)).toMatchObject({ added: 2 });
      for (const name of ["db", "modules", "vulns"])
        expect(readFileSync(join(folder, `current/index/${name}.json`))).toEqual(files.get(`index/${name}.json`));
    }
  });

  it("gives entries of the database's repository the time of the commit, and keeps it while they are the same", async () => {
    const timeless = (id: string, module: string, summary: string): string =>
      entryText(id, module, { modified: "0001-01-01T00:00:00Z", summary }).replace("2025-12-01T00:00:00Z", "0001-01-01T00:00:00Z"); // prettier-ignore
    const zip = (name: string, first: string): VulnSource => {
      const file = join(root, name);
      const files = new Map([
        [`data/osv/${one}.json`, timeless(one, "example.org/a", first)],
        [`data/osv/${two}.json`, timeless(two, "example.org/b", "same")],
        [`data/cve/v5/${one}.json`, "{}"],
        [`internal/testdata/${three}.json`, "{}"],
      ]);
      writeFileSync(file, databaseZip(files, "golang.org/x/vulndb@v0.0.0-20260601000000-0123456789ab/"));
      const stamp = name === "a.zip" ? "2026-06-01T00:00:00Z" : "2026-06-02T00:00:00Z";
      return zipSource(file, { name: "golang.org/x/vulndb", proven: "sum.example.org#7", stamp });
    };
    const entry = (id: string) => JSON.parse(readFileSync(join(folder, `current/ID/${id}.json`), "utf8")) as unknown;
    expect(await sync(zip("a.zip", "first"))).toMatchObject({ added: 2, facts: { proven: "sum.example.org#7" } });
    expect(entry(one)).toMatchObject({ modified: "2026-06-01T00:00:00Z", published: "2026-06-01T00:00:00Z" });
    expect(await sync(zip("b.zip", "second"))).toMatchObject({ added: 0, changed: 1 });
    expect(entry(one)).toMatchObject({ modified: "2026-06-02T00:00:00Z", published: "2026-06-01T00:00:00Z" });
    expect(entry(two)).toMatchObject({ modified: "2026-06-01T00:00:00Z" });
    expect(await sync(zip("b.zip", "second"))).toMatchObject({ unchanged: true });
    expect(await thrown(sync(zip("a.zip", "first")))).toMatchObject({ code: "VULNDB_OLDER" });
  });

  it("refuses what has no entries", async () => {
    mkdirSync(join(root, "empty"));
    expect(await thrown(folderSource(join(root, "empty")))).toMatchObject({ code: "VULNDB_INVALID" });
    const zip = join(root, "x.zip");
    writeFileSync(zip, databaseZip(new Map([["README", "x"]])));
    expect(() => zipSource(zip, { name: zip })).toThrow(expect.objectContaining({ code: "VULNDB_INVALID" }));
  });
});

describe("a damaged mirror", () => {
  const change: [string, (path: string) => void][] = [
    [`ID/${one}.json`, (path) => appendFileSync(path, " ")],
    [`ID/${one}.json.gz`, (path) => writeFileSync(path, "x")],
    ["index/modules.json", (path) => writeFileSync(path, "[]")],
    ["ranges.json", (path) => rmSync(path)],
    [`ID/${three}.json`, (path) => writeFileSync(path, start[one])],
  ];

  it.each(change)("is found out: %s", async (name, damage) => {
    await sync(online());
    damage(join(folder, "current", name));
    const snapshot = await currentSnapshot(folder);
    expect(snapshot && (await damagedFiles(snapshot))).toEqual([name]);
  });

  it.each(change)("is healed by the next sync, new entries or not: %s", async (name, damage) => {
    await sync(online());
    for (const more of [{}, { [three]: entryText(three, "example.org/c") }]) {
      damage(join(folder, "current", name));
      server.files = databaseFiles({ ...start, ...more });
      expect(await sync(online())).toMatchObject({ unchanged: false });
      const snapshot = await currentSnapshot(folder);
      expect(snapshot && (await damagedFiles(snapshot))).toEqual([]);
      expect(readdirSync(join(folder, "snapshots"))).toContain(snapshot?.id);
    }
  });

  it("is no source of a policy, and is made anew", async () => {
    await sync(online());
    const snapshot = await currentSnapshot(folder);
    if (snapshot === undefined) throw new Error("nothing was mirrored");
    appendFileSync(join(snapshot.folder, "ranges.json"), " ");
    expect(await thrown(openSnapshotLookup(snapshot))).toMatchObject({ code: "VULNDB_DAMAGED" });
    writeFileSync(join(snapshot.folder, `ID/${one}.json`), "x");
    await sync(online());
    const healed = await currentSnapshot(folder);
    expect(healed && (await damagedFiles(healed))).toEqual([]);
  });
});

it("is served with its indices, and nothing else of the folder is", async () => {
  const extra = vulndbExtra(folder);
  const get = (path: string) => extra.answer({ path, query: new URLSearchParams(), headers: {} });
  expect(await get("/vulndb/index/db.json")).toMatchObject({ status: 404 });
  await sync(online());
  expect(await get("/vulndb/index/modules.json.gz")).toMatchObject({ status: 200, type: "application/gzip" });
  expect(await get(`/vulndb/ID/${one}.json`)).toMatchObject({ status: 200, bytes: Buffer.from(start[one]) });
  for (const path of ["SHA256SUMS", "ranges.json", "../medkit.yaml", `ID/${three}.json`, "", "ID/../index/db.json"])
    expect(await get(`/vulndb/${path}`), path).toMatchObject({ status: 404 });
  expect(await get("/example.org/a/@v/list")).toBeUndefined();
});
