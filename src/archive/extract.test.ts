import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type ExtractedFile, extractTar } from "./extract.ts";
import { chunksOf, rawTarGz } from "./raw-tar.ts";

let root = "";
let target = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medkit-extract-"));
  target = join(root, "out");
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

const honest = rawTarGz(
  { name: "go/", type: "5", mode: 0o555 },
  { name: "go/bin/go", data: "exec", mode: 0o4777 },
  { name: "go/src/x.go", data: "package x", mode: 0o666 },
);

test("unpacks with plain modes, tells each file, leaves only the target", async () => {
  const files: ExtractedFile[] = [];
  const hex: unknown = expect.stringMatching(/^[0-9a-f]{64}$/);
  const summary = await extractTar(chunksOf(honest, 100), target, {
    topFolder: "go",
    stripTopFolder: true,
    hash: true,
    fsync: true,
    onFile: (file) => files.push(file),
  });
  expect(summary).toEqual({ files: 2, folders: 2, bytes: 13 });
  expect(files).toMatchObject([
    { path: "bin/go", executable: true, sha256: hex },
    { path: "src/x.go", executable: false, size: 9 },
  ]);
  const mode = (path: string): number => statSync(join(target, path)).mode & 0o7777 & ~process.umask();
  expect([mode("."), mode("bin"), mode("bin/go"), mode("src/x.go")]).toEqual(
    [0o755, 0o755, 0o755, 0o644].map((bits) => bits & ~process.umask()),
  );
  expect(readFileSync(join(target, "src", "x.go"), "utf8")).toBe("package x");
  expect(readdirSync(root)).toEqual(["out"]);
});

test("a filter leaves out, and what is left out is judged all the same", async () => {
  await extractTar(chunksOf(honest), target, { filter: (entry) => entry.path.endsWith(".go") });
  expect(execFileSync("find", [target, "-type", "f"]).toString()).toBe(`${target}/go/src/x.go\n`);
  const hostile = rawTarGz({ name: "a" }, { name: "../b" });
  await expect(extractTar(chunksOf(hostile), join(root, "two"), { filter: () => false })).rejects.toMatchObject({
    code: "ARCHIVE_PATH_TRAVERSAL",
  });
});

test.each([
  ["traversal", rawTarGz({ name: "ok/f", data: "x" }, { name: "../escaped", data: "x" }), "ARCHIVE_PATH_TRAVERSAL"],
  [
    "a link to outside, then a file through it",
    rawTarGz({ name: "l", type: "2", link: "/tmp" }, { name: "l/escaped", data: "x" }),
    "ARCHIVE_LINK_ABSOLUTE",
  ],
  ["a last byte missing", honest.subarray(0, -1), "ARCHIVE_TRUNCATED"],
  ["a bad checksum at the very end", Buffer.concat([honest.subarray(0, -8), Buffer.alloc(8)]), "ARCHIVE_DAMAGED"],
  ["garbage after the end", Buffer.concat([honest, Buffer.from("x")]), "ARCHIVE_TRAILING_DATA"],
])("%s: nothing is left, inside or outside", async (_, bytes, code) => {
  await expect(extractTar(chunksOf(bytes, 50), target)).rejects.toMatchObject({ code, exit: 4 });
  expect(readdirSync(root)).toEqual([]);
});

test("a target that exists is not touched, nor is what a link there points at", async () => {
  mkdirSync(target);
  writeFileSync(join(target, "mine"), "");
  await expect(extractTar(chunksOf(honest), target)).rejects.toMatchObject({ code: "ARCHIVE_TARGET_EXISTS" });
  expect(readdirSync(target)).toEqual(["mine"]);
  symlinkSync("nowhere", join(root, "link"));
  await expect(extractTar(chunksOf(honest), join(root, "link"))).rejects.toMatchObject({
    code: "ARCHIVE_TARGET_EXISTS",
  });
  expect(existsSync(join(root, "nowhere"))).toBe(false);
});

test("a target that appears meanwhile wins", async () => {
  const slow = (async function* () {
    yield honest.subarray(0, 20);
    mkdirSync(target);
    writeFileSync(join(target, "faster"), "");
    yield honest.subarray(20);
  })();
  await expect(extractTar(slow, target)).rejects.toMatchObject({ code: "ARCHIVE_TARGET_EXISTS" });
  expect(readdirSync(root)).toEqual(["out"]);
  expect(readdirSync(target)).toEqual(["faster"]);
});

test("an abort leaves nothing", async () => {
  const abort = new AbortController();
  const run = extractTar(chunksOf(honest), target, {
    signal: abort.signal,
    onFile: () => {
      abort.abort();
    },
  });
  await expect(run).rejects.toThrow("aborted");
  expect(readdirSync(root)).toEqual([]);
});

test("a source that fails, and a staging path that is taken", async () => {
  const failing = (async function* () {
    yield honest.subarray(0, 60);
    throw new Error("network");
  })();
  await expect(extractTar(failing, target)).rejects.toThrow("network");
  await expect(extractTar(join(root, "absent.tgz"), target)).rejects.toThrow("ENOENT");
  expect(readdirSync(root)).toEqual([]);
  mkdirSync(join(root, "stage"));
  await expect(extractTar(chunksOf(honest), target, { staging: join(root, "stage") })).rejects.toThrow("EEXIST");
  expect(readdirSync(root)).toEqual(["stage"]);
});
