import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProxyWorld, type ProxyWorld } from "../../test/support/proxy-world.ts";
import { ChecksumDatabase, moduleName, sumdbTreeOps } from "../module/index.ts";
import { applySync } from "./apply-sync.ts";
import { planSync } from "./plan-sync.ts";
import { GoModFiles, throughMirror, withoutStoring } from "./read-go-mod.ts";
import { readSource } from "./read-source.ts";
import { resolveQuery } from "./resolve-query.ts";
import type { SyncPlan, SyncResult } from "./types.ts";

let world: ProxyWorld;
let opened: ReturnType<ProxyWorld["open"]>;
beforeEach(async () => {
  world = await createProxyWorld();
  opened = world.open();
});
afterEach(async () => {
  opened.end();
  await world.close();
});

const signal = new AbortController().signal;
const ports = { signal, clock: { now: () => new Date(), monotonic: () => 0 }, progress: { emit: () => undefined } };

async function plan(name: string, dry = false, wholeGraph = false): Promise<SyncPlan> {
  const { mirror, store, upstream } = opened;
  const fetch = dry ? withoutStoring(store, upstream) : throughMirror(mirror);
  const reader = new GoModFiles(fetch, signal);
  const resolve = (path: string, query: string): Promise<string> => resolveQuery(mirror, fetch, path, query);
  const source = await readSource(name, { cwd: world.root, resolve });
  return await planSync([source], { store, reader, wholeGraph, troubles: reader.troubles });
}

async function sync(name: string): Promise<SyncPlan & SyncResult> {
  const planned = await plan(name);
  const applied = await applySync(ports, planned, { store: opened.store, mirror: opened.mirror, parallel: 4 });
  return { ...planned, ...applied };
}

function program(text: string, sum = ""): void {
  writeFileSync(join(world.root, "go.mod"), `module example.org/main\n\ngo 1.22\n\n${text}`);
  writeFileSync(join(world.root, "go.sum"), sum);
}

const wanted = ({ versions }: SyncPlan): string[] =>
  versions.map((each) => `${each.state} ${moduleName(each)} ${each.zip ? "zip" : "mod"}`);

/** a requires b, which requires c; go.mod files of the last are read by old programs only. */
function publishChain(): void {
  world.publish("example.org/a", "v1.0.0", {
    "go.mod": "module example.org/a\n\ngo 1.20\n\nrequire example.org/b v1.0.0\n",
  });
  world.publish("example.org/b", "v1.0.0", {
    "go.mod": "module example.org/b\n\ngo 1.20\n\nrequire example.org/c v1.0.0\n",
  });
  world.publish("example.org/c", "v1.0.0");
}

