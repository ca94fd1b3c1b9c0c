import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createProcessRunner } from "../../src/core/node-process.ts";
import { matchesAny, openDirect, routedUpstream, type DirectSettings, type FileProof } from "../../src/proxy/index.ts";
import { createGitWorld, type GitWorld } from "../support/git-world.ts";
import { createProxyWorld, type ProxyWorld, type RunningProxy } from "../support/proxy-world.ts";
import { requires } from "../support/requirements.ts";

const path = "git.internal/team/mod";
const source = { "go.mod": `module ${path}\n\ngo 1.20\n`, "mod.go": "package mod\n" };

const defaults: DirectSettings = {
  patterns: [],
  hosts: [],
  any: false,
  netrc: undefined,
  gitConfig: undefined,
  goauth: "netrc",
  jobs: 2,
  timeout: 20_000,
  limit: 1e8,
};

let git: GitWorld;
let world: ProxyWorld;
const cleanUps: (() => PromiseLike<void>)[] = [];
beforeEach(async () => {
  git = await createGitWorld();
  world = await createProxyWorld();
});
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0)) await cleanUp();
  await world.close();
  await git.close();
});

/** A proxy for which `git.internal` is private; every host name leads to the server of repositories. */
async function start(settings: Partial<DirectSettings> = {}, addresses = ["127.0.0.1"]): Promise<RunningProxy> {
  const ending = new AbortController();
  const env = { PATH: process.env["PATH"], SSL_CERT_FILE: git.authority, GIT_SSL_CAINFO: git.authority };
  const direct = await openDirect({
    ports: {
      clock: { now: () => new Date(), monotonic: () => performance.now() },
      env,
      process: createProcessRunner(ending.signal),
    },
    settings: { ...defaults, ...settings },
    patterns: ["git.internal", ...(settings.patterns ?? [])],
    work: join(world.root, "work"),
    resolve: async () => addresses.map((address) => ({ address, port: git.port })),
  });
  cleanUps.push(async () => {
    ending.abort(new Error("over"));
    await direct[Symbol.asyncDispose]();
  });
  const patterns = ["git.internal", "*.git.internal"];
  return await world.start({
    around: (proxies) =>
      routedUpstream({ direct: patterns, noDatabase: patterns, stored: [] }, proxies, direct.upstream),
    isPrivate: (module) => matchesAny(patterns, module),
  });
}

const get = async (proxy: RunningProxy, file: string) => {
  const reply = await fetch(`${proxy.url}/${file}`);
  return { status: reply.status, text: await reply.text() };
};

/** A go command that has never seen a module. Not `spawnSync`: the proxy is in this process. */
async function go(
  url: string,
  ...args: readonly string[]
): Promise<{ readonly status: number; readonly said: string }> {
  const home = join(world.root, `client-${readdirSync(world.root).length}`);
  mkdirSync(home);
  writeFileSync(join(home, "go.mod"), "module example.org/client\n\ngo 1.21\n");
  writeFileSync(join(home, "main.go"), `package main\n\nimport _ "${path}"\n\nfunc main() {}\n`);
  const env = {
    PATH: process.env["PATH"] ?? "",
    HOME: home,
    GOENV: "off",
    GOFLAGS: "-modcacherw",
    GOTOOLCHAIN: "local",
    GOPROXY: url,
    GOSUMDB: `${world.database.verifier.text} ${url}/sumdb/${world.database.name}`,
    GOPRIVATE: "git.internal",
    GONOPROXY: "none",
  };
  const child = spawn("go", args, { cwd: home, env });
  let said = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => void (said += String(chunk)));
  const [status] = (await once(child, "close")) as [number];
  return { status, said };
}

requires({ commands: ["go", "git", "openssl"] }).describe("private modules", () => {
  it("come out of their repository, with a login, and no proxy or database hears of them", async () => {
    git.commit(path, "v1.0.0", source);
    git.commit(path, "v1.1.0-rc.1", { "new.go": "package mod\n" });
    git.logins.set("git.internal", "robot:s3cr3t");
    const netrc = join(world.root, "netrc");
    writeFileSync(netrc, "machine git.internal login robot password s3cr3t\n", { mode: 0o600 });
    const proxy = await start({ netrc });
    expect(await go(proxy.url, "get", `${path}@latest`)).toMatchObject({ status: 0 });
    expect((await go(proxy.url, "list", "-m", "-versions", path)).said).toContain(`${path} v1.0.0 v1.1.0-rc.1`);
    expect((await go(proxy.url, "mod", "download", "-json", `${path}@main`)).said).toMatch(/v1\.1\.0-rc\.1/);
    expect(world.asked).toEqual([]);
    const proof = JSON.parse(readFileSync(join(world.store, path, "@v/v1.0.0.zip.proof"), "utf8")) as FileProof;
    expect(proof.proven).toBe("private");
    expect(proof.source).toMatch(/^direct: https:\/\/git\.internal\/team\/mod refs\/tags\/v1\.0\.0 [0-9a-f]{40}$/);
    // Without the repository, and without a network, the store answers.
    const offline = await world.start({ offline: true, isPrivate: () => true });
    expect(await go(offline.url, "mod", "download", `${path}@v1.0.0`)).toMatchObject({ status: 0 });
    const lookup = await get(proxy, `sumdb/${world.database.name}/lookup/${path}@v1.0.0`);
    expect([lookup.status, world.asked]).toEqual([404, []]);
    expect(JSON.stringify(proxy.log)).not.toContain("s3cr3t");
  });

  it("are refused where a tag was moved after the first fetch, even when the store was pruned", async () => {
    git.commit(path, "v1.0.0", source);
    const first = await start();
    expect((await get(first, `${path}/@v/v1.0.0.zip`)).status).toBe(200);
    git.commit(path, "v1.0.0", { "mod.go": "package mod // changed\n" });
    for (const name of readdirSync(join(world.store, path, "@v"))) {
      if (name.includes("zip")) rmSync(join(world.store, path, "@v", name));
    }
    const second = await start();
    const reply = await get(second, `${path}/@v/v1.0.0.zip`);
    expect(reply.status).toBe(502);
    expect(reply.text).toMatch(/^MODULE_CHANGED\n/);
    expect(existsSync(join(world.store, path, "@v/v1.0.0.zip"))).toBe(false);
    git.commit(path, "v1.0.0", source);
    expect((await get(await start(), `${path}/@v/v1.0.0.zip`)).status).toBe(200);
  });
});
