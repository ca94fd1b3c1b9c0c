import { execFile, spawn } from "node:child_process";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openLookup, rangesText } from "../../src/proxy/vulndb/lookup.ts";
import { parseEntry } from "../../src/proxy/vulndb/osv.ts";
import type { PolicyConfig } from "../../src/proxy/policy/config.ts";
import { createProxyWorld, type ProxyWorld } from "../support/proxy-world.ts";
import { root } from "../support/medkit.ts";
import { requires } from "../support/requirements.ts";
import { entryText } from "../support/vulndb-world.ts";

let world: ProxyWorld;
beforeEach(async () => {
  world = await createProxyWorld();
});
afterEach(() => world.close());

const hoursAgo = (hours: number): string => new Date(Date.now() - hours * 3_600_000).toISOString();

/** A machine that has never seen a module, with a project that requires example.org/a. */
function client(goproxy: string, required?: string) {
  const home = join(world.root, "client");
  const project = join(home, "project");
  mkdirSync(project, { recursive: true });
  const require = required === undefined ? "" : `require example.org/a ${required}\n`;
  writeFileSync(join(project, "go.mod"), `module example.com/m\n\ngo 1.21\n\n${require}`);
  writeFileSync(join(project, "m.go"), 'package m\n\nimport _ "example.org/a"\n');
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    GOPATH: home,
    GOENV: "off",
    GOPROXY: goproxy,
    GOSUMDB: world.database.key,
    GOTOOLCHAIN: "local",
    GOFLAGS: "-modcacherw -mod=mod",
  };
  const go = (...args: readonly string[]) =>
    new Promise<{ failed: boolean; said: string }>((resolve) => {
      execFile("go", args, { cwd: project, env }, (error, stdout, stderr) =>
        resolve({ failed: error !== null, said: `${stdout}${stderr}` }),
      );
    });
  return { go, goMod: () => readFileSync(join(project, "go.mod"), "utf8") };
}

/** Another proxy, which has nothing and remembers what it was asked for. */
async function otherProxy() {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    response.writeHead(404).end("not found");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, close };
}

