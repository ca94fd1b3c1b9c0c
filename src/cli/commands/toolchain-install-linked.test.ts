import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Answer } from "../../../test/support/in-process.ts";
import { createToolchainWorld, toolchainFiles, type ToolchainWorld } from "../../../test/support/toolchain-world.ts";

/** `install` over an entry of the store that only links to somebody else's tree, with the least that can be demanded. */

const name = "go1.22.5.linux-amd64";
let world: ToolchainWorld;
let goroot = "";
let archives = "";

function lay(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

/** An archive of these files, and a list of one's own that names its checksum. */
function pack(files: Record<string, string>): string {
  lay(join(world.root, "packed", "go"), files);
  const archive = join(archives, `${name}.tar.gz`);
  expect(spawnSync("tar", ["-czf", archive, "-C", join(world.root, "packed"), "go"]).status).toBe(0);
  const sha256 = createHash("sha256").update(readFileSync(archive)).digest("hex");
  const list = join(world.root, "checksums.json");
  writeFileSync(list, JSON.stringify([{ version: "go1.22.5", files: [{ filename: `${name}.tar.gz`, sha256 }] }]));
  return list;
}

beforeEach(async () => {
  world = createToolchainWorld();
  world.publish("1.22.5");
  goroot = join(world.root, "user", "sdk", "go1.22.5");
  archives = join(world.root, "archives");
  mkdirSync(archives);
  lay(goroot, toolchainFiles("1.22.5", "linux/amd64"));
  expect(await run("adopt", goroot, "--link")).toMatchObject({ exit: 0 });
});
afterEach(() => world.close());

const run = (...argv: readonly string[]): Promise<Answer> => world.medkit("toolchain", ...argv, "--json");
const install = (...more: readonly string[]): Promise<Answer> => run("install", "1.22.5", "--trust", "sha256", ...more);
const levels = (answer: Answer): unknown => (answer.data["evidence"] as { level: string }[]).map((each) => each.level);
const isLink = (): boolean => lstatSync(join(world.home, "toolchains", name, "goroot")).isSymbolicLink();
const goOf = (folder: string): string => readFileSync(join(folder, "bin", "go"), "utf8");

/** The copy is medkit's own, whatever becomes of the tree that it was made from. */
async function expectOwn(): Promise<void> {
  expect(isLink()).toBe(false);
  expect((await run("list")).data["installed"]).toMatchObject([{ linked: null, trust: "checksum-database" }]);
  rmSync(goroot, { recursive: true });
  expect(goOf(join(world.home, "toolchains", name, "goroot"))).toContain("go1.22.5");
}

test("where the database answers it becomes a copy, proven by it, and the tree stays as it is", async () => {
  const answer = await install();
  expect(answer).toMatchObject({ exit: 0, data: { trust: "checksum-database", alreadyInstalled: false } });
  expect(answer.data["proof"]).not.toBeNull();
  expect(goOf(goroot)).toContain("go1.22.5");
  await expectOwn();
});

describe("where no record is at hand any more", () => {
  beforeEach(() => {
    rmSync(join(world.home, "sumdb"), { recursive: true });
    rmSync(world.database, { recursive: true });
    rmSync(world.proxy, { recursive: true });
  });

  test("what proved the tree when it was adopted proves its copy", async () => {
    const answer = await install("--offline");
    expect(answer).toMatchObject({ exit: 0, data: { trust: "checksum-database", proof: null } });
    expect(levels(answer)).toEqual(["checksum-database"]);
    await expectOwn();
  });

  test("a tree that was changed since is refused, and the entry stays a link", async () => {
    writeFileSync(join(goroot, "bin", "go"), "another go");
    expect(await install("--offline")).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
    expect(isLink()).toBe(true);
    expect(goOf(goroot)).toBe("another go");
  });

  test("an archive with a checksum of its own does not speak against what the database said", async () => {
    const list = pack({ ...toolchainFiles("1.22.5", "linux/amd64"), "bin/go": "another go" });
    const from = ["--source", archives, "--checksums", list, "--offline"];
    expect(await install(...from)).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
    expect(isLink()).toBe(true);
    pack(toolchainFiles("1.22.5", "linux/amd64"));
    const answer = await install(...from);
    expect(answer).toMatchObject({ exit: 0, data: { trust: "checksum-database" } });
    expect(levels(answer)).toEqual(["sha256", "checksum-database"]);
    await expectOwn();
  });
});

test("a tree with an accepted difference is not copied as if it were the published one", async () => {
  rmSync(join(world.home, "toolchains"), { recursive: true });
  writeFileSync(join(goroot, "go.env"), "GOPROXY=https://goproxy.internal,direct\nGOTOOLCHAIN=local\n");
  expect(await run("adopt", goroot, "--link", "--accept", "local-go-env")).toMatchObject({ exit: 0 });
  rmSync(join(world.home, "sumdb"), { recursive: true });
  rmSync(world.database, { recursive: true });
  rmSync(world.proxy, { recursive: true });
  expect(await install("--offline")).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
  expect(isLink()).toBe(true);
});
