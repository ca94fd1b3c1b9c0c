import { join, resolve } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { platformText, versionsFor, type Platform } from "../core/go-version.ts";
import { goSetting, newestFirst, resolveSelector, type Selector } from "../goroot/index.ts";
import type { KitToolchains } from "../kit/index.ts";
import { isRecordAbsent, type ChecksumDatabase, type ModuleVersion } from "../module/index.ts";
import { claimPartial, type Layout } from "../state/index.ts";
import {
  downloadSource,
  hostGoproxy,
  listModuleCache,
  type Liars,
  listRemote,
  localSource,
  moduleCacheSource,
  openToolchainDatabase,
  parseModuleVersion,
  proxySource,
  type RecordSource,
  type ToolchainSource,
} from "../toolchain/index.ts";
import type { CommandContext } from "./context.ts";
import { gopathOf, moduleCacheOf } from "./go-folders.ts";

/** The Go download site; a mirror with the same paths is given as `--source download+https://…`. */
const downloadSite = "https://go.dev/dl";

/** Where toolchains of this run may come from, and who proves them. */
export interface Supply {
  readonly sources: readonly ToolchainSource[];
  readonly records: RecordSource;
  readonly database: ChecksumDatabase;
  readonly kits: readonly KitToolchains[];
  /** Addresses that have lied in this command; they are not asked again. */
  readonly liars: Liars;
  /** Versions that the sources say they have for a platform, newest first. */
  versions(platform: Platform): Promise<readonly string[]>;
}

/** The kit that is active in this shell, if it is still there, and those that were named. A named one that cannot be opened is an error. */
async function openKits(
  context: CommandContext,
  named: readonly string[],
  database: ChecksumDatabase,
): Promise<readonly KitToolchains[]> {
  const active = context.ports.env["MEDKIT_KIT"] ?? "";
  if (named.length === 0 && active === "") return [];
  const { openKitToolchains } = await import("../kit/index.ts");
  const onUnseen = (): void => context.ports.progress.emit({ type: "note", level: "warning", text: "@kitHeadUnseen" });
  const kits: KitToolchains[] = [];
  for (const path of named) kits.push(await openKitToolchains(path, { database, onUnseen }));
  if (active !== "" && !named.includes(active)) {
    try {
      kits.push(await openKitToolchains(active, { database, onUnseen }));
    } catch (error) {
      if (!(error instanceof MedkitError)) throw error;
    }
  }
  return kits;
}

/** The database first; where it cannot be asked, the proofs that kits carry. */
function firstRecord(database: ChecksumDatabase, kits: readonly KitToolchains[]): RecordSource {
  return {
    databaseName: database.databaseName,
    lookup: async (module) => {
      try {
        return await database.lookup(module);
      } catch (error) {
        if (!(error instanceof MedkitError) || !["OFFLINE", "DATABASE_UNAVAILABLE"].includes(error.code)) throw error;
        for (const kit of kits) {
          try {
            return await kit.records.lookup(module);
          } catch (refusal) {
            if (!(refusal instanceof MedkitError) || refusal.code !== "DATABASE_UNAVAILABLE") throw refusal;
          }
        }
        throw noRecord(module, error);
      }
    },
  };
}

/** No record at hand means no such toolchain here: a person asked for that, and not for a database. What the database cannot answer otherwise stays its own. */
function noRecord(module: ModuleVersion, error: MedkitError): MedkitError {
  const wanted = parseModuleVersion(module.version);
  const reasons = String(error.params["reasons"] ?? "");
  const offline = error.code === "OFFLINE";
  if (wanted === undefined || !(offline || isRecordAbsent(error))) return error;
  return new MedkitError(
    "TOOLCHAIN_UNAVAILABLE",
    {
      version: wanted.version,
      platform: platformText(wanted.platform),
      reasons: offline
        ? "--offline: no record of the checksum database is at hand (with --trust openpgp an archive and its signature would do)"
        : `checksum database: ${reasons}`,
    },
    { cause: error },
  );
}

interface Wish {
  /** As `--source` gives it; empty: every source that there is, the nearest first. */
  readonly sources: readonly string[];
  /** Kits to take from besides. */
  readonly kits?: readonly string[];
}

const unavailable =
  (reasons: string): ToolchainSource["fetch"] =>
  (request) =>
    Promise.reject(
      new MedkitError("TOOLCHAIN_UNAVAILABLE", {
        version: request.version,
        platform: platformText(request.platform),
        reasons,
      }),
    );