requires({ commands: ["go"] }).describe("the go command", () => {
  const denied: PolicyConfig = {
    contact: "security@example.internal",
    rules: [{ id: "bad-tag", action: "deny", versions: ["v1.1.0"], reason: "it was tagged by mistake" }],
  };

  it("shows the reason, and asks nobody else after a comma", async () => {
    world.publish("example.org/a", "v1.1.0");
    const other = await otherProxy();
    const proxy = await world.start({ policy: denied });
    const { go } = client(`${proxy.url},${other.url}`);
    const { failed, said } = await go("mod", "download", "example.org/a@v1.1.0");
    expect(failed).toBe(true);
    expect(said).toContain("403 Forbidden");
    expect(said).toContain("example.org/a@v1.1.0 is denied by this proxy's policy.");
    expect(said).toContain("MODULE_DENIED rule: bad-tag; reason: it was tagged by mistake");
    expect(said).toContain("contact: security@example.internal");
    expect(other.asked).toEqual([]);
    const lenient = await world.start({ policy: { ...denied, status: 404 } });
    const next = client(`${lenient.url},${other.url}`);
    expect(await next.go("mod", "download", "example.org/a@v1.1.0")).toMatchObject({ failed: true });
    expect(other.asked).not.toEqual([]);
    await other.close();
  });

  it("takes the newest version that is allowed, by `get -u`, `get @latest` and `list -u`", async () => {
    world.publish("example.org/a", "v1.0.0", undefined, hoursAgo(5_000));
    world.publish("example.org/a", "v1.1.0", undefined, hoursAgo(4_000));
    world.publish("example.org/a", "v1.2.0", undefined, hoursAgo(2));
    const rules: PolicyConfig["rules"] = [{ id: "cooldown", action: "quarantine", minAge: "168h" }];
    const proxy = await world.start({ policy: { rules } });
    const { go, goMod } = client(proxy.url, "v1.0.0");
    expect((await go("list", "-m", "-u", "example.org/a")).said).toContain("example.org/a v1.0.0 [v1.1.0]");
    expect(await go("get", "-u", "./...")).toMatchObject({ failed: false });
    expect(goMod()).toContain("example.org/a v1.1.0");
    expect(await go("get", "example.org/a@latest")).toMatchObject({ failed: false });
    expect(goMod()).toContain("example.org/a v1.1.0");
    const young = await go("get", "example.org/a@v1.2.0");
    expect(young).toMatchObject({ failed: true });
    expect(young.said).toContain("example.org/a@v1.2.0 is held back by this proxy's policy until ");
    expect(await go("mod", "verify")).toMatchObject({ failed: false });
  });

  it("finds a package of an allowed module where everything else is denied", async () => {
    world.publish("example.org/group/a", "v1.0.0", { "sub/lib.go": "package sub\n" });
    const rules: PolicyConfig["rules"] = [{ id: "ours", action: "allow", modules: ["example.org/group/a"] }];
    const proxy = await world.start({ policy: { default: "deny", rules } });
    const { go } = client(proxy.url);
    const found = await go("get", "example.org/group/a/sub");
    expect(found).toMatchObject({ failed: false });
    const other = await go("get", "example.org/group/b");
    expect(other.said).toContain("MODULE_DENIED rule: default; reason: no rule allows it");
  });

  it("is told which vulnerability, and which version has it not", async () => {
    for (const version of ["v1.0.0", "v1.0.1"]) world.publish("example.org/a", version);
    const events = [{ introduced: "0" }, { fixed: "1.0.1" }];
    const entry = parseEntry(Buffer.from(entryText("GO-2026-0001", "example.org/a", { events })), "GO-2026-0001");
    const vulnerabilities = openLookup(rangesText([entry]), "ranges.json");
    const rules: PolicyConfig["rules"] = [{ id: "known", action: "deny", vulnerable: true }];
    const proxy = await world.start({ policy: { rules }, vulnerabilities });
    const { go, goMod } = client(proxy.url);
    const { said } = await go("get", "example.org/a@v1.0.0");
    expect(said).toContain("example.org/a@v1.0.0 is denied by this proxy's policy: it has a known vulnerability.");
    expect(said).toContain("GO-2026-0001: fixed in v1.0.1; A hole in example.org/a");
    expect(await go("get", "example.org/a")).toMatchObject({ failed: false });
    expect(goMod()).toContain("example.org/a v1.0.1");
  });
});

it("SIGHUP takes a new policy over, and keeps the old one where the new one is wrong", async () => {
  const config = join(world.root, "medkit.yaml");
  const configure = (policy: string): void =>
    writeFileSync(config, `schema: medkit/proxy-config/v1\nlisten: 127.0.0.1:0\nstore: served\npolicy: ${policy}\n`);
  configure("{ default: deny }");
  const args = ["--offline", "proxy", "serve", "--config", config];
  const env = { PATH: process.env["PATH"] ?? "", HOME: world.root };
  const child = spawn(`${root}medkit`, args, { cwd: world.root, env, stdio: ["ignore", "ignore", "pipe"] });
  try {
    let said = "";
    child.stderr.on("data", (chunk) => (said += String(chunk)));
    await expect.poll(() => said, { timeout: 20_000 }).toMatch(/http:.*\n/);
    const url = /http:\/\/[0-9.]+:[0-9]+/.exec(said)?.[0] ?? "";
    const status = async (): Promise<number> => (await fetch(`${url}/example.org/a/@v/list`)).status;
    const reload = async (policy: string, answer: string): Promise<number> => {
      said = "";
      configure(policy);
      child.kill("SIGHUP");
      await expect.poll(() => said, { timeout: 20_000 }).toContain(answer);
      return await status();
    };
    expect(await status()).toBe(403);
    expect(await reload("{ rules: [{ id: x, action: allow, vulnerable: true }] }", "CONFIG_INVALID")).toBe(403);
    expect(await reload("{ rules: [{ id: x, action: deny, vulnerable: true }] }", "VULNDB_MISSING")).toBe(403);
    expect(await reload("{ rules: [{ id: x, action: deny, modules: [example.com] }] }", "rules: 1")).toBe(404);
  } finally {
    child.kill("SIGTERM");
  }
});
