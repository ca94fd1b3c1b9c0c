import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fromSystemError, MedkitError, systemCode } from "../core/errors.ts";
import { createProcessRunner } from "../core/node-process.ts";
import { goSetting, nearestFile } from "../goroot/index.ts";
import { databaseFetcher, parseGosumdb, parseProxyList, type DatabaseSetting } from "../module/index.ts";
import {
  DatabaseMirror,
  GuardedModules,
  guardedFetch,
  ModuleMirror,
  openUse,
  parseProxyConfig,
  PolicyGate,
  QuotaKeeper,
  type ListenOn,
  type ObjectStore,
  Quarantine,
  ReleaseTimes,
  type ProxyConfig,
  type Upstream,
  type UseLedger,
} from "../proxy/index.ts";
import { hostGoproxy } from "../toolchain/index.ts";
import type { CommandContext } from "./context.ts";
import { parseListen } from "./listen-address.ts";
import { readNetrc } from "./netrc.ts";
import { loadPolicy } from "./proxy-policy.ts";
import { absoluteStore, openStore, planStore, type StorePlan } from "./proxy-store.ts";
import { namedHosts, openUpstream, planSources, privateTest, type SourcePlan } from "./proxy-upstream.ts";
import { vulndbFolder } from "./vulndb-folder.ts";

/** Where a client finds us when nothing else is said: this machine only. */
const defaultAddress = "127.0.0.1:3000";

/** What the command's flags say, before the configuration. */
export interface ProxyFlags {
  readonly listen?: string | undefined;
  readonly store?: string | undefined;
  readonly upstream?: string | undefined;
  readonly sumdb?: string | undefined;
  readonly accessLog?: string | undefined;
  readonly tlsCert?: string | undefined;
  readonly tlsKey?: string | undefined;
  readonly login?: string | undefined;
}

/** All that is settled before anything is opened. */
export interface ProxyPlan {
  readonly on: ListenOn;
  readonly tls: NonNullable<ProxyConfig["tls"]> | undefined;
  /** File of logins; undefined: everybody may come in. */
  readonly login: string | undefined;
  readonly store: StorePlan;
  /** Undefined: nobody is asked. */
  readonly upstream: string | undefined;
  readonly database: Exclude<DatabaseSetting, { kind: "off" }>;
  readonly accessLog: string | undefined;
  readonly sources: SourcePlan;
  readonly config: ProxyConfig;
}

export interface OpenProxy {
  readonly store: ObjectStore;
  /** Undefined: nobody is asked. */
  readonly upstream: Upstream | undefined;
  /** Who uses what of the store. */
  readonly use: UseLedger;
  /** Whether replicas on this store can agree who fetches a module. */
  readonly isShared: boolean;
  /** What is served: the modules as the policy lets them be seen. */
  readonly mirror: GuardedModules;
  readonly gate: PolicyGate;
  readonly times: ReleaseTimes;
  /** Folder of the mirrored vulnerability database, there or not. */
  readonly vulndb: string;
  /** Where the configuration has a quota: what keeps the store within it. */
  readonly quota: QuotaKeeper | undefined;
  /** Ends what upstream is still asked for. */
  close(): Promise<void>;
}

/** `--config`, else the nearest medkit.yaml that is a proxy's; paths in it are made absolute. */
export async function readProxyConfig({ ports, flags }: CommandContext): Promise<ProxyConfig> {
  const schema = "medkit/proxy-config/v1" as const;
  const named = flags.config;
  const found =
    named === undefined
      ? await nearestFile(ports.cwd, ["medkit.yaml"])
      : { path: named, text: await readConfigText(named) };
  if (found === undefined || (named === undefined && !found.text.includes(schema))) return { schema };
  const config = parseProxyConfig(found.text, found.path);
  const absolute = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(dirname(found.path), path);
  const at = dirname(found.path);
  const { tls, login, direct = {}, vulndb } = config;
  const clientCa = absolute(tls?.clientCa);
  const folder = absolute(vulndb?.folder);
  return {
    ...config,
    ...absoluteStore(config, absolute),
    accessLog: absolute(config.accessLog),
    direct: { ...direct, netrc: absolute(direct.netrc), gitConfig: absolute(direct.gitConfig) },
    ...(tls === undefined ? {} : { tls: { cert: resolve(at, tls.cert), key: resolve(at, tls.key), clientCa } }),
    ...(login === undefined ? {} : { login: { file: resolve(at, login.file) } }),
    ...(folder === undefined ? {} : { vulndb: { ...vulndb, folder } }),
  };
}

async function readConfigText(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT") throw new MedkitError("CONFIG_NOT_FOUND", { path });
    throw fromSystemError(error, path);
  }
}

/** The upstream list: as given, else the host's GOPROXY; undefined with `--offline`, which asks nobody. */
async function upstreamList({ ports, flags }: CommandContext, given: string | undefined): Promise<string | undefined> {
  if (given !== undefined) parseProxyList(given);
  if (flags.offline) return undefined;
  const list = given ?? (await goSetting(ports.env, "GOPROXY"))?.value ?? (await hostGoproxy(ports));
  if (list === undefined) throw new MedkitError("UPSTREAM_UNKNOWN");
  parseProxyList(list);
  return list;
}

