import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { formatBytes } from "../core/format-bytes.ts";
import { diskSpace, requireSpace } from "./disk-space.ts";
import { openHome } from "./layout.ts";
import { cleanStaging, cleanUp, createStaging, withStaging } from "./staging.ts";

let root = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medkit-staging-"));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

test("private, disposed of, also after it was published", async () => {
  const staging = await createStaging(root, "kit build / x");
  expect(staging.id).toMatch(/^kit-build-x-[0-9a-f]{20}$/);
  expect(statSync(staging.path).mode & 0o777).toBe(0o700);
  expect(await cleanStaging(root)).toEqual([]);
  renameSync(staging.path, join(root, "published"));
  await staging.dispose();
  expect(readdirSync(root)).toEqual(["published"]);
  await expect(withStaging(root, "x", () => Promise.reject(new Error("work")))).rejects.toThrow("work");
  expect(readdirSync(root)).toEqual(["published"]);
});

test("what dead processes and power failures left goes, what a living one has stays", async () => {
  const living = await createStaging(root, "living");
  mkdirSync(join(root, "orphan", "sub"), { recursive: true });
  mkdirSync(join(root, "empty-marker"));
  writeFileSync(join(root, "empty-marker.owner"), "");
  writeFileSync(join(root, "alone.owner"), "{}");
  expect((await cleanStaging(root)).toSorted()).toEqual(["empty-marker", "orphan"]);
  expect(readdirSync(root).toSorted()).toEqual([living.id, `${living.id}.owner`]);
  expect(await cleanStaging(join(root, "absent"))).toEqual([]);
});

test("a process killed while it applies a plan: the next start removes its staging and closes its journal", async () => {
  const home = join(root, "home");
  const elsewhere = join(root, "out", ".medkit-partial");
  const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
  const source = `import { beginJournal, createStaging, openHome } from ${url("./index.ts")};
    import { mkdirSync } from "node:fs";
    const layout = await openHome(${JSON.stringify(home)});
    await createStaging(layout.work, "kit build");
    mkdirSync(${JSON.stringify(elsewhere)}, { recursive: true });
    const journal = await beginJournal(layout.journal, { plan: "kit-1", kind: "kit build", steps: ["a"], staging: [${JSON.stringify(elsewhere)}] });
    await journal.stepDone("a");
    process.kill(process.pid, "SIGKILL");`;
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", source]);
  expect([run.signal, run.stderr.toString()]).toEqual(["SIGKILL", ""]);
  const layout = await openHome(home);
  expect(await cleanUp(layout)).toMatchObject({
    abandoned: ["kit-1"],
    removed: [elsewhere, expect.stringContaining("kit-build-")],
  });
  expect(existsSync(elsewhere)).toBe(false);
  expect(readdirSync(layout.work)).toEqual([]);
  expect(await cleanUp(layout)).toEqual({ abandoned: [], removed: [] });
});

test("disk space is that of the nearest folder that exists", async () => {
  const { free, total } = await diskSpace(join(root, "not", "yet"));
  expect(free).toBeGreaterThan(0);
  expect(total).toBeGreaterThanOrEqual(free);
  await requireSpace(root, 1);
  await expect(requireSpace(root, 1e18)).rejects.toMatchObject({
    code: "HOST_NO_SPACE",
    exit: 6,
    params: { needed: "1000 PB" },
  });
});

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.00 kB"],
  [12_345, "12.3 kB"],
  [999_600, "1.00 MB"],
  [161_200_000, "161 MB"],
  [2 ** 33, "8.59 GB"],
])("%d bytes are %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
