import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSecureServer } from "node:https";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { issueAuthority, issueServer } from "../../src/drill/faults/certificates.ts";
import { FakeLog, recordText } from "../../src/module/__fixtures__/fake-log.ts";
import { makeZip } from "../../src/module/__fixtures__/zip-writer.ts";
import { createToolchainWorld, type ToolchainWorld } from "../support/toolchain-world.ts";
import { tarLies, zipLies } from "../support/archive-lies.ts";
import {
  archivePath,
  bytes,
  honestEntries,
  lookupPath,
  moduleVersion,
  startLyingMirror,
  version,
  zipPath,
  type Lie,
  type LyingMirror,
} from "../support/lying-mirror.ts";
import { tarGz } from "../support/tar-members.ts";

/** The whole command against a mirror that lies in every way that is known. Where it is silent, patience is a fifth of a second, and not a minute. */

const hurry = 300;
const patience = vi.hoisted(() => ({ divisor: 1 }));
vi.mock(import("../../src/module/stall-watch.ts"), async (original) => {
  const { StallWatch } = await original();
  class Hasty extends StallWatch {
    constructor(limit: number) {
      super(limit / patience.divisor);
    }
  }
  return { StallWatch: Hasty };
});
vi.mock(import("node:timers/promises"), async (original) => {
  const timers = await original();
  const setTimeout: typeof timers.setTimeout = (delay, ...rest) => timers.setTimeout((delay ?? 0) / hurry, ...rest);
  return { ...timers, setTimeout };
});

const module = { path: "golang.org/toolchain", version: moduleVersion };

let world: ToolchainWorld;
let mirror: LyingMirror;

