import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createProxyWorld, type OpenedMirror, type ProxyWorld } from "../../test/support/proxy-world.ts";
import { ChecksumDatabase, ProxyClient, sumdbTreeOps } from "../module/index.ts";
import { folderStore, proxyUpstream } from "../proxy/index.ts";
import { settle } from "./apply-sync.ts";
import { applyMerge, planMerge, type MergeSource } from "./merge-tree.ts";
import { verifyStore } from "./verify-store.ts";

const signal = new AbortController().signal;
const ports = { signal, clock: { now: () => new Date(), monotonic: () => 0 }, progress: { emit: () => undefined } };

let world: ProxyWorld;
let opened: OpenedMirror;
let target = "";
beforeAll(async () => {
  world = await createProxyWorld();
  target = join(world.root, "target");
  // Two trees of one database, filled when its log was of different sizes.
  world.database.fill(300);
  world.publish("example.org/old", "v1.0.0");
  opened = world.open();
  await fetchInto(opened, "example.org/old");
  await merge(sourceAt(world.store), target);
  world.database.fill(700);
  world.publish("example.org/new", "v1.0.0");
  opened.end();
  opened = world.open();
  await fetchInto(opened, "example.org/new");
});
afterAll(async () => {
  opened.end();
  await world.close();
});

async function fetchInto({ mirror, store }: OpenedMirror, path: string): Promise<void> {
  const file = await mirror.file("zip", { path, version: "v1.0.0" }, { mayFetch: true });
  await file?.file[Symbol.asyncDispose]();
  await settle(ports, store, mirror, []);
}

function sourceAt(folder: string): MergeSource {
  const client = new ProxyClient({ fetch, signal }, pathToFileURL(folder).href);
  return { store: folderStore(folder), upstream: proxyUpstream(client) };
}

async function merge(source: MergeSource, into: string) {
  const store = folderStore(into);
  const plan = await planMerge(store, source, world.database.verifier);
  return { plan, result: await applyMerge(ports, plan, store, source) };
}

it("takes a newer tree in, and leaves all of it provable in one head, without asking anybody", async () => {
  const before = world.asked.length;
  const { plan, result } = await merge(sourceAt(world.store), target);
  expect(plan.fresh.map((each) => each.path)).toEqual(["example.org/new"]);
  expect(result).toMatchObject({ fetched: 1, failed: [], records: 2 });
  expect(world.asked.length).toBe(before);
  const { verifier } = world.database;
  expect((await verifyStore(ports, folderStore(target), verifier)).faults).toEqual([]);
  const client = new ChecksumDatabase(verifier, sumdbTreeOps(target, verifier));
  for (const path of ["example.org/old", "example.org/new"])
    await expect(client.lookup({ path, version: "v1.0.0" })).resolves.toMatchObject({ treeSize: world.database.size });
  expect((await merge(sourceAt(world.store), target)).plan).toMatchObject({ fresh: [], present: 2 });
});

it("refuses bytes that are not those of the record, and goes on", async () => {
  writeFileSync(join(world.store, "example.org/new/@v/v1.0.0.mod"), "module example.org/evil\n");
  const { result } = await merge(sourceAt(world.store), join(world.root, "third"));
  expect(result.failed).toMatchObject([{ subject: "example.org/new@v1.0.0", code: "MODULE_MISMATCH" }]);
  expect(result.fetched).toBe(1);
});

it("refuses a tree whose head another key has signed", async () => {
  const other = { ...world.database.verifier, verify: () => false };
  const planned = planMerge(folderStore(join(world.root, "fourth")), sourceAt(world.store), other);
  await expect(planned).rejects.toMatchObject({ exit: 4 });
});
