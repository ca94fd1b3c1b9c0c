import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as openpgp from "openpgp";
import { afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Answer } from "../../../test/support/in-process.ts";
import { createToolchainWorld, toolchainFiles, type ToolchainWorld } from "../../../test/support/toolchain-world.ts";

const name = "go1.22.5.linux-amd64.tar.gz";
let world: ToolchainWorld;
let archives = "";
let archive = "";
let secret: openpgp.PrivateKey;
let fingerprint = "";

beforeAll(async () => {
  const wish = { type: "ecc", curve: "ed25519Legacy", userIDs: [{ name: "Publisher" }], subkeys: [] } as const;
  const made = await openpgp.generateKey({ ...wish, subkeys: [], userIDs: [{ name: "Publisher" }], date: new Date("2020-01-01"), format: "object" }); // prettier-ignore
  secret = made.privateKey;
  fingerprint = secret.getFingerprint().toUpperCase();
});

/** An archive as it is published, of these files. */
function pack(version: string, target: string): void {
  const tree = join(world.root, `tree-${version}`);
  const files = { ...toolchainFiles(version, "linux/amd64"), "test/a.go": "package a\n" };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(tree, "go", path)), { recursive: true });
    writeFileSync(join(tree, "go", path), text);
  }
  expect(spawnSync("tar", ["-czf", target, "-C", tree, "go"]).status).toBe(0);
}

async function sign(file: string): Promise<void> {
  const message = await openpgp.createMessage({ binary: readFileSync(file) });
  const made: unknown = await openpgp.sign({ message, signingKeys: secret, date: new Date("2024-01-01"), detached: true }); // prettier-ignore
  writeFileSync(`${file}.asc`, made as string);
}

function list(change: object = {}): string {
  const bytes = readFileSync(archive);
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  const file = { filename: name, sha256, size: bytes.length, ...change };
  const path = join(world.root, "checksums.json");
  writeFileSync(path, JSON.stringify([{ version: "go1.22.5", files: [file] }]));
  return path;
}

beforeEach(async () => {
  world = createToolchainWorld();
  archives = join(world.root, "archives");
  mkdirSync(archives);
  archive = join(archives, name);
  pack("1.22.5", archive);
  await sign(archive);
  writeFileSync(join(world.root, "key.asc"), secret.toPublic().armor());
});
afterEach(() => world.close());

const run = (...argv: readonly string[]): Promise<Answer> => world.medkit("toolchain", ...argv, "--json");
const importKey = (): Promise<Answer> =>
  run("key", "import", join(world.root, "key.asc"), "--fingerprint", fingerprint);
const install = (...more: readonly string[]): Promise<Answer> =>
  run("install", "1.22.5", "--source", archives, "--offline", ...more);
const levels = (answer: Answer): unknown => (answer.data["evidence"] as { level: string }[]).map((each) => each.level);

