import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createHash } from "node:crypto";
import type { PolicyConfig } from "../../src/proxy/policy/config.ts";
import type { VulnerabilityLookup } from "../../src/proxy/policy/types.ts";
import { FakeLog } from "../../src/module/__fixtures__/fake-log.ts";
import { makeZip } from "../../src/module/__fixtures__/zip-writer.ts";
import { databaseFetcher, escapePath, escapeVersion, hash1, hashGoMod, ProxyClient } from "../../src/module/index.ts";
import { MedkitError } from "../../src/core/errors.ts";
import { removeTree } from "../../src/state/index.ts";
import {
  DatabaseMirror,
  folderStore,
  GuardedModules,
  ModuleMirror,
  PolicyGate,
  proxyUpstream,
  Quarantine,
  readPolicy,
  ReleaseTimes,
  serveModules,
  type AccessRecord,
  type ObjectStore,
  type ServeOptions,
  type Upstream,
} from "../../src/proxy/index.ts";

/** What the upstream does instead of answering honestly; true: it has answered. */
export type UpstreamLie = (path: string, response: ServerResponse, honest: Buffer | undefined) => boolean;

export interface StartOptions extends Partial<
  Pick<ServeOptions, "tls" | "guard" | "extras" | "drain" | "onCertificate" | "lookEvery">
> {
  readonly offline?: boolean;
  /** A folder, or any store. */
  readonly store?: string | ObjectStore;
  /** What is asked instead of the upstream proxy alone. */
  readonly around?: (proxies: Upstream) => Upstream;
  readonly isPrivate?: (path: string) => boolean;
  /** Milliseconds after which a silent upstream is given up. */
  readonly stallAfter?: number;
  /** As in medkit.yaml; default: everything is served. */
  readonly policy?: PolicyConfig;
  readonly vulnerabilities?: VulnerabilityLookup;
  /** Wall time; default: the real one. */
  readonly now?: () => Date;
}

export interface RunningProxy {
  readonly gate: PolicyGate;
  readonly url: string;
  readonly log: AccessRecord[];
  stop(): Promise<void>;
}

export interface OpenedMirror {
  readonly store: ObjectStore;
  readonly mirror: ModuleMirror;
  readonly upstream: Upstream | undefined;
  end(): void;
}

/** An upstream module proxy with its checksum database in this process, and our own proxies beside it, each with its own store or a shared one. */
export interface ProxyWorld {
  readonly root: string;
  readonly store: string;
  /** The upstream's own address, which answers for the database too. */
  readonly upstream: string;
  /** Paths that the upstream was asked for, in order. */
  readonly asked: string[];
  readonly database: FakeLog;
  lie: UpstreamLie;
  /** Holds back what is asked for with this ending: `asked` resolves when it was, `letGo` gives the honest answer. */
  hold(ending: string): { readonly asked: Promise<void>; readonly letGo: () => void };
  /** `time`: what the `.info` says; null: nothing. */
  publish(
    path: string,
    version: string,
    files?: Readonly<Record<string, string>>,
    time?: string | null,
  ): { zip: Buffer; mod: Buffer };
  start(options?: StartOptions): Promise<RunningProxy>;
  /** The same store and mirror without a server. */
  open(options?: { readonly offline?: boolean }): OpenedMirror;
  close(): Promise<void>;
}

const sha256 = (bytes: string | Buffer): string => createHash("sha256").update(bytes).digest("hex");

