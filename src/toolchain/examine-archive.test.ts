import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { examineArchive, type Examination } from "./examine-archive.ts";

const name = "go1.22.5.linux-amd64.tar.gz";
const bytes = Buffer.from("an archive");
const sha256 = createHash("sha256").update(bytes).digest("hex");

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "medkit-examine-"));
  await writeFile(join(folder, name), bytes);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function examine(list: string | undefined, archive: string | undefined): Promise<readonly unknown[]> {
  const unchecked: string[] = [];
  const examination: Examination = {
    checksums: { by: list ?? "checksums.json", host: list, sums: new Map([[name, { sha256, size: bytes.length, h1: undefined }]]) }, // prettier-ignore
    checksumsNamed: false,
    signature: undefined,
    keyring: () => Promise.resolve([]),
    now: new Date("2026-06-01"),
    onUnchecked: (level) => void unchecked.push(level),
  };
  const at = { path: join(folder, name), name, host: archive, signature: () => Promise.resolve(undefined) };
  return [(await examineArchive(at, examination, undefined)).map((each) => each.level), unchecked];
}

test("a checksum counts only where it comes from another place than the archive", async () => {
  expect(await examine("go.dev", "goproxy.internal")).toEqual([["sha256"], []]);
  expect(await examine("go.dev", undefined)).toEqual([["sha256"], []]);
  expect(await examine(undefined, "goproxy.internal")).toEqual([["sha256"], []]);
  expect(await examine("goproxy.internal", "goproxy.internal")).toEqual([[], ["sha256"]]);
  expect(await examine("go.dev", "dl.google.com")).toEqual([[], ["sha256"]]);
});
