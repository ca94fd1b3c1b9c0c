import { randomFillSync } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { MedkitError } from "../core/errors.ts";
import { startRangeServer, type RangeExchange } from "./__fixtures__/range-server.ts";
import { HttpGetter, type TransferOptions, type TransferProgress } from "./http-get.ts";

const KiB = 1024;
const MiB = 1024 * KiB;
const content = randomFillSync(Buffer.alloc(3 * MiB + 12_345));
const other = randomFillSync(Buffer.alloc(content.length));
const folder = mkdtempSync(join(tmpdir(), "medkit-parts-"));
const server = await startRangeServer(content);
const second = await startRangeServer(content);
afterAll(() => {
  server.close();
  second.close();
  rmSync(folder, { recursive: true });
});
let files = 0;
beforeEach(() => {
  for (const each of [server, second]) {
    Object.assign(each, { content, headers: { "accept-ranges": "bytes", etag: '"one"' }, lie: undefined, sent: 0 });
    each.asked.length = 0;
  }
});

const seen: TransferProgress[] = [];
async function download(
  url = `${server.base}/file`,
  options: TransferOptions & { readonly immutable?: boolean } = {},
  limit = 2 ** 30,
): Promise<Buffer> {
  const target = join(folder, String(files++));
  seen.length = 0;
  const { signal } = new AbortController();
  const http = new HttpGetter({ fetch, signal }, { backoff: 1, stallAfter: 2_000, shareFrom: MiB, ...options });
  await http.download(url, target, limit, {
    onProgress: (progress) => void seen.push(progress),
    immutable: options.immutable ?? false,
  });
  return readFileSync(target);
}
/** Both are large: a difference of them must not be printed. */
const isSame = (a: Buffer, b: Buffer): boolean => a.equals(b);

/** Answers the first request slowly enough for the others to get their turn, and those as `lie` does. */
const slowFirst =
  (lie: (exchange: RangeExchange & { readonly range: { start: number; end: number } }) => void) =>
  (exchange: RangeExchange): void => {
    if (exchange.range !== undefined) return lie({ ...exchange, range: exchange.range });
    const { response } = exchange;
    response.writeHead(200, { ...server.headers, "content-length": content.length });
    response.write(content.subarray(0, 200 * KiB), () => {
      setTimeout(() => response.end(content.subarray(200 * KiB)), 100);
    });
  };

describe("a large file", () => {
  test("comes over several connections, each octet counted once", async () => {
    server.lie = slowFirst(({ honest }) => honest());
    expect(isSame(await download(), content)).toBe(true);
    const ranges = server.asked.slice(1).map(({ range }) =>
      /^bytes=(\d+)-(\d+)$/
        .exec(range ?? "")
        ?.slice(1)
        .map(Number),
    );
    expect(ranges.length).toBeGreaterThan(2);
    const inOrder = ranges.map((each) => each ?? []).toSorted(([a = 0], [b = 0]) => a - b);
    for (const [index, [start = 0]] of inOrder.entries()) expect(start).toBeGreaterThan(inOrder[index - 1]?.[1] ?? 0);
    const counts = seen.map(({ done }) => done);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(seen.at(-1)).toEqual({
      done: content.length,
      total: content.length,
      resumed: 0,
      parts: server.asked.length - 1,
    });
    expect(seen.every(({ total }) => total === content.length)).toBe(true);
  });

  test.each([
    ["is small", { "accept-ranges": "bytes", etag: '"one"' }, MiB - 1],
    ["lies where no parts are given", { etag: '"one"' }, content.length],
    ["has a weak entity tag", { "accept-ranges": "bytes", etag: 'W/"one"' }, content.length],
    ["has none", { "accept-ranges": "bytes" }, content.length],
    [
      "changed a moment ago, and has only a date",
      { "accept-ranges": "bytes", "last-modified": new Date(Date.now() - 5000).toUTCString() },
      content.length,
    ],
  ])("is read by one where it %s", async (_, headers, length) => {
    server.headers = headers;
    server.content = content.subarray(0, length);
    expect(isSame(await download(), server.content)).toBe(true);
    expect(server.asked.map(({ range }) => range)).toEqual([undefined]);
  });

  test("is shared by its date where that is old", async () => {
    server.headers = { "accept-ranges": "bytes", "last-modified": "Mon, 01 Jan 2024 00:00:00 GMT" };
    server.lie = slowFirst(({ honest }) => honest());
    expect(isSame(await download(), content)).toBe(true);
    expect(server.asked.length).toBeGreaterThan(2);
  });

  test("is shared without a validator where nothing ever changes, but not with parts of a file that has one", async () => {
    server.headers = { "accept-ranges": "bytes" };
    server.lie = slowFirst(({ honest }) => honest());
    expect(isSame(await download(undefined, { immutable: true }), content)).toBe(true);
    expect(seen.at(-1)?.parts).toBeGreaterThan(1);
    server.lie = slowFirst(({ honest }) => {
      server.headers = { ...server.headers, etag: '"two"' };
      server.content = other;
      honest();
    });
    expect(isSame(await download(undefined, { immutable: true }), content)).toBe(true);
    expect(seen.at(-1)?.parts).toBe(0);
  });

  test("that is too large is refused before a part is asked for", async () => {
    await expect(download(undefined, {}, content.length - 1)).rejects.toMatchObject({
      error: { code: "PROXY_TOO_BIG" },
    });
    expect(server.asked).toHaveLength(1);
  });
});

