import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createFetch } from "../../src/core/node-fetch.ts";
import { FakeLog } from "../../src/module/__fixtures__/fake-log.ts";
import { makeZip } from "../../src/module/__fixtures__/zip-writer.ts";
import {
  ChecksumDatabase,
  databaseFetcher,
  databaseKey,
  escapePath,
  escapeVersion,
  hashGoMod,
  hashModuleZip,
  ProxyClient,
  sumdbTreeOps,
  writeSumdbTree,
  type DatabaseOps,
  type ModuleVersion,
  type RecordedModule,
} from "../../src/module/index.ts";
import { rootTiles, tilePath } from "../../src/module/tile.ts";
import { requires } from "../support/requirements.ts";

/** The toolchains that must accept the tree: those of the reference kit, and the host's own. */
const toolchains = ["go1.21.13", "go1.22.5", "local"];
const modules: readonly ModuleVersion[] = [
  { path: "golang.org/x/sync", version: "v0.8.0" },
  { path: "github.com/BurntSushi/toml", version: "v1.4.0" },
];
const toolchainModules = toolchains
  .filter((name) => name !== "local")
  .map((name) => ({ path: "golang.org/toolchain", version: `v0.0.1-${name}.linux-amd64` }));

const work = mkdtempSync(join(tmpdir(), "medkit-sumdb-go-"));
afterAll(() => {
  // Go makes its module cache read-only.
  spawnSync("chmod", ["-R", "u+w", work]);
  rmSync(work, { recursive: true, force: true });
});

let clients = 0;

/** Runs `go` without a network and without anything of this host's settings. `gopath` keeps a client's memory between runs. */
function goOffline(
  tree: string,
  gosumdb: string,
  toolchain: string,
  args: readonly string[],
  gopath = join(work, `client-${clients++}`),
) {
  mkdirSync(gopath, { recursive: true });
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: gopath,
    GOPATH: gopath,
    GOCACHE: join(gopath, "cache"),
    GOENV: "off",
    GOFLAGS: "-modcacherw",
    GOPROXY: pathToFileURL(tree).href,
    GOSUMDB: gosumdb,
    GOTOOLCHAIN: toolchain,
    GOTELEMETRY: "off",
  };
  const command = ["--user", "--map-current-user", "--net", "go", ...args];
  const run = spawnSync("unshare", command, { cwd: gopath, env, encoding: "utf8", timeout: 300_000 });
  return { status: run.status, output: run.stdout + run.stderr };
}

function put(tree: string, path: string, data: string | Uint8Array): void {
  mkdirSync(dirname(join(tree, path)), { recursive: true });
  writeFileSync(join(tree, path), data);
}

const needs = { commands: ["go", "unshare"], namespaces: true };

requires({ ...needs, upstream: true }).describe("the known database's records in an offline tree", () => {
  const tree = join(work, "known");
  const verifier = databaseKey("sum.golang.org");

  beforeAll(async () => {
    const { signal } = new AbortController();
    const ports = { fetch: createFetch(process.env, signal), signal };
    const list = spawnSync("go", ["env", "GOPROXY"], { encoding: "utf8" }).stdout.trim();
    const proxy = new ProxyClient(ports, list);
    const database = new ChecksumDatabase(verifier, {
      fetch: databaseFetcher(ports, list, verifier.name),
      readCache: () => Promise.resolve(undefined),
      writeCache: () => Promise.resolve(),
    });
    const records: RecordedModule[] = [];
    for (const module of [...modules, ...toolchainModules]) {
      const base = `${escapePath(module.path)}/@v/${escapeVersion(module.version)}`;
      const proven = await database.lookup(module);
      const goMod = await proxy.readOrRefuse(`${base}.mod`);
      expect(hashGoMod(goMod)).toBe(proven.goModH1);
      put(tree, `${base}.mod`, goMod);
      put(tree, `${base}.info`, await proxy.readOrRefuse(`${base}.info`));
      await proxy.downloadZip(module, join(tree, `${base}.zip`));
      expect(await hashModuleZip(join(tree, `${base}.zip`), module.path, module.version)).toBe(proven.h1);
      records.push({ ...module, ...proven });
    }
    await writeSumdbTree(tree, database, records);
  });

  const names = modules.map(({ path, version }) => `${path}@${version}`);

  for (const toolchain of toolchains) {
    it(`is accepted by ${toolchain}, itself proven by the tree, with the database on and no network`, () => {
      const run = goOffline(tree, "sum.golang.org", toolchain, ["mod", "download", "-x", ...names]);
      expect(run).toMatchObject({ status: 0 });
      expect(run.output).not.toContain("https://");
      const version = goOffline(tree, "sum.golang.org", toolchain, ["version"]);
      if (toolchain !== "local") expect(version.output).toContain(`${toolchain} `);
    });

    it(`is refused by ${toolchain} once a module, a record or a tile was changed`, () => {
      const gopath = join(work, `tampered-${toolchain}`);
      // The toolchain comes in by the sound tree; then the client is made to forget all but it.
      expect(goOffline(tree, "sum.golang.org", toolchain, ["version"], gopath)).toMatchObject({ status: 0 });
      const sumdb = "sumdb/sum.golang.org";
      const lookup = `${sumdb}/lookup/golang.org/x/sync@v0.8.0`;
      const record = readFileSync(join(tree, lookup), "utf8");
      const tile = `${sumdb}/tile/8/0/x112/573`;
      const changes: readonly [string, string | Uint8Array][] = [
        [
          "golang.org/x/sync/@v/v0.8.0.zip",
          makeZip([{ name: "golang.org/x/sync@v0.8.0/go.mod", content: "module golang.org/x/sync\n\ngo 1.18\n" }]),
        ],
        [lookup, record.replace(/h1:./, "h1:A")],
        [lookup, record.replace("golang.org/x/sync v0.8.0/go.mod", "golang.org/x/evil v0.8.0/go.mod")],
        [tile, Buffer.alloc(8192)],
      ];
      for (const [path, data] of changes) {
        const copy = join(work, `copy-${clients++}`);
        cpSync(join(tree, "sumdb"), join(copy, "sumdb"), { recursive: true });
        cpSync(join(tree, "golang.org/x"), join(copy, "golang.org/x"), { recursive: true });
        put(copy, path, data);
        rmSync(join(gopath, "pkg/sumdb"), { recursive: true, force: true });
        rmSync(join(gopath, "pkg/mod/cache/download/sumdb"), { recursive: true, force: true });
        rmSync(join(gopath, "pkg/mod/cache/download/golang.org/x"), { recursive: true, force: true });
        rmSync(join(gopath, "pkg/mod/golang.org/x"), { recursive: true, force: true });
        const run = goOffline(
          copy,
          "sum.golang.org",
          toolchain,
          ["mod", "download", "golang.org/x/sync@v0.8.0"],
          gopath,
        );
        expect(run.status, `${path}\n${run.output}`).not.toBe(0);
        expect(run.output).toMatch(/mismatch|authenticate|inconsistent|missing|SECURITY/);
      }
    });
  }
});

