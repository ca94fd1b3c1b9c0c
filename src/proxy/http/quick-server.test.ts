import { statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createProxyWorld, type ProxyWorld } from "../../../test/support/proxy-world.ts";
import { openRaw } from "../../../test/support/raw-http.ts";

let world: ProxyWorld;
beforeEach(async () => {
  world = await createProxyWorld();
});
afterEach(() => world.close());

const at = (version: string): string => `/example.org/a/@v/${version}`;
const get = (path: string, ...headers: readonly string[]): string =>
  [`GET ${path} HTTP/1.1`, "Host: h", ...headers, "", ""].join("\r\n");
/** Such a request is not plain: node:http answers it. */
const odd = "X-Odd: 1";
const noise = (size: number): string =>
  Array.from({ length: size / 8 }, (_, at8) => ((at8 * 2_654_435_761) % 4_294_967_296).toString(16).padStart(8, "0")).join(""); // prettier-ignore

describe("a connection", () => {
  it("gets the same from us as from node:http, from the store as from memory", async () => {
    world.publish("example.org/a", "v1.0.0", { "go.mod": `module example.org/a\n// ${"x".repeat(2_000)}\n`, "x.txt": noise(400_000) }); // prettier-ignore
    const proxy = await world.start();
    const paths = [
      at("v1.0.0.zip"),
      at("v1.0.0.mod"),
      at("v1.0.0.info"),
      at("list"),
      at("v9.9.9.zip"),
      "/healthz",
      "/x",
    ];
    for (const encoding of ["identity", "gzip"]) {
      const told = [`Accept-Encoding: ${encoding}`];
      for (const path of [...paths, ...paths, ...paths]) {
        await using ours = await openRaw(proxy.url);
        await using theirs = await openRaw(proxy.url);
        ours.send(get(path, ...told));
        theirs.send(get(path, ...told, odd));
        const [mine, other] = [await ours.reply(), await theirs.reply()];
        const facts = (reply: typeof mine): unknown => [reply?.status, new Map([...(reply?.headers ?? [])].filter(([name]) => name !== "date"))]; // prettier-ignore
        expect(facts(mine), path).toEqual(facts(other));
        expect(mine?.body.equals(other?.body ?? Buffer.alloc(0)), path).toBe(true);
        expect(Date.parse(mine?.headers.get("date") ?? "")).toBeGreaterThan(Date.now() - 5_000);
      }
    }
    const zip = proxy.log.filter((record) => record.path === at("v1.0.0.zip"));
    expect(zip.map((record) => record.kind)).toContain("hot");
    expect(new Set(zip.map((record) => `${record.module} ${record.version}`))).toEqual(new Set(["example.org/a v1.0.0"])); // prettier-ignore
  });

  it("may come by a load balancer, and its trace stands in the log", async () => {
    const proxy = await world.start();
    await using connection = await openRaw(proxy.url);
    const trace = "0af7651916cd43dd8448eb211c80319c";
    for (const client of ["192.0.2.1", "192.0.2.2"]) {
      connection.send(get("/healthz", `traceparent: 00-${trace}-b7ad6b7169203331-01`, `X-Forwarded-For: ${client}`));
      expect((await connection.reply())?.status).toBe(200);
    }
    expect(proxy.log.map((record) => record.trace)).toEqual([trace, trace]);
  });

  it("is answered in turn, whatever its requests are and however they come", async () => {
    const { zip, mod } = world.publish("example.org/a", "v1.0.0", { "x.txt": noise(3_000_000) });
    expect(zip.length).toBeGreaterThan(1_000_000);
    const proxy = await world.start();
    await using connection = await openRaw(proxy.url);
    for (let turn = 0; turn < 3; turn++) {
      connection.send(get(at("v1.0.0.mod")));
      expect((await connection.reply())?.body).toEqual(mod);
    }
    // The second is sent while the reply to the first is being made.
    connection.send(get(at("v1.0.0.zip")));
    connection.send(get("/healthz"));
    expect((await connection.reply())?.body).toEqual(zip);
    expect((await connection.reply())?.body.toString()).toBe("ok\n");
    // From here on the connection is node:http's.
    connection.send(get(at("v1.0.0.zip"), "Range: bytes=5-9"));
    expect((await connection.reply())?.body).toEqual(zip.subarray(5, 10));
    connection.send(get(at("v1.0.0.zip")).replace("GET", "HEAD"));
    expect((await connection.reply({ head: true }))?.headers.get("content-length")).toBe(String(zip.length));
    connection.send(get(at("v1.0.0.mod")) + get("/healthz") + get(at("v1.0.0.zip")));
    expect((await connection.reply())?.body).toEqual(mod);
    expect((await connection.reply())?.body.toString()).toBe("ok\n");
    expect((await connection.reply())?.body).toEqual(zip);
  });

  it("may send its first request in pieces, or several at once", async () => {
    const { mod } = world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    await using slow = await openRaw(proxy.url);
    for (const letter of get(at("v1.0.0.mod"))) {
      slow.send(letter);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect((await slow.reply())?.body).toEqual(mod);
    await using many = await openRaw(proxy.url);
    many.send(get(at("v1.0.0.mod")).repeat(20));
    for (let each = 0; each < 20; each++) expect((await many.reply())?.body).toEqual(mod);
  });

  it("that has said all it has to say still gets its replies", async () => {
    const { zip } = world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    for (let turn = 0; turn < 4; turn++) {
      await using connection = await openRaw(proxy.url);
      connection.send(get(at("v1.0.0.zip")));
      connection.end();
      expect((await connection.reply())?.body).toEqual(zip);
      expect(await connection.reply()).toBeUndefined();
    }
  });

  it("that does not read what it asks for holds up nobody, and is not answered without end", async () => {
    const { zip } = world.publish("example.org/a", "v1.0.0", { "x.txt": noise(4_000_000) });
    expect(zip.length).toBeGreaterThan(1_000_000);
    const proxy = await world.start();
    for (let turn = 0; turn < 3; turn++) await (await fetch(proxy.url + at("v1.0.0.zip"))).arrayBuffer();
    const { connect } = await import("node:net");
    const { port } = new URL(proxy.url);
    const deaf = connect({ host: "127.0.0.1", port: Number(port) });
    deaf.pause();
    deaf.on("error", () => undefined);
    for (let each = 0; each < 200; each++) {
      deaf.write(get(at("v1.0.0.zip")));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    const before = proxy.log.length;
    expect(await (await fetch(`${proxy.url}/healthz`)).text()).toBe("ok\n");
    // As many as the system's buffers hold, and not 200.
    expect(before).toBeLessThan(20);
    deaf.destroy();
  });

  it("that is idle does not keep the server from ending, and one that is served is served to its end", async () => {
    const { zip } = world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start();
    await using idle = await openRaw(proxy.url);
    await using handed = await openRaw(proxy.url);
    await using silent = await openRaw(proxy.url);
    for (const connection of [idle, handed]) {
      connection.send(get("/healthz", ...(connection === handed ? [odd] : [])));
      expect((await connection.reply())?.status).toBe(200);
    }
    await using served = await openRaw(proxy.url);
    const { asked, letGo } = world.hold(".zip");
    served.send(get(at("v1.0.0.zip")));
    await asked;
    const stopped = proxy.stop();
    for (const connection of [idle, handed, silent]) expect(await connection.reply()).toBeUndefined();
    letGo();
    const reply = await served.reply();
    expect([reply?.body.equals(zip), reply?.headers.get("connection")]).toEqual([true, "close"]);
    expect(await served.reply()).toBeUndefined();
    await stopped;
  });
});

it("a stored file that was damaged after it was proven is refused when it would be taken into memory, and fetched anew", async () => {
  const { zip } = world.publish("example.org/a", "v1.0.0", { "x.txt": noise(200_000) });
  const proxy = await world.start();
  const url = proxy.url + at("v1.0.0.zip");
  await (await fetch(url)).arrayBuffer();
  const file = join(world.store, "example.org/a/@v/v1.0.0.zip");
  const { size, mtime } = statSync(file);
  writeFileSync(file, Buffer.alloc(size, 1));
  utimesSync(file, mtime, mtime);
  const second = await fetch(url);
  expect(second.status).toBe(502);
  expect(await second.text()).toContain("damaged");
  const third = await fetch(url);
  expect([third.status, Buffer.from(await third.arrayBuffer()).equals(zip)]).toEqual([200, true]);
});
