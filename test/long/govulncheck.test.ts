import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect } from "vitest";
import { createProcessRunner } from "../../src/core/node-process.ts";
import { folderSource, syncVulndb, vulndbExtra } from "../../src/proxy/index.ts";
import { createProxyWorld, type ProxyWorld } from "../support/proxy-world.ts";
import { requires } from "../support/requirements.ts";
import { entryText } from "../support/vulndb-world.ts";

/** The newest version that Go 1.26 builds. */
const govulncheck = "golang.org/x/vuln/cmd/govulncheck@v1.9.0";

let world: ProxyWorld;
beforeAll(async () => {
  world = await createProxyWorld();
});
afterAll(() => world.close());

function run(command: string, args: readonly string[], more: Readonly<Record<string, string>>) {
  const { root } = world;
  const env = {
    ...process.env,
    GOFLAGS: "-modcacherw -mod=mod",
    GOMODCACHE: join(root, "mod"),
    GOWORK: "off",
    ...more,
  };
  return new Promise<{ status: number; said: string }>((resolve) => {
    execFile(command, args, { cwd: join(root, "project"), env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({
        status: typeof error?.code === "number" ? error.code : error === null ? 0 : -1,
        said: stdout + stderr,
      }),
    );
  });
}

function write(files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(world.root, name)), { recursive: true });
    writeFileSync(join(world.root, name), text);
  }
}

requires({ commands: ["go"], upstream: true }).it(
  "govulncheck reads the mirrored database, over HTTP and from its folder, and finds what is called",
  async () => {
    world.publish("example.org/a", "v1.0.0", { "a.go": "package a\n\nfunc Hole() {}\n" });
    write({
      "project/go.mod": "module example.com/m\n\ngo 1.21\n\nrequire example.org/a v1.0.0\n",
      "project/main.go": 'package main\n\nimport "example.org/a"\n\nfunc main() { a.Hole() }\n',
      "osv/GO-2026-0001.json": entryText("GO-2026-0001", "example.org/a", {
        events: [{ introduced: "0" }, { fixed: "1.0.1" }],
        imports: [{ path: "example.org/a", symbols: ["Hole"] }],
      }),
      "osv/GO-2026-0002.json": entryText("GO-2026-0002", "example.org/b"),
    });
    const folder = join(world.root, "vulndb");
    const ports = {
      clock: { now: () => new Date(), monotonic: () => performance.now() },
      env: process.env,
      process: createProcessRunner(new AbortController().signal),
      progress: { emit: () => undefined },
    };
    await using source = await folderSource(join(world.root, "osv"));
    await syncVulndb(ports, folder, source, { acceptOlder: false });
    expect(readFileSync(join(folder, "current/index/db.json"), "utf8")).toBe('{"modified":"2026-01-01T00:00:00Z"}');
    const install = await run("go", ["install", govulncheck], { GOBIN: join(world.root, "bin") });
    expect(install).toMatchObject({ status: 0 });
    const proxy = await world.start({ extras: [vulndbExtra(folder)] });
    const modules = { GOPROXY: proxy.url, GOSUMDB: world.database.key, GOTOOLCHAIN: "local" };
    for (const database of [`${proxy.url}/vulndb`, pathToFileURL(join(folder, "current")).href]) {
      const { status, said } = await run(join(world.root, "bin/govulncheck"), ["-db", database, "./..."], modules);
      expect({ status, said }).toMatchObject({ status: 3 });
      expect(said).toContain("Vulnerability #1: GO-2026-0001");
      expect(said).toContain("Fixed in: example.org/a@v1.0.1");
      expect(said).toContain("m.main calls a.Hole");
    }
    const asked = proxy.log.map((each) => each.path);
    expect(asked).toContain("/vulndb/index/modules.json.gz");
    expect(asked).toContain("/vulndb/ID/GO-2026-0001.json.gz");
    expect(asked).not.toContain("/vulndb/ID/GO-2026-0002.json.gz");
  },
  600_000,
);
