import { existsSync, mkdtempSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { afterAll, expect, it } from "vitest";
import { removeTree } from "../../state/index.ts";
import { folderStore } from "./folder-store.ts";
import { withSharedLock } from "./shared-lock.ts";

const root = mkdtempSync(join(tmpdir(), "medkit-folder-"));
afterAll(() => removeTree(root));

it("replaces what it thinks lies there, one of several processes at once", async () => {
  const folder = join(root, "race");
  const program = `
    import { folderStore } from ${JSON.stringify(join(import.meta.dirname, "folder-store.ts"))};
    const store = folderStore(process.argv[1]);
    let won = 0;
    // Each adds one to the number, for as long as it takes.
    while (won < 20) {
      const was = await store.read("x/number");
      if (await store.replace("x/number", was, Buffer.from(String(Number(was ?? 0) + 1)))) won++;
    }`;
  const ends = Array.from({ length: 3 }, () =>
    once(spawn(process.execPath, ["--input-type=module", "-e", program, folder], { stdio: "inherit" }), "exit"),
  );
  expect(await Promise.all(ends)).toEqual([
    [0, null],
    [0, null],
    [0, null],
  ]);
  expect((await folderStore(folder).read("x/number"))?.toString()).toBe("60");
});

it("takes over the lock of a machine that is gone, by its age", async () => {
  const lock = join(root, "lock");
  const process = { pid: 1, start: "1", host: "elsewhere.invalid", boot: "x", namespace: "" };
  writeFileSync(lock, JSON.stringify({ token: "0".repeat(20), process, since: "then", purpose: "write" }));
  const run = (): Promise<string> => withSharedLock(lock, () => Promise.resolve("done"), 50);
  await expect(run()).rejects.toMatchObject({ code: "LOCKED" });
  const then = new Date(statSync(lock).mtimeMs - 60_000);
  utimesSync(lock, then, then);
  expect(await run()).toBe("done");
  expect(existsSync(lock)).toBe(false);
});

it("names a disk that became full, and keeps nothing", async () => {
  const folder = join(root, "full");
  const store = folderStore(folder);
  const full = Object.assign(new Error("write"), { code: "ENOSPC", syscall: "write" });
  const publishing = store.publish("a/@v/v1.0.0.zip", (scratch) => {
    writeFileSync(scratch, "half");
    throw full;
  });
  await expect(publishing).rejects.toMatchObject({ code: "HOST_NO_SPACE" });
  expect(readdirSync(folder)).toEqual([".work"]);
  expect(readdirSync(join(folder, ".work"))).toEqual([]);
});