describe("where the checksum database has no record", () => {
  test("an archive with its signature is installed at level openpgp, and everybody says so", async () => {
    expect(await install()).toMatchObject({ exit: 5, code: "TOOLCHAIN_UNAVAILABLE" });
    expect(await install("--trust", "openpgp")).toMatchObject({ exit: 5, code: "KEYRING_EMPTY" });
    await importKey();
    const installed = await install("--trust", "openpgp");
    expect(installed).toMatchObject({ exit: 0, data: { trust: "openpgp", proof: null } });
    const evidence = { level: "openpgp", file: name, key: fingerprint, signedAt: "2024-01-01T00:00:00Z", userId: "Publisher" }; // prettier-ignore
    expect(installed.data["evidence"]).toMatchObject([evidence]);
    expect((await run("list")).data["installed"]).toMatchObject([{ trust: "openpgp", evidence: [evidence] }]);
    expect(await run("verify", "1.22.5", "--trust", "openpgp", "--offline")).toMatchObject({
      exit: 0,
      data: { verified: true, trust: "openpgp", seenAtInstallOnly: ["openpgp"] },
    });
    // What is enough has to be said each time.
    expect((await run("verify", "1.22.5", "--offline")).exit).toBe(5);
    expect((await install()).exit).toBe(5);
  });

  test("a changed tree is found out by what was written down at the installation", async () => {
    await importKey();
    await install("--trust", "openpgp");
    const stored = join(world.home, "toolchains/go1.22.5.linux-amd64/goroot");
    spawnSync("chmod", ["-R", "u+w", stored]);
    writeFileSync(join(stored, "bin/go"), "another go");
    expect(await run("verify", "1.22.5", "--trust", "openpgp", "--offline")).toMatchObject({
      exit: 4,
      data: { verified: false, evidence: [] },
    });
    expect(await run("verify", "1.22.5", "--trust", "openpgp", "--offline", "--archive", archive)).toMatchObject({
      exit: 4,
      data: { differences: [{ path: "bin/go", kind: "changed" }] },
    });
  });

  test("a checksum of one's own is enough for sha256, and not for openpgp", async () => {
    rmSync(`${archive}.asc`);
    expect(await install("--trust", "openpgp", "--checksums", list())).toMatchObject({ exit: 5, code: "SIGNATURE_MISSING" }); // prettier-ignore
    const installed = await install("--trust", "sha256", "--checksums", list());
    expect(installed).toMatchObject({ exit: 0, data: { trust: "sha256" } });
    expect(levels(installed)).toEqual(["sha256"]);
    expect(await install("--trust", "openpgp")).toMatchObject({ exit: 5, code: "SIGNATURE_MISSING" });
    // The signature comes later, and what is installed gets its evidence.
    await sign(archive);
    await importKey();
    const more = await install("--trust", "openpgp");
    expect(more).toMatchObject({ exit: 0, data: { trust: "openpgp", alreadyInstalled: true } });
    expect(levels(more)).toEqual(["sha256", "openpgp"]);
  });

  test("nothing at all is not enough for sha256", async () => {
    rmSync(`${archive}.asc`);
    expect(await install("--trust", "sha256")).toMatchObject({ exit: 4, code: "TOOLCHAIN_TRUST_MISSING" });
  });

  test.each([
    ["another sum", { sha256: "0".repeat(64) }, 4, "CHECKSUM_MISMATCH"],
    ["another size", { size: 7 }, 4, "CHECKSUM_SIZE"],
    ["no such file", { filename: "go1.22.4.linux-amd64.tar.gz" }, 5, "CHECKSUM_UNLISTED"],
    ["no good form", { sha256: "X" }, 2, "CHECKSUMS_INVALID"],
  ] as const)("a list with %s is an error of its own, whatever the signature says", async (_, change, exit, code) => {
    await importKey();
    const answer = await install("--trust", "openpgp", "--checksums", list(change));
    expect(answer).toMatchObject({ exit, code });
    expect((await run("list")).data["installed"]).toEqual([]);
  });

  test("an older Go with its own good signature does not pass for a newer one", async () => {
    await importKey();
    const older = join(archives, "older.tar.gz");
    pack("1.22.4", older);
    await sign(older);
    renameSync(older, archive);
    renameSync(`${older}.asc`, `${archive}.asc`);
    expect(await install("--trust", "openpgp")).toMatchObject({ exit: 4, code: "TOOLCHAIN_OTHER_VERSION" });
    expect(await run("verify", archive, "--trust", "openpgp", "--offline")).toMatchObject({ exit: 4, code: "TOOLCHAIN_OTHER_VERSION" }); // prettier-ignore
  });

  test("what nobody signs cannot have the level openpgp", async () => {
    await importKey();
    const goroot = join(world.root, "tree-1.22.5", "go");
    const answer = await run("install", "1.22.5", "--source", goroot, "--offline", "--trust", "openpgp");
    expect(answer).toMatchObject({ exit: 5, code: "SIGNATURE_NONE_MADE" });
    const zip = join(archives, "go1.22.5.windows-amd64.zip");
    writeFileSync(zip, "zip");
    expect(await run("verify", zip, "--trust", "openpgp", "--offline")).toMatchObject({ code: "SIGNATURE_NONE_MADE" });
    expect(await run("verify", goroot, "--signature", `${archive}.asc`, "--trust", "openpgp", "--offline")).toMatchObject({ code: "SIGNATURE_NONE_MADE" }); // prettier-ignore
  });
});

