import { randomFillSync } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, test } from "vitest";
import { sha256Hex } from "../core/digest.ts";
import { claimPartial, dropPartials, openHome, type KeptPartial, type Layout } from "../state/index.ts";
import { startRangeServer } from "./__fixtures__/range-server.ts";
import { HttpGetter, type DownloadOptions, type TransferProgress } from "./http-get.ts";

const MiB = 1024 * 1024;
const content = randomFillSync(Buffer.alloc(2 * MiB + 77));
const other = randomFillSync(Buffer.alloc(content.length));
const large = randomFillSync(Buffer.alloc(6 * MiB));
const server = await startRangeServer(content);
afterAll(() => server.close());

let root = "";
let layout: Layout;
let targets = 0;
beforeEach(async () => {
  root = mkdtempSync(join(tmpdir(), "medkit-kept-"));
  layout = await openHome(join(root, "home"));
  Object.assign(server, { content, headers: { "accept-ranges": "bytes", etag: '"one"' }, lie: undefined, sent: 0 });
  server.asked.length = 0;
});
afterEach(() => rmSync(root, { recursive: true }));

const url = `${server.base}/dir/file?token=secret`;
const kept = (): string => layout.partial(sha256Hex(url));
const leftOver = (): string[] => (existsSync(layout.partials) ? readdirSync(layout.partials) : []);

interface Downloaded extends TransferProgress {
  readonly bytes: Buffer;
}

/** As a command of its own does it. */
async function download(options: DownloadOptions = {}, from = url): Promise<Downloaded> {
  const target = join(root, String(targets++));
  const { signal } = new AbortController();
  const keep = (address: string) => claimPartial(layout, address);
  const http = new HttpGetter({ fetch, signal }, { backoff: 1, retries: 0, shareFrom: 4 * MiB, keep });
  const result = await http.download(from, target, 2 ** 30, options);
  return { ...result, bytes: readFileSync(target) };
}

/** Ends with the connection after about so many octets. Gives how many of them were kept. */
async function breakOffAt(octets: number): Promise<number> {
  server.lie = ({ range, response, honest }) => {
    if (range !== undefined) return honest();
    response.writeHead(200, { ...server.headers, "content-length": server.content.length });
    response.write(server.content.subarray(0, octets), () => setTimeout(() => response.destroy(), 100));
  };
  await expect(download()).rejects.toMatchObject({ detail: { code: "PROXY_BROKEN_OFF" } });
  server.lie = undefined;
  server.asked.length = 0;
  server.sent = 0;
  const map = join(kept(), "map.json");
  if (!existsSync(map)) return 0;
  const { there } = JSON.parse(readFileSync(map, "utf8")) as { there: readonly (readonly [number, number])[] };
  expect(there).toEqual([[0, expect.any(Number)]]);
  return there[0]?.[1] ?? 0;
}

/** What an interrupted command leaves of the file: its beginning. */
function leave(octets: number): void {
  mkdirSync(kept(), { recursive: true });
  writeFileSync(join(kept(), "data"), content.subarray(0, octets));
  const map = { schema: "medkit/partial-download/v1", from: url, validator: '"one"', total: content.length, there: [[0, octets]] }; // prettier-ignore
  writeFileSync(join(kept(), "map.json"), JSON.stringify(map));
}

test("the next command goes on with what an interrupted one left, and nothing stays", async () => {
  const here = await breakOffAt(MiB);
  expect(here).toBeGreaterThan(0);
  expect(readdirSync(kept()).toSorted()).toEqual(["data", "map.json"]);
  expect(readFileSync(join(kept(), "map.json"), "utf8")).not.toContain("secret");
  const seen: number[] = [];
  const result = await download({ onProgress: ({ done }) => void seen.push(done) });
  expect(result).toMatchObject({ done: content.length, total: content.length, resumed: here });
  expect(result.bytes.equals(content)).toBe(true);
  expect(server.asked.map(({ range }) => range)).toEqual([`bytes=${here}-`]);
  expect(server.sent).toBe(content.length - here);
  expect(seen[0]).toBeGreaterThan(here);
  expect(leftOver()).toEqual([]);
  expect(readdirSync(layout.locks)).toEqual([]);
});