requires(needs).describe("a private database's records in an offline tree", () => {
  const module = { path: "example.org/Hello", version: "v1.2.3" };
  const name = `${module.path}@${module.version}`;
  const goMod = "module example.org/Hello\n\ngo 1.20\n";
  const log = new FakeLog();
  const sizes = { older: 40_000, before: 65_990, head: 66_000, after: 66_010, newer: 70_000 };
  let heads: Record<keyof typeof sizes, string>;

  beforeAll(async () => {
    const zip = makeZip([
      { name: `${name}/go.mod`, content: goMod },
      { name: `${name}/hello.go`, content: "package hello\n" },
    ]);
    put(work, "hello.zip", zip);
    const h1 = await hashModuleZip(join(work, "hello.zip"), module.path, module.version);
    log.fill(1234);
    log.add(
      "example.org/!hello",
      module.version,
      `${name.replace("@", " ")} ${h1}\n${name.replace("@", " ")}/go.mod ${hashGoMod(goMod)}\n`,
    );
    log.fill(sizes.newer - log.size);
    heads = {
      older: log.head(sizes.older),
      before: log.head(sizes.before),
      head: log.head(sizes.head),
      after: log.head(sizes.after),
      newer: log.head(sizes.newer),
    };
  });

  async function makeTree(alsoHeads: readonly string[]): Promise<string> {
    const tree = join(work, `private-${clients++}`);
    const ops: DatabaseOps = { fetch: log.fetcher(), readCache: async () => undefined, writeCache: async () => {} };
    const database = new ChecksumDatabase(log.verifier, ops, heads.head);
    await writeSumdbTree(tree, database, [{ ...module, ...(await database.lookup(module)) }], { alsoHeads });
    put(tree, "example.org/!hello/@v/v1.2.3.zip", readFileSync(join(work, "hello.zip")));
    put(tree, "example.org/!hello/@v/v1.2.3.mod", goMod);
    put(tree, "example.org/!hello/@v/v1.2.3.info", '{"Version":"v1.2.3"}');
    return tree;
  }

  /** A client that remembers a head, as Go keeps it. */
  function clientWith(head: string | undefined): string {
    const gopath = join(work, `client-${clients++}`);
    if (head !== undefined) put(gopath, `pkg/sumdb/${log.name}/latest`, head);
    return gopath;
  }

  it("is accepted by a client without memory, and by one that remembers the same head", async () => {
    const tree = await makeTree([]);
    for (const head of [undefined, heads.head]) {
      const run = goOffline(tree, log.verifier.text, "local", ["mod", "download", name], clientWith(head));
      expect(run).toMatchObject({ status: 0 });
    }
  });

  it("is accepted by clients that remember other heads only where it was made for them", async () => {
    const plain = await makeTree([]);
    const others = [heads.older, heads.before, heads.after, heads.newer];
    const helped = await makeTree(others);
    for (const head of others) {
      const refused = goOffline(plain, log.verifier.text, "local", ["mod", "download", name], clientWith(head));
      expect(refused.status).not.toBe(0);
      expect(refused.output).toContain("/tile/8/");
      const accepted = goOffline(helped, log.verifier.text, "local", ["mod", "download", name], clientWith(head));
      expect(accepted).toMatchObject({ status: 0 });
    }
  });

  it("is refused, as evidence of a fork, by a client that remembers another history", async () => {
    const other = new FakeLog().fill(sizes.older);
    const tree = await makeTree([heads.older]);
    const gopath = clientWith(other.head());
    // Such a client has the tiles of its own history, as Go keeps them.
    for (const tile of rootTiles(other.size))
      put(gopath, `pkg/mod/cache/download/sumdb/${log.name}/${tilePath(tile)}`, other.tile(tile));
    const run = goOffline(tree, log.verifier.text, "local", ["mod", "download", name], gopath);
    expect(run.status).not.toBe(0);
    expect(run.output).toContain("SECURITY ERROR");
    const reader = new ChecksumDatabase(log.verifier, {
      ...sumdbTreeOps(tree, log.verifier),
      readHead: async () => other.head(),
      writeHead: async () => true,
    });
    await expect(reader.lookup(module)).rejects.toMatchObject({ code: "DATABASE_FORKED" });
  });
});
