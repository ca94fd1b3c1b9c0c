import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import type { AccessRecord } from "../types.ts";
import { AccessLog, openAccessLog, type AccessLogOptions } from "./access-log.ts";

let folder = "";
let changes: Parameters<AccessLogOptions["onChange"]>[0][] = [];
const options: AccessLogOptions = { onChange: (change) => void changes.push(change) };
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "medkit-log-"));
  changes = [];
});
afterEach(() => rmSync(folder, { recursive: true }));

const record = (path: string): AccessRecord => ({ time: "2026-01-01T00:00:00.000Z", client: "::1", method: "GET", path, kind: "mod", status: 200, octets: 1, milliseconds: 0.1 }); // prettier-ignore

it("writes a line a request behind what is there, in order, soon, and all of them at the end", async () => {
  const file = join(folder, "log");
  for (const run of ["a", "b"]) {
    await using log = await openAccessLog(file, options);
    log.note(record(`/${run}/first`));
    await expect.poll(() => readFileSync(file, "utf8"), { timeout: 2_000 }).toContain(`/${run}/first`);
    for (let each = 0; each < 5_000; each++) log.note(record(`/${run}/${each}`));
  }
  const lines = readFileSync(file, "utf8").trimEnd().split("\n");
  const paths = lines.map((line) => (JSON.parse(line) as AccessRecord).path);
  const run = (name: string): string[] => [`/${name}/first`, ...Array.from({ length: 5_000 }, (_, each) => `/${name}/${each}`)]; // prettier-ignore
  expect(paths).toEqual([...run("a"), ...run("b")]);
  expect(statSync(file).mode & 0o777).toBe(0o640);
  expect(changes).toEqual([]);
});

it("says once that the disk is full, and how much was lost when it is not any more", async () => {
  let full = true;
  const written: string[] = [];
  const handle = {
    appendFile: (text: string) => {
      if (full) return Promise.reject(Object.assign(new Error("full"), { code: "ENOSPC" }));
      written.push(text);
      return Promise.resolve();
    },
    close: () => Promise.resolve(),
  } as unknown as FileHandle;
  const log = new AccessLog(handle, options);
  for (const path of ["/1", "/2"]) {
    log.note(record(path));
    await new Promise((resolve) => setTimeout(resolve, 150));
  }
  expect(changes).toMatchObject([{ failed: { code: "ENOSPC" } }]);
  full = false;
  log.note(record("/3"));
  await log[Symbol.asyncDispose]();
  expect(changes.slice(1)).toEqual([{ lost: 2 }]);
  expect(written.join("")).toContain("/3");
});

it("does not take in more than a slow disk lets go", async () => {
  let go = (): void => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  let octets = 0;
  const handle = {
    appendFile: async (text: string) => {
      await held;
      octets += text.length;
    },
    close: () => Promise.resolve(),
  } as unknown as FileHandle;
  const log = new AccessLog(handle, options);
  for (let each = 0; each < 30_000; each++) log.note(record(`/${"x".repeat(1_000)}`));
  go();
  await log[Symbol.asyncDispose]();
  expect(octets).toBeLessThan(17 * 1024 * 1024);
  expect(octets).toBeGreaterThan(15 * 1024 * 1024);
  expect(changes).toEqual([{ lost: expect.any(Number) as number }]);
});

it("refuses a place where no file can be", async () => {
  await expect(openAccessLog(join(folder, "absent", "log"), options)).rejects.toMatchObject({ code: "PATH_NOT_FOUND" });
  await expect(openAccessLog(folder, options)).rejects.toMatchObject({ code: "FILE_UNREADABLE" });
});
