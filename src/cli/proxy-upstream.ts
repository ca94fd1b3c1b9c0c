import { parseDuration } from "../core/duration.ts";
import type { Ports } from "../core/ports.ts";
import type { Translator } from "../i18n/index.ts";
import { goSetting } from "../goroot/index.ts";
import { parseProxyList, ProxyClient, redactUrl, type Credentials, type TransferPorts } from "../module/index.ts";
import {
  chainUpstream,
  limitedUpstream,
  matchesAny,
  moduleRoutes,
  openDirect,
  proxyUpstream,
  routedUpstream,
  switchedOff,
  type DirectSettings,
  type ModuleRoutes,
  type ProxyConfig,
  type Upstream,
} from "../proxy/index.ts";
import { netrcPath, readNetrcText } from "./netrc.ts";

type Env = Ports["env"];

/** Where modules come from besides proxies, and which of them are private. */
export interface SourcePlan {
  readonly direct: DirectSettings;
  readonly routes: ModuleRoutes;
}

export interface OpenUpstream extends AsyncDisposable {
  readonly upstream: Upstream;
}

/** Hosts of the upstream list and of the checksum database. */
export function namedHosts(
  list: string | undefined,
  database: string,
  databaseUrl: string | undefined,
): readonly string[] {
  const urls = [...parseProxyList(list ?? "off").map(({ url }) => url), `https://${database}`, databaseUrl ?? ""];
  return urls.flatMap((url) => (URL.canParse(url) ? [new URL(url).hostname] : []));
}

/** Settles it from the configuration, and where that is silent from the host's Go settings. */
export async function planSources(env: Env, config: ProxyConfig): Promise<SourcePlan> {
  const value = async (name: string): Promise<string | undefined> => (await goSetting(env, name))?.value;
  const host = {
    goprivate: await value("GOPRIVATE"),
    gonoproxy: await value("GONOPROXY"),
    gonosumdb: await value("GONOSUMDB"),
  };
  const { direct = {} } = config;
  const hostNetrc = netrcPath(env);
  const isThere = (await readNetrcText(env)) !== undefined;
  return {
    routes: moduleRoutes(config.private, host),
    direct: {
      patterns: direct.patterns ?? [],
      hosts: direct.hosts ?? [],
      any: direct.any ?? false,
      netrc: direct.netrc ?? (isThere ? hostNetrc : undefined),
      gitConfig: direct.gitConfig,
      goauth: direct.goauth ?? (await value("GOAUTH")) ?? "netrc",
      jobs: direct.jobs ?? 4,
      timeout: parseDuration(direct.timeout ?? "5m") ?? 0,
      limit: direct.limit ?? 1024 ** 3,
    },
  };
}

export interface UpstreamOptions {
  readonly ports: Pick<Ports, "clock" | "env" | "process">;
  readonly transfer: TransferPorts;
  /** GOPROXY list. */
  readonly list: string;
  readonly netrc: ReadonlyMap<string, Credentials>;
  /** Folder for scratch files. */
  readonly work: string;
}

/** The list's sources one after the other, with private modules led past them. */
export async function openUpstream(plan: SourcePlan, options: UpstreamOptions): Promise<OpenUpstream> {
  const { direct: settings, routes } = plan;
  const { ports, transfer, netrc, work } = options;
  const patterns = [...settings.patterns, ...routes.direct];
  const isNeeded = settings.any || patterns.length > 0;
  const direct = isNeeded ? await openDirect({ ports, settings, patterns, work }) : undefined;
  const fromRepositories = limitedUpstream(settings, direct?.upstream);
  const links = parseProxyList(options.list).map((entry) => {
    const { url, fallOn } = entry;
    if (url === "off") return { name: url, fallOn, upstream: switchedOff };
    if (url === "direct") return { name: url, fallOn, upstream: fromRepositories };
    const client = new ProxyClient(transfer, [entry], { netrc });
    return { name: redactUrl(url), fallOn, upstream: proxyUpstream(client) };
  });
  return {
    upstream: routedUpstream(routes, chainUpstream(links), direct?.upstream),
    [Symbol.asyncDispose]: async () => {
      await direct?.[Symbol.asyncDispose]();
    },
  };
}

/** About which modules the database is not asked. */
export function privateTest({ noDatabase }: ModuleRoutes): (path: string) => boolean {
  return (path) => matchesAny(noDatabase, path);
}

/** What a plan says of modules that come from repositories, or do not come at all. */
export function sourceFacts({ direct, routes }: SourcePlan) {
  const { patterns, hosts, any } = direct;
  return { direct: { patterns, hosts, any }, private: routes };
}

/** The same for people; nothing where there is nothing to say. */
export function sourceLines({ direct, routes }: SourcePlan, t: Translator): readonly string[] {
  const line = (
    key: "proxy.plan.private" | "proxy.plan.noDatabase" | "proxy.plan.stored" | "proxy.plan.direct",
    words: readonly string[],
  ) => (words.length === 0 ? [] : [t.text(key, { patterns: words.join(", ") })]);
  return [
    ...line("proxy.plan.private", routes.direct),
    ...line("proxy.plan.noDatabase", routes.noDatabase),
    ...line("proxy.plan.stored", routes.stored),
    ...line("proxy.plan.direct", direct.any ? ["*"] : direct.patterns),
  ];
}
