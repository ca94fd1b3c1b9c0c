import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { createNodePorts } from "../core/node-ports.ts";
import type { Ports } from "../core/ports.ts";
import { FakeLog } from "../module/__fixtures__/fake-log.ts";
import { ChecksumDatabase } from "../module/index.ts";
import { openHome, removeTree } from "../state/index.ts";
import { acquireToolchain } from "./acquire.ts";
import { hashTree, toolchainHash1 } from "./hash-tree.ts";
import { downloadSource } from "./sources/index.ts";

const request = { version: "1.21.13", platform: { os: "linux", arch: "amd64" } };
const name = "go1.21.13.linux-amd64.tar.gz";
const work = mkdtempSync(join(tmpdir(), "medkit-acquire-"));

/** What a site does with a request for the archive. It publishes no list: the checksum database alone tells. */
type Site = (response: ServerResponse) => void;
const sites = new Map<string, Site>();
let asked: string[] = [];
const server = createServer((incoming, response) => {
  const [, site = "", file = ""] = incoming.url?.split("/") ?? [];
  if (file !== name) return void response.writeHead(404).end();
  asked.push(site);
  sites.get(site)?.(response);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await removeTree(work);
});

function archiveOf(label: string, files: Readonly<Record<string, string>>): Buffer {
  const folder = join(work, label);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, "go", path)), { recursive: true });
    writeFileSync(join(folder, "go", path), text);
  }
  expect(spawnSync("tar", ["-czf", `${folder}.tgz`, "-C", folder, "go"]).status).toBe(0);
  return readFileSync(`${folder}.tgz`);
}

const published = archiveOf("published", {
  VERSION: "go1.21.13\n",
  "bin/go": "the go",
  "test/of/the/site": "not in the module",
});
const evil = archiveOf("evil", {
  VERSION: "go1.21.13\n",
  "bin/go": "another go",
  "test/of/the/site": "not in the module",
});
const send =
  (bytes: Buffer): Site =>
  (response) =>
    void response.end(bytes);
