import { lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { Ports } from "../core/ports.ts";
import { openHome, removeTree } from "../state/index.ts";
import { storeRebuilt } from "./store-rebuilt.ts";

let root: string;
beforeEach(() => (root = mkdtempSync(join(tmpdir(), "medkit-store-rebuilt-"))));
afterEach(() => removeTree(root));

const done = { status: 0, signal: undefined, stdout: Buffer.alloc(0), stderr: "", timedOut: false };
const ports = { env: {}, process: { run: () => Promise.resolve(done) } } as unknown as Ports;

test("takes the place of a linked one, and writes nothing beside the tree that was linked", async () => {
  const layout = await openHome(join(root, "home"));
  const release = { version: "1.22.5", platform: { os: "linux", arch: "amd64" } };
  const folder = layout.toolchain("go1.22.5.linux-amd64");
  const target = join(root, "foreign", "go");
  mkdirSync(target, { recursive: true });
  mkdirSync(folder);
  symlinkSync(target, join(folder, "goroot"));
  const h1 = "h1:same";
  const linked = { target, files: [{ path: "VERSION", size: 1, stamp: "1 1 1", sha256: "00" }] };
  const record = { schema: "medkit/stored-toolchain/v1", version: "1.22.5", platform: "linux/amd64", h1 };
  writeFileSync(
    join(folder, "toolchain.json"),
    JSON.stringify({ ...record, trust: "checksum-database", source: target, linked }),
  );
  const goroot = join(layout.work, "made", "goroot");
  mkdirSync(goroot, { recursive: true });
  writeFileSync(join(goroot, "VERSION"), "go1.22.5\n");
  const proven = { release, h1: "h1:other" };
  const evidence = { recordId: 0, record: "", treeSize: 1, hashes: [] };
  const recipe = { source: proven, bootstrap: proven };
  await storeRebuilt(ports, layout, {
    release,
    goroot,
    h1,
    files: [],
    recipe,
    match: { kind: "checksum-database", evidence },
    published: h1,
  });
  expect(readdirSync(join(root, "foreign"))).toEqual(["go"]);
  expect(readdirSync(target)).toEqual([]);
  expect(lstatSync(join(folder, "goroot")).isDirectory()).toBe(true);
  expect(JSON.parse(readFileSync(join(folder, "toolchain.json"), "utf8"))).toMatchObject({ trust: "rebuilt" });
});

test("is told of beside what spoke for the same tree before", async () => {
  const layout = await openHome(join(root, "home"));
  const release = { version: "1.22.5", platform: { os: "linux", arch: "amd64" } };
  const folder = layout.toolchain("go1.22.5.linux-amd64");
  mkdirSync(join(folder, "goroot"), { recursive: true });
  const h1 = "h1:same";
  const evidence = [{ level: "checksum-database", by: "sum.example.org", h1, recordId: 7, treeSize: 9 }];
  const record = { schema: "medkit/stored-toolchain/v1", version: "1.22.5", platform: "linux/amd64", h1 };
  writeFileSync(
    join(folder, "toolchain.json"),
    JSON.stringify({ ...record, trust: "checksum-database", source: "module proxy", evidence }),
  );
  const goroot = join(layout.work, "made", "goroot");
  mkdirSync(goroot, { recursive: true });
  const proven = { release, h1: "h1:other" };
  const proof = { recordId: 7, record: "", treeSize: 9, hashes: [] };
  await storeRebuilt(ports, layout, {
    release,
    goroot,
    h1,
    files: [],
    recipe: { source: proven, bootstrap: proven },
    match: { kind: "checksum-database", evidence: proof },
    published: h1,
  });
  const stored = JSON.parse(readFileSync(join(folder, "toolchain.json"), "utf8")) as object;
  expect(stored).toMatchObject({ trust: "rebuilt", rebuilt: { match: "checksum-database" }, evidence });
});
