import { existsSync, readFileSync, readdirSync, truncateSync, writeFileSync, mkdirSync, cpSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProxyWorld, type ProxyWorld } from "../../../test/support/proxy-world.ts";

let world: ProxyWorld;
beforeEach(async () => {
  world = await createProxyWorld();
});
afterEach(() => world.close());

const zipOf = "/example.org/a/@v/v1.0.0.zip";
const text = async (url: string): Promise<string> => (await fetch(url)).text();
const bytes = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer());

/** Names of all files below the store's modules, proofs included, the database's left out. */
function stored(): readonly string[] {
  if (!existsSync(world.store)) return [];
  const all = readdirSync(world.store, { recursive: true, withFileTypes: true });
  return all
    .filter((each) => each.isFile() && !each.parentPath.includes("sumdb"))
    .map((each) => each.name)
    .toSorted();
}

describe("the protocol", () => {
  it("answers list, latest, info, mod and zip from upstream, then from the store alone", async () => {
    const { zip, mod } = world.publish("example.org/a", "v1.0.0");
    world.publish("example.org/a", "v1.1.0-rc.1");
    const online = await world.start();
    expect(await text(`${online.url}/example.org/a/@v/list`)).toBe("v1.0.0\nv1.1.0-rc.1\n");
    expect(await bytes(await fetch(online.url + zipOf))).toEqual(zip);
    await online.stop();
    const before = world.asked.length;
    const offline = await world.start({ offline: true });
    expect(await text(`${offline.url}/example.org/a/@v/list`)).toBe("v1.0.0\n");
    expect(JSON.parse(await text(`${offline.url}/example.org/a/@latest`))).toMatchObject({ Version: "v1.0.0" });
    expect(JSON.parse(await text(`${offline.url}/example.org/a/@v/v1.0.0.info`))).toMatchObject({ Version: "v1.0.0" });
    expect(await text(`${offline.url}/example.org/a/@v/v1.0.0.mod`)).toBe(mod.toString());
    expect(await bytes(await fetch(offline.url + zipOf))).toEqual(zip);
    expect((await fetch(`${offline.url}/example.org/a/@v/v1.1.0-rc.1.zip`)).status).toBe(404);
    expect((await fetch(`${offline.url}/example.org/b/@v/list`)).status).toBe(404);
    expect(world.asked.length).toBe(before);
  });

  it("leaves a tree that is a GOPROXY by itself", async () => {
    world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    await fetch(proxy.url + zipOf);
    expect(readFileSync(join(world.store, "example.org/a/@v/list"), "utf8")).toBe("v1.0.0\n");
    expect(readFileSync(join(world.store, "example.org/a/@latest"), "utf8")).toContain("v1.0.0");
  });

  it("passes over retracted versions offline, as the go command does", async () => {
    world.publish("example.org/a", "v1.0.0");
    world.publish("example.org/a", "v1.1.0", { "go.mod": "module example.org/a\n\nretract v1.1.0\n" });
    const online = await world.start();
    for (const version of ["v1.0.0", "v1.1.0"]) await fetch(`${online.url}/example.org/a/@v/${version}.zip`);
    const offline = await world.start({ offline: true });
    expect(JSON.parse(await text(`${offline.url}/example.org/a/@latest`))).toMatchObject({ Version: "v1.0.0" });
  });

  it("says 404 for what upstream has not, and 502 for what it fails at", async () => {
    world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    expect((await fetch(`${proxy.url}/example.org/a/@v/v9.9.9.zip`)).status).toBe(404);
    world.lie = (_, response) => (response.writeHead(500).end("broken"), true);
    expect((await fetch(proxy.url + zipOf)).status).toBe(502);
  });

  it("asks nobody with Disable-Module-Fetch", async () => {
    world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    const headers = { "Disable-Module-Fetch": "true" };
    for (const path of [zipOf, "/example.org/a/@v/list", "/example.org/a/@latest"])
      expect((await fetch(proxy.url + path, { headers })).status).toBe(404);
    expect(world.asked).toEqual([]);
  });

  it("refuses other methods and other paths", async () => {
    const proxy = await world.start();
    expect((await fetch(proxy.url + zipOf, { method: "POST" })).status).toBe(405);
    expect((await fetch(`${proxy.url}/etc/passwd`)).status).toBe(404);
    expect(await text(`${proxy.url}/healthz`)).toBe("ok\n");
    expect(await text(`${proxy.url}/metrics`)).toContain('medkit_proxy_requests_total{kind="other",code="405"} 1');
  });
});

