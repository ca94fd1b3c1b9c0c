import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { compareGoVersions, parseGoVersion } from "../../core/go-version.ts";
import type { Ports } from "../../core/ports.ts";
import { present } from "../../core/present.ts";
import { redactUrl } from "../../module/index.ts";
import type { Command } from "../types.ts";
import { askAddress, readServerFacts } from "./ask.ts";
import { findOnPath, gatherGoFacts, lacksOf, programProblem, readVersionFile } from "./go-facts.ts";
import { gatherMemory, parseLimits } from "./limits.ts";
import { offlineEnvironment } from "./offline.ts";
import { gatherPathFacts, readMounts } from "./path-facts.ts";
import { gatherProjectFacts } from "./project.ts";
import { goenvPath, readLines, type GoenvFile } from "../../core/go-env-file.ts";
import { resolveSetting } from "./settings.ts";
import type { PathFacts, Probes } from "./types.ts";
import { readFile } from "node:fs/promises";

/** Go's own defaults that do not depend on the host (cmd/go/internal/cfg). */
const defaults: Readonly<Record<string, string>> = {
  // Which proxy is the default is for the go command to say: see goEnv.
  GOSUMDB: "sum.golang.org",
  GOTOOLCHAIN: "auto",
};

/** Milliseconds that an address has to answer. */
const askTimeout = 2500;

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

function keyed<T>(make: (key: string) => Promise<T>): (key: string) => Promise<T> {
  const made = new Map<string, Promise<T>>();
  return (key) => {
    const found = made.get(key) ?? make(key);
    made.set(key, found);
    return found;
  };
}

/** Folders in which Go trees lie on hosts: the official place, distributions' places, `go install golang.org/dl`, and medkit's own. */
async function candidateGoroots(
  env: Readonly<Record<string, string>>,
  toolchains: string | undefined,
): Promise<readonly string[]> {
  const below = async (folder: string, pattern: RegExp): Promise<readonly string[]> =>
    (await readdir(folder).catch(() => [])).filter((name) => pattern.test(name)).map((name) => join(folder, name));
  const home = env["HOME"];
  return [
    "/usr/local/go",
    "/usr/lib/go",
    ...(await below("/usr/lib", /^go-\d/)),
    "/usr/lib/golang",
    "/opt/go",
    "/opt/homebrew/opt/go/libexec",
    "/usr/local/opt/go/libexec",
    ...(await below("/usr/local", /^go-?\d/)),
    ...(await below("/opt", /^go-?\d/)),
    ...(home ? [...(await below(join(home, "sdk"), /^go/)), join(home, "go-sdk"), join(home, ".local", "go")] : []),
    ...(toolchains === undefined ? [] : await below(toolchains, /^go/)),
  ];
}

export interface ProbeOptions {
  readonly ports: Ports;
  readonly command: Command;
  readonly offline: boolean;
  /** medkit's own folder of toolchains; undefined where it has no home. */
  readonly toolchains: string | undefined;
}