describe("where the checksum database speaks", () => {
  beforeEach(() => world.publish("1.22.5"));

  test("all evidence that is at hand is shown, and a bad signature is refused all the same", async () => {
    await importKey();
    expect(levels(await install("--checksums", list()))).toEqual(["sha256", "openpgp", "checksum-database"]);
    const verified = await run("verify", archive, "--checksums", list());
    expect(verified).toMatchObject({ exit: 0, data: { verified: true, trust: "checksum-database" } });
    expect(levels(verified)).toEqual(["sha256", "openpgp", "checksum-database"]);
    writeFileSync(archive, Buffer.concat([readFileSync(archive), Buffer.from("x")]));
    expect(await run("verify", archive)).toMatchObject({ exit: 4, code: "SIGNATURE_WRONG" });
  });

  test("an archive is proven by its module entry, and found out by it", async () => {
    rmSync(`${archive}.asc`);
    expect(await run("verify", archive)).toMatchObject({ exit: 0, data: { trust: "checksum-database" } });
    writeFileSync(join(world.root, "tree-1.22.5/go/bin/go"), "another go");
    spawnSync("tar", ["-czf", archive, "-C", join(world.root, "tree-1.22.5"), "go"]);
    expect(await run("verify", archive)).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
  });

  test("a tree is compared with the archive file by file, tests too", async () => {
    const goroot = join(world.root, "tree-1.22.5", "go");
    expect(await run("verify", goroot, "--archive", archive)).toMatchObject({
      exit: 0,
      data: { outsideModuleForm: 0 },
    });
    writeFileSync(join(goroot, "test/a.go"), "package b\n");
    expect(await run("verify", goroot, "--archive", archive)).toMatchObject({
      exit: 4,
      data: { differences: [{ path: "test/a.go", kind: "changed" }] },
    });
  });

  test("what contradicts the database is refused, however little is demanded", async () => {
    await importKey();
    writeFileSync(join(world.root, "tree-1.22.5/go/bin/go"), "another go");
    spawnSync("tar", ["-czf", archive, "-C", join(world.root, "tree-1.22.5"), "go"]);
    await sign(archive);
    const answer = await run("install", "1.22.5", "--source", archives, "--trust", "openpgp");
    expect(answer).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
  });
});

describe("the minimum", () => {
  test("that the environment or the project sets is not gone below", async () => {
    await importKey();
    world.env["MEDKIT_TRUST"] = "openpgp";
    expect(await install("--trust", "sha256")).toMatchObject({ exit: 2, code: "TRUST_BELOW_MINIMUM" });
    expect(await install()).toMatchObject({ exit: 0, data: { trust: "openpgp" } });
    delete world.env["MEDKIT_TRUST"];
    writeFileSync(join(world.root, "medkit.yaml"), "# kit\ntrust: checksum-database # all of us\n");
    expect(await install("--trust", "openpgp")).toMatchObject({ exit: 2, code: "TRUST_BELOW_MINIMUM" });
    expect(await run("use", "1.22.5")).toMatchObject({ exit: 4, code: "TOOLCHAIN_TRUST_MISSING" });
    expect(await run("env", "1.22.5")).toMatchObject({ exit: 4, code: "TOOLCHAIN_TRUST_MISSING" });
    // A project's file came with somebody's code: it cannot lower what is usual.
    writeFileSync(join(world.root, "medkit.yaml"), "trust: sha256\n");
    expect(await run("verify", "1.22.5", "--offline")).toMatchObject({ exit: 5 });
    writeFileSync(join(world.root, "medkit.yaml"), "trust: most\n");
    expect(await install()).toMatchObject({ exit: 2, code: "CONFIG_INVALID" });
  });
});
