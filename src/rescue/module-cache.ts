import { readFile } from "node:fs/promises";
import { isAbsolute, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import {
  cachedModule, escapePath, escapeVersion, hashFolder, hashGoMod, hashModuleZip, matchPrefixPatterns, parseGoSum, unescapePath, unescapeVersion, type CachedModule,
} from "../module/index.ts"; // prettier-ignore
import { moduleFiles, textOf } from "./module-files.ts";
import { useKitModules } from "./remedies.ts";
import type { CaseFile, Remedy } from "./types.ts";

export interface ModuleName {
  readonly path: string;
  readonly version: string;
}

/** A module that a failure names; undefined where these cannot be a module's path and version, whoever wrote the line. */
export function namedModule(path: string | undefined, version: string | undefined): ModuleName | undefined {
  if (path === undefined || version === undefined) return undefined;
  try {
    escapePath(path);
    escapeVersion(version);
    return { path, version };
  } catch {
    return undefined;
  }
}

/** GOMODCACHE as the go command sees it. */
export async function moduleCacheOf({ probes }: CaseFile): Promise<string | undefined> {
  const cache = (await probes.goEnv())?.["GOMODCACHE"] ?? "";
  return isAbsolute(cache) ? cache : undefined;
}

/** The module that a path below a module cache belongs to, unpacked (`M@V/…`) or packed (`cache/download/M/@v/V.zip`). */
export function moduleOfPath(cache: string, cwd: string, path: string): ModuleName | undefined {
  const absolute = resolve(cwd, path);
  if (!absolute.startsWith(`${cache}/`)) return undefined;
  const below = absolute.slice(cache.length + 1);
  const match = /^cache\/download\/(.+)\/@v\/(.+)\.(?:zip|ziphash|mod|info|lock)$/.exec(below) ?? /^((?!cache\/).+?)@(v[^/@]+)(?:\/|$)/.exec(below); // prettier-ignore
  if (match === null) return undefined;
  try {
    return { path: unescapePath(match[1] ?? ""), version: unescapeVersion(match[2] ?? "") };
  } catch {
    return undefined;
  }
}

/** The hash that go.sum has of a module; undefined where it has none, or more than one. */
export async function recordedHash(
  file: CaseFile,
  { path, version }: ModuleName,
  subject: "zip" | "go.mod",
): Promise<string | undefined> {
  const files = await moduleFiles(file);
  if (files === undefined) return undefined;
  try {
    const lines = parseGoSum(await textOf(files.goSum));
    const found = lines.filter((line) => line.path === path && line.version === version && line.subject === subject);
    return found.length === 1 ? found[0]?.hash : undefined;
  } catch {
    return undefined;
  }
}

/** Hash of what the cache has packed for a module; undefined where it has nothing that can be read. `ziphash` is what go itself believes. */
export async function cachedHash(
  at: CachedModule,
  module: ModuleName,
  subject: "zip" | "go.mod",
): Promise<string | undefined> {
  // prettier-ignore
  if (subject === "go.mod") return readFile(at.goMod).then(hashGoMod, () => undefined);
  const noted = (await textOf(at.zipHash)).trim();
  if (noted !== "") return noted;
  return hashModuleZip(at.zip, module.path, module.version).catch(() => undefined);
}

export type CacheDamage = "folder" | "zip";

/** Whether a module in the cache is not what go.sum says: its unpacked files, or, where these are not there, its zip. */
export async function damageOf(file: CaseFile, cache: string, module: ModuleName): Promise<CacheDamage | undefined> {
  const wanted = await recordedHash(file, module, "zip");
  const at = cachedModule(cache, module);
  const { path, version } = module;
  if (wanted === undefined) return undefined;
  if ((await file.probes.path(at.folder)).kind === "folder") {
    const found = await hashFolder(at.folder, `${path}@${version}`).catch(() => undefined);
    return found === wanted ? undefined : "folder";
  }
  if ((await file.probes.path(at.zip)).kind !== "file") return undefined;
  const found = await hashModuleZip(at.zip, path, version).catch(() => undefined);
  return found === wanted ? undefined : "zip";
}

/**
 * An own module cache, filled from the kit, then (`own`) from what the user's cache has packed, then from where modules come from anyway. go.sum and the
 * checksum database decide over each module, as ever. Modules that no proxy may hear of are looked for in kit and cache only.
 */
export async function freshModuleCache(file: CaseFile, { own }: { readonly own: boolean }): Promise<Remedy> {
  const { probes, kit } = file;
  const env = await probes.goEnv();
  const cache = env?.["GOMODCACHE"] ?? "";
  const required = (await probes.project()).goMod?.require ?? [];
  const isPrivate = required.some(({ path: module }) => matchPrefixPatterns(env?.["GONOPROXY"] ?? "", module));
  const fromKit = await useKitModules(file, { only: isPrivate });
  const rest = isPrivate || !env?.["GOPROXY"] ? "off" : env["GOPROXY"];
  const packed = own && cache !== "" ? [pathToFileURL(join(cache, "cache", "download")).href] : [];
  // Behind a bar the next one is asked whatever went wrong: files of a cache may be unreadable.
  const last = [...packed, rest].join("|");
  const path = file.scratch("gomodcache");
  return {
    kind: "fresh-module-cache",
    params: { path },
    reach: "state",
    cost: 1000,
    environment: {
      ...fromKit?.environment,
      GOPROXY: kit?.goproxy === undefined ? last : `${kit.goproxy},${last}`,
      ...(isPrivate ? { GONOPROXY: "none" } : {}),
      GOMODCACHE: path,
    },
    folders: [path],
    ...(fromKit?.precondition === undefined ? {} : { precondition: fromKit.precondition }),
  };
}
