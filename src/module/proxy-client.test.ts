import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { MedkitError } from "../core/errors.ts";
import { answer, module, ports, quick, startLocalProxy } from "./__fixtures__/local-proxy.ts";
import { databaseFetcher } from "./database-source.ts";
import { ProxyClient } from "./proxy-client.ts";

const proxy = await startLocalProxy();
afterAll(() => proxy.close());
beforeEach(() => {
  proxy.asked.length = 0;
});

describe("the protocol", () => {
  it("lists, resolves and reads", async () => {
    proxy.handler = (request, response) => {
      const answers: Record<string, string> = {
        "/example.org/!m/@v/list": "v1.1.0\nv1.0.0\nv0.0.0-20180314180146-1d60e4601c6f\n",
        "/example.org/untagged/@v/list": "v0.0.0-20200314180146-1d60e4601c6f\nv0.0.0-20180314180146-1d60e4601c6f\n",
        "/example.org/!m/@latest": '{"Version":"v1.1.0","Time":"2024-01-01T00:00:00Z"}',
        "/example.org/!m/@v/v1.0.0.info": '{"Version":"v1.0.0"}',
        "/example.org/!m/@v/main.info": '{"Version":"v1.1.0"}',
        "/example.org/!m/@v/v1.0.0.mod": "module example.org/M\n",
      };
      const body = answers[request.url ?? ""];
      response.writeHead(body === undefined ? 404 : 200).end(body);
    };
    expect(await proxy.client().list(module.path)).toEqual(["v1.0.0", "v1.1.0"]);
    expect(await proxy.client().latest(module.path)).toEqual({ version: "v1.1.0", time: "2024-01-01T00:00:00Z" });
    expect(await proxy.client().info(module)).toEqual({ version: "v1.0.0", time: undefined });
    expect(await proxy.client().info({ ...module, version: "main" })).toMatchObject({ version: "v1.1.0" });
    expect((await proxy.client().mod(module))?.toString()).toBe("module example.org/M\n");
    expect(await proxy.client().mod({ ...module, version: "v9.0.0" })).toBeUndefined();
    expect(await proxy.client().list("example.org/none")).toEqual([]);
    expect(await proxy.client().latest("example.org/none")).toBeUndefined();
    expect(await proxy.client().latest("example.org/untagged")).toMatchObject({
      version: "v0.0.0-20200314180146-1d60e4601c6f",
    });
  });

  it.each(['{"Version":"v2.0.0"}', "{}", "not JSON", '{"Version":"../x"}', "[]"])(
    "refuses the info %s",
    async (body) => {
      proxy.handler = answer(200, body);
      await expect(proxy.client().info(module)).rejects.toMatchObject({ code: "PROXY_ANSWER_INVALID" });
    },
  );

  it("reads a proxy.folder as it reads a server", async () => {
    const root = join(proxy.folder, "a b");
    mkdirSync(join(root, "example.org/!m/@v"), { recursive: true });
    writeFileSync(join(root, "example.org/!m/@v/v1.0.0.zip"), "zip");
    writeFileSync(join(root, "example.org/!m/@v/list"), "v1.0.0\n");
    const local = proxy.client(`${pathToFileURL(root).href},off`);
    expect(await local.list(module.path)).toEqual(["v1.0.0"]);
    const file = proxy.target();
    expect(await local.downloadZip(module, file)).toMatchObject({ from: pathToFileURL(root).href });
    expect(readFileSync(file, "utf8")).toBe("zip");
    await expect(local.downloadZip({ ...module, version: "v1.0.1" }, proxy.target())).rejects.toMatchObject({
      code: "MODULE_UNAVAILABLE",
    });
    await expect(
      proxy.client(pathToFileURL(root).href, { maxZip: 2 }).downloadZip(module, proxy.target()),
    ).rejects.toMatchObject({
      code: "PROXY_TOO_BIG",
    });
  });
});