test("so does one that came in parts, with its holes", async () => {
  server.content = large;
  server.lie = ({ range, response, index, honest }) => {
    if (range !== undefined && index < 3) return honest();
    const { start, end } = range ?? { start: 0, end: large.length };
    const isPart = range !== undefined;
    response.writeHead(isPart ? 206 : 200, {
      ...server.headers,
      "content-length": end - start,
      ...(isPart ? { "content-range": `bytes ${start}-${end - 1}/${large.length}` } : {}),
    });
    response.write(large.subarray(start, start + 200_000), () => setTimeout(() => response.destroy(), 300));
  };
  await expect(download()).rejects.toThrow();
  server.lie = undefined;
  server.sent = 0;
  const { bytes, resumed } = await download();
  expect(bytes.equals(large)).toBe(true);
  expect(resumed).toBeGreaterThan(MiB);
  expect(leftOver()).toEqual([]);
});

describe("it starts anew", () => {
  test("where the file is another one by now", async () => {
    leave(MiB);
    Object.assign(server, { content: other, headers: { ...server.headers, etag: '"two"' } });
    const { bytes, resumed } = await download();
    expect([bytes.equals(other), resumed, leftOver()]).toEqual([true, 0, []]);
  });

  test("where the file is shorter than what is there", async () => {
    leave(2 * MiB);
    server.lie = ({ range, response, honest }) =>
      range === undefined ? honest() : void response.writeHead(416, { "content-range": "bytes */5" }).end();
    server.content = other.subarray(0, MiB + 5);
    const { bytes, resumed } = await download();
    expect([bytes.equals(server.content), resumed, leftOver()]).toEqual([true, 0, []]);
  });

  test("where the server gives no parts any more", async () => {
    leave(MiB);
    server.lie = ({ response }) => void response.writeHead(200, server.headers).end(content);
    const { bytes, resumed } = await download();
    expect([bytes.equals(content), resumed]).toEqual([true, 0]);
  });

  test("where that is asked for", async () => {
    leave(MiB);
    const { bytes, resumed } = await download({ whole: true });
    expect([bytes.equals(content), resumed, leftOver()]).toEqual([true, 0, []]);
    expect(server.asked.map(({ range }) => range)).toEqual([undefined]);
  });

  test.each<[string, (map: Record<string, unknown>) => unknown]>([
    ["is no JSON", () => "{"],
    ["is null", () => null],
    ["is of another kind", (map) => ({ ...map, schema: "x" })],
    ["has no validator", (map) => ({ ...map, validator: "" })],
    ["has a validator that breaks a header", (map) => ({ ...map, validator: '"a"\r\nx: y' })],
    ["has no length", (map) => ({ ...map, total: -1 })],
    ["goes beyond the file", (map) => ({ ...map, there: [[0, content.length + 1]] })],
    ["goes beyond the data", (map) => ({ ...map, there: [[0, content.length]] })],
    ["goes backwards", (map) => ({ ...map, there: [[5, 9], [0, 3]] })], // prettier-ignore
    ["touches itself", (map) => ({ ...map, there: [[0, 5], [5, 9]] })], // prettier-ignore
    ["has half a number", (map) => ({ ...map, there: [[0, 1.5]] })],
    ["has no pairs", (map) => ({ ...map, there: [5] })],
  ])("where the map %s", async (_, change) => {
    leave(MiB);
    const file = join(kept(), "map.json");
    const changed = change(JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>);
    writeFileSync(file, typeof changed === "string" ? changed : JSON.stringify(changed));
    const { bytes, resumed } = await download();
    expect([bytes.equals(content), resumed, leftOver()]).toEqual([true, 0, []]);
  });

  test("where what is there is older than a week", async () => {
    leave(MiB);
    utimesSync(join(kept(), "map.json"), 1, 1);
    expect(await download()).toMatchObject({ resumed: 0 });
  });
});

test("octets that somebody changed come out as they are, once: whoever proves the file finds out, and nothing of it is left", async () => {
  leave(MiB);
  const data = join(kept(), "data");
  const bytes = readFileSync(data);
  bytes[5] = (bytes[5] ?? 0) ^ 1;
  writeFileSync(data, bytes);
  expect((await download()).bytes.equals(content)).toBe(false);
  expect(leftOver()).toEqual([]);
  expect((await download()).bytes.equals(content)).toBe(true);
});

test("a file that was complete when the command was killed is not asked for again", async () => {
  leave(MiB);
  writeFileSync(join(kept(), "data"), content);
  const map = {
    ...(JSON.parse(readFileSync(join(kept(), "map.json"), "utf8")) as object),
    there: [[0, content.length]],
  };
  writeFileSync(join(kept(), "map.json"), JSON.stringify(map));
  const seen: TransferProgress[] = [];
  const { bytes } = await download({ onProgress: (progress) => void seen.push(progress) });
  expect([bytes.equals(content), server.asked]).toEqual([true, []]);
  expect(seen).toMatchObject([{ done: content.length, resumed: content.length }]);
});