function listen(handler: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(handler);
  return new Promise<typeof server>((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

export async function createProxyWorld(): Promise<ProxyWorld> {
  const root = mkdtempSync(join(tmpdir(), "medkit-proxy-"));
  const database = new FakeLog();
  const files = new Map<string, Buffer>();
  const versions = new Map<string, string[]>();
  const asked: string[] = [];
  const running: RunningProxy[] = [];
  const prefix = `sumdb/${database.name}/`;
  const honest = (path: string): Buffer | undefined => {
    if (path === `${prefix}supported`) return Buffer.alloc(0);
    return path.startsWith(prefix) ? database.answer(path.slice(prefix.length)) : files.get(path);
  };
  const upstream = await listen((request, response) => {
    const path = decodeURIComponent((request.url ?? "").slice(1));
    asked.push(path);
    const bytes = honest(path);
    if (world.lie(path, response, bytes)) return;
    if (bytes === undefined) response.writeHead(404).end("not found");
    else response.writeHead(200, { "Content-Length": bytes.length }).end(bytes);
  });
  const upstreamUrl = `http://127.0.0.1:${(upstream.address() as AddressInfo).port}`;

  const world: ProxyWorld = {
    root,
    store: join(root, "store"),
    upstream: upstreamUrl,
    asked,
    database,
    lie: () => false,
    hold: (ending) => {
      const [asking, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
      world.lie = (path, response, bytes) => {
        if (!path.endsWith(ending)) return false;
        asking.resolve();
        void held.promise.then(() => response.writeHead(200).end(bytes));
        return true;
      };
      return { asked: asking.promise, letGo: () => held.resolve() };
    },
    publish: (path, version, given, time = "2024-01-01T00:00:00Z") => {
      const content = given ?? { "lib.go": `package lib // ${version}\n` };
      const mod = Buffer.from(content["go.mod"] ?? `module ${path}\n`);
      const all = { "go.mod": mod.toString(), ...content };
      const named = Object.entries(all).map(([name, text]) => ({ name: `${path}@${version}/${name}`, content: text }));
      const zip = makeZip(named);
      const h1 = hash1(named.map(({ name, content: text }) => ({ name, sha256: sha256(text) })));
      database.add(path, version, `${path} ${version} ${h1}\n${path} ${version}/go.mod ${hashGoMod(mod)}\n`);
      const folder = `${escapePath(path)}/@v/`;
      const listed = [...(versions.get(path) ?? []), version];
      versions.set(path, listed);
      const base = `${folder}${escapeVersion(version)}`;
      files.set(
        `${base}.info`,
        Buffer.from(JSON.stringify({ Version: version, ...(time === null ? {} : { Time: time }) })),
      );
      files.set(`${base}.mod`, mod);
      files.set(`${base}.zip`, zip);
      files.set(`${folder}list`, Buffer.from(listed.map((each) => `${each}\n`).join("")));
      return { zip, mod };
    },
    start: async ({
      offline = false,
      store: folder = world.store,
      around = (proxies) => proxies,
      isPrivate = () => false,
      stallAfter = 1_000,
      policy,
      vulnerabilities,
      now,
      ...more
    }: StartOptions = {}) => {
      const stopping = new AbortController();
      const ending = new AbortController();
      const transfer = { fetch, signal: ending.signal };
      const transferOptions = { retries: 0, stallAfter };
      const log: AccessRecord[] = [];
      const store = typeof folder === "string" ? folderStore(folder) : folder;
      const relay = databaseFetcher(transfer, upstreamUrl, database.name, transferOptions);
      const noDatabase = (): Promise<undefined> => Promise.reject(new MedkitError("OFFLINE", { what: database.name }));
      const clock = { now: now ?? (() => new Date()), monotonic: () => performance.now() };
      const proxies = proxyUpstream(new ProxyClient(transfer, upstreamUrl, transferOptions));
      const sources = offline ? undefined : around(proxies);
      const modules = new ModuleMirror({
        clock,
        store,
        database: new DatabaseMirror(database.verifier, store, offline ? noDatabase : relay),
        upstream: sources,
        isPrivate,
      });
      const gate = new PolicyGate(clock, readPolicy(policy ?? {}), vulnerabilities);
      const times = new ReleaseTimes(store, sources);
      const mirror = new GuardedModules({ modules, gate, times, quarantine: new Quarantine(modules) });
      const serving = await serveModules({
        ports: { clock, signal: stopping.signal },
        mirror,
        gate,
        ...more,
        on: { host: "127.0.0.1", port: 0 },
        onRequest: (record) => void log.push(record),
      });
      const proxy: RunningProxy = {
        gate,
        url: `${more.tls === undefined ? "http" : "https"}://127.0.0.1:${serving.address.port}`,
        log,
        stop: async () => {
          stopping.abort(new Error("stop"));
          await serving.ended;
          ending.abort(new Error("stop"));
        },
      };
      running.push(proxy);
      return proxy;
    },
    open: ({ offline = false } = {}) => {
      const ending = new AbortController();
      const transfer = { fetch, signal: ending.signal };
      const options = { retries: 0, stallAfter: 30_000 };
      const store = folderStore(world.store);
      const relay = databaseFetcher(transfer, upstreamUrl, database.name, options);
      const noDatabase = (): Promise<undefined> => Promise.reject(new MedkitError("OFFLINE", { what: database.name }));
      const asks = offline ? undefined : proxyUpstream(new ProxyClient(transfer, upstreamUrl, options));
      const mirror = new ModuleMirror({
        clock: { now: () => new Date(), monotonic: () => performance.now() },
        store,
        database: new DatabaseMirror(database.verifier, store, offline ? noDatabase : relay),
        upstream: asks,
      });
      return { store, mirror, upstream: asks, end: () => ending.abort(new Error("stop")) };
    },
    close: async () => {
      for (const proxy of running) await proxy.stop();
      upstream.closeAllConnections();
      await new Promise((resolve) => upstream.close(resolve));
      await removeTree(root);
    },
  };
  return world;
}