describe("which source is proxy.asked next", () => {
  const last = "file:///nowhere/at/all";
  it.each<[string, number, string, boolean]>([
    [",", 404, "absent", true],
    [",", 410, "absent", true],
    [",", 403, "refused", false],
    [",", 500, "refused", false],
    ["|", 403, "refused", true],
    ["|", 500, "refused", true],
  ])("behind %s after %i", async (separator, status, _, falls) => {
    proxy.handler = answer(status, "why not\nmore");
    const error = await proxy
      .client(`${proxy.base}/x${separator}${last}`)
      .readOrRefuse("y")
      .then(
        () => undefined,
        (reason: unknown) => reason as MedkitError,
      );
    expect(error?.code).toBe("MODULE_UNAVAILABLE");
    const reasons = String(error?.params["reasons"]);
    expect(reasons).toContain(`${proxy.base}/x: HTTP ${status}: why not`);
    expect(reasons).not.toContain("more");
    expect(reasons.includes(last)).toBe(falls);
  });

  it("stops at off and direct, and says so", async () => {
    proxy.handler = answer(404);
    await expect(proxy.client(`${proxy.base},direct`).downloadZip(module, proxy.target())).rejects.toMatchObject({
      params: { reasons: expect.stringContaining("direct:") as unknown },
    });
    await expect(proxy.client("off").readOrRefuse("x")).rejects.toMatchObject({
      params: { reasons: "off: GOPROXY ends here" },
    });
  });

  it("goes past what the offline switch forbids, and otherwise says that it was that", async () => {
    const offline = {
      fetch: (async () => Promise.reject(new MedkitError("OFFLINE", { url: "x" }))) as unknown as typeof fetch,
      signal: ports.signal,
    };
    writeFileSync(join(proxy.folder, "here"), "yes");
    const local = pathToFileURL(proxy.folder).href;
    expect((await new ProxyClient(offline, `https://a.example|${local}`, quick).read("here"))?.toString()).toBe("yes");
    await expect(new ProxyClient(offline, "https://a.example", quick).read("here")).rejects.toMatchObject({
      code: "OFFLINE",
    });
  });

  it("sends credentials to their own host only, and shows them nowhere", async () => {
    proxy.handler = (request, response) => {
      if (request.url === "/x/there")
        response.writeHead(302, { location: `http://localhost:${new URL(proxy.base).port}/y` }).end();
      else response.writeHead(403).end("no");
    };
    const list = proxy.base.replace("//", "//user:secret@");
    const error = await proxy
      .client(`${list}/x`)
      .readOrRefuse("there")
      .then(
        () => undefined,
        (reason: unknown) => reason as MedkitError,
      );
    expect(proxy.asked.map((each) => each.headers.authorization)).toEqual([
      `Basic ${Buffer.from("user:secret").toString("base64")}`,
      undefined,
    ]);
    expect(JSON.stringify(error?.params) + String(error?.message)).not.toContain("secret");
  });
});

describe("the way to the checksum database", () => {
  const name = "sum.example.org";
  it("is the first proxy that relays it, and that one only", async () => {
    proxy.handler = (request, response) => {
      const known: Record<string, string> = {
        "/b/sumdb/sum.example.org/supported": "",
        "/b/sumdb/sum.example.org/latest": "head",
      };
      const body = known[request.url ?? ""];
      response.writeHead(body === undefined ? 404 : 200).end(body ?? "not here\n");
    };
    const read = databaseFetcher(ports, `${proxy.base}/a,${proxy.base}/b,${proxy.base}/c`, name, quick);
    expect((await read("latest"))?.toString()).toBe("head");
    expect(await read("tile/8/0/000")).toBeUndefined();
    await expect(read("lookup/x@v1")).rejects.toMatchObject({
      code: "DATABASE_UNAVAILABLE",
      params: { reasons: expect.stringContaining("HTTP 404: not here") as unknown },
    });
    expect(proxy.asked.map((each) => each.url)).toEqual(
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
    proxy.handler = answer(200, "x");
    await databaseFetcher(ports, "off", name, { ...quick, url: `${proxy.base}/db/` })("latest");
    expect(proxy.asked.map((each) => each.url)).toEqual(["/db/latest"]);
  });

  it("asks again after a failure, and does not go around a proxy that is down", async () => {
    proxy.handler = answer(500, "down");
    const read = databaseFetcher(ports, `${proxy.base},direct`, name, { ...quick, retries: 0 });
    await expect(read("latest")).rejects.toMatchObject({ code: "DATABASE_UNAVAILABLE" });
    proxy.handler = answer(200, "up");
    expect((await read("latest"))?.toString()).toBe("up");
  });
});
