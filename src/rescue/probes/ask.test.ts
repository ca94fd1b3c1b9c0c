import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { issueAuthority, issueServer } from "../../drill/faults/certificates.ts";
import type { Answer } from "./types.ts";
import { askAddress, readServerFacts } from "./ask.ts";

const clock = { now: () => new Date(), monotonic: () => performance.now() };
const open: Server[] = [];

async function listen(server: Server): Promise<number> {
  open.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A server's address; `seen` gets what it was asked. */
async function serve(answer: RequestListener, seen: IncomingMessage[] = []): Promise<string> {
  const listener: RequestListener = (request, response) => {
    seen.push(request);
    answer(request, response);
  };
  return `http://127.0.0.1:${await listen(createServer(listener))}`;
}

function ask(url: string, env: Readonly<Record<string, string>> = {}): Promise<Answer> {
  return askAddress(url, { env, timeout: 2000, clock });
}

afterEach(() => {
  for (const server of open.splice(0)) server.close().closeAllConnections();
});

const zip = Buffer.concat([Buffer.from("PK\u0003\u0004", "latin1"), Buffer.alloc(500), Buffer.from("PK\u0005\u0006", "latin1")]); // prettier-ignore

describe("what comes back", () => {
  test.each<[string, string, RequestListener, Answer["outcome"]]>([
    ["a file", "/x.mod", (_, response) => response.end("module x\n"), "ok"],
    ["an error", "/x.mod", (_, response) => response.writeHead(502).end(), "status"],
    ["a page", "/x.mod", (_, response) => response.end("<!DOCTYPE html>\n<p>"), "html"],
    ["a page in pieces", "/x.mod", (_, response) => void response.write("<html>", () => response.end()), "html"],
    ["a file that is called a page", "/x.mod", (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("module x\n"), "ok"], // prettier-ignore
    ["a zip", "/x.zip", (_, response) => response.end(zip), "ok"],
    ["a zip in pieces", "/x.zip", (_, response) => void response.write(zip.subarray(0, 99), () => response.end(zip.subarray(99))), "ok"], // prettier-ignore
    ["the beginning of a zip", "/x.zip", (_, response) => response.end(zip.subarray(0, 99)), "not-zip"],
    ["no zip", "/x.zip", (_, response) => response.end("nothing"), "not-zip"],
    ["half of a file", "/x.zip", (_, response) => void response.writeHead(200, { "content-length": zip.length }).write(zip.subarray(0, 99), () => response.destroy()), "cut"], // prettier-ignore
    [
      "a file without an end",
      "/x.mod",
      (_, response) => void response.write("module", () => response.destroy()),
      "cut",
    ],
    ["silence", "/x.mod", (request) => request.socket.destroy(), "cut"],
  ])("%s", async (_, path, answer, outcome) => {
    expect((await ask(`${await serve(answer)}${path}`)).outcome).toBe(outcome);
  });

  test("nothing, where nobody listens", async () => {
    const url = await serve((_, response) => response.end());
    open.splice(0)[0]?.close();
    expect((await ask(url)).outcome).toBe("refused");
  });
});

describe("redirects", () => {
  test("lead to what is there, without the name and password", async () => {
    const seen: IncomingMessage[] = [];
    const storage = await serve((_, response) => response.end(zip), seen);
    const proxy = await serve((_, response) => response.writeHead(302, { location: `${storage}/blob` }).end());
    const answer = await ask(proxy.replace("//", "//dev:hunter2@") + "/x.zip");
    expect(answer.outcome).toBe("ok");
    expect(JSON.stringify(answer)).not.toContain("hunter2");
    expect(seen.map((request) => request.headers.authorization)).toEqual([undefined]);
  });

  test("keep name and password on the same origin only", async () => {
    const seen: IncomingMessage[] = [];
    const url = await serve((request, response) => (request.url === "/a" ? response.writeHead(302, { location: "/b" }).end() : response.end("module x")), seen); // prettier-ignore
    expect((await ask(`${url.replace("//", "//dev:hunter2@")}/a`)).outcome).toBe("ok");
    expect(seen.map((request) => request.headers.authorization)).toEqual(Array(2).fill(`Basic ${Buffer.from("dev:hunter2").toString("base64")}`)); // prettier-ignore
  });

  test("to a page are a page, and in a circle are none", async () => {
    const page = await serve((_, response) => response.end("<html>"));
    expect((await ask(await serve((_, response) => response.writeHead(307, { location: page }).end()))).outcome).toBe("html"); // prettier-ignore
    expect(await ask(await serve((_, response) => response.writeHead(302, { location: "/" }).end()))).toMatchObject({ outcome: "status", status: 302 }); // prettier-ignore
  });
});

describe("certificates", () => {
  const name = "Example Corp Root CA";
  const day = 24 * 3600 * 1000;
  const now = Math.floor(Date.now() / 1000) * 1000;
  const at = (days: number): Date => new Date(now + days * day);
  const authority = { ...issueAuthority(name, { from: at(-999), to: at(999) }), name };
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "ask-"));
    await writeFile(join(folder, "ca.pem"), authority.cert);
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function secure(from: Date, to: Date, seen: IncomingMessage[] = []): Promise<string> {
    const pair = issueServer(authority, ["localhost"], { from, to });
    const server = createSecureServer(pair, (request, response) => {
      seen.push(request);
      response.writeHead(200, { date: at(-300).toUTCString() }).end("ok");
    });
    return `https://localhost:${await listen(server)}/x.mod`;
  }
  const trusted = (): Record<string, string> => ({ SSL_CERT_FILE: join(folder, "ca.pem"), SSL_CERT_DIR: folder });

  test("are trusted by whom the child trusts", async () => {
    const url = await secure(at(-1), at(1));
    expect((await ask(url)).outcome).toBe("tls-authority");
    expect((await ask(url, trusted())).outcome).toBe("ok");
  });

  test("of another time tell their time and the server's, to whom nothing is told", async () => {
    const seen: IncomingMessage[] = [];
    const url = await secure(at(-400), at(-200), seen);
    expect((await ask(url, trusted())).outcome).toBe("tls-time");
    const facts = await readServerFacts(url.replace("//", "//dev:hunter2@"), { env: {}, timeout: 2000, clock });
    expect(facts).toMatchObject({ validFrom: at(-400), validTo: at(-200), issuer: name, theirs: at(-300) });
    expect(seen.map(({ url: path, headers }) => [path, headers.authorization])).toEqual([["/", undefined]]);
  });

  test("are none where nobody speaks TLS", async () => {
    const url = (await serve((_, response) => response.end())).replace("http:", "https:");
    expect((await ask(url)).outcome).toBe("tls-other");
    expect(await readServerFacts(url, { env: {}, timeout: 2000, clock })).toBeUndefined();
  });
});