describe("the checksum database", () => {
  it("is answered offline, with tiles cut to the head that a client holds", async () => {
    world.database.fill(300);
    world.publish("example.org/a", "v1.0.0");
    const older = world.database.size;
    const proxy = await world.start();
    await fetch(proxy.url + zipOf);
    world.database.fill(40);
    world.publish("example.org/b", "v1.0.0");
    world.database.keepsPartial = false;
    await fetch(`${proxy.url}/example.org/b/@v/v1.0.0.zip`);
    await proxy.stop();
    const offline = await world.start({ offline: true });
    const base = `${offline.url}/sumdb/${world.database.name}`;
    expect((await fetch(`${base}/supported`)).status).toBe(200);
    expect(await text(`${base}/lookup/example.org/a@v1.0.0`)).toContain("example.org/a v1.0.0 h1:");
    const width = older - 256;
    const cut = await bytes(await fetch(`${base}/tile/8/0/001.p/${width - 3}`));
    expect(cut).toEqual(world.database.tile({ level: 0, n: 1, width: width - 3 }));
    expect((await fetch(`${base}/tile/8/0/001.p/200`)).status).toBe(404);
    expect((await fetch(`${base}/lookup/example.org/m1@v1.0.0`)).status).toBe(404);
  });

  it("of another name is not relayed", async () => {
    const proxy = await world.start();
    expect((await fetch(`${proxy.url}/sumdb/localhost/latest`)).status).toBe(404);
    expect(world.asked).toEqual([]);
  });
});

describe("what is not the published module", () => {
  it.each([
    ["other bytes", (honest: Buffer) => Buffer.concat([honest, Buffer.from("x")])],
    ["a page", () => Buffer.from("<html>sign in</html>")],
    ["nothing", () => Buffer.alloc(0)],
    ["half of it", (honest: Buffer) => honest.subarray(0, honest.length / 2)],
  ])("is neither stored nor served: %s", async (_, change) => {
    world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    world.lie = (path, response, honest) => {
      if (!path.endsWith(".zip") || honest === undefined) return false;
      response.writeHead(200).end(change(honest));
      return true;
    };
    const reply = await fetch(proxy.url + zipOf);
    expect(reply.status).toBe(502);
    expect(stored().filter((name) => name.includes(".zip"))).toEqual([]);
    world.lie = () => false;
    expect((await fetch(proxy.url + zipOf)).status).toBe(200);
  });

  it("is not stored of a go.mod either", async () => {
    world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    world.lie = (path, response) => path.endsWith(".mod") && (response.writeHead(200).end("module evil\n"), true);
    for (const file of ["v1.0.0.mod", "v1.0.0.info"])
      expect((await fetch(`${proxy.url}/example.org/a/@v/${file}`)).status).toBe(502);
    expect(stored()).toEqual([]);
  });

  it("a cut connection leaves nothing, and the next client gets it", async () => {
    world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    let cuts = 0;
    world.lie = (path, response, honest) => {
      if (!path.endsWith(".zip") || honest === undefined || cuts++ > 0) return false;
      response.writeHead(200, { "Content-Length": honest.length });
      response.write(honest.subarray(0, 20), () => response.destroy());
      return true;
    };
    expect((await fetch(proxy.url + zipOf)).status).toBe(502);
    expect((await fetch(proxy.url + zipOf)).status).toBe(200);
  });

  it("and lies in the store without a proof is taken away, or proven", async () => {
    const { zip } = world.publish("example.org/a", "v1.0.0");
    const online = await world.start();
    await fetch(online.url + zipOf);
    const folder = join(world.store, "example.org/a/@v");
    const copy = join(world.root, "copy");
    cpSync(world.store, copy, { recursive: true });
    truncateSync(join(folder, "v1.0.0.zip"), 30);
    expect(await bytes(await fetch((await world.start()).url + zipOf))).toEqual(zip);
    // The same file, brought by hand, is proven from what the store knows of the database.
    mkdirSync(join(copy, "x"));
    writeFileSync(join(copy, "example.org/a/@v/v1.0.0.zip.proof"), "");
    const offline = await world.start({ offline: true, store: copy });
    expect(await bytes(await fetch(offline.url + zipOf))).toEqual(zip);
    expect(readFileSync(join(copy, "example.org/a/@v/v1.0.0.zip.proof"), "utf8")).toContain(`${world.database.name}#`);
  });
});

