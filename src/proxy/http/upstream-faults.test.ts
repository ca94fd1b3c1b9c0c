import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  createProxyWorld,
  type ProxyWorld,
  type RunningProxy,
  type StartOptions,
} from "../../../test/support/proxy-world.ts";

/** Milliseconds after which a silent upstream is given up: soon where it is silent, and late on a busy machine where it is not. */
const soon = 250;
const late = 10_000;

/** What an upstream can do instead of answering. `honest` is what it should have said. */
type Fault = (response: ServerResponse, honest: Buffer, path: string) => void;

const page = Buffer.from("<!DOCTYPE html>\n<html><body>Please sign in</body></html>\n");
/** Hundreds of octets that are nothing of the protocol. */
const noise = Buffer.from(Array.from({ length: 600 }, (_, index) => (index * 167 + 89) & 0xff));

/** `right`: the client may also get the right bytes, since nothing was lost. */
const faults: Record<string, { readonly fault: Fault; readonly status: number; readonly right?: true }> = {
  "refuses the connection": { fault: (response) => response.destroy(), status: 502 },
  "says nothing": { fault: () => undefined, status: 504 },
  "says 500": { fault: (response) => response.writeHead(500).end("broken\n"), status: 502 },
  "says 403": { fault: (response) => response.writeHead(403).end("not for you\n"), status: 502 },
  "says 429 and to come back in an hour": {
    fault: (response) => response.writeHead(429, { "Retry-After": "3600" }).end("slow down\n"),
    status: 502,
  },
  "breaks off in the middle": {
    fault: (response, honest) => {
      response.writeHead(200, { "Content-Length": honest.length });
      response.write(honest.subarray(0, honest.length / 2), () => response.destroy());
    },
    status: 502,
  },
  "breaks off a chunked answer": {
    fault: (response, honest) => void response.write(honest.subarray(0, honest.length / 2), () => response.destroy()),
    status: 502,
  },
  "sends other bytes": { fault: (response) => response.writeHead(200).end(noise), status: 502 },
  "sends a page to sign in": {
    fault: (response) => response.writeHead(200, { "Content-Type": "text/html" }).end(page),
    status: 502,
  },
  "sends nothing with 200": { fault: (response) => response.writeHead(200).end(), status: 502 },
  "says 204": { fault: (response) => response.writeHead(204).end(), status: 502 },
  "says 304": { fault: (response) => response.writeHead(304).end(), status: 502 },
  "sends a part that nobody asked for": {
    fault: (response, honest) =>
      response
        .writeHead(206, { "Content-Range": `bytes 0-${honest.length - 2}/${honest.length}` })
        .end(honest.subarray(0, -1)),
    status: 502,
  },
  "redirects in a circle": {
    fault: (response, _, path) => response.writeHead(302, { Location: `/${path}` }).end(),
    status: 502,
  },
  "redirects to a file": {
    fault: (response) => response.writeHead(302, { Location: "file:///etc/hostname" }).end(),
    status: 502,
  },
  "announces more than it sends": {
    fault: (response, honest) => {
      response.writeHead(200, { "Content-Length": honest.length + 100 });
      response.write(honest, () => response.destroy());
    },
    status: 502,
  },
  "announces less than it sends": {
    fault: (response, honest) => {
      const head = `HTTP/1.1 200 OK\r\nContent-Length: ${honest.length - 3}\r\nConnection: close\r\n\r\n`;
      response.socket?.end(Buffer.concat([Buffer.from(head), honest]));
    },
    status: 502,
  },
  "drips a byte at a time": {
    fault: (response, honest) => {
      response.writeHead(200, { "Content-Length": honest.length + 5_000 });
      let sent = 0;
      const timer = setInterval(() => response.write(honest.subarray(sent, ++sent)), 50);
      response.once("close", () => clearInterval(timer));
    },
    status: 504,
  },
  "compresses without being asked": {
    fault: (response, honest) => response.writeHead(200, { "Content-Encoding": "gzip" }).end(gzipSync(honest)),
    status: 502,
    right: true,
  },
  "says that it is compressed and is not": {
    fault: (response, honest) => response.writeHead(200, { "Content-Encoding": "gzip" }).end(honest),
    status: 502,
  },
  "announces more than can be": {
    fault: (response) => void response.writeHead(200, { "Content-Length": 2 ** 40 }).write("x"),
    status: 502,
  },
  "sends headers without end": {
    fault: (response) => {
      const line = `X-${"a".repeat(60)}: ${"b".repeat(900)}\r\n`;
      response.socket?.end(`HTTP/1.1 200 OK\r\n${line.repeat(40)}\r\n`);
    },
    status: 502,
  },
};

