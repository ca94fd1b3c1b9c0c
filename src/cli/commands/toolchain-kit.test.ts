import type { Answer } from "../../../test/support/in-process.ts";
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createToolchainWorld, type ToolchainWorld } from "../../../test/support/toolchain-world.ts";
import { formatManifest } from "../../kit/manifest.ts";
import { packToolchain } from "../../kit/pack.ts";
import type { KitManifest, ManifestProof } from "../../kit/types.ts";
import { hashTree } from "../../toolchain/index.ts";

const name = "go1.22.5.linux-amd64";
let world: ToolchainWorld;
let kit = "";
let manifest: KitManifest;

/** A kit with one toolchain, as a build packs it, beside a home that knows nothing and a network that has nothing. */
beforeEach(async () => {
  world = createToolchainWorld();
  for (const version of ["1.21.13", "1.22.5"]) world.publish(version);
  const { data } = await world.medkit("toolchain", "install", "1.22.5", "--json");
  const { h1, goroot, proof } = data as { h1: string; goroot: string; proof: ManifestProof };
  kit = join(world.root, "go-emergency-kit");
  const files = await hashTree(goroot);
  await packToolchain(
    {
      request: { version: "1.22.5", platform: { os: "linux", arch: "amd64" } },
      goroot,
      moduleVersion: `v0.0.1-${name}`,
      h1,
      source: "module proxy",
      files,
    },
    join(kit, "toolchains", name),
    1_700_000_000,
  );
  const [key = ""] = (world.env["GOSUMDB"] ?? "").split(" ");
  manifest = {
    schema: "medkit/kit/v1",
    name: "go-emergency-kit",
    version: "1.2",
    created: "2024-01-01T00:00:00Z",
    sums: {},
    executables: [],
    toolchains: [
      {
        version: "1.22.5",
        platform: "linux/amd64",
        module: `golang.org/toolchain@v0.0.1-${name}`,
        h1,
        verifiedBy: "checksum-database",
        source: "module proxy",
        proof,
        files: files.length,
        bytes: 1,
      },
    ],
    moduleSets: [],
    modules: [],
    caches: [],
    tools: [],
    checksumDatabase: {
      name: key.split("+")[0] ?? "",
      key,
      head: readFileSync(join(world.root, "database", "latest"), "utf8"),
      records: 2,
    },
    withoutLicence: [],
    madeBy: { tool: "medkit", runtime: "node" },
  };
  writeFileSync(join(kit, "manifest.json"), formatManifest(manifest));
  for (const gone of ["database", "proxy"]) rmSync(join(world.root, gone), { recursive: true });
  world.env["MEDKIT_HOME"] = join(world.root, "other-home");
}, 60_000);
afterEach(() => world.close());

const install = (...more: readonly string[]): Promise<Answer> =>
  world.medkit("toolchain", "install", "1.22", "--offline", "--json", ...more);
const stored = (): readonly string[] => readdirSync(join(world.root, "other-home", "toolchains"));

test("a kit gives bytes and proof where there is nothing else", async () => {
  expect(await install()).toMatchObject({ exit: 5, code: "TOOLCHAIN_VERSION_UNKNOWN" });
  expect(await install("--source", kit)).toMatchObject({
    exit: 0,
    data: { version: "1.22.5", source: "kit go-emergency-kit 1.2" },
  });
  expect(await world.medkit("toolchain", "verify", "1.22.5", "--offline", "--kit", kit, "--json")).toMatchObject({
    exit: 0,
  });
});

test("a packed kit does too, and so does the active one", async () => {
  const archive = join(world.root, "go-emergency-kit-v1.2.tgz");
  const members = ["go-emergency-kit/manifest.json", "go-emergency-kit/toolchains"];
  expect(spawnSync("tar", ["-czf", archive, "--owner=0", "--group=0", ...members], { cwd: world.root }).status).toBe(0);
  expect(await install("--source", archive)).toMatchObject({ exit: 0, data: { alreadyInstalled: false } });
  await world.medkit("toolchain", "remove", "1.22.5");
  world.env["MEDKIT_KIT"] = kit;
  expect((await world.medkit("toolchain", "list", "--json")).data["available"]).toEqual([
    { version: "1.22.5", from: kit },
  ]);
  expect(await install()).toMatchObject({ exit: 0, data: { alreadyInstalled: false } });
});

test("a kit that another one packed is refused", async () => {
  const folder = join(kit, "toolchains", name);
  const part = readdirSync(folder).find((each) => each.endsWith("tools.tar.gz")) ?? "";
  mkdirSync(join(world.root, "bin"));
  writeFileSync(join(world.root, "bin", "go"), "evil");
  spawnSync("tar", ["-czf", join(folder, part), "bin"], { cwd: world.root });
  expect(await install("--source", kit)).toMatchObject({ exit: 4, code: "TOOLCHAIN_MISMATCH" });
  expect(stored()).toEqual([]);
});

test.each<[string, (whole: KitManifest) => KitManifest, number, string]>([
  [
    "a proof of another tree",
    (whole) => edit(whole, { hashes: [Buffer.alloc(32).toString("base64")] }),
    4,
    "DATABASE_RECORD_UNPROVEN",
  ],
  [
    "a record that says another hash",
    (whole) => edit(whole, { record: whole.toolchains[0]?.proof?.record.replaceAll(/h1:..../g, "h1:AAAA") ?? "" }),
    4,
    "DATABASE_RECORD_UNPROVEN",
  ],
  [
    "a database of its own",
    (whole) => ({
      ...whole,
      checksumDatabase: {
        ...whole.checksumDatabase,
        name: "sum.other.example",
        key: whole.checksumDatabase.key.replace(/^[^+]+/, "sum.other.example"),
      },
    }),
    4,
    "KIT_MANIFEST_INVALID",
  ],
])("a manifest with %s proves nothing", async (_, change, exit, code) => {
  writeFileSync(join(kit, "manifest.json"), formatManifest(change(manifest)));
  expect(await install("--source", kit)).toMatchObject({ exit, code });
  expect(stored()).toEqual([]);
});

function edit(whole: KitManifest, proof: Partial<ManifestProof>): KitManifest {
  return {
    ...whole,
    toolchains: whole.toolchains.map((each) =>
      each.proof === undefined ? each : { ...each, proof: { ...each.proof, ...proof } },
    ),
  };
}

test("a key that nobody outside the kit knows is no key", async () => {
  delete world.env["GOSUMDB"];
  expect(await install("--source", kit)).toMatchObject({ exit: 5, code: "KIT_DATABASE_UNKNOWN" });
});

test("a kit without its parts is damaged, and said to be", async () => {
  rmSync(join(kit, "toolchains"), { recursive: true });
  const answer = await install("--source", kit);
  expect(answer).toMatchObject({ exit: 4, code: "KIT_DAMAGED" });
  expect(answer.stdout).toContain(`toolchains/${name}`);
  appendFileSync(join(kit, "manifest.json"), "x");
  expect(await install("--source", kit)).toMatchObject({ exit: 4, code: "KIT_MANIFEST_INVALID" });
});
