import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { makeZip } from "../../module/__fixtures__/zip-writer.ts";
import { hashModuleZip } from "../../module/index.ts";
import type { Upstream } from "../types.ts";
import { databaseProver } from "../trust/provers.ts";
import { folderStore } from "./folder-store.ts";
import { ProvenFiles } from "./proven-files.ts";

const module = { path: "example.org/m", version: "v1.0.0" };
const name = "example.org/m@v1.0.0";
const good = makeZip([{ name: `${name}/go.mod`, content: "module example.org/m\n" }]);
const evil = makeZip([{ name: `${name}/go.mod`, content: "module example.org/evil\n" }]);
const root = mkdtempSync(join(tmpdir(), "medkit-proven-"));
afterAll(() => rmSync(root, { recursive: true }));

let h1 = "";
beforeAll(async () => {
  writeFileSync(join(root, "good.zip"), good);
  h1 = await hashModuleZip(join(root, "good.zip"), module.path, module.version);
});
let asked: (boolean | undefined)[] = [];
let stores = 0;
beforeEach(() => {
  asked = [];
});

/** An upstream whose zip, put together of parts or fetched whole, is this. */
async function fetchFrom(parts: Buffer, whole: Buffer, isPutTogether: boolean) {
  const folder = join(root, `store-${stores++}`);
  const files = new ProvenFiles({
    clock: { now: () => new Date(0) },
    store: folderStore(folder),
    prover: databaseProver({
      name: "sum.example.org",
      lookup: () => Promise.resolve({ h1, goModH1: "h1:", recordId: 1, record: "", treeSize: 2, hashes: [] }),
    }),
  });
  const zip: Upstream["zip"] = (_, target, options) => {
    asked.push(options?.whole);
    writeFileSync(target, options?.whole === true ? whole : parts);
    return Promise.resolve({ from: "x", isPutTogether: isPutTogether && options?.whole !== true });
  };
  const fetched = files.fetch("zip", module, { zip } as Upstream);
  return { folder, fetched };
}

test("what was put together of parts and is another file is fetched once more in one piece", async () => {
  for (const parts of [evil, Buffer.from("no zip")]) {
    asked = [];
    const { folder, fetched } = await fetchFrom(parts, good, true);
    expect(await fetched).toBe(true);
    expect(asked).toEqual([false, true]);
    expect(readFileSync(join(folder, "example.org/m/@v/v1.0.0.zip")).equals(good)).toBe(true);
  }
});

test("once: a file that is another one as a whole too is refused, and nothing is stored", async () => {
  const { folder, fetched } = await fetchFrom(evil, evil, true);
  await expect(fetched).rejects.toMatchObject({ code: "MODULE_MISMATCH" });
  expect(asked).toEqual([false, true]);
  expect(readdirSync(folder)).toEqual([".work"]);
});

test("what came in one piece is fetched once", async () => {
  const { fetched } = await fetchFrom(evil, good, false);
  await expect(fetched).rejects.toMatchObject({ code: "MODULE_MISMATCH" });
  expect(asked).toEqual([false]);
});
