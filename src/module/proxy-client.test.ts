import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { MedkitError } from "../core/errors.ts";
import { databaseFetcher } from "./database-source.ts";
import { parseNetrc, parseProxyList, redactUrl, splitCredentials } from "./goproxy-list.ts";
import { ProxyClient, type ProxyOptions } from "./proxy-client.ts";

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const folder = mkdtempSync(join(tmpdir(), "medkit-proxy-"));
let handler: Handler = (_, response) => response.end();
const asked: { url: string; headers: IncomingMessage["headers"] }[] = [];
const server = createServer((request, response) => {
  asked.push({ url: request.url ?? "", headers: request.headers });
  handler(request, response);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  asked.length = 0;
});

const ports = { fetch, signal: new AbortController().signal };
const quick: ProxyOptions = { backoff: 1, stallAfter: 300 };
const module = { path: "example.org/M", version: "v1.0.0" };
const zipPath = "/example.org/!m/@v/v1.0.0.zip";
const answer =
  (status: number, body = "", headers: Record<string, string> = {}): Handler =>
  (_, response) =>
    void response.writeHead(status, headers).end(body);
const client = (list = base, options: ProxyOptions = {}): ProxyClient =>
  new ProxyClient(ports, list, { ...quick, ...options });
const target = (): string => join(folder, `${Math.random().toString(36).slice(2)}.zip`);

describe("GOPROXY lists", () => {
  it("are read as cmd/go reads them", () => {
    expect(
      parseProxyList("https://a.example/x/ , goproxy.example|file:///kit/modules,direct,https://never.example"),
    ).toEqual([
      { url: "https://a.example/x", fallOn: "absent" },
      { url: "https://goproxy.example", fallOn: "any" },
      { url: "file:///kit/modules", fallOn: "absent" },
      { url: "direct", fallOn: "absent" },
    ]);
    expect(parseProxyList("off,https://a.example")).toEqual([{ url: "off", fallOn: "absent" }]);
  });

  it.each(["", ",", " | ", "ftp://a.example", "/srv/modules", "https://a.example?x=1", "word"])(
    "refuses %j",
    (list) => {
      expect(() => parseProxyList(list)).toThrow("GOPROXY_INVALID");
    },
  );

  it("never show credentials", () => {
    expect(redactUrl("https://user:p%40ss@a.example/x")).toBe("https://***@a.example/x");
    expect(() => parseProxyList("ftp://user:secret@a.example")).toThrow(
      expect.not.stringContaining("secret") as string,
    );
    expect(client("http://user:secret@a.example,direct").sources).toEqual(["http://***@a.example", "direct"]);
  });

  it("take credentials from the URL, else from netrc, and that over https only", () => {
    const netrc = parseNetrc(
      "machine a.example login u password p\nmacdef x\n machine evil.example login no password no\n\ndefault\tlogin d\npassword e\nmachine a.example login second password second\n",
    );
    const basic = (text: string): string => `Basic ${Buffer.from(text).toString("base64")}`;
    expect(splitCredentials("https://a.example/x", netrc)).toEqual({
      url: "https://a.example/x",
      authorization: basic("u:p"),
    });
    expect(splitCredentials("https://b.example/", netrc).authorization).toBe(basic("d:e"));
    expect(splitCredentials("http://a.example/", netrc).authorization).toBeUndefined();
    expect(splitCredentials("http://x:y%40@a.example/", netrc)).toEqual({
      url: "http://a.example/",
      authorization: basic("x:y@"),
    });
    expect(netrc.has("evil.example")).toBe(false);
  });
});

