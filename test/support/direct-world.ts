import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createProcessRunner } from "../../src/core/node-process.ts";
import {
  chainUpstream,
  limitedUpstream,
  matchesAny,
  openDirect,
  routedUpstream,
  type DirectSettings,
} from "../../src/proxy/index.ts";
import { createGitWorld, type GitWorld } from "./git-world.ts";
import { createProxyWorld, type ProxyWorld, type RunningProxy } from "./proxy-world.ts";

/** A private module. */
export const path = "git.internal/team/mod";
export const source = { "go.mod": `module ${path}\n\ngo 1.20\n`, "mod.go": "package mod\n" };

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
const privatePatterns = ["git.internal", "*.git.internal"];

/** An upstream proxy and a server of repositories, and our proxy before both. */
export interface DirectWorld {
  readonly world: ProxyWorld;
  readonly git: GitWorld;
  /**
   * A proxy for which `git.internal` is private. Every host has these addresses, and lies at the port of the server of repositories. `searchPath` is where
   * go and git are looked for.
   */
  start(settings?: Partial<DirectSettings>, addresses?: readonly string[], searchPath?: string): Promise<RunningProxy>;
  /** Runs a go command that has never seen a module, for which `git.internal` is private. */
  go(url: string, ...args: readonly string[]): Promise<{ readonly status: number; readonly said: string }>;
  /** Ends all fetches. */
  end(): Promise<void>;
  close(): Promise<void>;
}

export async function createDirectWorld(): Promise<DirectWorld> {
  const git = await createGitWorld();
  const world = await createProxyWorld();
  const endings: (() => Promise<void>)[] = [];
  const end = async (): Promise<void> => {
    for (const each of endings.splice(0)) await each();
  };
  return {
    world,
    git,
    start: async (settings = {}, addresses = ["127.0.0.1"], searchPath = process.env["PATH"]) => {
      const ending = new AbortController();
      const direct = await openDirect({
        ports: {
          clock: { now: () => new Date(), monotonic: () => performance.now() },
          env: { PATH: searchPath, SSL_CERT_FILE: git.authority, GIT_SSL_CAINFO: git.authority },
          process: createProcessRunner(ending.signal),
        },
        settings: { ...defaults, ...settings },
        patterns: ["git.internal", ...(settings.patterns ?? [])],
        work: join(world.root, "work"),
        resolve: async () => addresses.map((address) => ({ address, port: git.port })),
      });
      endings.push(async () => {
        ending.abort(new Error("over"));
        await direct[Symbol.asyncDispose]();
      });
      const limited = limitedUpstream({ patterns: settings.patterns ?? [], any: false }, direct.upstream);
      const routes = { direct: privatePatterns, noDatabase: privatePatterns, stored: [] };
      return await world.start({
        around: (proxies) => {
          const links = [
            { name: "proxy", upstream: proxies, fallOn: "absent" as const },
            { name: "direct", upstream: limited, fallOn: "absent" as const },
          ];
          return routedUpstream(routes, chainUpstream(links), direct.upstream);
        },
        isPrivate: (module) => matchesAny(privatePatterns, module),
      });
    },
    go: (url, ...args) => runGo(world, url, args),
    end,
    close: async () => {
      await end();
      await world.close();
      await git.close();
    },
  };
}

/** Not `spawnSync`: the proxy is in this process. */
async function runGo(world: ProxyWorld, url: string, args: readonly string[]) {
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

/** Arguments of every process of this host, where the system tells. */
export function commandLines(): readonly string[] {
  if (process.platform !== "linux") return [];
  return readdirSync("/proc").flatMap((name) => {
    try {
      return /^[0-9]+$/.test(name) ? [readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ")] : [];
    } catch {
      return [];
    }
  });
}

export function goroot(): string {
  return spawnSync("go", ["env", "GOROOT"], { encoding: "utf8" }).stdout.trim();
}

/** What the proxy answers. */
export async function read(
  proxy: RunningProxy,
  file: string,
): Promise<{ readonly status: number; readonly text: string }> {
  const reply = await fetch(`${proxy.url}/${file}`);
  return { status: reply.status, text: await reply.text() };
}
