import { spawn, type ChildProcess } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { startRangeServer, type RangeServer } from "../../src/module/__fixtures__/range-server.ts";
import { removeTree } from "../../src/state/index.ts";
import { root } from "../support/medkit.ts";
import { createToolchainWorld, type ToolchainWorld } from "../support/toolchain-world.ts";

/** Toolchains whose module zips are large enough to be interrupted, and the command itself, killed in the middle. */

const MiB = 1024 * 1024;
/** Does not compress well. */
const noise = (octets: number): string => randomFillSync(Buffer.alloc((octets * 3) / 4)).toString("base64");
const small = "1.22.5";
const large = "1.22.6";

let world: ToolchainWorld;
let server: RangeServer;
beforeAll(async () => {
  world = createToolchainWorld();
  world.publish(small, "linux/amd64", undefined, { "pkg/tool/linux_amd64/link": noise(8 * MiB) });
  world.publish(large, "linux/amd64", undefined, { "pkg/tool/linux_amd64/link": noise(28 * MiB) });
  server = await startRangeServer(Buffer.alloc(0));
}, 60_000);
afterAll(async () => {
  server.close();
  await world.close();
});
beforeEach(() => {
  Object.assign(server, { lie: undefined, pace: undefined, sent: 0 });
  server.asked.length = 0;
});
const running = new Set<ChildProcess>();
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  await removeTree(world.home);
});

const zipOf = (version: string): Buffer =>
  readFileSync(join(world.proxy, `golang.org/toolchain/@v/v0.0.1-go${version}.linux-amd64.zip`));
const argv = (version: string): string[] => ["toolchain", "install", version, "--source", server.base, "--json"];

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly data: Record<string, unknown>;
}

/** The command in a process of its own. */
function start(version: string): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(join(root, "medkit"), argv(version), { cwd: world.root, env: world.env });
  running.add(child);
  let [stdout, stderr] = ["", ""];
  child.stdout.on("data", (text: Buffer) => (stdout += text.toString()));
  child.stderr.on("data", (text: Buffer) => (stderr += text.toString()));
  const ended = new Promise<Ended>((resolve) => {
    child.on("close", (status) => {
      running.delete(child);
      const data = stdout === "" ? {} : ((JSON.parse(stdout) as { data?: Record<string, unknown> }).data ?? {});
      resolve({ status, stdout, stderr, data });
    });
  });
  return { child, ended };
}

interface Kept {
  readonly folder: string;
  readonly there: readonly (readonly [start: number, end: number])[];
  readonly count: number;
}

function kept(): Kept | undefined {
  const partial = join(world.home, "partial");
  const [name] = existsSync(partial) ? readdirSync(partial) : [];
  if (name === undefined || !existsSync(join(partial, name, "map.json"))) return undefined;
  const { there } = JSON.parse(readFileSync(join(partial, name, "map.json"), "utf8")) as Kept;
  return { folder: join(partial, name), there, count: there.reduce((sum, [from, to]) => sum + to - from, 0) };
}

/** Runs the command until so much is written down, and ends it. */
async function interrupt(version: string, octets: number, signal: NodeJS.Signals): Promise<Kept> {
  server.content = zipOf(version);
  server.pace = 4 * MiB;
  const { child, ended } = start(version);
  await expect.poll(() => kept()?.count ?? 0, { timeout: 30_000, interval: 20 }).toBeGreaterThan(octets);
  child.kill(signal);
  const { status } = await ended;
  expect(status).toBe(signal === "SIGKILL" ? null : 130);
  const left = kept();
  if (left === undefined) throw new Error("nothing was kept");
  server.asked.length = 0;
  server.pace = undefined;
  return left;
}

/** Nothing of a download is left, and the toolchain is there. */
function expectInstalled(version: string): void {
  expect(readdirSync(join(world.home, "toolchains"))).toEqual([`go${version}.linux-amd64`]);
  for (const folder of ["partial", "work"]) expect(readdirSync(join(world.home, folder))).toEqual([]);
  expect(readdirSync(join(world.home, "locks"))).toEqual([]);
}

test.each(["SIGKILL", "SIGINT"] as const)("after %s the next command asks for the rest only", async (signal) => {
  const { count } = await interrupt(small, 2 * MiB, signal);
  const { status, stderr, data } = await start(small).ended;
  expect([status, stderr]).toEqual([0, expect.stringContaining("goes on with an earlier download") as string]);
  expect(server.asked.map(({ range }) => range)).toEqual([`bytes=${count}-`]);
  expect(data["download"]).toEqual({ bytes: server.content.length, resumed: count, parts: 0 });
  expect(data["sources"]).toEqual([{ source: `proxy (${server.base})`, gave: true }]);
  expectInstalled(small);
});

test("so it does with a file that came in parts", async () => {
  const { count, there } = await interrupt(large, 6 * MiB, "SIGKILL");
  expect(there.length).toBeGreaterThan(1);
  const { status, data } = await start(large).ended;
  expect(status).toBe(0);
  expect(data["download"]).toMatchObject({ bytes: server.content.length, resumed: count });
  expect(server.asked.every(({ range }) => range !== undefined)).toBe(true);
  expectInstalled(large);
});

test("octets that changed on the disk are found out, thrown away, and the file is fetched anew, once", async () => {
  const { count, folder } = await interrupt(small, 2 * MiB, "SIGKILL");
  const data = readFileSync(join(folder, "data"));
  data.fill(0, 1000, 2000);
  writeFileSync(join(folder, "data"), data);
  const again = await start(small).ended;
  expect(again.status).toBe(0);
  expect(again.stderr).toContain("fetched again in one piece");
  expect(server.asked.map(({ range }) => range)).toEqual([`bytes=${count}-`, undefined]);
  expect(again.data["download"]).toEqual({ bytes: server.content.length, resumed: 0, parts: 0 });
  expectInstalled(small);
});

test("parts that are other octets under the right headers do not keep an honest file away", async () => {
  server.content = zipOf(large);
  const other = Buffer.alloc(server.content.length, "other");
  server.lie = ({ range, response, honest }) => {
    if (range === undefined) return honest();
    const { start: from, end } = range;
    response.writeHead(206, { etag: '"one"', "content-range": `bytes ${from}-${end - 1}/${other.length}` });
    response.end(other.subarray(from, end));
  };
  server.pace = 40 * MiB;
  const { status, stderr, data } = await start(large).ended;
  expect([status, stderr]).toEqual([0, expect.stringContaining("fetched again in one piece") as string]);
  expect(server.asked.filter(({ range }) => range === undefined)).toHaveLength(2);
  expect(data["download"]).toMatchObject({ parts: 0 });
  expectInstalled(large);
});

test("two commands at once: one downloads, the other waits and finds it there", async () => {
  server.content = zipOf(small);
  server.pace = 8 * MiB;
  const both = await Promise.all([start(small).ended, start(small).ended]);
  expect(both.map(({ status }) => status)).toEqual([0, 0]);
  expect(server.asked).toHaveLength(1);
  expect(both.filter(({ data }) => data["download"] === null)).toHaveLength(1);
  expectInstalled(small);
});
