import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProxyWorld, type ProxyWorld, type RunningProxy } from "../../../test/support/proxy-world.ts";
import { sha256Hex } from "../../core/digest.ts";
import { makeZip } from "../../module/__fixtures__/zip-writer.ts";
import { openTreeHead } from "../../module/index.ts";
import { removeTree } from "../../state/index.ts";
import { type FakeS3, startFakeS3 } from "../s3/__fixtures__/fake-s3.ts";
import { parseS3Address, s3Place } from "../s3/address.ts";
import { s3Store } from "../s3/s3-store.ts";
import { createTransport, type Transport } from "../s3/transport.ts";
import type { ObjectStore } from "../types.ts";
import { folderStore } from "./folder-store.ts";

const scratch = mkdtempSync(join(tmpdir(), "medkit-replicas-"));
afterAll(() => removeTree(scratch));

let world: ProxyWorld;
let fake: FakeS3;
const transports: Transport[] = [];

beforeEach(async () => {
  world = await createProxyWorld();
  fake = await startFakeS3();
});
afterEach(async () => {
  await world.close();
  for (const transport of transports.splice(0)) transport.close();
  await fake.close();
});

/** A replica's own view of the bucket: nothing is shared in memory. */
function bucket(): ObjectStore {
  const transport = createTransport({ env: {} });
  transports.push(transport);
  return s3Store({
    place: s3Place(parseS3Address("s3://modules/go"), { endpoint: fake.url }, {}),
    credentials: () => Promise.resolve({ accessKeyId: "AK", secretAccessKey: "SECRET" }),
    send: transport.send,
    clock: { now: () => new Date(), monotonic: () => performance.now() },
    scratch,
    backoff: 1,
  });
}

const start = (store: () => ObjectStore): Promise<RunningProxy[]> =>
  Promise.all(Array.from({ length: 3 }, () => world.start({ store: store() })));

async function get(url: string): Promise<{ status: number; bytes: Buffer }> {
  const reply = await fetch(url);
  return { status: reply.status, bytes: Buffer.from(await reply.arrayBuffer()) };
}

describe.each([
  ["a folder", () => folderStore(world.store)],
  ["a bucket", bucket],
])("three replicas over %s", (_, store) => {
  it("fetch once what 64 clients ask them for at the same time", async () => {
    const { zip } = world.publish("example.com/m", "v1.0.0");
    const replicas = await start(store);
    const paths = ["zip", "mod", "info"];
    const asks = Array.from({ length: 64 }, (__, index) =>
      get(`${replicas[index % 3]?.url}/example.com/m/@v/v1.0.0.${paths[Math.floor(index / 3) % 3]}`),
    );
    const replies = await Promise.all(asks);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([200]));
    expect(replies[0]?.bytes.equals(zip)).toBe(true);
    for (const ending of paths)
      expect(world.asked.filter((path) => path === `example.com/m/@v/v1.0.0.${ending}`)).toHaveLength(1);
    // What one has stored the others serve, and nothing of the claims stays.
    expect(await store().names(".medkit/claims/")).toEqual([]);
  });

  it("each ask once for what is nowhere", async () => {
    const replicas = await start(store);
    const asks = Array.from({ length: 12 }, (__, index) =>
      get(`${replicas[index % 3]?.url}/example.com/none/@v/v1.0.0.info`),
    );
    for (const { status } of await Promise.all(asks)) expect(status).toBe(404);
    expect(world.asked.filter((path) => path.endsWith(".info")).length).toBeLessThanOrEqual(3);
  });

  it("remember the newest tree head, whoever saw it", async () => {
    const replicas = await start(store);
    for (let index = 0; index < 5; index++) {
      world.publish("example.com/m", `v1.0.${index}`);
      // All are at work at once, and each knows a head of its own by now.
      const asks = replicas.map((replica, which) =>
        get(`${replica.url}/example.com/m/@v/v1.0.${Math.max(0, index - which)}.mod`),
      );
      for (const { status } of await Promise.all(asks)) expect(status).toBe(200);
      const note = await store().read(`sumdb/${world.database.name}/latest`);
      expect(openTreeHead(note?.toString() ?? "", world.database.verifier).size).toBe(index + 1);
    }
  });

  it("end with a list that has every version that one of them stored", async () => {
    const versions = Array.from({ length: 6 }, (__, index) => `v1.0.${index}`);
    for (const version of versions) world.publish("example.com/m", version);
    const replicas = await start(store);
    await Promise.all(
      versions.map((version, index) => get(`${replicas[index % 3]?.url}/example.com/m/@v/${version}.zip`)),
    );
    const list = await store().read("example.com/m/@v/list");
    expect(list?.toString().split("\n").filter(Boolean)).toEqual(versions);
  });
});

