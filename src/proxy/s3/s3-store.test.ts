import { mkdtempSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { randomBytes } from "node:crypto";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { removeTree } from "../../state/index.ts";
import { type FakeS3, sendError, startFakeS3 } from "./__fixtures__/fake-s3.ts";
import { parseS3Address, s3Place } from "./address.ts";
import { s3Store, type S3Store } from "./s3-store.ts";
import { createTransport, type Transport } from "./transport.ts";

const scratch = mkdtempSync(join(tmpdir(), "medkit-s3-"));
let fake: FakeS3;
let transport: Transport;
let store: S3Store;
let skew = 0;

function open(idle = 10_000): S3Store {
  transport = createTransport({ env: {}, idle });
  return s3Store({
    place: s3Place(parseS3Address(`s3://modules/a/b`), { endpoint: fake.url }, {}),
    credentials: () => Promise.resolve({ accessKeyId: "AK", secretAccessKey: "SECRET" }),
    send: transport.send,
    clock: { now: () => new Date(Date.now() + skew), monotonic: () => performance.now() },
    scratch,
    backoff: 1,
    retries: 3,
  });
}

beforeEach(async () => {
  fake = await startFakeS3();
  store = open();
});

afterEach(async () => {
  skew = 0;
  transport.close();
  await fake.close();
  // Whatever happened, no scratch file stays.
  expect(readdirSync(scratch)).toEqual([]);
});

afterAll(() => removeTree(scratch));

const name = "github.com/!burnt!sushi/toml/@v/v1.0.0+incompatible.zip";

async function publish(bytes: Buffer, path = name): Promise<void> {
  await store.publish(path, (file) => {
    writeFileSync(file, bytes);
    return Promise.resolve();
  });
}

describe("an S3 store", () => {
  it("gives back what was written, by name, part and listing", async () => {
    const bytes = randomBytes(100_000);
    await publish(bytes);
    await store.write("github.com/!burnt!sushi/toml/@v/v1.0.0+incompatible.info", Buffer.from("{}"));
    expect([...fake.objects.keys()]).toContain(`a/b/${name}`);
    const file = await store.open(name);
    expect(file?.size).toBe(bytes.length);
    expect((await file?.bytes())?.equals(bytes)).toBe(true);
    const part: Buffer[] = [];
    for await (const chunk of file?.stream(70_000, 70_010) ?? []) part.push(chunk as Buffer);
    expect(Buffer.concat(part).equals(bytes.subarray(70_000, 70_010))).toBe(true);
    expect(await store.names("github.com/!burnt!sushi/toml/@v/")).toEqual([
      "v1.0.0+incompatible.info",
      "v1.0.0+incompatible.zip",
    ]);
    expect(await store.names("")).toEqual(["github.com"]);
    expect(await store.read("github.com/absent")).toBeUndefined();
    expect(await store.open("github.com/absent")).toBeUndefined();
    await store.remove(name);
    expect(await store.open(name)).toBeUndefined();
  });

  it("sends a large file in parts that appear at once, and leaves one with the same bytes alone", async () => {
    const bytes = randomBytes(17 * 1024 * 1024);
    await publish(bytes);
    expect(fake.objects.get(`a/b/${name}`)?.bytes.equals(bytes)).toBe(true);
    expect(fake.uploads.size).toBe(0);
    const before = fake.asked.length;
    await publish(bytes);
    expect(fake.asked.slice(before)).toEqual([`HEAD a/b/${name}`]);
  });

  it("lists a folder over many pages", async () => {
    fake.pageSize = 7;
    for (let index = 0; index < 40; index++) await store.write(`m/f${index}`, Buffer.from("x"));
    expect(await store.names("m")).toHaveLength(40);
    fake.lie = (request, response) => {
      if (!request.query.has("list-type")) return false;
      response.end(
        "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>7</NextContinuationToken></ListBucketResult>",
      );
      return true;
    };
    await expect(store.names("m")).rejects.toMatchObject({ code: "S3_ANSWER_INVALID" });
  });

  it("replaces what it thinks lies there, one of many at once", async () => {
    const race = async (previous: Buffer | undefined, mark: string): Promise<number> =>
      (
        await Promise.all(
          Array.from({ length: 12 }, (_, index) => store.replace("x/latest", previous, Buffer.from(`${mark}${index}`))),
        )
      ).filter(Boolean).length;
    expect(await race(undefined, "a")).toBe(1);
    const now = await store.read("x/latest");
    expect(await race(now, "b")).toBe(1);
    expect(await race(now, "c")).toBe(0);
  });

  it("takes its own first try for success when the answer to it was lost", async () => {
    let isFirst = true;
    fake.lie = ({ method, key, body }, response) => {
      if (method !== "PUT" || !isFirst) return false;
      isFirst = false;
      fake.objects.set(key, { bytes: body, etag: '"e"', modified: new Date(), sha256: undefined });
      response.destroy();
      return true;
    };
    expect(await store.replace("x/latest", undefined, Buffer.from("mine"))).toBe(true);
  });

  it("sees whether the server heeds conditions", async () => {
    expect(await store.check(true)).toEqual({ atomic: true });
    fake.heedsConditions = false;
    expect(await store.check(true)).toEqual({ atomic: false });
    fake.lie = ({ headers }, response) =>
      headers["if-none-match"] === "*" && sendError(response, 501, "NotImplemented");
    expect(await store.check(true)).toEqual({ atomic: false });
    expect(fake.objects.size).toBe(0);
  });

  it("gives up what was left of old uploads, and nothing younger", async () => {
    const old = new Date(Date.now() - 25 * 3600_000);
    fake.uploads.set("1", { key: "a/b/x.zip", sha256: undefined, begun: old, parts: new Map() });
    fake.uploads.set("2", { key: "a/b/y.zip", sha256: undefined, begun: new Date(), parts: new Map() });
    fake.uploads.set("3", { key: "other/z.zip", sha256: undefined, begun: old, parts: new Map() });
    expect(await store.abortLeftovers()).toBe(1);
    expect([...fake.uploads.keys()]).toEqual(["2", "3"]);
  });
});

describe("a server that fails", () => {
  /** Fails so many requests, then is honest. */
  const fails = (times: number, fail: FakeS3["lie"]): void => {
    let left = times;
    fake.lie = (...args) => left > 0 && fail(...args) && left-- > 0;
  };

  it.each([
    ["503 SlowDown", (_: unknown, response: Parameters<FakeS3["lie"]>[1]) => sendError(response, 503, "SlowDown")],
    ["500", (_: unknown, response: Parameters<FakeS3["lie"]>[1]) => sendError(response, 500, "InternalError")],
    [
      "409",
      (_: unknown, response: Parameters<FakeS3["lie"]>[1]) => sendError(response, 409, "ConditionalRequestConflict"),
    ],
    ["a broken connection", (_: unknown, response: Parameters<FakeS3["lie"]>[1]) => (response.destroy(), true)],
    ["silence", () => true],
  ])("passingly, by %s, is asked again", async (_, fail) => {
    transport.close();
    store = open(300);
    fails(2, fail);
    await store.write("x", Buffer.from("1"));
    fails(2, fail);
    expect((await store.read("x"))?.toString()).toBe("1");
  });

  it("for long is given up, with a name for it", async () => {
    fails(100, (_, response) => sendError(response, 503, "SlowDown"));
    await expect(store.read("x")).rejects.toMatchObject({ code: "S3_UNREACHABLE", params: { operation: "GetObject" } });
    expect(fake.asked).toHaveLength(4);
  });

  it("by another clock is asked with its own time", async () => {
    skew = 3600_000;
    fake.lie = ({ headers }, response) => {
      const text = String(headers["x-amz-date"]);
      const date = Date.parse(text.replace(/^(....)(..)(..T..)(..)(..)Z$/, "$1-$2-$3:$4:$5Z"));
      return Math.abs(date - Date.now()) > 900_000 && sendError(response, 403, "RequestTimeTooSkewed");
    };
    await store.write("x", Buffer.from("1"));
    expect((await store.read("x"))?.toString()).toBe("1");
  });

  it.each([
    [301, "PermanentRedirect", "S3_REDIRECTED"],
    [307, "TemporaryRedirect", "S3_REDIRECTED"],
    [403, "AccessDenied", "S3_REFUSED"],
    [404, "NoSuchBucket", "S3_BUCKET_ABSENT"],
    [404, "NoSuchAccessKey", "S3_REFUSED"],
    [501, "NotImplemented", "S3_REFUSED"],
  ])("with %i %s is not asked again, nor anybody else", async (status, code, expected) => {
    const other = await startFakeS3();
    fake.lie = (_, response) => sendError(response, status, code, { location: `${other.url}/modules/a/b/x` });
    await expect(store.read("x")).rejects.toMatchObject({ code: expected });
    expect(fake.asked).toHaveLength(1);
    expect(other.asked).toEqual([]);
    await other.close();
  });

  it("says nothing of keys that a server repeats", async () => {
    fake.lie = (request, response) => {
      const text = `<Error><Code>AccessDenied</Code><Message>no ${String(request.headers.authorization)}</Message></Error>`;
      response.writeHead(403).end(text);
      return true;
    };
    const error: unknown = await store.read("x").catch((thrown: unknown) => thrown);
    expect(String(error)).toContain("AccessDenied");
    expect(String(error)).not.toMatch(/[0-9a-f]{64}/);
  });

  it("with a document that expands itself is not believed", async () => {
    const entities = Array.from({ length: 9 }, (_, n) => `<!ENTITY e${n + 1} "${`&e${n};`.repeat(10)}">`).join("");
    const bomb = `<!DOCTYPE b [<!ENTITY e0 "boom">${entities}]><ListBucketResult><Contents><Key>&e9;</Key></Contents></ListBucketResult>`;
    fake.lie = (_, response) => (response.end(bomb), true);
    await expect(store.names("x")).rejects.toMatchObject({ code: "S3_ANSWER_INVALID" });
    fake.lie = (_, response) => (response.end("<html>log in</html>"), true);
    await expect(store.names("x")).rejects.toMatchObject({ code: "S3_ANSWER_INVALID" });
  });

  it("in the middle of a large file leaves no part, and nothing under its name", async () => {
    fake.lie = ({ query }, response) => query.get("partNumber") === "2" && sendError(response, 403, "AccessDenied");
    await expect(publish(randomBytes(9 * 1024 * 1024))).rejects.toMatchObject({ code: "S3_REFUSED" });
    expect(fake.objects.size + fake.uploads.size).toBe(0);
    // 200 with an error in it is how the end of an upload can fail.
    fake.lie = ({ method, query }, response) =>
      method === "POST" && query.has("uploadId") && sendError(response, 200, "InternalError");
    await expect(publish(randomBytes(9 * 1024 * 1024))).rejects.toMatchObject({ code: "S3_DAMAGED" });
    expect(fake.objects.size + fake.uploads.size).toBe(0);
  });

  it("which keeps other bytes than were sent is found out", async () => {
    fake.lie = ({ method, key, body }, response) => {
      if (method !== "PUT") return false;
      fake.objects.set(key, { bytes: body.subarray(1), etag: '"e"', modified: new Date(), sha256: undefined });
      response.end();
      return true;
    };
    await expect(publish(Buffer.from("whole"))).rejects.toMatchObject({ code: "S3_DAMAGED" });
  });
});

describe("a body from a server", () => {
  const bytes = randomBytes(3_000_000);
  beforeEach(() => publish(bytes));
  const read = async (): Promise<Buffer> => {
    const file = await store.open(name);
    const chunks: Buffer[] = [];
    for await (const chunk of file?.stream(0, file.size) ?? []) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  };
  const isBody: (method: string) => boolean = (method) => method === "GET";

  it("that breaks off goes on from there", async () => {
    let breaks = 3;
    fake.lie = ({ method, headers }, response, object) => {
      if (!isBody(method) || object === undefined || breaks-- <= 0) return false;
      const start = Number(/^bytes=(\d+)/.exec(headers.range ?? "")?.[1] ?? 0);
      const size = object.bytes.length;
      const range = start > 0 ? { "content-range": `bytes ${start}-${size - 1}/${size}` } : {};
      response.writeHead(start > 0 ? 206 : 200, { etag: object.etag, "content-length": size - start, ...range });
      response.write(object.bytes.subarray(start, start + 500_000), () => response.destroy());
      return true;
    };
    expect((await read()).equals(bytes)).toBe(true);
  });

  it("that always breaks off is an error, never a short file", async () => {
    fake.lie = ({ method }, response, object) => {
      if (!isBody(method) || object === undefined) return false;
      response.writeHead(200, { etag: object.etag }).end(object.bytes.subarray(0, 1_000));
      return true;
    };
    // The second time it ignores which part was asked for.
    await expect(read()).rejects.toMatchObject({ code: "S3_ANSWER_INVALID" });
  });

  it("that is damaged is never whole, and loses its proof", async () => {
    await store.write(`${name}.proof`, Buffer.from("{}"));
    const object = fake.objects.get(`a/b/${name}`);
    object?.bytes.fill(0, 1_000, 1_010);
    let received = 0;
    const reading = (async () => {
      const file = await store.open(name);
      for await (const chunk of file?.stream(0, file.size) ?? []) received += (chunk as Buffer).length;
    })();
    await expect(reading).rejects.toMatchObject({ code: "S3_DAMAGED" });
    expect(received).toBeLessThan(bytes.length);
    expect(await store.read(`${name}.proof`)).toBeUndefined();
  });

  it("of another version than was opened is an error", async () => {
    const file = await store.open(name);
    await store.write(name, randomBytes(bytes.length));
    await expect(file?.bytes()).rejects.toMatchObject({ code: "S3_DAMAGED" });
  });
});
