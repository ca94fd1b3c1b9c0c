import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { removeTree } from "../../state/index.ts";
import { folderStore } from "../store/folder-store.ts";
import type { AccessRecord, ObjectStore } from "../types.ts";
import { openUse } from "./ledger.ts";

let root = "";
let store: ObjectStore;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medkit-use-"));
  store = folderStore(root);
});
afterEach(() => removeTree(root));

const sync = { path: "golang.org/x/sync", version: "v0.8.0" };

function asked(minute: number, ending: string, more: Partial<AccessRecord> = {}): AccessRecord {
  return {
    time: `2026-01-01T00:${String(minute).padStart(2, "0")}:00.000Z`,
    client: "10.0.0.1",
    method: "GET",
    path: `/golang.org/x/sync/@v/v0.8.0.${ending}`,
    kind: ending,
    status: 200,
    octets: 1,
    milliseconds: 1,
    module: sync.path,
    version: sync.version,
    ...more,
  };
}

it("remembers over a restart who used a version, and when its zip was used", async () => {
  const ledger = await openUse(store, "a");
  ledger.note(asked(1, "zip"));
  ledger.note(asked(2, "mod", { client: "10.0.0.2" }));
  await ledger.flush();
  const again = await openUse(store, "a");
  expect(again.use(sync)).toEqual({
    ...sync,
    first: "2026-01-01T00:01:00.000Z",
    last: "2026-01-01T00:02:00.000Z",
    lastZip: "2026-01-01T00:01:00.000Z",
    count: 2,
    clients: ["10.0.0.1", "10.0.0.2"],
  });
  expect(again.lastUse(sync)).toEqual(new Date("2026-01-01T00:02:00Z"));
  expect(again.lastUse(sync, "zip")).toEqual(new Date("2026-01-01T00:01:00Z"));
});

it("joins what replicas of one store remember, and each writes its own only", async () => {
  const a = await openUse(store, "host-a-3000");
  const b = await openUse(store, "host-b-3000");
  a.note(asked(1, "zip"));
  b.note(asked(5, "info", { client: "10.0.0.9" }));
  await a.flush();
  await b.flush();
  await a.refresh();
  expect(a.use(sync)).toMatchObject({ count: 2, last: "2026-01-01T00:05:00.000Z", clients: ["10.0.0.1", "10.0.0.9"] });
  a.forget(sync);
  await a.flush();
  expect([...(await openUse(store, undefined)).uses()]).toMatchObject([{ count: 1, clients: ["10.0.0.9"] }]);
});

it("takes no branch, nothing that failed and no list for the use of a version", async () => {
  const ledger = await openUse(store, "a");
  ledger.note(asked(1, "info", { version: "main" }));
  ledger.note(asked(1, "zip", { status: 502, refused: "MODULE_MISMATCH" }));
  const { version: _, ...list } = asked(1, "list");
  ledger.note(list);
  expect([...ledger.uses()]).toEqual([]);
});

it("keeps the latest refusals, but none for what is not there", async () => {
  const ledger = await openUse(store, "a");
  ledger.note(asked(0, "zip", { status: 404, refused: "not found" }));
  for (let n = 0; n < 600; n++) ledger.note(asked(1, "zip", { status: 403, refused: `no ${n}` }));
  await ledger.flush();
  const { length, 0: first } = (await openUse(store, "a")).refusals();
  expect(length).toBe(500);
  expect(first).toMatchObject({ reason: "no 100", status: 403, module: sync.path });
});

it("remembers at most 16 clients of a version", async () => {
  const ledger = await openUse(store, "a");
  for (let n = 0; n < 100; n++) ledger.note(asked(1, "zip", { client: `c${n}` }));
  expect(ledger.use(sync)?.clients).toEqual(Array.from({ length: 16 }, (_, n) => `c${n + 84}`));
});

it("begins anew where its file is torn, and passes over another's torn file", async () => {
  await (await openUse(store, "a")).flush();
  await store.write(".use/x.json", Buffer.from("{}"));
  writeFileSync(join(root, ".use", "a.json"), '{"schema":"medkit/mod');
  writeFileSync(join(root, ".use", "b.json"), "[]");
  const ledger = await openUse(store, "a");
  expect([...ledger.uses()]).toEqual([]);
  ledger.note(asked(1, "zip"));
  await ledger.flush();
  expect((await openUse(store, "a")).use(sync)?.count).toBe(1);
});

it("writes nothing where nothing is new", async () => {
  await (await openUse(store, "a")).flush();
  expect(await store.names(".use")).toEqual([]);
});
