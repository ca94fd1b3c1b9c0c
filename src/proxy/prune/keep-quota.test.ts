import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { memoryStore } from "../../../test/support/memory-store.ts";
import { removeTree } from "../../state/index.ts";
import { folderStore } from "../store/folder-store.ts";
import { sealed } from "../store/seal.ts";
import type { ObjectStore } from "../types.ts";
import { openUse } from "../use/ledger.ts";
import { QuotaKeeper } from "./keep-quota.ts";

const signal = new AbortController().signal;
const clock = { now: () => new Date("2026-06-01T00:00:00Z"), monotonic: () => 0 };
const database = "sum.example.org";
const names = ["a", "b", "c"].map((name) => `example.org/${name}`);

/** Three versions, each of 10 octets of go.mod and 1000 of content, stored on the same day. */
function filled(): Map<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const path of names) {
    const at = `${path}/@v/v1.0.0`;
    for (const [ending, size] of [
      ["mod", 10],
      ["zip", 1000],
    ] as const) {
      const facts = { h1: "h1:x", sha256: "0".repeat(64), size, source: "test", storedAt: "2026-01-01T00:00:00Z" };
      const schema = "medkit/module-proof/v1" as const;
      files.set(`${at}.${ending}`, Buffer.alloc(size));
      files.set(`${at}.${ending}.proof`, sealed({ schema, ...facts, proven: `${database}#1` }));
    }
    files.set(`${at}.mod`, Buffer.from("module x.y"));
    files.set(`${at}.info`, Buffer.from('{"Version":"v1.0.0"}'));
    files.set(`${path}/@v/list`, Buffer.from("v1.0.0\n"));
    files.set(`${path}/@latest`, Buffer.from('{"Version":"v1.0.0"}'));
    files.set(`sumdb/${database}/lookup/${path}@v1.0.0`, Buffer.from("1\n"));
  }
  return files;
}

/** c was used in February, a in March; b was not. */
async function keeper(
  store: ObjectStore,
  config: { readonly size?: string; readonly unusedFor?: string },
): Promise<QuotaKeeper> {
  const use = await openUse(store, "test");
  for (const [month, name] of [
    ["02", "c"],
    ["03", "a"],
  ] as const)
    use.note({
      time: `2026-${month}-01T00:00:00Z`,
      client: "10.0.0.1",
      method: "GET",
      path: `/example.org/${name}/@v/v1.0.0.zip`,
      kind: "zip",
      status: 200,
      octets: 1,
      milliseconds: 1,
      module: `example.org/${name}`,
      version: "v1.0.0",
    });
  return new QuotaKeeper(store, { clock, use, database, config });
}

const has = (files: ReadonlyMap<string, Buffer>, ending: string): readonly string[] =>
  names.filter((path) => files.has(`${path}/@v/v1.0.0.${ending}`));

describe("a quota", () => {
  it("lets stay what fits", async () => {
    const files = filled();
    const plan = await (await keeper(memoryStore(files), { size: "3030" })).keep(signal);
    expect(plan).toMatchObject({ items: [], before: 3030, after: 3030 });
    expect(has(files, "zip")).toEqual(names);
  });

  it("takes the longest unused out of the store, its list and the database, and nothing else", async () => {
    const files = filled();
    const plan = await (await keeper(memoryStore(files), { size: "3kB" })).keep(signal);
    expect(plan.items).toMatchObject([{ path: "example.org/b", part: "version", rule: "size", bytes: 1010 }]);
    expect([...files.keys()].filter((path) => path.includes("example.org/b"))).toEqual([]);
    expect(has(files, "zip.proof")).toEqual(["example.org/a", "example.org/c"]);
    expect(files.get("example.org/a/@v/list")?.toString()).toBe("v1.0.0\n");
  });

  it("takes what was not used for so long", async () => {
    const files = filled();
    await (await keeper(memoryStore(files), { unusedFor: "2400h" })).keep(signal);
    expect(has(files, "zip")).toEqual(["example.org/a"]);
  });

  it("leaves alone what has no proof: somebody may have put it there", async () => {
    const files = filled();
    for (const ending of ["mod", "zip"]) files.delete(`example.org/b/@v/v1.0.0.${ending}.proof`);
    await (await keeper(memoryStore(files), { size: "1" })).keep(signal);
    expect(has(files, "zip")).toEqual(["example.org/b"]);
  });

  it("leaves no proof without its file, and one stale list at most, wherever it is cut off", async () => {
    for (let cut = 0; cut < 24; cut++) {
      const files = filled();
      let left = cut;
      const whole = memoryStore(files);
      const remove = async (path: string): Promise<void> => {
        if (left-- <= 0) throw new Error("killed");
        await whole.remove(path);
      };
      await (await keeper({ ...whole, remove }, { size: "1" })).keep(signal).catch(() => undefined);
      for (const path of names)
        for (const ending of ["zip", "mod"]) {
          const at = `${path}/@v/v1.0.0.${ending}`;
          expect({ cut, at, half: files.has(`${at}.proof`) && !files.has(at) }).toEqual({ cut, at, half: false });
        }
      const second = await (await keeper(whole, { size: "1" })).keep(signal);
      expect({ cut, left: second.after, proofs: has(files, "zip.proof") }).toEqual({ cut, left: 0, proofs: [] });
      expect(names.filter((path) => files.get(`${path}/@v/list`)?.toString() === "v1.0.0\n").length).toBeLessThan(2);
    }
  });

  it("lets a reply that is being sent come to its end", async () => {
    const root = mkdtempSync(join(tmpdir(), "medkit-quota-"));
    const store = folderStore(root);
    for (const [path, bytes] of filled()) if (path.startsWith("example.org/b")) await store.write(path, bytes);
    const open = await store.open("example.org/b/@v/v1.0.0.zip");
    await (await keeper(store, { size: "1" })).keep(signal);
    expect(await store.read("example.org/b/@v/v1.0.0.zip")).toBeUndefined();
    expect((await open?.bytes())?.length).toBe(1000);
    await open?.[Symbol.asyncDispose]();
    await removeTree(root);
  });
});