it("asks upstream once for 64 clients that want the same", async () => {
  world.publish("example.org/a", "v1.0.0");
  const proxy = await world.start();
  const replies = await Promise.all(
    Array.from({ length: 64 }, () => fetch(proxy.url + zipOf).then((each) => each.status)),
  );
  expect(new Set(replies)).toEqual(new Set([200]));
  expect(world.asked.filter((path) => path.endsWith(".zip"))).toHaveLength(1);
});

describe("HTTP", () => {
  it("knows entity tags, ranges and HEAD", async () => {
    const { zip } = world.publish("example.org/a", "v1.0.0", { "big.txt": "0123456789abcdef".repeat(9_000) });
    const proxy = await world.start();
    const whole = await fetch(proxy.url + zipOf);
    await whole.arrayBuffer();
    const tag = whole.headers.get("etag") ?? "";
    expect(tag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(whole.headers.get("cache-control")).toContain("immutable");
    expect(whole.headers.get("content-disposition")).toBe('attachment; filename="example.org_a_v1.0.0.zip"');
    const get = (headers: Record<string, string>, method = "GET"): Promise<Response> =>
      fetch(proxy.url + zipOf, { headers, method });
    expect((await get({ "If-None-Match": `"x", W/${tag}` })).status).toBe(304);
    const part = await get({ Range: "bytes=10-19" });
    expect([part.status, part.headers.get("content-range")]).toEqual([206, `bytes 10-19/${zip.length}`]);
    expect(await bytes(part)).toEqual(zip.subarray(10, 20));
    expect(await bytes(await get({ Range: "bytes=-5" }))).toEqual(zip.subarray(-5));
    expect(await bytes(await get({ Range: "bytes=5-", "If-Range": tag }))).toEqual(zip.subarray(5));
    expect((await get({ Range: "bytes=5-", "If-Range": '"another"' })).status).toBe(200);
    expect((await get({ Range: `bytes=${zip.length}-` })).status).toBe(416);
    expect((await get({ Range: "bytes=9-3" })).status).toBe(200);
    const head = await get({}, "HEAD");
    expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([200, String(zip.length), ""]);
  });

  it("lets a reply that is being sent come to its end when it is told to stop", async () => {
    const { zip } = world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    const { asked, letGo } = world.hold(".zip");
    const reply = fetch(proxy.url + zipOf);
    await asked;
    const stopped = proxy.stop();
    letGo();
    expect(await bytes(await reply)).toEqual(zip);
    await stopped;
    await expect(fetch(proxy.url + zipOf)).rejects.toThrow();
  });

  it("goes on for a while when it is told to stop, saying that it is not ready, where a load balancer has to notice", async () => {
    world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start({ drain: { delay: 300, deadline: 1_000 } });
    expect((await fetch(`${proxy.url}/readyz`)).status).toBe(200);
    const stopped = proxy.stop();
    const ready = await fetch(`${proxy.url}/readyz`);
    const served = await fetch(proxy.url + zipOf);
    expect([ready.status, await ready.text(), served.status]).toEqual([503, "ending\n", 200]);
    await served.arrayBuffer();
    await stopped;
    await expect(fetch(`${proxy.url}/readyz`)).rejects.toThrow();
  });

  it("writes a line a request, with the trace of the client", async () => {
    const proxy = await world.start();
    const trace = "0af7651916cd43dd8448eb211c80319c";
    await fetch(`${proxy.url}/healthz?token=secret`, { headers: { traceparent: `00-${trace}-b7ad6b7169203331-01` } });
    await expect.poll(() => proxy.log.length).toBe(1);
    expect(proxy.log[0]).toMatchObject({ path: "/healthz", status: 200, octets: 3, trace });
    expect(JSON.stringify(proxy.log)).not.toContain("secret");
  });
});