describe("parts that are not what was asked for leave the first connection to read all of it", () => {
  const part = (start: number, end: number): Record<string, string | number> => ({
    "content-range": `bytes ${start}-${end - 1}/${content.length}`,
    "content-length": end - start,
    etag: '"one"',
  });
  test.each<[string, Parameters<typeof slowFirst>[0]]>([
    ["all of the file", ({ response }) => void response.writeHead(200, { etag: '"one"' }).end(other)],
    [
      "another place",
      ({ response, range: { start, end } }) =>
        void response.writeHead(206, part(start - 1, end - 1)).end(other.subarray(start, end)),
    ],
    [
      "another length of the file",
      ({ response, range: { start, end } }) => {
        const headers = { ...part(start, end), "content-range": `bytes ${start}-${end - 1}/${content.length + 1}` };
        response.writeHead(206, headers).end(other.subarray(start, end));
      },
    ],
    [
      "no place at all",
      ({ response, range: { start, end } }) =>
        void response.writeHead(206, { etag: '"one"' }).end(other.subarray(start, end)),
    ],
    [
      "another file's entity tag",
      ({ response, range: { start, end } }) =>
        void response.writeHead(206, { ...part(start, end), etag: '"two"' }).end(other.subarray(start, end)),
    ],
    [
      "encoded octets",
      ({ response, range: { start, end } }) => {
        response.writeHead(206, { ...part(start, end), "content-encoding": "br" }).end(other.subarray(start, end));
      },
    ],
    [
      "more than it says",
      ({ response, range: { start, end } }) => {
        const { "content-length": _, ...headers } = part(start, end);
        response.writeHead(206, headers).end(Buffer.concat([content.subarray(start, end), Buffer.from("more")]));
      },
    ],
    [
      "less than it says",
      ({ response, range: { start, end } }) => {
        const { "content-length": _, ...headers } = part(start, end);
        response.writeHead(206, headers).end(content.subarray(start, end - 1));
      },
    ],
    ["that there is no such part", ({ response }) => void response.writeHead(416).end()],
    ["that there are too many", ({ response }) => void response.writeHead(429).end()],
    ["that it was moved to a file", ({ response }) => void response.writeHead(302, { location: "file:///x" }).end()],
    ["nothing", ({ response }) => response.destroy()],
  ])("%s", async (_, lie) => {
    server.lie = slowFirst(lie);
    expect(isSame(await download(), content)).toBe(true);
    expect(server.asked.filter(({ range }) => range === undefined)).toHaveLength(1);
    expect(server.asked.length).toBeLessThanOrEqual(4);
    expect(seen.every(({ done }) => done <= content.length)).toBe(true);
  });

  test("a part that breaks off, or goes silent, is fetched again", async () => {
    for (const end of ["destroy", "hang"] as const) {
      server.lie = slowFirst(({ response, range, honest, index }) => {
        if (index > 3) return honest();
        response.writeHead(206, part(range.start, range.end));
        response.write(content.subarray(range.start, range.start + 20_000), () => {
          if (end === "destroy") setTimeout(() => response.destroy(), 20);
        });
      });
      expect(isSame(await download(), content)).toBe(true);
      expect(server.asked.filter(({ range }) => range === undefined)).toHaveLength(1);
      server.asked.length = 0;
    }
  });

  test("a file that was replaced while it was read is read to its old end", async () => {
    server.lie = slowFirst(({ honest }) => {
      server.headers = { ...server.headers, etag: '"two"' };
      server.content = other;
      honest();
    });
    expect(isSame(await download(), content)).toBe(true);
  });
});