const record = toolchainHash1(request, await hashTree(join(work, "published", "go")));
/** A tar with one member of this path. */
function tarOf(path: string): Buffer {
  const header = Buffer.alloc(512);
  header.write(`${path}\0`, 0);
  const fields = ["0000644", "0000000", "0000000", "00000000000", "00000000000"];
  header.write(`${fields.map((field) => `${field}\0`).join("")}        0`, 100);
  header.write("ustar\x0000", 257);
  header.write(
    `${header
      .reduce((sum, octet) => sum + octet, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return gzipSync(Buffer.concat([header, Buffer.alloc(1024)]));
}

const spoilt: Readonly<Record<string, readonly [site: Site, reason: RegExp]>> = {
  "has it not": [(response) => void response.writeHead(404).end("no"), /404/],
  "is broken": [(response) => void response.writeHead(500).end("no"), /500/],
  "goes silent": [() => undefined, /PROXY_STALLED/],
  "sends a login page": [send(Buffer.from("<!doctype html>")), /PROXY_NOT_ARCHIVE/],
  "sends another toolchain": [send(evil), /h1:.*published h1:/],
  "sends a damaged archive": [
    // gzip's own checksum, four of the last eight octets, is another: that does not depend on when the archive was made.
    send(Buffer.concat([published.subarray(0, -8), Buffer.from("deadbeef", "hex"), published.subarray(-4)])),
    /ARCHIVE_DAMAGED/,
  ],
  "sends an archive that leads out": [send(tarOf("go/../../out")), /ARCHIVE_PATH_TRAVERSAL/],
  "sends an empty toolchain": [send(archiveOf("empty", { VERSION: "" })), /published h1:/],
};

let notes: string[] = [];
let ports: Ports;
let home = "";
let patience = 20_000;
beforeEach(() => {
  patience = 20_000;
  asked = [];
  notes = [];
  home = mkdtempSync(join(work, "home-"));
  const { signal } = new AbortController();
  const progress = {
    emit: (event: Parameters<Ports["progress"]["emit"]>[0]) => void (event.type === "note" && notes.push(event.text)),
  };
  ports = createNodePorts({ env: {}, cwd: "/", signal, offline: false, progress });
});

async function acquire(...from: readonly string[]) {
  const log = new FakeLog();
  const module = "golang.org/toolchain v0.0.1-go1.21.13.linux-amd64";
  log.add("golang.org/toolchain", "v0.0.1-go1.21.13.linux-amd64", `${module} ${record}\n${module}/go.mod ${record}\n`);
  const ops = {
    fetch: log.fetcher(),
    readCache: () => Promise.resolve(undefined),
    writeCache: () => Promise.resolve(),
  };
  const database = new ChecksumDatabase(log.verifier, ops);
  const sources = from.map((site, index) =>
    downloadSource(ports, `${base}/${site}`, { retries: 0, backoff: 1, stallAfter: index === 0 ? patience : 20_000 }),
  );
  const layout = await openHome(home);
  return { layout, acquired: acquireToolchain(ports, request, { layout, database, sources }) };
}

describe("acquireToolchain", () => {
  sites.set("good", send(published));

  test.each(Object.entries(spoilt))("asks the next source where one %s", async (what, [site, reason]) => {
    if (what === "goes silent") patience = 1000;
    sites.set("bad", site);
    const { layout, acquired } = await acquire("bad", "good");
    const toolchain = await acquired;
    expect(asked).toEqual(["bad", "good"]);
    expect(toolchain.h1).toBe(record);
    expect(readFileSync(join(toolchain.goroot, "bin/go"), "utf8")).toBe("the go");
    expect(readdirSync(toolchain.goroot).toSorted()).toEqual(["VERSION", "bin"]);
    expect(notes).toEqual([
      expect.stringMatching(/^go1\.21\.13 linux\/amd64, download \(http:\/\/127\.0\.0\.1:\d+\/bad\): /),
    ]);
    expect(notes[0]).toMatch(reason);
    // Nothing of what was thrown away is left, inside or outside.
    expect(readdirSync(layout.work)).toEqual([]);
    expect(existsSync(join(layout.work, "out"))).toBe(false);
    expect(readdirSync(layout.toolchains)).toEqual(["go1.21.13.linux-amd64"]);
  });

  test("asks no further once a source gave it, and none at all the next time", async () => {
    await (
      await acquire("good", "bad")
    ).acquired;
    await (
      await acquire("bad")
    ).acquired;
    expect(asked).toEqual(["good"]);
  });

  test("names every reason where no source is left, the gravest first", async () => {
    sites.set("one", (response) => void response.writeHead(404).end("no"));
    sites.set("two", send(evil));
    const { layout, acquired } = await acquire("one", "two");
    await expect(acquired).rejects.toMatchObject({
      code: "TOOLCHAIN_MISMATCH",
      params: {
        reasons: expect.stringMatching(/^download .*\/one\): .*404.*; download .*\/two\): .*published h1:/) as string,
      },
      reasons: [{ code: "TOOLCHAIN_UNAVAILABLE" }, { code: "TOOLCHAIN_MISMATCH" }],
    });
    expect(readdirSync(layout.toolchains)).toEqual([]);
  });

  test("is an integrity failure where the only source gave another one", async () => {
    sites.set("two", send(evil));
    await expect((await acquire("two")).acquired).rejects.toMatchObject({ code: "TOOLCHAIN_MISMATCH" });
  });

  test("fetches a stored copy again that was changed", async () => {
    const { goroot } = await (await acquire("good")).acquired;
    // The store is read-only: whoever changes something has to want it.
    expect(statSync(join(goroot, "bin/go")).mode & 0o222).toBe(0);
    chmodSync(join(goroot, "bin/go"), 0o755);
    writeFileSync(join(goroot, "bin/go"), "another go");
    const again = await (await acquire("good")).acquired;
    expect(asked).toEqual(["good", "good"]);
    expect(readFileSync(join(again.goroot, "bin/go"), "utf8")).toBe("the go");
  });
});
