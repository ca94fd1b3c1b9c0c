import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { folderStore, type ObjectStore } from "../../src/proxy/index.ts";
import { type FakeS3, startFakeS3 } from "../../src/proxy/s3/__fixtures__/fake-s3.ts";
import { removeTree } from "../../src/state/index.ts";
import { root } from "../support/medkit.ts";
import { createProxyWorld, type ProxyWorld } from "../support/proxy-world.ts";

const work = mkdtempSync(join(tmpdir(), "medkit-replicas-"));
afterAll(() => removeTree(work));

let world: ProxyWorld;
let fake: FakeS3;
const running = new Set<ChildProcess>();

beforeEach(async () => {
  world = await createProxyWorld();
  fake = await startFakeS3();
});
afterEach(async () => {
  for (const child of running) child.kill("SIGKILL");
  running.clear();
  await world.close();
  await fake.close();
});

interface Replica {
  readonly url: string;
  kill(): Promise<void>;
}

/** A replica in a process of its own. */
async function start(store: string): Promise<Replica> {
  const database = `${world.database.key} ${world.upstream}/sumdb/${world.database.name}`;
  const args = ["proxy", "serve", "--listen", "127.0.0.1:0", "--store", store, "--upstream", world.upstream];
  const child = spawn(`${root}medkit`, [...args, "--sumdb", database, "--home", join(work, "home")], {
    cwd: work,
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      AWS_ACCESS_KEY_ID: "AK",
      AWS_SECRET_ACCESS_KEY: "SECRET",
      AWS_ENDPOINT_URL_S3: fake.url,
      GOFLAGS: "",
    },
  });
  running.add(child);
  const ended = once(child, "exit");
  let said = "";
  for await (const chunk of child.stderr) {
    said += String(chunk);
    const url = /http:\/\/127\.0\.0\.1:[0-9]+/.exec(said.replaceAll(fake.url, ""))?.[0];
    if (url === undefined) continue;
    child.stderr.resume();
    return { url, kill: async () => (child.kill("SIGKILL"), void (await ended)) };
  }
  throw new Error(said);
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; !holds(); tries++) {
    if (tries > 1_500) throw new Error("it did not come to that");
    await sleep(20);
  }
}

/** A body, or undefined where it did not come whole. */
async function get(url: string): Promise<Buffer | undefined> {
  try {
    const reply = await fetch(url);
    const bytes = Buffer.from(await reply.arrayBuffer());
    return reply.status === 200 ? bytes : undefined;
  } catch {
    return undefined;
  }
}

const read = (path: string): Promise<Buffer | undefined> => Promise.resolve(fake.objects.get(`go/${path}`)?.bytes);
const bucket: Pick<ObjectStore, "read"> = { read };

describe.each([
  ["a folder", () => ({ at: world.store, store: folderStore(world.store) as Pick<ObjectStore, "read"> })],
  ["a bucket", () => ({ at: "s3://modules/go", store: bucket })],
])("replicas over %s", (_, place) => {
  it("go on where one was killed while the others waited for it", async () => {
    const { zip } = world.publish("example.com/m", "v1.0.0", { "data.bin": randomBytes(200_000).toString("hex") });
    const [first, second, third] = await Promise.all([start(place().at), start(place().at), start(place().at)]);
    const hangs: ServerResponse[] = [];
    world.lie = (path, response, honest) => {
      if (!path.endsWith(".zip") || hangs.length > 0 || honest === undefined) return false;
      hangs.push(response);
      response.writeHead(200, { "Content-Length": honest.length });
      response.write(honest.subarray(0, 1_000));
      return true;
    };
    const path = "/example.com/m/@v/v1.0.0.zip";
    const lost = get(`${first.url}${path}`);
    await until(() => hangs.length > 0);
    const waiting = [get(`${second.url}${path}`), get(`${third.url}${path}`), get(`${second.url}${path}`)];
    await sleep(300);
    // They wait for the one that is at it.
    expect(world.asked.filter((each) => each.endsWith(".zip"))).toHaveLength(1);
    const killed = performance.now();
    await first.kill();
    expect(await lost).toBeUndefined();
    for (const bytes of await Promise.all(waiting)) expect(bytes?.equals(zip)).toBe(true);
    expect(performance.now() - killed).toBeLessThan(15_000);
    expect(world.asked.filter((each) => each.endsWith(".zip"))).toHaveLength(2);
  });

  it("leave nothing half when they are killed at any moment", async () => {
    const names = Array.from({ length: 4 }, (__, index) => `example.com/m${index}`);
    const zips = new Map(
      names.map((name) => {
        const content = { "data.bin": randomBytes(200_000).toString("hex") };
        return [`${name}/@v/v1.0.0.zip`, world.publish(name, "v1.0.0", content).zip];
      }),
    );
    // Slowly, so that a kill finds it at work.
    world.lie = (path, response, honest) => {
      if (!path.endsWith(".zip") || honest === undefined) return false;
      response.writeHead(200, { "Content-Length": honest.length });
      void (async () => {
        for (let at = 0; at < honest.length; at += 40_000) {
          response.write(honest.subarray(at, at + 40_000));
          await sleep(8);
        }
        response.end();
      })();
      return true;
    };
    for (let round = 0; round < 3; round++) {
      const replicas = await Promise.all([start(place().at), start(place().at)]);
      const asks = [...zips.keys()].map((path, index) => get(`${replicas[index % 2]?.url}/${path}`));
      await sleep(60 + round * 130);
      await Promise.all(replicas.map((replica) => replica.kill()));
      for (const [index, bytes] of (await Promise.all(asks)).entries())
        if (bytes !== undefined) expect(bytes.equals([...zips.values()][index] ?? Buffer.alloc(0))).toBe(true);
      for (const [path, zip] of zips) {
        const stored = await place().store.read(path);
        if (stored !== undefined) expect(stored.equals(zip), path).toBe(true);
        const proof = await place().store.read(`${path}.proof`);
        if (proof !== undefined) expect(stored, path).toBeDefined();
      }
    }
    const replica = await start(place().at);
    for (const [path, zip] of zips) expect((await get(`${replica.url}/${path}`))?.equals(zip), path).toBe(true);
    await replica.kill();
  });
});

it("a replica that is killed while it sends a large file in parts leaves nothing to be seen", async () => {
  const content = { "data.bin": randomBytes(9_000_000).toString("hex") };
  const { zip } = world.publish("example.com/large", "v1.0.0", content);
  expect(zip.length).toBeGreaterThan(8 * 1024 * 1024);
  const [first, second] = await Promise.all([start("s3://modules/go"), start("s3://modules/go")]);
  let isSecondPart = false;
  fake.lie = ({ query }) => {
    if (query.get("partNumber") !== "2" || isSecondPart) return false;
    return (isSecondPart = true);
  };
  const path = "example.com/large/@v/v1.0.0.zip";
  const lost = get(`${first.url}/${path}`);
  await until(() => isSecondPart);
  await first.kill();
  expect(await lost).toBeUndefined();
  expect(fake.objects.has(`go/${path}`)).toBe(false);
  expect(fake.uploads.size).toBe(1);
  expect((await get(`${second.url}/${path}`))?.equals(zip)).toBe(true);
});
