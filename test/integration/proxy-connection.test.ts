import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../support/medkit.ts";
import { startServer, type Server } from "../support/proxy-server.ts";
import { createProxyWorld, type ProxyWorld } from "../support/proxy-world.ts";
import { openRaw, type RawConnection } from "../support/raw-http.ts";

/** The packaged executable runs on another runtime, whose sockets and servers are others: it is held to the same where it was made. */
const packaged = join(root, "dist", `medkit-${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`);
const programs = [`${root}medkit`, ...(existsSync(packaged) ? [packaged] : [])];

const zipOf = "/example.org/a/@v/v1.0.0.zip";
const modOf = "/example.org/a/@v/v1.0.0.mod";
const get = (path: string, ...headers: readonly string[]): string =>
  [`GET ${path} HTTP/1.1`, "Host: h", ...headers, "", ""].join("\r\n");

let world: ProxyWorld;
let zip: Buffer;
let mod: Buffer;
beforeAll(async () => {
  world = await createProxyWorld();
  ({ zip, mod } = world.publish("example.org/a", "v1.0.0", { "x.txt": randomBytes(1_500_000).toString("hex") }));
  const proxy = await world.start();
  expect((await fetch(proxy.url + zipOf)).status).toBe(200);
  await proxy.stop();
});
afterAll(() => world.close());

describe.each(programs)("%s proxy serve", (program) => {
  let server: Server;
  beforeAll(async () => {
    server = await startServer(["--offline", "--store", world.store], world.root, program);
  });
  afterAll(() => server.stop("SIGKILL"));

  const bodyOf = async (connection: RawConnection): Promise<Buffer | undefined> => (await connection.reply())?.body;

  it("answers plain requests and others in turn on one connection", async () => {
    await using connection = await openRaw(server.url);
    // From the disk, then into memory, then out of it.
    for (let turn = 0; turn < 3; turn++) {
      connection.send(get(zipOf));
      expect((await bodyOf(connection))?.equals(zip)).toBe(true);
      connection.send(get(modOf));
      expect(await bodyOf(connection)).toEqual(mod);
    }
    connection.send(get(zipOf, "Range: bytes=5-9"));
    expect(await bodyOf(connection)).toEqual(zip.subarray(5, 10));
    connection.send(get(zipOf).replace("GET", "HEAD"));
    expect((await connection.reply({ head: true }))?.headers.get("content-length")).toBe(String(zip.length));
    connection.send(get(modOf) + get("/healthz") + get(zipOf));
    expect(await bodyOf(connection)).toEqual(mod);
    expect((await bodyOf(connection))?.toString()).toBe("ok\n");
    expect((await bodyOf(connection))?.equals(zip)).toBe(true);
  });

  it("takes a request in pieces, and a client that has said all it has to say", async () => {
    await using slow = await openRaw(server.url);
    for (const letter of get(modOf)) {
      slow.send(letter);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await bodyOf(slow)).toEqual(mod);
    await using short = await openRaw(server.url);
    short.send(get(zipOf));
    short.end();
    expect((await bodyOf(short))?.equals(zip)).toBe(true);
    expect(await short.reply()).toBeUndefined();
  });

  it("ends on SIGTERM although connections are open", async () => {
    await using idle = await openRaw(server.url);
    await using handed = await openRaw(server.url);
    await using silent = await openRaw(server.url);
    for (const [connection, header] of [
      [idle, "Accept: x"],
      [handed, "X-Odd: 1"],
    ] as const) {
      connection.send(get("/healthz", header));
      expect((await connection.reply())?.status).toBe(200);
    }
    const started = performance.now();
    expect(await server.stop()).toBe(0);
    expect(performance.now() - started).toBeLessThan(10_000);
    for (const connection of [idle, handed, silent]) expect(await connection.reply()).toBeUndefined();
  });
});
