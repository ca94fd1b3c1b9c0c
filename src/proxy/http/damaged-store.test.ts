import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createProxyWorld, type ProxyWorld } from "../../../test/support/proxy-world.ts";

let world: ProxyWorld;
beforeEach(async () => {
  world = await createProxyWorld();
});
afterEach(() => world.close());

const versionOf = (ending: string): string => `example.org/a/@v/v1.0.0.${ending}`;

/** Changes one bit in the middle of a file of the store; of a zip in what its first file holds, since other bits of it are in no hash. */
function flip(path: string): Buffer {
  const file = join(world.store, path);
  const whole = readFileSync(file);
  const other = Buffer.from(whole);
  const isSmallZip = path.endsWith(".zip") && other.length < 10_000;
  const at = isSmallZip ? 30 + other.readUInt16LE(26) + other.readUInt16LE(28) + 2 : Math.floor(other.length / 2);
  other[at] = (other[at] ?? 0) ^ 1;
  writeFileSync(file, other);
  return whole;
}

async function get(url: string): Promise<{ readonly status: number; readonly bytes: Buffer }> {
  const reply = await fetch(url);
  return { status: reply.status, bytes: Buffer.from(await reply.arrayBuffer()) };
}

async function fill(files: Readonly<Record<string, string>> = {}): Promise<void> {
  world.publish("example.org/a", "v1.0.0", files);
  world.database.fill(300);
  const online = await world.start();
  expect((await get(`${online.url}/${versionOf("zip")}`)).status).toBe(200);
  await online.stop();
}

it.each(["mod", "zip", "info"])(
  "a changed bit in a small .%s is never served, and healed where somebody can be asked",
  async (ending) => {
    await fill();
    const path = versionOf(ending);
    const whole = flip(path);
    const offline = await world.start({ offline: true });
    for (const _ of [1, 2]) expect((await get(`${offline.url}/${path}`)).status).toBeGreaterThanOrEqual(400);
    await offline.stop();
    const online = await world.start();
    expect(await get(`${online.url}/${path}`)).toEqual({ status: 200, bytes: whole });
    expect(readFileSync(join(world.store, path))).toEqual(whole);
  },
);

it("a changed date is not what @latest tells", async () => {
  await fill();
  flip(versionOf("info"));
  const offline = await world.start({ offline: true });
  expect((await get(`${offline.url}/example.org/a/@latest`)).status).toBe(404);
});

it("a changed bit in a tile of the database is never served, and healed where the database can be asked", async () => {
  await fill();
  const path = `sumdb/${world.database.name}/tile/8/0/000`;
  const whole = flip(path);
  const offline = await world.start({ offline: true });
  expect((await get(`${offline.url}/${path}`)).status).toBe(502);
  await offline.stop();
  const online = await world.start();
  expect(await get(`${online.url}/${path}`)).toEqual({ status: 200, bytes: whole });
  expect(readFileSync(join(world.store, path))).toEqual(whole);
});

it.each([
  ["by us", {}],
  ["by node:http", { range: "x" }],
])(
  "a changed bit in a large file, sent %s, cuts the reply before its end, and is healed for the next",
  async (_, headers) => {
    await fill({ "x.txt": randomBytes(300_000).toString("hex") });
    const whole = flip(versionOf("zip"));
    const online = await world.start();
    const url = `${online.url}/${versionOf("zip")}`;
    await expect(fetch(url, { headers }).then((reply) => reply.arrayBuffer())).rejects.toThrow();
    await expect.poll(() => existsSync(join(world.store, `${versionOf("zip")}.proof`))).toBe(false);
    for (const each of [1, 2, 3]) expect([each, await get(url)]).toEqual([each, { status: 200, bytes: whole }]);
  },
);
