import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { acquireLock, withLock } from "./lock.ts";
import { liveness, ownIdentity } from "./process-identity.ts";

let root = "";
let path = "";
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "medkit-lock-"));
  path = join(root, "it.lock");
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

/** A process that has this one's id and another start is dead, whoever has its number now. */
const dead = { ...ownIdentity(), start: "1" };

function plant(file: string, token: string, identity: object): void {
  writeFileSync(
    file,
    `${JSON.stringify({ token, process: identity, since: "2026-01-01T00:00:00Z", purpose: "test" })}\n`,
  );
}

function child(script: string, ...args: string[]): Promise<{ status: number | null; output: string }> {
  const url = (file: string): string => JSON.stringify(new URL(file, import.meta.url).href);
  const source = `import { acquireLock, withLock } from ${url("./lock.ts")};
    import { writeFileSync, unlinkSync } from "node:fs"; import { setTimeout as sleep } from "node:timers/promises";
    const [path, ...args] = process.argv.slice(1); ${script}`;
  return new Promise((resolve) => {
    const run = spawn(process.execPath, ["--input-type=module", "-e", source, path, ...args], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    run.stdout.on("data", (data: Buffer) => (output += data.toString()));
    run.stderr.on("data", (data: Buffer) => (output += data.toString()));
    run.on("close", (status) => {
      resolve({ status, output });
    });
  });
}

describe("who lives", () => {
  test("this process; not one with its number and another start, nor one of an earlier boot", () => {
    expect(liveness(ownIdentity())).toBe("alive");
    expect(liveness(dead)).toBe("dead");
    if (ownIdentity().boot !== "") expect(liveness({ ...ownIdentity(), boot: "another" })).toBe("dead");
    expect(liveness({ ...ownIdentity(), pid: 2 ** 22 + 5 })).toBe("dead");
  });
  test("nobody can tell about another host or namespace", () => {
    expect(liveness({ ...dead, host: "elsewhere" })).toBe("unknown");
    expect(liveness({ ...dead, namespace: "other" })).toBe("unknown");
  });
});

test("held once, named to the second, free after release", async () => {
  const lock = await acquireLock(path, { purpose: "kit build" });
  await expect(acquireLock(path)).rejects.toMatchObject({
    code: "LOCKED",
    exit: 7,
    params: { pid: process.pid, purpose: "kit build" },
  });
  expect(
    (
      await child("try { await acquireLock(path) } catch (error) { console.log(error.code, error.params.pid) }")
    ).output.trim(),
  ).toBe(`LOCKED ${process.pid}`);
  lock.release();
  lock.release();
  expect(readdirSync(root)).toEqual([]);
  (await acquireLock(path)).release();
});

test("released when the work fails", async () => {
  await expect(withLock(path, () => Promise.reject(new Error("work")))).rejects.toThrow("work");
  expect(readdirSync(root)).toEqual([]);
});

test("waiting gets it, a deadline or an abort ends the wait", async () => {
  const lock = await acquireLock(path);
  let told = 0;
  await expect(acquireLock(path, { wait: 60, onWait: () => told++ })).rejects.toMatchObject({ code: "LOCKED" });
  expect(told).toBe(1);
  await expect(acquireLock(path, { wait: 60_000, signal: AbortSignal.timeout(40) })).rejects.toThrow();
  setTimeout(() => {
    lock.release();
  }, 50);
  (await acquireLock(path, { wait: 10_000 })).release();
});

test("released at process exit; taken over after kill -9", async () => {
  await child("await acquireLock(path); process.exit(0)");
  expect(readdirSync(root)).toEqual([]);
  await child('await acquireLock(path); process.kill(process.pid, "SIGKILL"); await sleep(1000)');
  expect(existsSync(path)).toBe(true);
  (await acquireLock(path)).release();
  expect(readdirSync(root)).toEqual([]);
});

test("a dead holder, a dead claimant on it and a dead claimant on that one: all taken over and swept", async () => {
  const [a, b, c] = ["a".repeat(20), "b".repeat(20), "c".repeat(20)];
  plant(path, a, dead);
  plant(`${path}.${a}`, b, dead);
  plant(`${path}.${a}.${b}`, c, dead);
  plant(`${path}.tmp-${c}`, c, dead);
  plant(join(root, "it.lock.other.lock"), c, dead);
  const lock = await acquireLock(path);
  expect(readdirSync(root).sort()).toEqual(["it.lock", "it.lock.other.lock"]);
  lock.release();
});

test("what nobody can judge stays held: another host, a half-written file", async () => {
  plant(path, "a".repeat(20), { ...dead, host: "elsewhere" });
  await expect(acquireLock(path)).rejects.toMatchObject({ code: "LOCKED", params: { host: "elsewhere" } });
  writeFileSync(path, '{"tok');
  await expect(acquireLock(path)).rejects.toMatchObject({ code: "LOCKED" });
  expect(readFileSync(path, "utf8")).toBe('{"tok');
});

test(
  "20 processes race for a stale lock, some die holding it: never two at once, and every survivor gets its turns",
  { timeout: 120_000 },
  async () => {
    plant(path, "a".repeat(20), dead);
    // `busy` is created exclusively inside the lock: a second holder at the same time cannot create it.
    const script = `
    const busy = path + "-busy";
    for (let i = 0; i < 15; i++) {
      const lock = await acquireLock(path, { wait: 90_000 });
      writeFileSync(busy, String(process.pid), { flag: "wx" });
      if (i % 3 === 0) await sleep(1);
      unlinkSync(busy);
      if (args[0] === "dies" && i === 7) { process.kill(process.pid, "SIGKILL"); await sleep(1000); }
      lock.release();
    }
    console.log("fine");`;
    const runs = await Promise.all(
      Array.from({ length: 20 }, (_, index) => child(script, index % 4 === 0 ? "dies" : "lives")),
    );
    for (const [index, run] of runs.entries()) {
      expect(run).toEqual(index % 4 === 0 ? { status: null, output: "" } : { status: 0, output: "fine\n" });
    }
    (await acquireLock(path)).release();
    expect(readdirSync(root)).toEqual([]);
  },
);
