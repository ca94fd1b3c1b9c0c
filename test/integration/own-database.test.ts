import { createHash, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { parseKitConfig, planKit, type KitManifest } from "../../src/kit/index.ts";
import { finishKit } from "../../src/kit/finish.ts";
import { formatManifest } from "../../src/kit/manifest.ts";
import { publicPem } from "../../src/kit/signature.ts";
import { FakeLog } from "../../src/module/__fixtures__/fake-log.ts";
import { makeZip } from "../../src/module/__fixtures__/zip-writer.ts";
import {
  ChecksumDatabase,
  hashGoMod,
  hashModuleZip,
  KNOWN_DATABASE_KEYS,
  writeSumdbTree,
} from "../../src/module/index.ts";
import { medkit } from "../support/medkit.ts";

const work = mkdtempSync(join(tmpdir(), "medkit-own-database-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));
const { privateKey, publicKey } = generateKeyPairSync("ed25519");
const signer = join(work, "signer.pem");
writeFileSync(signer, publicPem(publicKey));
const known = KNOWN_DATABASE_KEYS["sum.golang.org"] ?? "";
let kits = 0;

function put(kit: string, path: string, data: string | Uint8Array): void {
  mkdirSync(dirname(join(kit, path)), { recursive: true });
  writeFileSync(join(kit, path), data);
}

interface Wish {
  readonly log?: FakeLog;
  /** Text of `modules/gosumdb.txt`; undefined: no such file. */
  readonly gosumdb?: string | undefined;
  /** The key that the manifest names. */
  readonly key?: string;
  readonly code?: string;
  readonly signKey?: KeyObject;
}

/** A kit of one module, proven by a small database with a key of its own. */
async function makeKit(wish: Wish = {}): Promise<string> {
  const log = wish.log ?? new FakeLog("sum.corp.example/team");
  const kit = join(work, `kit-${kits++}`);
  const module = { path: "example.org/hello", version: "v1.2.3" };
  const name = `${module.path}@${module.version}`;
  const goMod = `module ${module.path}\n`;
  const zip = makeZip([
    { name: `${name}/go.mod`, content: goMod },
    { name: `${name}/hello.go`, content: wish.code ?? "package hello\n" },
  ]);
  put(kit, `modules/${module.path}/@v/${module.version}.zip`, zip);
  put(kit, `modules/${module.path}/@v/${module.version}.mod`, goMod);
  const h1 = await hashModuleZip(
    join(kit, `modules/${module.path}/@v/${module.version}.zip`),
    module.path,
    module.version,
  );
  const goModH1 = hashGoMod(goMod);
  log.fill(300);
  log.add(
    module.path,
    module.version,
    `${module.path} ${module.version} ${h1}\n${module.path} ${module.version}/go.mod ${goModH1}\n`,
  );
  log.fill(100);
  const database = new ChecksumDatabase(log.verifier, {
    fetch: log.fetcher(),
    readCache: async () => undefined,
    writeCache: async () => {},
  });
  const record = await database.lookup(module);
  await writeSumdbTree(join(kit, "modules"), database, [{ ...module, ...record }]);
  const gosumdb = "gosumdb" in wish ? wish.gosumdb : `${log.verifier.text}\n`;
  if (gosumdb !== undefined) put(kit, "modules/gosumdb.txt", gosumdb);
  const config =
    'schema: medkit/kit-config/v1\nversion: "1.0"\ntoolchains: [{ version: 1.22.5, platforms: [linux/amd64] }]\n';
  const facts = {
    configFile: "/medkit.yaml",
    goproxy: "off",
    host: { os: "linux", arch: "amd64" },
    platforms: undefined,
  } as const;
  await finishKit({
    plan: planKit(parseKitConfig(config, "medkit.yaml"), facts),
    kit,
    packed: [],
    modules: {
      closures: [],
      tree: join(kit, "modules"),
      modules: [],
      records: 1,
      manifest: [{ ...module, h1, goModH1, verifiedBy: "checksum-database" }],
    },
    caches: [],
    tools: undefined,
    head: await database.head(),
    key: wish.key ?? log.verifier.text,
    mtime: 1_700_000_000,
    signKey: wish.signKey,
    madeBy: { tool: "medkit 0", runtime: "node 0" },
  });
  return kit;
}

/** Another manifest, and the sum of it made anew: what anybody can do to a kit that is not signed. */
function forge(kit: string, change: (manifest: KitManifest) => KitManifest): void {
  const file = join(kit, "manifest.json");
  const text = formatManifest(change(JSON.parse(readFileSync(file, "utf8")) as KitManifest));
  writeFileSync(file, text);
  writeFileSync(join(kit, "manifest.sha256sum"), `${createHash("sha256").update(text).digest("hex")}  manifest.json\n`);
}

function verify(kit: string, ...flags: readonly string[]) {
  const run = medkit(["kit", "verify", kit, ...flags, "--json", "--home", join(work, "home")]);
  const report = JSON.parse(run.stdout) as {
    ok: boolean;
    error?: { code: string };
    data?: {
      verified: boolean;
      differences: readonly { path: string; kind: string }[];
      proofs?: { vouchedBy: string; checked: boolean; modules: number; problems: readonly string[] };
    };
  };
  return { status: run.status, ...report };
}

describe("kit verify of a kit with its own checksum database", () => {
  it("says NOT CHECKED, and not that it is verified, where nobody outside the kit vouches for the key", async () => {
    const kit = await makeKit();
    expect(verify(kit)).toMatchObject({
      status: 5,
      ok: false,
      error: { code: "KIT_DATABASE_UNKNOWN" },
      data: { verified: false, differences: [], proofs: { vouchedBy: "nobody", checked: false, problems: [] } },
    });
    const text = medkit(["kit", "verify", kit, "--home", join(work, "home")]);
    expect(text.status).toBe(5);
    expect(text.stdout).toContain("checksum database: NOT CHECKED");
    expect(text.stdout).not.toMatch(/verified: yes|are in sum\.corp/);
  });

  it("is no better off with a signature by a key that lies in the kit", async () => {
    const kit = await makeKit({ signKey: privateKey });
    expect(verify(kit)).toMatchObject({ status: 5, data: { verified: false, proofs: { vouchedBy: "nobody" } } });
  });

  it("proves it with the database's key from outside", async () => {
    const log = new FakeLog("sum.corp.example/team");
    const kit = await makeKit({ log });
    expect(verify(kit, "--sumdb", log.verifier.text)).toMatchObject({
      status: 0,
      ok: true,
      data: { verified: true, proofs: { vouchedBy: "sumdb", checked: true, modules: 1, problems: [] } },
    });
  });

  it("takes the signer's word for the key, with the signer's key from outside", async () => {
    const kit = await makeKit({ signKey: privateKey });
    expect(verify(kit, "--signer", signer)).toMatchObject({
      status: 0,
      data: { verified: true, proofs: { vouchedBy: "signer", checked: true, modules: 1 } },
    });
  });

  it("refuses a database of the same name under another key", async () => {
    const forged = await makeKit({ log: new FakeLog("sum.corp.example/team", "another"), code: "package evil\n" });
    const honest = new FakeLog("sum.corp.example/team");
    expect(verify(forged, "--sumdb", honest.verifier.text)).toMatchObject({ status: 4, data: { verified: false } });
    expect(verify(forged, "--sumdb", "sum.golang.org")).toMatchObject({ status: 4, data: { verified: false } });
    expect(verify(forged, "--sumdb", "off")).toMatchObject({ status: 2, error: { code: "DATABASE_KEY_INVALID" } });
  });

  it("never takes a kit's own database for the known one", async () => {
    const log = new FakeLog("sum.golang.org", "evil");
    const forged = [
      await makeKit({ log }),
      // The known key in the manifest, and records that it did not sign.
      await makeKit({ log: new FakeLog("sum.golang.org", "evil"), key: known, gosumdb: undefined }),
    ];
    for (const kit of forged) expect(verify(kit)).toMatchObject({ status: 4, data: { verified: false } });
    // A name that is a key itself, and one that is not the key's.
    for (const name of [new FakeLog("sum.corp.example/team").verifier.text, "sum.golang.org", "sum.golang.google.cn"]) {
      const kit = await makeKit();
      forge(kit, (manifest) => ({ ...manifest, checksumDatabase: { ...manifest.checksumDatabase, name } }));
      expect(verify(kit)).toMatchObject({ status: 4, data: { verified: false, differences: [] } });
    }
  });

  it("refuses a key that is none, or leads out of the tree", async () => {
    for (const key of [
      "off",
      "sum.golang.org",
      `${known} https://sum.corp.example`,
      new FakeLog("../../x").verifier.text,
    ]) {
      const kit = await makeKit({ key, gosumdb: key.includes("+") ? `${key.split(" ")[0] ?? ""}\n` : undefined });
      expect(verify(kit)).toMatchObject({ status: 4, data: { verified: false } });
    }
  });

  it("compares the key that activation gives to go with the manifest's", async () => {
    const other = new FakeLog("sum.corp.example/team", "another").verifier.text;
    for (const gosumdb of [`${other}\n`, "off\n", "", undefined]) {
      expect(verify(await makeKit({ gosumdb }))).toMatchObject({
        status: 4,
        data: { differences: [{ path: "modules/gosumdb.txt", kind: gosumdb === undefined ? "missing" : "unbound" }] },
      });
    }
    expect(verify(await makeKit({ key: known }))).toMatchObject({
      status: 4,
      data: { differences: [{ kind: "unbound" }] },
    });
  });
});