describe("a replica over a bucket", () => {
  it("cuts the connection where the bucket gives damaged bytes, and then fetches them anew", async () => {
    // Too large to be answered from memory.
    const content = { "data.bin": randomBytes(4_500_000).toString("hex") };
    const { zip } = world.publish("example.com/big", "v1.0.0", content);
    const proxy = await world.start({ store: bucket() });
    const url = `${proxy.url}/example.com/big/@v/v1.0.0.zip`;
    expect((await get(url)).bytes.equals(zip)).toBe(true);
    const object = fake.objects.get("go/example.com/big/@v/v1.0.0.zip");
    object?.bytes.fill(1, 100, 120);
    await expect(get(url)).rejects.toThrow();
    await sleep(20);
    const again = await get(url);
    expect(again.status).toBe(200);
    expect(again.bytes.equals(zip)).toBe(true);
  });

  it("refuses a smaller one that the bucket gives damaged, and then fetches it anew", async () => {
    const { zip } = world.publish("example.com/m", "v1.0.0", { "a.txt": randomBytes(100_000).toString("hex") });
    const proxy = await world.start({ store: bucket() });
    const url = `${proxy.url}/example.com/m/@v/v1.0.0.zip`;
    expect((await get(url)).bytes.equals(zip)).toBe(true);
    fake.objects.get("go/example.com/m/@v/v1.0.0.zip")?.bytes.fill(1, 100, 120);
    const refused = await get(url);
    expect([refused.status, refused.bytes.toString().includes("S3_DAMAGED")]).toEqual([502, true]);
    expect((await get(url)).bytes.equals(zip)).toBe(true);
  });

  it("says that its storage is away, and serves again when it is back", async () => {
    world.publish("example.com/m", "v1.0.0");
    const proxy = await world.start({ store: bucket() });
    fake.lie = (__, response) => (response.writeHead(503).end(), true);
    const url = `${proxy.url}/example.com/m/@v/v1.0.0.mod`;
    const refused = await get(url);
    expect(refused.status).toBe(503);
    expect(refused.bytes.toString()).toContain("S3_UNREACHABLE");
    fake.lie = () => false;
    expect((await get(url)).status).toBe(200);
  });

  it("takes the file that another one stored anew in other bytes, by its proof", async () => {
    const files = { "go.mod": "module example.com/m\n", "a.txt": randomBytes(100_000).toString("hex") };
    world.publish("example.com/m", "v1.0.0", files);
    const proxy = await world.start({ store: bucket() });
    const path = "example.com/m/@v/v1.0.0.zip";
    expect((await get(`${proxy.url}/${path}`)).status).toBe(200);
    const named = Object.entries(files).map(([name, text]) => ({
      name: `example.com/m@v1.0.0/${name}`,
      content: text,
    }));
    const other = makeZip(named.toReversed());
    const store = bucket();
    const proof = JSON.parse((await store.read(`${path}.proof`))?.toString() ?? "") as Record<string, unknown>;
    expect(proof["sha256"]).not.toBe(sha256Hex(other));
    await store.write(path, other);
    const ours = { ...proof, sha256: sha256Hex(other), size: other.length };
    await store.write(`${path}.proof`, Buffer.from(JSON.stringify(ours)));
    const asked = world.asked.length;
    const again = await get(`${proxy.url}/${path}`);
    expect(again.bytes.equals(other)).toBe(true);
    expect(world.asked).toHaveLength(asked);
  });
});