describe("sync", () => {
  it("plans without changing anything, then fetches the build list and what proves it, then nothing any more", async () => {
    publishChain();
    program("require example.org/a v1.0.0\n");
    expect(wanted(await plan(".", true))).toEqual(["new example.org/a@v1.0.0 zip", "new example.org/b@v1.0.0 zip"]);
    expect(existsSync(world.store)).toBe(false);
    expect(await sync(".")).toMatchObject({ fetched: 2, failed: [], refused: [], records: 2 });
    const before = world.asked.length;
    const again = await sync(".");
    expect(wanted(again)).toEqual(["present example.org/a@v1.0.0 zip", "present example.org/b@v1.0.0 zip"]);
    expect(again).toMatchObject({ fetched: 0, bytes: 0 });
    expect(world.asked.length).toBe(before);
    // As a kill right before the list was written leaves it.
    const list = join(world.store, "example.org/a/@v/list");
    rmSync(list);
    rmSync(join(world.store, "example.org/a/@latest"));
    await sync(".");
    expect(readFileSync(list, "utf8")).toBe("v1.0.0\n");
    expect(existsSync(join(world.store, "example.org/a/@latest"))).toBe(true);
  });

  it("adds go.mod files of go.sum, and of the whole graph where that is wanted", async () => {
    publishChain();
    world.publish("example.org/c", "v0.9.0");
    program("require example.org/a v1.0.0\n", "example.org/c v0.9.0 h1:x=\nexample.org/c v0.9.0/go.mod h1:x=\n");
    expect(wanted(await plan(".", true))).toContain("new example.org/c@v0.9.0 mod");
    expect(wanted(await plan(".", true, true))).toContain("new example.org/c@v1.0.0 zip");
  });

  it("lets one that cannot be had hold up no other, and names it", async () => {
    publishChain();
    program("require (\nexample.org/a v1.0.0\nexample.org/gone v1.0.0\nexample.org/b v1.0.0\n)\n");
    world.lie = (path, response) => {
      if (path !== "example.org/b/@v/v1.0.0.zip") return false;
      response.writeHead(200).end("<html>log in</html>");
      return true;
    };
    const result = await sync(".");
    expect(result.refused).toMatchObject([{ subject: "example.org/gone@v1.0.0" }]);
    expect(result.failed).toMatchObject([{ subject: "example.org/b@v1.0.0" }]);
    expect(readdirSync(join(world.store, "example.org/b/@v"))).not.toContain("v1.0.0.zip");
    expect(readFileSync(join(world.store, "example.org/a/@v/list"), "utf8")).toBe("v1.0.0\n");
  });

  it("leaves a database that a client of the plain files can use, however often the head moved between", async () => {
    publishChain();
    world.database.fill(3);
    program("require example.org/a v1.0.0\n");
    await sync(".");
    world.database.fill(400);
    world.publish("example.org/d", "v1.0.0");
    expect(await sync("example.org/d@latest")).toMatchObject({ records: 3, failed: [] });
    const { verifier, name } = world.database;
    const client = new ChecksumDatabase(verifier, sumdbTreeOps(world.store, verifier));
    for (const path of ["example.org/a", "example.org/b", "example.org/d"])
      await expect(client.lookup({ path, version: "v1.0.0" })).resolves.toMatchObject({
        treeSize: world.database.size,
      });
    const partial = readdirSync(join(world.store, "sumdb", name, "tile"), { recursive: true, encoding: "utf8" });
    const width = world.database.size % 256;
    expect(partial.filter((each) => /8\/0\/.*\.p\/\d+$/.test(each))).toEqual([`8/0/001.p/${width}`]);
  });

  it("reads lists of versions and queries, and refuses a line that is none with its number", async () => {
    world.publish("example.org/a", "v1.0.0");
    world.publish("example.org/a", "v1.2.0");
    world.publish("example.org/a", "v1.3.0-rc.1");
    writeFileSync(join(world.root, "list.txt"), "# ours\nexample.org/a@v1.0.0 # old\n\nexample.org/a v1\n");
    expect(wanted(await plan("list.txt"))).toEqual(["new example.org/a@v1.0.0 zip", "new example.org/a@v1.2.0 zip"]);
    expect(wanted(await plan("example.org/a@latest"))).toEqual(["new example.org/a@v1.2.0 zip"]);
    writeFileSync(join(world.root, "list.txt"), "example.org/a@v1.0.0\nnonsense\n");
    await expect(plan("list.txt")).rejects.toMatchObject({ code: "SOURCE_LINE_INVALID", params: { line: 2 } });
    await expect(plan("example.org/none@v9")).rejects.toMatchObject({ code: "MODULE_UNAVAILABLE" });
    await expect(plan("absent.txt")).rejects.toMatchObject({ code: "PATH_NOT_FOUND" });
  });

  it("takes a workspace's modules together", async () => {
    publishChain();
    for (const name of ["one", "two"]) mkdirSync(join(world.root, name));
    writeFileSync(join(world.root, "go.work"), "go 1.22\n\nuse (\n\t./one\n\t./two\n)\n");
    writeFileSync(
      join(world.root, "one/go.mod"),
      "module example.org/one\n\ngo 1.22\n\nrequire example.org/two v0.0.0\n",
    );
    writeFileSync(
      join(world.root, "two/go.mod"),
      "module example.org/two\n\ngo 1.22\n\nrequire example.org/c v1.0.0\n",
    );
    expect(wanted(await plan("."))).toEqual(["new example.org/c@v1.0.0 zip"]);
  });
});