describe("the protocol", () => {
  it("lists, resolves and reads", async () => {
    handler = (request, response) => {
      const answers: Record<string, string> = {
        "/example.org/!m/@v/list": "v1.1.0\nv1.0.0\nv0.0.0-20180314180146-1d60e4601c6f\n",
        "/example.org/!m/@latest": '{"Version":"v1.1.0","Time":"2024-01-01T00:00:00Z"}',
        "/example.org/!m/@v/v1.0.0.info": '{"Version":"v1.0.0"}',
        "/example.org/!m/@v/main.info": '{"Version":"v1.1.0"}',
        "/example.org/!m/@v/v1.0.0.mod": "module example.org/M\n",
      };
      const body = answers[request.url ?? ""];
      response.writeHead(body === undefined ? 404 : 200).end(body);
    };
    expect(await client().list(module.path)).toEqual(["v1.0.0", "v1.1.0"]);
    expect(await client().latest(module.path)).toEqual({ version: "v1.1.0", time: "2024-01-01T00:00:00Z" });
    expect(await client().info(module)).toEqual({ version: "v1.0.0", time: undefined });
    expect(await client().info({ ...module, version: "main" })).toMatchObject({ version: "v1.1.0" });
    expect((await client().mod(module))?.toString()).toBe("module example.org/M\n");
    expect(await client().mod({ ...module, version: "v9.0.0" })).toBeUndefined();
    expect(await client().list("example.org/none")).toEqual([]);
  });

  it.each(['{"Version":"v2.0.0"}', "{}", "not JSON", '{"Version":"../x"}', "[]"])(
    "refuses the info %s",
    async (body) => {
      handler = answer(200, body);
      await expect(client().info(module)).rejects.toMatchObject({ code: "PROXY_ANSWER_INVALID" });
    },
  );

  it("reads a folder as it reads a server", async () => {
    const root = join(folder, "a b");
    mkdirSync(join(root, "example.org/!m/@v"), { recursive: true });
    writeFileSync(join(root, "example.org/!m/@v/v1.0.0.zip"), "zip");
    writeFileSync(join(root, "example.org/!m/@v/list"), "v1.0.0\n");
    const local = client(`${pathToFileURL(root).href},off`);
    expect(await local.list(module.path)).toEqual(["v1.0.0"]);
    const file = target();
    expect(await local.downloadZip(module, file)).toEqual({ from: pathToFileURL(root).href });
    expect(readFileSync(file, "utf8")).toBe("zip");
    await expect(local.downloadZip({ ...module, version: "v1.0.1" }, target())).rejects.toMatchObject({
      code: "MODULE_UNAVAILABLE",
    });
    await expect(client(pathToFileURL(root).href, { maxZip: 2 }).downloadZip(module, target())).rejects.toMatchObject({
      code: "PROXY_TOO_BIG",
    });
  });
});

describe("which source is asked next", () => {
  const last = "file:///nowhere/at/all";
  it.each<[string, number, string, boolean]>([
    [",", 404, "absent", true],
    [",", 410, "absent", true],
    [",", 403, "refused", false],
    [",", 500, "refused", false],
    ["|", 403, "refused", true],
    ["|", 500, "refused", true],
  ])("behind %s after %i", async (separator, status, _, falls) => {
    handler = answer(status, "why not\nmore");
    const error = await client(`${base}/x${separator}${last}`)
      .readOrRefuse("y")
      .then(
        () => undefined,
        (reason: unknown) => reason as MedkitError,
      );
    expect(error?.code).toBe("MODULE_UNAVAILABLE");
    const reasons = String(error?.params["reasons"]);
    expect(reasons).toContain(`${base}/x: HTTP ${status}: why not`);
    expect(reasons).not.toContain("more");
    expect(reasons.includes(last)).toBe(falls);
  });

  it("stops at off and direct, and says so", async () => {
    handler = answer(404);
    await expect(client(`${base},direct`).downloadZip(module, target())).rejects.toMatchObject({
      params: { reasons: expect.stringContaining("direct:") as unknown },
    });
    await expect(client("off").readOrRefuse("x")).rejects.toMatchObject({
      params: { reasons: "off: GOPROXY ends here" },
    });
  });

  it("goes past what the offline switch forbids, and otherwise says that it was that", async () => {
    const offline = {
      fetch: (async () => Promise.reject(new MedkitError("OFFLINE", { url: "x" }))) as unknown as typeof fetch,
      signal: ports.signal,
    };
    writeFileSync(join(folder, "here"), "yes");
    const local = pathToFileURL(folder).href;
    expect((await new ProxyClient(offline, `https://a.example|${local}`, quick).read("here"))?.toString()).toBe("yes");
    await expect(new ProxyClient(offline, "https://a.example", quick).read("here")).rejects.toMatchObject({
      code: "OFFLINE",
    });
  });

  it("sends credentials to their own host only, and shows them nowhere", async () => {
    handler = (request, response) => {
      if (request.url === "/x/there")
        response.writeHead(302, { location: `http://localhost:${new URL(base).port}/y` }).end();
      else response.writeHead(403).end("no");
    };
    const list = base.replace("//", "//user:secret@");
    const error = await client(`${list}/x`)
      .readOrRefuse("there")
      .then(
        () => undefined,
        (reason: unknown) => reason as MedkitError,
      );
    expect(asked.map((each) => each.headers.authorization)).toEqual([
      `Basic ${Buffer.from("user:secret").toString("base64")}`,
      undefined,
    ]);
    expect(JSON.stringify(error?.params) + String(error?.message)).not.toContain("secret");
  });
});

