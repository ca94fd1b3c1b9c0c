import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { downloadSource } from "./download.ts";

const request = { version: "1.21.13", platform: { os: "linux", arch: "amd64" } };
const name = "go1.21.13.linux-amd64.tar.gz";

let work = "";
let archive: Buffer = Buffer.alloc(0);
let server: Server | undefined;
let asked: { readonly path: string; readonly range: string | undefined; readonly ifRange: string | undefined }[] = [];

beforeEach(async () => {
  work = await mkdtemp(join(tmpdir(), "medkit-download-"));
  await mkdir(join(work, "go", "bin"), { recursive: true });
  await writeFile(join(work, "go", "VERSION"), "go1.21.13\n");
  await writeFile(join(work, "go", "bin", "go"), randomBytes(300_000));
  expect(spawnSync("tar", ["-czf", join(work, "a.tgz"), "-C", work, "go"]).status).toBe(0);
  archive = await readFile(join(work, "a.tgz"));
  await mkdir(join(work, "into"));
  asked = [];
});

afterEach(async () => {
  server?.closeAllConnections();
  server?.close();
  server = undefined;
  await rm(work, { recursive: true, force: true });
});

/** The published list, with this sum. */
function list(sha256: string): string {
  return JSON.stringify([{ version: "go1.21.13", files: [{ filename: name, sha256 }] }]);
}
const goodList = (): string => list(createHash("sha256").update(archive).digest("hex"));

/** A site whose answer to the n-th request for the archive is the n-th of these (the last one again and again). */
async function site(
  answers: readonly ((response: ServerResponse, request: IncomingMessage) => void)[],
  published: () => string = goodList,
): Promise<string> {
  let count = 0;
  server = createServer((incoming, response) => {
    if (!incoming.url?.endsWith(name)) {
      response.end(published());
      return;
    }
    asked.push({ path: incoming.url, range: incoming.headers.range, ifRange: incoming.headers["if-range"] as string | undefined }); // prettier-ignore
    answers[Math.min(count++, answers.length - 1)]?.(response, incoming);
  });
  await new Promise<void>((resolve) => server?.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/dl`;
}

const whole = (response: ServerResponse): void => {
  response.writeHead(200, { "content-length": archive.length, etag: '"one"' });
  response.end(archive);
};
/** Half of it, then the connection is gone. */
const cut = (response: ServerResponse): void => {
  response.writeHead(200, { "content-length": archive.length, etag: '"one"' });
  response.write(archive.subarray(0, archive.length >> 1), () => setTimeout(() => response.destroy(), 20));
};
const status = (code: number) => (response: ServerResponse) => {
  response.writeHead(code);
  response.end("no");
};

async function fetchFrom(base: string): Promise<unknown> {
  const ports = { fetch, signal: new AbortController().signal };
  const source = downloadSource(ports, base, { retries: 2, backoff: 5, stallAfter: 300 });
  return source.fetch(request, join(work, "into"));
}

async function expectGood(): Promise<void> {
  expect((await readdir(join(work, "into"))).toSorted()).toEqual(["VERSION", "bin"]);
  expect(existsSync(join(work, "into.tar.gz"))).toBe(false);
}

describe("a download site", () => {
  test("gives the archive that it publishes", async () => {
    await fetchFrom(await site([whole]));
    await expectGood();
  });

  test("is asked for the rest of a transfer that broke", async () => {
    const rest = (response: ServerResponse, incoming: IncomingMessage): void => {
      const start = Number(/^bytes=(\d+)-$/.exec(incoming.headers.range ?? "")?.[1]);
      response.writeHead(206, { "content-length": archive.length - start, "content-range": `bytes ${start}-${archive.length - 1}/${archive.length}`, etag: '"one"' }); // prettier-ignore
      response.end(archive.subarray(start));
    };
    await fetchFrom(await site([cut, rest]));
    await expectGood();
    expect(asked[1]).toMatchObject({ range: expect.stringMatching(/^bytes=\d+-$/) as string, ifRange: '"one"' });
  });

  test("that knows no ranges sends it all again", async () => {
    await fetchFrom(await site([cut, whole]));
    await expectGood();
  });

  test("that has another file by now is not glued to the old half", async () => {
    const other = (response: ServerResponse): void => {
      response.writeHead(200, { "content-length": archive.length, etag: '"two"' });
      response.end(archive);
    };
    await fetchFrom(await site([cut, other]));
    await expectGood();
  });

  test("that is tired for a moment is asked again", async () => {
    await fetchFrom(await site([status(503), whole]));
    await expectGood();
  });

  test("that redirects is followed", async () => {
    const elsewhere = (response: ServerResponse): void => {
      response.writeHead(302, { location: `/mirror/${name}` });
      response.end();
    };
    await fetchFrom(await site([elsewhere, whole]));
    await expectGood();
  });

  test.each([
    ["has it not", [status(404)], 1, "TOOLCHAIN_UNAVAILABLE"],
    ["forbids it", [status(403)], 1, "TOOLCHAIN_UNAVAILABLE"],
    ["fails again and again", [status(500)], 3, "PROXY_FAILED"],
    ["breaks every time", [cut], 3, "PROXY_BROKEN_OFF"],
  ] as const)("that %s is unavailable", async (_, answers, requests, code) => {
    await expect(fetchFrom(await site(answers))).rejects.toMatchObject({ code, exit: 5 });
    expect(asked).toHaveLength(requests);
    expect(await readdir(join(work, "into"))).toEqual([]);
    expect(existsSync(join(work, "into.tar.gz"))).toBe(false);
  });

  test("that goes silent is given up", async () => {
    await expect(fetchFrom(await site([() => undefined]))).rejects.toMatchObject({ code: "PROXY_STALLED" });
  });

  test("that sends a login page is unavailable, not a damaged archive", async () => {
    const page = (response: ServerResponse): void => {
      response.writeHead(200, { "content-type": "text/html" });
      response.end("<!doctype html><title>Log in</title>");
    };
    await expect(fetchFrom(await site([page]))).rejects.toMatchObject({ code: "PROXY_NOT_ARCHIVE" });
  });

  test("whose archive is not the published one is not used", async () => {
    await expect(fetchFrom(await site([whole], () => list("0".repeat(64))))).rejects.toMatchObject({ code: "CHECKSUM_MISMATCH" }); // prettier-ignore
    expect(await readdir(join(work, "into"))).toEqual([]);
  });

  test("that publishes no list is left to the checksum database", async () => {
    await fetchFrom(await site([whole], () => "<html>a page for people</html>"));
    await expectGood();
  });
});
