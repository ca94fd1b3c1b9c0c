import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { hashFiles } from "./hash-files.ts";

const root = mkdtempSync(join(tmpdir(), "medkit-hash-files-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
// Enough that a second thread helps.
const paths = Array.from({ length: 2500 }, (_, index) => `file-${index}`);
for (const path of paths) writeFileSync(join(root, path), `content of ${path}`);
const { signal } = new AbortController();

test.each([1, 63, 64, 65, 2500])("%d files have their own digests, in the order that was asked for", async (count) => {
  const some = paths.slice(0, count).toReversed();
  const found = await hashFiles(root, some, signal);
  const expected = some.map((path) => {
    const text = `content of ${path}`;
    return { sha256: createHash("sha256").update(text).digest("hex"), size: text.length };
  });
  expect(found).toEqual(expected);
});

test("no file is no digest", async () => {
  expect(await hashFiles(root, [], signal)).toEqual([]);
});

test.each([0, 1200, 2499])("a file that cannot be read is told of, whichever thread took it (at %d)", async (at) => {
  const spoilt = paths.with(at, "absent");
  await expect(hashFiles(root, spoilt, signal)).rejects.toMatchObject({ code: "ENOENT", path: `${root}/absent` });
});

test("ends early where the person has had enough", async () => {
  await expect(hashFiles(root, paths, AbortSignal.abort(new Error("enough")))).rejects.toThrow("enough");
});