/**
 * What `--source` and the environment give: kits, GOMODCACHE, local files, the module proxy, the download site. With `--offline` the last two are
 * left out, and so they are not named as tried. TOOLCHAIN_SOURCE_INVALID, PATH_NOT_FOUND, and what opening a kit throws.
 */
export async function openSupply(context: CommandContext, layout: Layout, wish: Wish): Promise<Supply> {
  const { ports, flags } = context;
  const gopath = await gopathOf(ports.env);
  const moduleCache = await moduleCacheOf(ports.env);
  const goproxy = (await goSetting(ports.env, "GOPROXY"))?.value ?? (await hostGoproxy(ports));
  const database = openToolchainDatabase(ports, layout, {
    goproxy: goproxy ?? "off",
    gosumdb: (await goSetting(ports.env, "GOSUMDB"))?.value,
    folders: [
      ...(moduleCache === undefined ? [] : [join(moduleCache, "cache", "download", "sumdb")]),
      ...(gopath === undefined ? [] : [join(gopath, "pkg", "sumdb")]),
    ],
  });
  const paths = wish.sources
    .filter((each) => !/^(?:[a-z-]+$|[a-z+]+:\/\/)/.test(each))
    .map((each) => resolve(ports.cwd, each));
  const kitPaths = [...(wish.kits ?? [])];
  if (paths.length > 0) {
    // The kit's code reads configurations too, and takes longer to load than a toolchain needs to be looked up.
    const { isKit } = await import("../kit/index.ts");
    for (const path of paths) if (await isKit(path)) kitPaths.push(path);
  }
  const kits = await openKits(context, kitPaths, database);
  const transfer = { keep: (address: string) => claimPartial(layout, address) };
  const lists: ((platform: Platform) => Promise<readonly string[]>)[] = kits.map(
    (kit) => (platform) => Promise.resolve(versionsFor(platform, kit.held)),
  );
  const online = (name: "proxy" | "download", list = goproxy): ToolchainSource => {
    if (flags.offline && !(list ?? "").startsWith("file:"))
      return { kind: name, fetch: unavailable("--offline: not asked") };
    if (name === "download") return downloadSource(ports, list ?? downloadSite, transfer);
    if (list === undefined) throw new MedkitError("UPSTREAM_UNKNOWN");
    lists.push((platform) => listRemote(ports, list, platform));
    return proxySource(ports, list, transfer);
  };
  const cached = (): ToolchainSource => {
    if (moduleCache === undefined) return { kind: "module-cache", fetch: unavailable("there is no GOMODCACHE") };
    lists.push((platform) => listModuleCache(moduleCache, platform));
    return moduleCacheSource(moduleCache);
  };
  const sources: ToolchainSource[] = [];
  if (wish.sources.length === 0) {
    sources.push(...kits.map((kit) => kit.source), cached());
    if (goproxy !== undefined && (!flags.offline || goproxy.startsWith("file:"))) sources.push(online("proxy"));
    if (!flags.offline) sources.push(online("download", downloadSite));
  }
  for (const each of wish.sources) {
    const path = resolve(ports.cwd, each);
    if (each === "module-cache") sources.push(cached());
    else if (each === "proxy") sources.push(online("proxy"));
    else if (each === "download") sources.push(online("download", downloadSite));
    else if (each.startsWith("download+http")) sources.push(online("download", each.slice("download+".length)));
    else if (/^(?:https?|file):\/\//.test(each)) sources.push(online("proxy", each));
    else if (!paths.includes(path)) throw new MedkitError("TOOLCHAIN_SOURCE_INVALID", { source: each });
    else sources.push(kits.find((kit) => kit.path === path)?.source ?? localSource([path], { anyName: true }));
  }
  return {
    sources,
    records: firstRecord(database, kits),
    database,
    kits,
    liars: new Set(),
    versions: async (platform) => {
      const found = new Set<string>();
      for (const list of lists) for (const version of await list(platform)) found.add(version);
      return [...found].toSorted(newestFirst);
    },
  };
}

/** The release that a person means among what can be had for a platform; one that is named in full is not looked for. TOOLCHAIN_VERSION_UNKNOWN. */
export async function resolveVersion(
  supply: Pick<Supply, "versions">,
  typed: string,
  selector: Selector,
  platform: Platform,
): Promise<string> {
  if (selector.kind === "exact") return selector.version;
  const version = resolveSelector(selector, await supply.versions(platform));
  if (version !== undefined) return version;
  throw new MedkitError("TOOLCHAIN_VERSION_UNKNOWN", { version: typed, platform: platformText(platform) });
}