describe("a source that lies or fails", () => {
  const content = Buffer.alloc(300_000, "medkit");
  const fails = async (code: string, options?: ProxyOptions): Promise<void> => {
    const file = target();
    await expect(client(base, options).downloadZip(module, file)).rejects.toMatchObject({ code });
    expect(existsSync(file)).toBe(false);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  };

  it("is tried again after a server's error, three times", async () => {
    let left = 3;
    handler = (_, response) =>
      void (left-- > 0 ? response.writeHead(503, { "retry-after": "0" }).end() : response.end(content));
    const file = target();
    expect(await client().downloadZip(module, file)).toEqual({ from: base });
    expect(readFileSync(file)).toEqual(content);
    expect(asked).toHaveLength(4);
    left = 9;
    await fails("MODULE_UNAVAILABLE");
  });

  it("is not tried again where it says no", async () => {
    handler = answer(403, "blocked by policy");
    await fails("MODULE_UNAVAILABLE");
    expect(asked).toHaveLength(1);
  });

  it("goes on where a transfer broke off, if it is still the same file", async () => {
    handler = (request, response) => {
      const start = Number(/bytes=(\d+)-/.exec(request.headers.range ?? "")?.[1] ?? 0);
      const isRest = start > 0 && request.headers["if-range"] === '"v1"';
      const body = content.subarray(isRest ? start : 0);
      const range = { "content-range": `bytes ${start}-${content.length - 1}/${content.length}` };
      response.writeHead(isRest ? 206 : 200, { etag: '"v1"', "content-length": body.length, ...(isRest ? range : {}) });
      if (asked.length < 3) response.write(body.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
      else response.end(body);
    };
    const file = target();
    const progress: number[] = [];
    await client().downloadZip(module, file, ({ done, total }) => {
      progress.push(done);
      expect(total).toBe(content.length);
    });
    expect(readFileSync(file)).toEqual(content);
    expect(asked.slice(1).every((each) => each.headers.range !== undefined)).toBe(true);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  });

  it.each<[string, Record<string, string>, number]>([
    ["another place", { "content-range": `bytes 5-${content.length - 1}/${content.length}` }, 206],
    ["another file", { "content-range": `bytes 100000-${content.length}/${content.length + 1}` }, 206],
    ["the whole of it", {}, 200],
  ])("starts over where the rest is %s", async (_, headers, status) => {
    handler = (request, response) => {
      if (asked.length === 1) {
        response.writeHead(200, { etag: '"v1"', "content-length": content.length });
        response.write(content.subarray(0, 100_000), () => setTimeout(() => response.destroy(), 20));
      } else if (request.headers.range === undefined) response.end(content);
      else response.writeHead(status, { etag: '"v1"', ...headers }).end(content);
    };
    const file = target();
    await client().downloadZip(module, file);
    expect(readFileSync(file)).toEqual(content);
  });

  it("that never ends its answer is left after a while", async () => {
    handler = (_, response) => {
      response.writeHead(200, { "content-length": "1000" });
      response.write("x");
    };
    await fails("PROXY_STALLED", { retries: 0, stallAfter: 50 });
  });

  it("that never begins one too", async () => {
    handler = () => {};
    await fails("PROXY_STALLED", { retries: 1, stallAfter: 50 });
    expect(asked).toHaveLength(2);
  });

  it("that sends too much is cut off, said before or not", async () => {
    handler = answer(200, "x".repeat(1001), { "content-length": "1001" });
    await fails("PROXY_TOO_BIG", { maxZip: 1000 });
    handler = (_, response) => {
      const timer = setInterval(() => response.write("x".repeat(400)), 1);
      response.on("close", () => clearInterval(timer));
    };
    await fails("PROXY_TOO_BIG", { maxZip: 1000 });
  });

  it("that redirects in circles is left", async () => {
    handler = answer(302, "", { location: zipPath });
    await fails("PROXY_REDIRECTS");
    expect(asked).toHaveLength(11);
  });

  it("that redirects to a file is left", async () => {
    handler = answer(302, "", { location: "file:///etc/passwd" });
    await fails("MODULE_UNAVAILABLE");
  });

  it("that announces another length is refused", async () => {
    const lying = async (): Promise<Response> => new Response("abc", { headers: { "content-length": "5" } });
    const short = new ProxyClient(
      { fetch: lying as unknown as typeof fetch, signal: ports.signal },
      "https://a.example",
      quick,
    );
    await expect(short.downloadZip(module, target())).rejects.toMatchObject({
      code: "PROXY_LENGTH",
      params: { declared: 5, received: 3 },
    });
    handler = (_, response) => {
      response.writeHead(200, { "content-length": "10" });
      response.write("12345", () => setTimeout(() => response.destroy(), 10));
    };
    await fails("MODULE_UNAVAILABLE");
  });

  it("is left at once on Ctrl-C", async () => {
    const controller = new AbortController();
    handler = (_, response) => void response.writeHead(200).write("x");
    const running = new ProxyClient({ fetch, signal: controller.signal }, base, quick).downloadZip(module, target());
    setTimeout(() => controller.abort(new MedkitError("INTERRUPTED")), 50);
    await expect(running).rejects.toMatchObject({ code: "INTERRUPTED" });
  });
});

describe("the way to the checksum database", () => {
  const name = "sum.example.org";
  it("is the first proxy that relays it, and that one only", async () => {
    handler = (request, response) => {
      const known: Record<string, string> = {
        "/b/sumdb/sum.example.org/supported": "",
        "/b/sumdb/sum.example.org/latest": "head",
      };
      const body = known[request.url ?? ""];
      response.writeHead(body === undefined ? 404 : 200).end(body ?? "not here\n");
    };
    const read = databaseFetcher(ports, `${base}/a,${base}/b,${base}/c`, name, quick);
    expect((await read("latest"))?.toString()).toBe("head");
    expect(await read("tile/8/0/000")).toBeUndefined();
    await expect(read("lookup/x@v1")).rejects.toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      params: { reasons: expect.stringContaining("HTTP 404: not here") as unknown },
    });
    expect(asked.map((each) => each.url)).toEqual(
      ["/a", "/b"]
        .map((at) => `${at}/sumdb/sum.example.org/supported`)
        .concat(["latest", "tile/8/0/000", "lookup/x@v1"].map((path) => `/b/sumdb/sum.example.org/${path}`)),
    );
  });

  it("is the database's own address where no proxy relays it", async () => {
    const urls: string[] = [];
    const spy = (async (url: string) => {
      urls.push(url);
      return url.includes("supported") ? new Response("", { status: 404 }) : new Response("x");
    }) as unknown as typeof fetch;
    const read = databaseFetcher({ fetch: spy, signal: ports.signal }, "https://a.example,direct", name, quick);
    await read("latest");
    expect(urls).toEqual(["https://a.example/sumdb/sum.example.org/supported", "https://sum.example.org/latest"]);
  });

  it("is a URL of its own where GOSUMDB has one", async () => {
    handler = answer(200, "x");
    await databaseFetcher(ports, "off", name, { ...quick, url: `${base}/db/` })("latest");
    expect(asked.map((each) => each.url)).toEqual(["/db/latest"]);
  });

  it("asks again after a failure, and does not go around a proxy that is down", async () => {
    handler = answer(500, "down");
    const read = databaseFetcher(ports, `${base},direct`, name, { ...quick, retries: 0 });
    await expect(read("latest")).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    handler = answer(200, "up");
    expect((await read("latest"))?.toString()).toBe("up");
  });
});
