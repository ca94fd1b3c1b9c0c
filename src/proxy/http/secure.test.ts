import { execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";
import { connect, type ClientHttp2Session } from "node:http2";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createProxyWorld, type ProxyWorld } from "../../../test/support/proxy-world.ts";
import { Guard, makeToken, parseLogins } from "../login/index.ts";
import { readTlsPair } from "./tls.ts";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: Buffer;
}

let folder = "";
let world: ProxyWorld;

function makeCertificate(name: string): { cert: string; key: string } {
  const [cert, key] = [join(folder, `${name}.pem`), join(folder, `${name}.key`)];
  const args = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=x".split(" ");
  execFileSync("openssl", [...args, "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", cert], {
    stdio: "ignore",
  });
  return { cert, key };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "medkit-tls-"));
  makeCertificate("one");
  makeCertificate("two");
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  world = await createProxyWorld();
});
afterEach(() => world.close());

const pair = (name: string) => ({ cert: join(folder, `${name}.pem`), key: join(folder, `${name}.key`) });
const zipOf = "/example.org/a/@v/v1.0.0.zip";
const modOf = "/example.org/a/@v/v1.0.0.mod";

function ask(session: ClientHttp2Session, path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const stream = session.request({ ":path": path, ...headers });
    const chunks: Buffer[] = [];
    let head: Record<string, string | readonly string[] | undefined> = {};
    stream.on("response", (found) => (head = found as typeof head));
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => resolve({ status: Number(head[":status"]), headers: head, body: Buffer.concat(chunks) }));
    stream.on("error", reject);
    stream.end();
  });
}

function askHttps(url: string, headers: Record<string, string> = {}, ca = pair("one").cert): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(url, { ca: readFileSync(ca), headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
      );
    });
    request.on("error", reject);
    request.end();
  });
}

describe("TLS", () => {
  it("serves HTTP/2 and HTTP/1.1 at one address", async () => {
    const { zip } = world.publish("example.org/a", "v1.0.0", { "big.txt": "0123456789abcdef".repeat(90_000) });
    const proxy = await world.start({ tls: pair("one") });
    const session = connect(proxy.url, { ca: readFileSync(pair("one").cert) });
    const [whole, part, absent] = await Promise.all([
      ask(session, zipOf),
      ask(session, zipOf, { range: "bytes=5-9" }),
      ask(session, "/example.org/absent/@v/list"),
    ]);
    session.close();
    expect([whole.status, whole.body.equals(zip), part.status, absent.status]).toEqual([200, true, 206, 404]);
    expect(part.body).toEqual(zip.subarray(5, 10));
    const again = await ask(connect(proxy.url, { ca: readFileSync(pair("one").cert) }), zipOf, {
      "if-none-match": String(whole.headers["etag"]),
    });
    expect(again.status).toBe(304);
    const plain = await askHttps(proxy.url + zipOf);
    expect([plain.status, plain.body.equals(zip)]).toEqual([200, true]);
    await expect(fetch(proxy.url.replace("https", "http"))).rejects.toThrow();
  });

  it("lets an HTTP/2 stream come to its end, and no new one begin, when it is told to stop", async () => {
    const { zip } = world.publish("example.org/a", "v1.0.0");
    const proxy = await world.start({ tls: pair("one") });
    const { asked, letGo } = world.hold(".zip");
    const session = connect(proxy.url, { ca: readFileSync(pair("one").cert) });
    const away = new Promise((resolve) => session.once("goaway", resolve));
    const reply = ask(session, zipOf);
    await asked;
    const stopped = proxy.stop();
    await away;
    letGo();
    expect((await reply).body).toEqual(zip);
    await stopped;
  });

  it("takes over a renewed certificate, and keeps the old one while the new one does not fit", async () => {
    const live = { cert: join(folder, "live.pem"), key: join(folder, "live.key") };
    copyFileSync(pair("one").cert, live.cert);
    copyFileSync(pair("one").key, live.key);
    const told: (string | undefined)[] = [];
    const proxy = await world.start({
      tls: live,
      lookEvery: 20,
      onCertificate: (problem) => void told.push(problem?.code),
    });
    expect((await askHttps(`${proxy.url}/healthz`)).status).toBe(200);
    copyFileSync(pair("two").cert, live.cert);
    await expect.poll(() => told).toContain("TLS_FILE_INVALID");
    expect((await askHttps(`${proxy.url}/healthz`)).status).toBe(200);
    copyFileSync(pair("two").key, live.key);
    await expect.poll(() => told.at(-1)).toBeUndefined();
    await expect(askHttps(`${proxy.url}/healthz`)).rejects.toThrow();
    expect((await askHttps(`${proxy.url}/healthz`, {}, pair("two").cert)).status).toBe(200);
  });

  it("wants a certificate of clients where an authority is named", async () => {
    const proxy = await world.start({ tls: { ...pair("one"), clientCa: pair("two").cert } });
    await expect(askHttps(`${proxy.url}/healthz`)).rejects.toThrow();
    const session = connect(proxy.url, {
      ca: readFileSync(pair("one").cert),
      cert: readFileSync(pair("two").cert),
      key: readFileSync(pair("two").key),
    });
    expect((await ask(session, "/healthz")).status).toBe(200);
    session.close();
  });

  it.each([
    ["a certificate that is none", () => ({ cert: textFile("x"), key: pair("one").key })],
    ["a key that is none", () => ({ cert: pair("one").cert, key: textFile("x") })],
    ["another certificate's key", () => ({ cert: pair("one").cert, key: pair("two").key })],
    ["a file that is not there", () => ({ cert: join(folder, "absent"), key: pair("one").key })],
    ["authorities that are none", () => ({ ...pair("one"), clientCa: textFile("x") })],
  ])("refuses %s", async (_, files) => {
    await expect(readTlsPair(files())).rejects.toMatchObject({ code: "TLS_FILE_INVALID" });
  });
});

