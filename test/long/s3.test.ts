import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { createTransport, parseS3Address, s3Place, s3Store } from "../../src/proxy/index.ts";
import { removeTree } from "../../src/state/index.ts";
import { createProxyWorld } from "../support/proxy-world.ts";
import { requires } from "../support/requirements.ts";
import { buildS3Server, startS3Server, type S3Server } from "../support/s3-server.ts";

const { describe, it } = requires({ commands: ["go"], upstream: true });

const work = mkdtempSync(join(tmpdir(), "medkit-s3-server-"));
const scratch = join(work, "scratch");
const data = join(work, "data");
let program: string;
let server: S3Server;
const closing: (() => void)[] = [];

beforeAll(async () => {
  mkdirSync(join(data, "modules"), { recursive: true });
  mkdirSync(scratch);
  program = await buildS3Server();
  server = await startS3Server(program, data);
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
afterAll(async () => {
  await server.stop();
  await removeTree(work);
});

function open({ prefix = "", secret = server.secretAccessKey, retries = 4 } = {}) {
  const transport = createTransport({ env: {} });
  closing.push(() => transport.close());
  return s3Store({
    place: s3Place(parseS3Address(`s3://modules/${prefix}`), { endpoint: server.url }, {}),
    credentials: () => Promise.resolve({ accessKeyId: server.accessKeyId, secretAccessKey: secret }),
    send: transport.send,
    clock: { now: () => new Date(), monotonic: () => performance.now() },
    scratch,
    retries,
  });
}

const name = "github.com/!burnt!sushi/toml/@v/v1.0.0+incompatible.zip";
const publish = (store: ReturnType<typeof open>, bytes: Buffer, path = name): Promise<void> =>
  store.publish(path, (file) => Promise.resolve(writeFileSync(file, bytes)));

describe("a real S3 server", () => {
  it("takes our signatures, conditions, parts, ranges and listings", async () => {
    const store = open({ prefix: "some/prefix (1)!" });
    expect(await store.check(true)).toEqual({ atomic: true });
    expect(await store.read("nothing")).toBeUndefined();
    expect(await store.open("nothing/@v/v1.0.0.zip")).toBeUndefined();
    for (const size of [0, 1, 70_000, 8 * 1024 * 1024, 20_000_000]) {
      const bytes = randomBytes(size);
      await publish(store, bytes);
      const file = await store.open(name);
      expect(file?.size).toBe(size);
      expect((await file?.bytes())?.equals(bytes)).toBe(true);
    }
    const file = await store.open(name);
    const part: Buffer[] = [];
    for await (const chunk of file?.stream(9_999_990, 10_000_010) ?? []) part.push(chunk as Buffer);
    expect(Buffer.concat(part)).toHaveLength(20);
    expect(await store.names("github.com/!burnt!sushi/toml/@v/")).toEqual(["v1.0.0+incompatible.zip"]);
    expect(await store.names("")).toEqual(["github.com"]);
    await store.remove(name);
    await store.remove(name);
    expect(await store.open(name)).toBeUndefined();
    expect(await store.abortLeftovers()).toBe(0);
    for (let at = 0; at < 1_050; at += 50)
      await Promise.all(Array.from({ length: 50 }, (_, index) => store.write(`m/f${at + index}`, Buffer.from("x"))));
    expect(new Set(await store.names("m/")).size).toBe(1_050);
  });

  it("lets one of many replace an object", async () => {
    const stores = Array.from({ length: 4 }, () => open());
    let was: Buffer | undefined;
    for (let round = 0; round < 5; round++) {
      const tries = stores.flatMap((store, which) =>
        [0, 1, 2].map((index) => store.replace("x/latest", was, Buffer.from(`${round} ${which} ${index}`))),
      );
      expect((await Promise.all(tries)).filter(Boolean)).toHaveLength(1);
      was = await open().read("x/latest");
    }
  });

  it("refuses other keys and other buckets, and we say so", async () => {
    await expect(open({ secret: "wrong" }).read("x")).rejects.toMatchObject({ code: "S3_REFUSED" });
    const transport = createTransport({ env: {} });
    closing.push(() => transport.close());
    const absent = s3Store({
      place: s3Place(parseS3Address("s3://nothing-here"), { endpoint: server.url }, {}),
      credentials: () => Promise.resolve(server),
      send: transport.send,
      clock: { now: () => new Date(), monotonic: () => performance.now() },
      scratch,
    });
    await expect(absent.check(true)).rejects.toMatchObject({ code: "S3_BUCKET_ABSENT" });
  });

  it("that is killed while a large file comes has nothing under its name, and gets it later", async () => {
    const bytes = randomBytes(60_000_000);
    const path = "example.com/killed/@v/v1.0.0.zip";
    for (const wait of [60, 150, 300]) {
      const store = open({ retries: 0 });
      const publishing = publish(store, bytes, path).then(
        () => "done",
        (error: unknown) => (error as { code?: string }).code,
      );
      await new Promise((resolve) => setTimeout(resolve, wait));
      await server.stop("SIGKILL");
      const ended = await publishing;
      server = await startS3Server(program, data, Number(new URL(server.url).port));
      const found = await open().open(path);
      if (ended !== "done") expect(["S3_UNREACHABLE", undefined]).toContain(ended);
      if (found !== undefined) expect((await found.bytes()).equals(bytes)).toBe(true);
      await open().remove(path);
    }
    await publish(open(), bytes, path);
    expect((await (await open().open(path))?.bytes())?.equals(bytes)).toBe(true);
    expect(readdirSync(scratch)).toEqual([]);
  });

  it("serves 64 clients of three replicas with one fetch", async () => {
    const world = await createProxyWorld();
    const { zip } = world.publish("example.com/m", "v1.0.0", { "data.bin": randomBytes(300_000).toString("hex") });
    const replicas = await Promise.all([0, 1, 2].map(() => world.start({ store: open({ prefix: "world" }) })));
    const asks = Array.from({ length: 64 }, async (_, index) => {
      const reply = await fetch(`${replicas[index % 3]?.url}/example.com/m/@v/v1.0.0.zip`);
      return Buffer.from(await reply.arrayBuffer());
    });
    for (const bytes of await Promise.all(asks)) expect(bytes.equals(zip)).toBe(true);
    expect(world.asked.filter((path) => path.endsWith(".zip"))).toHaveLength(1);
    // The tree is a GOPROXY for whoever reads the bucket.
    const stored = readFileSync(join(data, "modules/world/example.com/m/@v/v1.0.0.zip"));
    expect(stored.equals(zip)).toBe(true);
    await world.close();
  });
});
