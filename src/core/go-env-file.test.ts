import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readLines } from "./go-env-file.ts";

test("only a file of an ordinary size is read for settings", async () => {
  const folder = await mkdtemp(join(tmpdir(), "medkit-settings-"));
  const path = join(folder, "env");
  await writeFile(path, "GOFLAGS=-mod=mod\n");
  expect(await readLines(path)).toEqual(["GOFLAGS=-mod=mod"]);
  await writeFile(path, Buffer.alloc(1024 * 1024 + 1, "x"));
  expect(await readLines(path)).toBeUndefined();
  expect(await readLines("/dev/zero")).toBeUndefined();
  expect(await readLines(folder)).toBeUndefined();
  await rm(folder, { recursive: true });
});
