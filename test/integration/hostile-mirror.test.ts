import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { FakeLog, recordText } from "../../src/module/__fixtures__/fake-log.ts";
import { makeZip, type FakeEntry } from "../../src/module/__fixtures__/zip-writer.ts";
import { createToolchainWorld, toolchainFiles, type ToolchainWorld } from "../support/toolchain-world.ts";
import { tarGz, type TarMember } from "../support/tar-members.ts";

/** A module proxy, a relay of the checksum database and a download site, all in one server that may lie; the command against it. */

const version = "1.22.5";
const moduleVersion = `v0.0.1-go${version}.linux-amd64`;
const module = { path: "golang.org/toolchain", version: moduleVersion };
const prefix = `golang.org/toolchain@${moduleVersion}/`;
const zipPath = `golang.org/toolchain/@v/${moduleVersion}.zip`;
const archive = `dl/go${version}.linux-amd64.tar.gz`;
const lookup = `lookup/golang.org/toolchain@${moduleVersion}`;

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly honest: Buffer;
  /** How often this path was asked for before. */
  readonly before: number;
}
type Lie = (exchange: Exchange) => void;

let world: ToolchainWorld;
let server: Server;
let base = "";
let lies = new Map<string, Lie>();
let asked: IncomingMessage[] = [];

const zipEntries = (): FakeEntry[] =>
  Object.entries(toolchainFiles(version, "linux/amd64")).map(([path, content]) => ({
    name: prefix + path.replace(/(^|\/)go\.mod$/, "$1_go.mod"),
    content,
  }));
const members = (): TarMember[] =>
  Object.entries(toolchainFiles(version, "linux/amd64")).map(([path, content]) => ({ name: `go/${path}`, content }));

function honestAnswer(path: string): Buffer | undefined {
  const sumdb = `sumdb/${world.log.name}/`;
  if (path === `${sumdb}supported`) return Buffer.alloc(0);
  if (path.startsWith(sumdb)) return world.log.answer(path.slice(sumdb.length));
  if (path === archive) return tarGz(members());
  const file = join(world.proxy, path);
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined;
}

beforeEach(async () => {
  lies = new Map();
  asked = [];
  world = createToolchainWorld();
  world.publish("1.21.13");
  world.publish(version);
  server = createServer((request, response) => {
    const path = (request.url ?? "/").slice(1);
    const before = asked.filter((each) => each.url === request.url).length;
    asked.push(request);
    const honest = honestAnswer(path);
    const lie = lies.get(path.replace(`sumdb/${world.log.name}/`, ""));
    if (lie !== undefined) lie({ request, response, honest: honest ?? Buffer.alloc(0), before });
    else if (honest === undefined) response.writeHead(404).end("not here");
    else response.end(honest);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  world.env["GOPROXY"] = base;
  world.env["GOSUMDB"] = world.log.verifier.text;
}, 60_000);
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await world.close();
});

const listed = (folder: string): string[] => {
  const path = join(world.home, folder);
  return existsSync(path) ? readdirSync(path).toSorted() : [];
};
const install = (source: string, ...more: string[]) =>
  world.medkit("toolchain", "install", version, "--source", source, ...more, "--json");

/** The lie's code and status come out, nothing of it stays, and an honest mirror is believed afterwards. */
async function expectRefused(
  source: string,
  code: string,
  exit: number,
  stored: readonly string[] = [],
): Promise<void> {
  expect(await install(source)).toMatchObject({ code, exit });
  expect(listed("toolchains")).toEqual(stored);
  expect(listed("work")).toEqual([]);
  lies.clear();
  expect(await install(source)).toMatchObject({ exit: 0 });
  expect(listed("toolchains")).toContain(`go${version}.linux-amd64`);
}

const bytes =
  (data: (honest: Buffer) => Buffer | string, headers: Record<string, string | number> = {}, status = 200): Lie =>
  ({ response, honest }) =>
    void response.writeHead(status, headers).end(data(honest));