/** Probes for a command's environment. Everything is gathered when first asked for, and once. */
export function createProbes({ ports, command, offline, toolchains }: ProbeOptions): Probes {
  const { env, cwd } = command;
  const platform = ports.platform;
  const mounts = once(readMounts);
  const path = keyed(async (at: string): Promise<PathFacts> => gatherPathFacts(at, await mounts()));
  const start: Probes["run"] = async ([program, ...args], options = {}) => {
    return ports.process.run({
      command: program,
      args,
      cwd: options.cwd ?? cwd,
      env: present({ ...env, ...options.environment }),
      timeout: options.timeout ?? 10_000,
    });
  };
  const which = keyed(async (name) => {
    const found = await findOnPath(name, env["PATH"], cwd, path);
    return found !== undefined && (await path(found)).executable ? found : undefined;
  });
  const go = once(async () => {
    const named = command.argv[0].endsWith("/go") ? command.argv[0] : "go";
    return gatherGoFacts(await findOnPath(named, env["PATH"], cwd, path), path, platform);
  });
  const goenvFile = once(async (): Promise<GoenvFile | undefined> => {
    const at = goenvPath(env, platform.os);
    const lines = at === undefined ? undefined : await readLines(at);
    return at === undefined || lines === undefined ? undefined : { path: at, lines };
  });
  const gorootFile = once(async (): Promise<GoenvFile | undefined> => {
    const root = env["GOROOT"] || (await go()).ownRoot;
    const lines = root === undefined ? undefined : await readLines(join(root, "go.env"));
    return root === undefined || lines === undefined ? undefined : { path: join(root, "go.env"), lines };
  });
  const setting = keyed(async (name) =>
    resolveSetting(name, env, await goenvFile(), await gorootFile(), defaults[name] ?? ""),
  );
  const run: Probes["run"] = async (argv, options = {}) => {
    if (!offline || basename(argv[0]) !== "go") return start(argv, options);
    const goproxy = options.environment?.["GOPROXY"] ?? (await setting("GOPROXY")).value;
    return start(argv, { ...options, environment: { ...options.environment, ...offlineEnvironment(goproxy) } });
  };
  const goEnv = once(async () => {
    const facts = await go();
    if (facts.path === undefined || facts.problem !== undefined) return undefined;
    // Only another toolchain would make `go env` fetch something; its own settings are what is asked for.
    const environment = offline ? { GOTOOLCHAIN: "local" } : {};
    const result = await start([facts.path, "env", "-json"], { environment });
    if (result.status !== 0) return undefined;
    try {
      const found = JSON.parse(result.stdout.toString("utf8")) as Record<string, string>;
      return offline ? { ...found, GOTOOLCHAIN: (await setting("GOTOOLCHAIN")).value } : found;
    } catch {
      return undefined;
    }
  });
  const asked = keyed(async (key) => {
    const [url, laid] = JSON.parse(key) as [string, [string, string | null][]];
    if (offline)
      return { url: redactUrl(url), outcome: "not-asked", status: undefined, detail: "not asked (--offline)", clockSkew: undefined, milliseconds: 0 } as const; // prettier-ignore
    const overlaid = { ...env, ...Object.fromEntries(laid.map(([name, value]) => [name, value ?? undefined])) };
    return askAddress(url, { env: overlaid, timeout: askTimeout, clock: ports.clock });
  });
  return {
    setting,
    goenvFile,
    goEnv,
    go,
    otherGos: once(async () => {
      const own = (await go()).ownRoot;
      const found: { goroot: string; version: string }[] = [];
      for (const goroot of new Set(await candidateGoroots(env, toolchains))) {
        if (goroot === own) continue;
        const version = await readVersionFile(goroot);
        if (version === undefined) continue;
        const { problem } = await programProblem(join(goroot, "bin", "go"), path, platform);
        if (problem === undefined && (await lacksOf(goroot, path, platform)).length === 0)
          found.push({ goroot, version });
      }
      const rank = (text: string): ReturnType<typeof parseGoVersion> => parseGoVersion(text);
      return found.toSorted((a, b) => {
        const [left, right] = [rank(a.version), rank(b.version)];
        return left === undefined || right === undefined ? 0 : compareGoVersions(right, left);
      });
    }),
    project: once(() => gatherProjectFacts(cwd, path)),
    path,
    run,
    ask: async (url, environment = {}) => asked(JSON.stringify([url, Object.entries(environment).map(([name, value]) => [name, value ?? null])])), // prettier-ignore
    serverFacts: keyed(async (url) =>
      offline ? undefined : readServerFacts(url, { env, timeout: askTimeout, clock: ports.clock }),
    ),
    limits: once(async () => parseLimits(await readFile("/proc/self/limits", "utf8").catch(() => ""))),
    memory: once(gatherMemory),
    which,
  };
}