const module = "example.org/a";
const files = ["@v/list", "@latest", "@v/v1.0.0.info", "@v/v1.0.0.mod", "@v/v1.0.0.zip", "lookup", "tile"] as const;
const latest = Buffer.from(JSON.stringify({ Version: "v1.0.0", Time: "2024-01-01T00:00:00Z" }));

let world: ProxyWorld;
/** What each path is answered with where nothing goes wrong. */
const honest = new Map<string, { readonly status: number; readonly bytes: Buffer }>();
beforeAll(async () => {
  world = await createProxyWorld();
  world.database.fill(20);
  world.publish(module, "v1.0.0", { "text.txt": "0123456789abcdef\n".repeat(40) });
  lieAbout(() => false);
  const proxy = await start();
  for (const file of files) honest.set(file, await ask(proxy, pathOf(file)));
  expect([...honest.values()].map(({ status }) => status)).toEqual(files.map(() => 200));
});
afterAll(() => world.close());

function pathOf(file: (typeof files)[number]): string {
  const { name, size } = world.database;
  if (file === "lookup") return `sumdb/${name}/lookup/${module}@v1.0.0`;
  return file === "tile" ? `sumdb/${name}/tile/8/0/000.p/${size}` : `${module}/${file}`;
}

let stores = 0;
const start = (options: StartOptions = {}): Promise<RunningProxy> =>
  world.start({ store: join(world.root, `faulty-${stores++}`), stallAfter: late, ...options });

/** Fails where the proxy does not answer in time. */
async function ask(proxy: RunningProxy, path: string) {
  const reply = await fetch(`${proxy.url}/${path}`, { signal: AbortSignal.timeout(2 * late) });
  return { status: reply.status, bytes: Buffer.from(await reply.arrayBuffer()) };
}

/** The upstream does `fault` for the paths that `chosen` picks, and is honest for all others. */
function lieAbout(chosen: (path: string) => boolean, fault?: Fault): void {
  world.lie = (path, response, bytes) => {
    const right = path.endsWith("/@latest") ? latest : bytes;
    if (right === undefined) return false;
    if (fault !== undefined && chosen(path)) fault(response, right, path);
    else response.writeHead(200, { "Content-Length": right.length }).end(right);
    return true;
  };
}

describe.each(Object.entries(faults))("an upstream that %s", (name, { fault, status, right }) => {
  it.each(files)("at %s: nothing wrong is stored or served, and the client is told", async (file) => {
    const asked = pathOf(file);
    const store = join(world.root, `faulty-${stores++}`);
    const proxy = await start({ store, stallAfter: status === 504 ? soon : late });
    lieAbout((path) => (file === "tile" ? path.includes("/tile/") : path === asked), fault);
    const faulty = await ask(proxy, asked);
    // A module without a tagged version has such a list.
    const isEmptyList = file === "@v/list" && name === "sends nothing with 200";
    if (right === true && faulty.status === 200) expect(faulty).toEqual(honest.get(file));
    else if (isEmptyList) expect(faulty).toEqual({ status: 200, bytes: Buffer.alloc(0) });
    else {
      expect(faulty.status).toBe(status);
      expect(faulty.bytes.toString("utf8")).toMatch(/^[A-Z_]+\n/);
    }
    // What it left: offline, the same store has the right bytes or none.
    const offline = await ask(await start({ store, offline: true }), asked);
    if (offline.status === 200) expect(offline).toEqual(honest.get(file));
    else expect([404, 502]).toContain(offline.status);
    lieAbout(() => false);
    if (!isEmptyList) expect(await ask(proxy, asked)).toEqual(honest.get(file));
  });
});