beforeEach(async () => {
  world = createToolchainWorld();
  world.publish("1.21.13");
  world.publish(version);
  mirror = await startLyingMirror(world);
  world.env["GOPROXY"] = mirror.base;
  world.env["GOSUMDB"] = world.log.verifier.text;
}, 60_000);
afterEach(async () => {
  patience.divisor = 1;
  mirror.close();
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
  mirror.lies.clear();
  patience.divisor = 1;
  expect(await install(source)).toMatchObject({ exit: 0 });
  expect(listed("toolchains")).toContain(`go${version}.linux-amd64`);
}

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
    ["an empty lookup (CVE-2026-42501)", lookupPath, () => "", "DATABASE_RECORD_EMPTY"],
    [
      "an unrelated module, true and signed (CVE-2026-42501)",
      lookupPath,
      () => `1\n${recordText({ path: "example.org/m", version: "v1.0.0" }, "x")}\n${head()}`,
      "DATABASE_RECORD_UNRELATED",
    ],
    [
      "the record of another version",
      lookupPath,
      () => `0\n${world.log.records[0] ?? ""}\n${head()}`,
      "DATABASE_RECORD_OTHER_VERSION",
    ],
    [
      "lines that nobody signed (CVE-2026-56864)",
      lookupPath,
      () => `1\n${record()}${recordText({ path: "example.org/m", version: "v1.0.0" }, "evil")}\n${head()}`,
      "DATABASE_RECORD_PADDED",
    ],
    [
      "a number for which the signed tree has no place",
      lookupPath,
      () => `7\n${record()}\n${head()}`,
      "DATABASE_RECORD_BEYOND",
    ],
    ["another hash", lookupPath, () => `1\n${recordText(module, "evil")}\n${head()}`, "DATABASE_RECORD_UNPROVEN"],
    ["a page for people", lookupPath, () => "<html>log in</html>", "DATABASE_RECORD_MALFORMED"],
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
    mirror.lies.set(path, bytes(answer));
    await expectRefused("proxy", code, 4);
  });

  test("a record and a tile that fit each other, and no signed tree: an inclusion proof that does not hold", async () => {
    const forged = new FakeLog(world.log.name, "impostor");
    forged.add("m0", "v1.0.0", world.log.records[0]);
    forged.add(module.path, module.version, recordText(module, "evil"));
    mirror.lies.set(
      lookupPath,
      bytes(() => `1\n${recordText(module, "evil")}\n${head()}`),
    );
    mirror.lies.set(
      "tile/8/0/000.p/2",
      bytes(() => forged.answer("tile/8/0/000.p/2") ?? ""),
    );
    await expectRefused("proxy", "DATABASE_TILE_FORGED", 4);
  });

  test("a fork: two trees, one key", async () => {
    expect(await world.medkit("toolchain", "install", "1.21.13", "--json")).toMatchObject({ exit: 0 });
    const fork = new FakeLog(world.log.name);
    fork.add("example.org/other", "v1.0.0");
    fork.add(module.path, module.version, world.log.records[1]);
    fork.add("example.org/more", "v1.0.0");
    for (const path of ["latest", lookupPath, "tile/8/0/000.p/3"])
      mirror.lies.set(
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
  test.each(zipLies)("%s", async (_, lie, code, exit) => {
    mirror.lies.set(zipPath, lie);
    if (code === "PROXY_STALLED") patience.divisor = hurry;
    await expectRefused("proxy", code, exit);
  });

  test("a redirect away from TLS", async () => {
    const validity = { from: new Date(Date.now() - 3_600_000), to: new Date(Date.now() + 3_600_000) };
    const authority = { name: "an authority", ...issueAuthority("an authority", validity) };
    const secure = createSecureServer(issueServer(authority, ["localhost"], validity), (request, response) => {
      if (request.url === `/${zipPath}`) response.writeHead(302, { location: `${mirror.base}/${zipPath}` }).end();
      else response.end(mirror.honestAnswer((request.url ?? "/").slice(1)));
    });
    await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
    const before = getCACertificates("default");
    setDefaultCACertificates([...before, authority.cert]);
    const { port } = secure.address() as AddressInfo;
    const result = await install(`https://localhost:${port}`);
    setDefaultCACertificates(before);
    secure.closeAllConnections();
    secure.close();
    expect(result).toMatchObject({ code: "PROXY_REDIRECT_DOWNGRADE", exit: 5 });
    expect(mirror.asked.filter((each) => each.url === `/${zipPath}`)).toEqual([]);
    expect(listed("toolchains")).toEqual([]);
  });

  test("a redirect to another host goes without the credentials", async () => {
    const seen: (string | undefined)[] = [];
    const other = createServer((request, response) => {
      seen.push(request.headers.authorization);
      response.end(mirror.honestAnswer(zipPath));
    });
    await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
    const { port } = other.address() as AddressInfo;
    mirror.lies.set(
      zipPath,
      bytes(() => "", { location: `http://127.0.0.1:${port}/z` }, 302),
    );
    const result = await install(mirror.base.replace("//", "//user:secret-word@"));
    other.close();
    other.closeAllConnections();
    expect(result.exit).toBe(0);
    expect(mirror.asked.find((each) => each.url === `/${zipPath}`)?.headers.authorization).toMatch(/^Basic /);
    expect(seen).toEqual([undefined]);
    expect(result.stdout + result.stderr).not.toContain("secret-word");
  });

  /** Breaks off after 100 bytes, and has for the rest other bytes with this entity tag; asked for all of it, it is honest. */
  const otherRest =
    (etag: string): Lie =>
    ({ request, response, honest, before }) => {
      if (before === 0) {
        response.writeHead(200, { etag: '"one"', "content-length": honest.length });
        response.write(honest.subarray(0, 100), () => setTimeout(() => response.destroy(), 100));
      } else if (request.headers.range === undefined) response.end(honest);
      else {
        const range = `bytes 100-${honest.length - 1}/${honest.length}`;
        response.writeHead(206, { etag, "content-range": range }).end(Buffer.alloc(honest.length - 100));
      }
    };

  test("the rest of another file is not put behind the beginning of this one: all is asked for again", async () => {
    mirror.lies.set(zipPath, otherRest('"two"'));
    expect(await install("proxy")).toMatchObject({ exit: 0 });
    const zips = mirror.asked.filter((each) => each.url === `/${zipPath}`);
    expect(zips.map(({ headers }) => headers.range)).toEqual([undefined, "bytes=100-", undefined]);
  });

  test("other bytes that are said to be the rest of this one are refused", async () => {
    mirror.lies.set(zipPath, otherRest('"one"'));
    await expectRefused("proxy", "ZIP_TRUNCATED", 4);
  });
});

describe("what a download site sends", () => {
  test.each(tarLies)("%s", async (_, lie, code, exit) => {
    mirror.lies.set(archivePath, lie);
    await expectRefused(`download+${mirror.base}/dl`, code, exit);
  });

  test("a checksum of its own that does not fit", async () => {
    const files = [{ filename: archivePath.slice(3), sha256: createHash("sha256").update("x").digest("hex") }];
    mirror.lies.set(
      "dl/?mode=json&include=all",
      bytes(() => JSON.stringify([{ files }])),
    );
    await expectRefused(`download+${mirror.base}/dl`, "CHECKSUM_MISMATCH", 4);
  });

  test.each(["5", "[5]", '{"files":5}', '[{"files":[null]}]', "<html>"])(
    "a list of the wrong type: %s",
    async (list) => {
      mirror.lies.set(
        "dl/?mode=json&include=all",
        bytes(() => list),
      );
      expect(await install(`download+${mirror.base}/dl`)).toMatchObject({ exit: 0 });
    },
  );
});

describe("several mirrors", () => {
  test("are asked in order; one that lied is named, asked once, and passed over", async () => {
    mirror.lies.set(
      archivePath,
      bytes(() => tarGz([{ name: "go/evil", content: "x" }])),
    );
    const result = await install(`download+${mirror.base}/dl`, "--source", mirror.base);
    expect(result).toMatchObject({ exit: 0, data: { source: "module proxy" } });
    expect(result.stderr).toContain(`download (${mirror.base}/dl)`);
    expect(mirror.asked.filter((each) => each.url === `/${archivePath}`)).toHaveLength(1);
    expect(result.data["sources"]).toEqual([
      {
        source: `download (${mirror.base}/dl)`,
        gave: false,
        code: "TOOLCHAIN_MISMATCH",
        reason: expect.stringContaining("h1:") as string,
      },
      { source: `proxy (${mirror.base})`, gave: true },
    ]);
  });

  test("of one list too: the next is asked without the one that lied", async () => {
    mirror.lies.set(
      `a/${zipPath}`,
      bytes(() => makeZip(honestEntries().map((each) => ({ ...each, content: "evil" })))),
    );
    const list = `${mirror.base.replace("//", "//user:secret-word@")}/a,${mirror.base}`;
    const result = await install(list);
    expect(result).toMatchObject({ exit: 0, data: { source: "module proxy" } });
    expect(result.data["sources"]).toMatchObject([
      { source: `proxy (${mirror.base.replace("//", "//***@")}/a)`, gave: false, code: "TOOLCHAIN_MISMATCH" },
      { gave: true },
    ]);
    expect(mirror.asked.filter((each) => each.url?.endsWith(".zip") === true).map((each) => each.url)).toEqual([
      `/a/${zipPath}`,
      `/${zipPath}`,
    ]);
    expect(result.stdout + result.stderr).not.toContain("secret-word");
  });

  test("the same mirror named twice is asked once where it lies", async () => {
    mirror.lies.set(
      archivePath,
      bytes(() => tarGz([{ name: "go/evil", content: "x" }])),
    );
    const named = `download+${mirror.base}/dl`;
    expect(await install(named, "--source", named)).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
    expect(mirror.asked.filter((each) => each.url === `/${archivePath}`)).toHaveLength(1);
  });

  test("the gravest reason gives the code, and each is told", async () => {
    mirror.lies.set(
      zipPath,
      bytes(() => "no", {}, 404),
    );
    mirror.lies.set(
      archivePath,
      bytes(() => tarGz([{ name: "go/evil", content: "x" }])),
    );
    const result = await install(mirror.base, "--source", `download+${mirror.base}/dl`);
    expect(result).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
    const { error } = JSON.parse(result.stdout) as { error: { reasons: readonly unknown[] } };
    expect(error.reasons).toEqual([
      {
        source: `proxy (${mirror.base})`,
        code: "TOOLCHAIN_UNAVAILABLE",
        reason: expect.stringContaining("404") as string,
      },
      {
        source: `download (${mirror.base}/dl)`,
        code: "TOOLCHAIN_MISMATCH",
        reason: expect.stringContaining("h1:") as string,
      },
    ]);
  });
});