const flip = (data: Buffer, at = data.length >> 1): Buffer => {
  const copy = Buffer.from(data);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

describe("the checksum database", () => {
  const head = (): string => world.log.head();
  const record = (): string => world.log.records[1] ?? "";
  const impostor = (): FakeLog => {
    const other = new FakeLog(world.log.name, "impostor");
    for (const [n, text] of world.log.records.entries()) other.add(`m${n}`, "v1.0.0", text);
    return other;
  };

  test.each<readonly [name: string, path: string, answer: (honest: Buffer) => Buffer | string, code: string]>([
    ["an empty lookup (CVE-2026-42501)", lookup, () => "", "DATABASE_RECORD_EMPTY"],
    [
      "an unrelated module, true and signed (CVE-2026-42501)",
      lookup,
      () => `1\n${recordText({ path: "example.org/m", version: "v1.0.0" }, "x")}\n${head()}`,
      "DATABASE_RECORD_UNRELATED",
    ],
    [
      "the record of another version",
      lookup,
      () => `0\n${world.log.records[0] ?? ""}\n${head()}`,
      "DATABASE_RECORD_OTHER_VERSION",
    ],
    [
      "lines that nobody signed (CVE-2026-56864)",
      lookup,
      () => `1\n${record()}${recordText({ path: "example.org/m", version: "v1.0.0" }, "evil")}\n${head()}`,
      "DATABASE_RECORD_PADDED",
    ],
    ["another hash", lookup, () => `1\n${recordText(module, "evil")}\n${head()}`, "DATABASE_RECORD_UNPROVEN"],
    ["a page for people", lookup, () => "<html>log in</html>", "DATABASE_RECORD_MALFORMED"],
    ["a forged tile (CVE-2026-56865)", "tile/8/0/000.p/2", (honest) => flip(honest), "DATABASE_TILE_FORGED"],
    ["a head by another key of the same name", "latest", () => impostor().head(), "DATABASE_NOTE_UNSIGNED"],
    [
      "a head whose text was changed after signing",
      "latest",
      () => head().replace("\n2\n", "\n3\n"),
      "DATABASE_SIGNATURE_INVALID",
    ],
    ["a head that nobody signed", "latest", () => head().split("\n\n")[0] ?? "", "DATABASE_NOTE_INVALID"],
  ])("%s", async (_, path, answer, code) => {
    lies.set(path, bytes(answer));
    await expectRefused("proxy", code, 4);
  });

  test("a fork: two trees, one key", async () => {
    expect(await world.medkit("toolchain", "install", "1.21.13", "--json")).toMatchObject({ exit: 0 });
    const fork = new FakeLog(world.log.name);
    fork.add("example.org/other", "v1.0.0");
    fork.add(module.path, module.version, world.log.records[1]);
    fork.add("example.org/more", "v1.0.0");
    for (const path of ["latest", lookup, "tile/8/0/000.p/3"])
      lies.set(
        path,
        bytes(() => fork.answer(path) ?? ""),
      );
    await expectRefused("proxy", "DATABASE_FORKED", 4, ["go1.21.13.linux-amd64"]);
  });

  test("an older head takes nobody back: the record is proven in the newest tree that was seen", async () => {
    world.publish("1.23.0");
    expect(await world.medkit("toolchain", "install", "1.21.13", "--json")).toMatchObject({ exit: 0 });
    world.log.served = 2;
    const result = await install("proxy");
    expect(result).toMatchObject({ exit: 0 });
    expect(result.data["proof"]).toMatchObject({ treeSize: 3 });
    expect(readFileSync(join(world.home, "sumdb", world.log.name, "latest"), "utf8").split("\n")[1]).toBe("3");
  });
});

describe("what a mirror sends instead of the file", () => {
  const content = (change: (entries: FakeEntry[]) => FakeEntry[]) => (): Buffer => makeZip(change(zipEntries()));
  const more = (...entries: FakeEntry[]) => content((all) => [...all, ...entries]);

  test.each<readonly [name: string, lie: Lie, code: string, exit: 4 | 5]>([
    [
      "other bytes",
      bytes(content((all) => all.map((each) => ({ ...each, content: "evil" })))),
      "TOOLCHAIN_MISMATCH",
      4,
    ],
    [
      "a file that is not what its checksum says",
      bytes(more({ name: `${prefix}x`, content: "x", central: { crc: 1 }, local: { crc: 1 } })),
      "ZIP_DAMAGED",
      4,
    ],
    [
      "half of it, with the length of the half",
      bytes((honest) => honest.subarray(0, honest.length >> 1)),
      "ZIP_INVALID",
      4,
    ],
    ["a login page", bytes(() => "<!doctype html>log in"), "PROXY_NOT_ARCHIVE", 5],
    ["a name that leads out", bytes(more({ name: `${prefix}../../out`, content: "x" })), "ZIP_NAME_UNSAFE", 4],
    ["an absolute name", bytes(more({ name: "/tmp/out", content: "x" })), "ZIP_NAME_UNSAFE", 4],
    ["another top folder", bytes(more({ name: "other/x", content: "x" })), "ZIP_PREFIX", 4],
    ["a link", bytes(more({ name: `${prefix}l`, content: "/etc", mode: 0o120777 })), "ZIP_LINK", 4],
    ["a name twice", bytes(more({ name: `${prefix}VERSION`, content: "x" })), "ZIP_DUPLICATE", 4],
    ["a name in another case", bytes(more({ name: `${prefix}version`, content: "x" })), "ZIP_CASE_CLASH", 4],
    [
      "a bomb that says its size",
      bytes(
        more({ name: `${prefix}bomb`, content: "x", central: { size: 600 * 2 ** 20 }, local: { size: 600 * 2 ** 20 } }),
      ),
      "ZIP_TOO_BIG",
      4,
    ],
    ["a redirect circle", bytes(() => "", { location: `/${zipPath}` }, 302), "PROXY_REDIRECTS", 5],
    ["a redirect to a file", bytes(() => "", { location: "file:///etc/passwd" }, 302), "PROXY_REDIRECT_REFUSED", 5],
    ["a demand to wait for a day", bytes(() => "", { "retry-after": 86_400 }, 429), "PROXY_BUSY", 5],
    ["an error for ever", bytes(() => "", {}, 500), "PROXY_FAILED", 5],
    [
      "a gzip bomb as its encoding",
      bytes((honest) => gzipSync(honest), { "content-encoding": "gzip" }),
      "PROXY_ENCODED",
      5,
    ],
    [
      "a part that nobody asked for",
      bytes((h) => h, { "content-range": "bytes 0-9/10" }, 206),
      "PROXY_PART_UNASKED",
      4,
    ],
    ["headers without end", bytes((h) => h, { "x-long": "x".repeat(200_000) }), "PROXY_HEADERS_TOO_BIG", 5],
    ["no such file", bytes(() => "no", {}, 404), "TOOLCHAIN_UNAVAILABLE", 5],
    [
      "a length that is too long, then a reset",
      ({ response, honest }) => {
        response.writeHead(200, { "content-length": honest.length + 10 });
        response.write(honest, () => setTimeout(() => response.destroy(), 20));
      },
      "PROXY_BROKEN_OFF",
      5,
    ],
    [
      "the right bytes with too short a length",
      ({ response, honest }) => void response.writeHead(200, { "content-length": honest.length - 10 }).end(honest),
      "ZIP_INVALID",
      4,
    ],
  ])("%s", async (_, lie, code, exit) => {
    lies.set(zipPath, lie);
    await expectRefused("proxy", code, exit);
  });

  test("a redirect to another host goes without the credentials", async () => {
    const seen: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end(honestAnswer(zipPath));
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    lies.set(
      zipPath,
      bytes(() => "", { location: `http://127.0.0.1:${port}/z` }, 302),
    );
    const result = await install(base.replace("//", "//user:secret-word@"));
    other.close();
    other.closeAllConnections();
    expect(result.exit).toBe(0);
    expect(asked.find((each) => each.url === `/${zipPath}`)?.headers.authorization).toMatch(/^Basic /);
    expect(seen).toEqual([undefined]);
    expect(result.stdout + result.stderr).not.toContain("secret-word");
  });

  /** Breaks off after 100 bytes, and has for the rest other bytes with this entity tag; asked for all of it, it is honest. */
  const otherRest =
    (etag: string): Lie =>
    ({ request, response, honest, before }) => {
      if (before === 0) {
        response.writeHead(200, { etag: '"one"', "content-length": honest.length });
        response.write(honest.subarray(0, 100), () => setTimeout(() => response.destroy(), 20));
      } else if (request.headers.range === undefined) response.end(honest);
      else {
        const range = `bytes 100-${honest.length - 1}/${honest.length}`;
        response.writeHead(206, { etag, "content-range": range }).end(Buffer.alloc(honest.length - 100));
      }
    };

  test("the rest of another file is not put behind the beginning of this one: all is asked for again", async () => {
    lies.set(zipPath, otherRest('"two"'));
    expect(await install("proxy")).toMatchObject({ exit: 0 });
    const zips = asked.filter((each) => each.url === `/${zipPath}`);
    expect(zips.map(({ headers }) => headers.range)).toEqual([undefined, "bytes=100-", undefined]);
  });

  test("other bytes that are said to be the rest of this one are refused", async () => {
    lies.set(zipPath, otherRest('"one"'));
    await expectRefused("proxy", "ZIP_INVALID", 4);
  });
});

describe("what a download site sends", () => {
  const tar =
    (...more: TarMember[]) =>
    () =>
      tarGz([...members(), ...more]);
  test.each<readonly [name: string, lie: Lie, code: string, exit: 4 | 5]>([
    ["a login page", bytes(() => "<!doctype html>"), "PROXY_NOT_ARCHIVE", 5],
    ["other bytes", bytes(tar({ name: "go/evil", content: "x" })), "TOOLCHAIN_MISMATCH", 4],
    ["half of it", bytes((honest) => honest.subarray(0, honest.length >> 1)), "ARCHIVE_TRUNCATED", 4],
    ["a name that leads out", bytes(tar({ name: "go/../../out", content: "x" })), "ARCHIVE_PATH_TRAVERSAL", 4],
    ["an absolute name", bytes(tar({ name: "/out", content: "x" })), "ARCHIVE_PATH_ABSOLUTE", 4],
    ["another top folder", bytes(tar({ name: "other/x", content: "x" })), "ARCHIVE_TOP_FOLDER", 4],
    ["a symbolic link", bytes(tar({ name: "go/l", type: "2", link: "/etc" })), "ARCHIVE_LINK", 4],
    ["a hard link", bytes(tar({ name: "go/l", type: "1", link: "/etc/passwd" })), "ARCHIVE_LINK", 4],
    ["a device", bytes(tar({ name: "go/d", type: "3" })), "ARCHIVE_SPECIAL_FILE", 4],
    ["a name twice", bytes(tar({ name: "go/VERSION", content: "x" })), "ARCHIVE_DUPLICATE", 4],
    ["a name in another case", bytes(tar({ name: "go/version", content: "x" })), "TOOLCHAIN_MISMATCH", 4],
    ["a member of a terabyte", bytes(tar({ name: "go/big", size: 2 ** 32 })), "ARCHIVE_TOO_BIG", 4],
  ])("%s", async (_, lie, code, exit) => {
    lies.set(archive, lie);
    await expectRefused(`download+${base}/dl`, code, exit);
  });

  test("a checksum of its own that does not fit", async () => {
    const files = [{ filename: archive.slice(3), sha256: createHash("sha256").update("x").digest("hex") }];
    lies.set(
      "dl/?mode=json&include=all",
      bytes(() => JSON.stringify([{ files }])),
    );
    await expectRefused(`download+${base}/dl`, "TOOLCHAIN_MISMATCH", 4);
  });

  test.each(["5", "[5]", '{"files":5}', '[{"files":[null]}]', "<html>"])(
    "a list of the wrong type: %s",
    async (list) => {
      lies.set(
        "dl/?mode=json&include=all",
        bytes(() => list),
      );
      expect(await install(`download+${base}/dl`)).toMatchObject({ exit: 0 });
    },
  );
});

describe("several mirrors", () => {
  test("are asked in order; one that lied is named, asked once, and passed over", async () => {
    lies.set(
      archive,
      bytes(() => tarGz([{ name: "go/evil", content: "x" }])),
    );
    const result = await install(`download+${base}/dl`, "--source", base);
    expect(result).toMatchObject({ exit: 0, data: { source: "module proxy" } });
    expect(result.stderr).toContain(`download (${base}/dl)`);
    expect(asked.filter((each) => each.url === `/${archive}`)).toHaveLength(1);
  });

  test("the gravest reason gives the code, and each is told", async () => {
    lies.set(
      zipPath,
      bytes(() => "no", {}, 404),
    );
    lies.set(
      archive,
      bytes(() => tarGz([{ name: "go/evil", content: "x" }])),
    );
    const result = await install(base, "--source", `download+${base}/dl`);
    expect(result).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
    const { error } = JSON.parse(result.stdout) as { error: { reasons: readonly unknown[] } };
    expect(error.reasons).toEqual([
      { source: `proxy (${base})`, code: "TOOLCHAIN_UNAVAILABLE", reason: expect.stringContaining("404") as string },
      { source: `download (${base}/dl)`, code: "TOOLCHAIN_MISMATCH", reason: expect.stringContaining("h1:") as string },
    ]);
  });
});