describe("the first connection", () => {
  test("that breaks off is resumed where it was, beside what the others brought", async () => {
    server.lie = ({ range, response, honest }) => {
      if (range !== undefined) return honest();
      response.writeHead(200, { ...server.headers, "content-length": content.length });
      // What is sent of the first answer is not counted.
      response.write(content.subarray(0, 200 * KiB), () => setTimeout(() => response.destroy(), 60));
    };
    expect(isSame(await download(), content)).toBe(true);
    expect(server.asked.filter(({ range }) => range === undefined)).toHaveLength(1);
    expect(server.sent).toBeLessThan(content.length);
    expect(seen.at(-1)?.done).toBe(content.length);
  });

  test("that breaks off again and again is resumed as long as it brings something, and given up where it does not", async () => {
    const options = { retries: 1, shareFrom: 2 ** 30 };
    const step = MiB + 100 * KiB;
    const breakAfter = (exchange: RangeExchange, octets: number): void => {
      const { range = { start: 0, end: content.length }, response } = exchange;
      const { start, end } = range;
      const isPart = exchange.range !== undefined;
      response.writeHead(isPart ? 206 : 200, {
        ...server.headers,
        "content-length": end - start,
        ...(isPart ? { "content-range": `bytes ${start}-${end - 1}/${content.length}` } : {}),
      });
      response.write(content.subarray(start, Math.min(end, start + octets)), () => {
        setTimeout(() => response.destroy(), 50);
      });
    };
    server.lie = (exchange) =>
      (exchange.range?.start ?? 0) < content.length - step ? breakAfter(exchange, step) : exchange.honest();
    expect(isSame(await download(undefined, options), content)).toBe(true);
    server.asked.length = 0;
    server.lie = (exchange) => breakAfter(exchange, 1000);
    await expect(download(undefined, options)).rejects.toMatchObject({ detail: { code: "PROXY_BROKEN_OFF" } });
    expect(server.asked).toHaveLength(2);
  });

  test("of a file that was replaced when it broke off starts anew, with nothing of the old one", async () => {
    server.lie = ({ range, response, honest }) => {
      if (range !== undefined || server.content === other) return honest();
      response.writeHead(200, { ...server.headers, "content-length": content.length });
      response.write(content.subarray(0, 200 * KiB), () => {
        setTimeout(() => {
          server.headers = { ...server.headers, etag: '"two"' };
          server.content = other;
          response.destroy();
        }, 60);
      });
    };
    expect(isSame(await download(), other)).toBe(true);
  });

  test("Ctrl-C ends all of them at once", async () => {
    const controller = new AbortController();
    let open = 0;
    server.lie = ({ response, range }) => {
      open++;
      response.on("close", () => open--);
      const { start, end } = range ?? { start: 0, end: content.length };
      response.writeHead(range === undefined ? 200 : 206, {
        ...server.headers,
        ...(range === undefined
          ? { "content-length": content.length }
          : { "content-range": `bytes ${start}-${end - 1}/${content.length}` }),
      });
      response.write(content.subarray(start, start + 1000));
      if (server.asked.length === 4) setTimeout(() => controller.abort(new MedkitError("INTERRUPTED")), 50);
    };
    const http = new HttpGetter({ fetch, signal: controller.signal }, { backoff: 1, shareFrom: MiB });
    const running = http.download(`${server.base}/file`, join(folder, "aborted"), 2 ** 30);
    await expect(running).rejects.toMatchObject({ code: "INTERRUPTED" });
    await expect.poll(() => open).toBe(0);
    expect(server.asked).toHaveLength(4);
  });
});

test("parts go where the first answer came from, and no other host is told the login", async () => {
  server.lie = ({ response }) => void response.writeHead(302, { location: `${second.base}/there` }).end();
  second.lie = slowFirst(({ honest }) => honest());
  expect(isSame(await download(`${server.base.replace("//", "//user:secret@")}/file`), content)).toBe(true);
  expect(server.asked).toEqual([
    { url: "/file", range: undefined, authorization: expect.stringMatching(/^Basic /) as string },
  ]);
  expect(second.asked.length).toBeGreaterThan(2);
  expect(second.asked.every(({ url, authorization }) => url === "/there" && authorization === undefined)).toBe(true);
  second.asked.length = 0;
  second.lie = slowFirst(({ honest }) => honest());
  await download(`${second.base.replace("//", "//user:secret@")}/file`);
  expect(second.asked.every(({ authorization }) => authorization?.startsWith("Basic ") === true)).toBe(true);
});