test.runIf(process.platform === "linux").each([
  ["over one connection", content],
  ["over several", large],
])("a full disk ends it at once and gets its room back, %s", async (_, file) => {
  server.content = file;
  const done: string[] = [];
  const fake: KeptPartial = {
    data: "/dev/full",
    found: { validator: '"one"', total: file.length, there: [{ start: 0, end: 5 }] },
    begin: () => Promise.resolve(),
    save: async () => void done.push("save"),
    drop: async () => void done.push("drop"),
    take: () => Promise.resolve(),
    release: () => void done.push("release"),
  };
  const { signal } = new AbortController();
  const http = new HttpGetter({ fetch, signal }, { shareFrom: 4 * MiB, keep: () => Promise.resolve(fake) });
  await expect(http.download(url, join(root, "full"), 2 ** 30)).rejects.toMatchObject({ code: "ENOSPC" });
  expect(done).toEqual(["drop", "release"]);
  expect(server.asked.length).toBeLessThanOrEqual(4);
});

test("two commands at once: one goes on, the other downloads by itself, and both are right", async () => {
  const here = MiB;
  leave(here);
  const results = await Promise.all([download(), download()]);
  expect(results.map(({ resumed }) => resumed).toSorted((a, b) => a - b)).toEqual([0, here]);
  expect(results.every(({ bytes }) => bytes.equals(content))).toBe(true);
  expect(leftOver()).toEqual([]);
});

test.each([
  ["a small file", { etag: '"one"' }, MiB - 1],
  ["one with a weak entity tag", { etag: 'W/"one"' }, content.length],
  ["one without a validator", {}, content.length],
])("of %s nothing is kept", async (_, headers, length) => {
  Object.assign(server, { headers, content: content.subarray(0, length) });
  await breakOffAt(500_000);
  expect(leftOver()).toEqual([]);
  expect((await download()).bytes.equals(server.content)).toBe(true);
});

test("what is too large by now is refused, and what is there is not touched", async () => {
  leave(MiB);
  const target = join(root, "limited");
  const keep = (address: string) => claimPartial(layout, address);
  const http = new HttpGetter({ fetch, signal: new AbortController().signal }, { keep });
  await expect(http.download(url, target, MiB)).rejects.toMatchObject({ error: { code: "PROXY_TOO_BIG" } });
  expect(existsSync(target)).toBe(false);
});

test("what is old, torn or too much goes when the home is tidied, but not what another command is at", async () => {
  const here = MiB;
  leave(here);
  expect(await dropPartials(layout)).toEqual([]);
  const claimed = await claimPartial(layout, url);
  expect(claimed?.found?.there).toEqual([{ start: 0, end: here }]);
  expect(await dropPartials(layout, { all: true })).toEqual([]);
  claimed?.release();
  utimesSync(join(kept(), "map.json"), 1, 1);
  expect(await dropPartials(layout)).toEqual([kept()]);
  leave(MiB);
  rmSync(join(kept(), "map.json"));
  expect(await dropPartials(layout)).toEqual([kept()]);
  leave(MiB);
  expect(await dropPartials(layout, { all: true })).toEqual([kept()]);
  expect([leftOver(), readdirSync(layout.locks)]).toEqual([[], []]);
});

describe("of an address where nothing ever changes", () => {
  test.each([
    ["no validator", { "accept-ranges": "bytes" }],
    ["a weak one", { "accept-ranges": "bytes", etag: 'W/"one"' }],
  ])("the length is enough, where there is %s", async (_, headers) => {
    server.headers = headers;
    server.lie = ({ response }) => {
      response.writeHead(200, { ...headers, "content-length": content.length });
      response.write(content.subarray(0, MiB), () => setTimeout(() => response.destroy(), 100));
    };
    await expect(download({ immutable: true })).rejects.toThrow();
    server.lie = undefined;
    const { bytes, resumed } = await download({ immutable: true });
    expect([bytes.equals(content), resumed > 0, leftOver()]).toEqual([true, true, []]);
    expect(server.asked.map(({ range }) => range)).toEqual([undefined, `bytes=${resumed}-`]);
  });

  test("another length is another file all the same", async () => {
    server.headers = {};
    server.lie = ({ response }) => {
      response.writeHead(200, { "content-length": content.length });
      response.write(content.subarray(0, MiB), () => setTimeout(() => response.destroy(), 100));
    };
    await expect(download({ immutable: true })).rejects.toThrow();
    server.lie = undefined;
    server.content = other.subarray(0, content.length - 1);
    const { bytes, resumed } = await download({ immutable: true });
    expect([bytes.equals(server.content), resumed]).toEqual([true, 0]);
  });
});