function textFile(text: string): string {
  const path = join(folder, "text");
  writeFileSync(path, text);
  return path;
}

describe("login", () => {
  it("is asked for everything but health, and named in the log", async () => {
    world.publish("example.org/a", "v1.0.0");
    const { token, kept } = makeToken();
    const guard = new Guard({ monotonic: () => performance.now() }, parseLogins(`ci:${kept}\n`, "logins"));
    const proxy = await world.start({ guard });
    const get = (path: string, authorization?: string): Promise<Response> =>
      fetch(proxy.url + path, authorization === undefined ? {} : { headers: { authorization } });
    const refused = await get(modOf);
    expect([refused.status, refused.headers.get("www-authenticate")]).toEqual([
      401,
      'Basic realm="medkit", charset="UTF-8"',
    ]);
    expect(world.asked).toEqual([]);
    expect((await get("/healthz")).status).toBe(200);
    expect((await get("/metrics")).status).toBe(401);
    expect((await get(modOf, `Bearer ${token}`)).status).toBe(200);
    // Hot by now, and still not for everybody.
    expect((await get(modOf)).status).toBe(401);
    expect((await get(modOf, "Bearer wrong")).status).toBe(401);
    await expect.poll(() => proxy.log.length).toBe(6);
    expect(proxy.log.find((record) => record.status === 200 && record.path === modOf)?.user).toBe("ci");
    expect(JSON.stringify(proxy.log)).not.toContain(token);
  });
});

describe("gzip", () => {
  const mod = `module example.org/a\n${"// a line that is there many times\n".repeat(100)}`;
  const get = (url: string, headers: Record<string, string>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      void fetch(url, { headers }).then(async (response) => {
        resolve({
          status: response.status,
          headers: Object.fromEntries(response.headers),
          body: Buffer.from(await response.arrayBuffer()),
        });
      }, reject);
    });

  it("has a tag of its own, and is not for who wants a part", async () => {
    world.publish("example.org/a", "v1.0.0", { "go.mod": mod });
    const proxy = await world.start();
    const url = proxy.url + modOf;
    const plain = await get(url, { "accept-encoding": "identity" });
    const zipped = await get(url, { "accept-encoding": "br, gzip;q=0.5" });
    expect(plain.body.toString()).toBe(mod);
    expect(plain.headers).toMatchObject({ vary: "Accept-Encoding", "content-length": String(mod.length) });
    expect(zipped.headers).toMatchObject({ "content-encoding": "gzip", vary: "Accept-Encoding" });
    expect(Number(zipped.headers["content-length"])).toBeLessThan(mod.length);
    // fetch has undone it.
    expect(zipped.body.toString()).toBe(mod);
    expect(zipped.headers["etag"]).not.toBe(plain.headers["etag"]);
    const same = (tag: string | undefined, encoding: string): Promise<Answer> =>
      get(url, { "if-none-match": tag ?? "", "accept-encoding": encoding });
    expect((await same(String(zipped.headers["etag"]), "gzip")).status).toBe(304);
    expect((await same(String(plain.headers["etag"]), "identity")).status).toBe(304);
    expect((await same(String(plain.headers["etag"]), "gzip")).status).toBe(200);
    const part = await get(url, { "accept-encoding": "gzip", range: "bytes=0-5" });
    expect([part.status, part.body.toString()]).toEqual([206, "module"]);
    expect((await get(url, { "accept-encoding": "gzip;q=0" })).headers["content-encoding"]).toBeUndefined();
  });

  it("is what gunzip takes", async () => {
    world.publish("example.org/a", "v1.0.0", { "go.mod": mod });
    const proxy = await world.start({ tls: pair("one") });
    const { headers, body } = await askHttps(proxy.url + modOf, { "accept-encoding": "gzip" });
    expect(headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(body).toString()).toBe(mod);
  });
});