/** `systemd`: the one socket that the service manager hands over (sd_listen_fds(3)). SOCKET_NOT_HANDED_OVER. */
function listenOn(env: Readonly<Record<string, string | undefined>>, address: string): ListenOn {
  if (address !== "systemd") return parseListen(address);
  const count = env["LISTEN_PID"] === String(process.pid) ? Number(env["LISTEN_FDS"] ?? 0) : 0;
  if (count !== 1) throw new MedkitError("SOCKET_NOT_HANDED_OVER", { count });
  return { descriptor: 3 };
}

function tlsOf({ tlsCert, tlsKey }: ProxyFlags, { tls }: ProxyConfig): ProxyPlan["tls"] {
  if (tlsCert === undefined && tlsKey === undefined) return tls;
  const [cert, key] = [tlsCert ?? tls?.cert, tlsKey ?? tls?.key];
  if (cert === undefined || key === undefined)
    throw new MedkitError("TLS_FILE_INVALID", { file: cert ?? key ?? "", problem: "the other file is missing" });
  return { ...tls, cert, key };
}

/** Reads flags, configuration and the host's Go settings; touches nothing. */
export async function planProxy(context: CommandContext, flags: ProxyFlags): Promise<ProxyPlan> {
  const { env } = context.ports;
  const config = await readProxyConfig(context);
  const on = listenOn(env, flags.listen ?? config.listen ?? defaultAddress);
  const upstream = await upstreamList(context, flags.upstream ?? config.upstream);
  const sumdb = flags.sumdb ?? config.sumdb ?? (await goSetting(env, "GOSUMDB"))?.value ?? "sum.golang.org";
  const database = parseGosumdb(sumdb);
  if (database.kind === "off") {
    const problem = "the proxy serves what the database has proven";
    throw new MedkitError("DATABASE_KEY_INVALID", { key: "off", problem });
  }
  const store = await planStore(context, flags.store ?? config.store, config.s3 ?? {});
  const accessLog = flags.accessLog ?? config.accessLog;
  const login = flags.login ?? config.login?.file;
  const sources = await planSources(env, config);
  return { on, tls: tlsOf(flags, config), login, store, upstream, database, accessLog, sources, config };
}

function quotaOf(
  { clock }: CommandContext["ports"],
  { config, database }: ProxyPlan,
  store: ObjectStore,
  use: UseLedger,
): QuotaKeeper | undefined {
  if (config.quota === undefined) return undefined;
  return new QuotaKeeper(store, { clock, use, database: database.verifier.name, config: config.quota });
}

/** Opens the store and puts together what the plan names. `looks`: nothing will be written. */
export async function openProxy(
  context: CommandContext,
  plan: ProxyPlan,
  looks = context.flags.dryRun,
): Promise<OpenProxy> {
  const { ports } = context;
  const { upstream } = plan;
  const vulndb = await vulndbFolder(context, plan);
  const rules = await loadPolicy(plan.config, vulndb);
  const opened = await openStore(ports, plan.store, upstream !== undefined && !looks, looks);
  const { isShared } = opened;
  const place = "descriptor" in plan.on ? "systemd" : String(plan.on.port);
  const use = await openUse(opened.store, looks ? undefined : `${hostname()}-${place}`);
  const quota = quotaOf(ports, plan, opened.store, use);
  const store = quota?.store ?? opened.store;
  const work = plan.store.kind === "folder" ? join(plan.store.root, ".work") : plan.store.scratch;
  // Replies that are being sent when the signal comes may still need upstream.
  const ending = new AbortController();
  const { verifier, url } = plan.database;
  const named = namedHosts(upstream, verifier.name, url);
  const transfer = { fetch: guardedFetch(ports.fetch, named), signal: ending.signal };
  const netrc = await readNetrc(ports.env);
  const options = { netrc };
  const relay =
    upstream === undefined
      ? () => Promise.reject(new MedkitError("OFFLINE", { what: verifier.name }))
      : databaseFetcher(transfer, upstream, verifier.name, url === undefined ? options : { ...options, url });
  const database = new DatabaseMirror(verifier, store, relay);
  const sources =
    upstream === undefined
      ? undefined
      : await openUpstream(plan.sources, {
          ports: { ...ports, process: createProcessRunner(ending.signal) },
          transfer,
          list: upstream,
          netrc,
          work,
        });
  const isPrivate = privateTest(plan.sources.routes);
  const modules = new ModuleMirror({ clock: ports.clock, store, database, upstream: sources?.upstream, isPrivate });
  const gate = new PolicyGate(ports.clock, rules.policy, rules.vulnerabilities);
  const times = new ReleaseTimes(store, sources?.upstream);
  const mirror = new GuardedModules({ modules, gate, times, quarantine: new Quarantine(modules) });
  const close = async (): Promise<void> => {
    ending.abort(new Error("the server has ended"));
    await sources?.[Symbol.asyncDispose]();
    opened.close();
  };
  return { mirror, gate, times, store, upstream: sources?.upstream, use, quota, isShared, vulndb, close };
}
