import {
  escapePath,
  escapeVersion,
  isPseudoVersion,
  newestPseudoVersion,
  resolveLatest,
  sortVersions,
  type ModuleInfo,
  type ModuleVersion,
} from "../../module/index.ts";
import type { ObjectStore } from "../types.ts";
import { readInfo } from "./info-file.ts";
import { plainVersion } from "./plain-names.ts";

/** The folder of a module's versions, with a slash at its end. */
export function versionsFolder(path: string): string {
  return `${escapePath(path)}/@v/`;
}

/** Where a version's file lies in the store. */
export function storedPath({ path, version }: ModuleVersion, ending: string): string {
  return `${versionsFolder(path)}${escapeVersion(version)}.${ending}`;
}

/** Versions of which a proven zip is stored, pseudo-versions among them, sorted. */
export async function storedVersions(store: ObjectStore, path: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const name of await store.names(versionsFolder(path))) {
    const escaped = /^(.+)\.zip\.proof$/.exec(name)?.[1];
    const version = escaped === undefined ? undefined : plainVersion(escaped);
    if (version !== undefined) found.push(version);
  }
  return sortVersions(found);
}

/** The text of `@v/list` for these versions: one a line, without pseudo-versions, as every proxy answers. */
export function listText(versions: readonly string[]): string {
  return sortVersions([...new Set(versions)].filter((version) => !isPseudoVersion(version)))
    .map((version) => `${version}\n`)
    .join("");
}

/** A version's `.info` as we write it. */
export function infoText({ version, time }: ModuleInfo): string {
  return JSON.stringify(time === undefined ? { Version: version } : { Version: version, Time: time });
}

/** What `@latest` means among the stored versions, by cmd/go's rule, retractions included: its `.info`. Undefined where nothing is stored. */
export async function storedLatest(store: ObjectStore, path: string): Promise<Buffer | undefined> {
  const versions = await storedVersions(store, path);
  const folder = versionsFolder(path);
  const view = {
    list: () => Promise.resolve(versions.filter((version) => !isPseudoVersion(version))),
    latest: () => {
      const version = newestPseudoVersion(versions);
      return Promise.resolve(version === undefined ? undefined : { version, time: undefined });
    },
    mod: (module: { readonly version: string }) => store.read(`${folder}${escapeVersion(module.version)}.mod`),
  };
  const version = await resolveLatest(view, path);
  if (version === undefined) return undefined;
  const info = await readInfo(store, `${folder}${escapeVersion(version)}.info`, version);
  return info === "damaged" ? undefined : info;
}

/** What `@v/list` and `@latest` of a module have to be for what is stored; undefined: no such file. */
export async function expectedIndex(
  store: ObjectStore,
  path: string,
): Promise<{ readonly list: Buffer | undefined; readonly latest: Buffer | undefined }> {
  const versions = await storedVersions(store, path);
  if (versions.length === 0) return { list: undefined, latest: undefined };
  return { list: Buffer.from(listText(versions)), latest: await storedLatest(store, path) };
}

/** Writes `@v/list` and `@latest` for what is stored, so that the tree is a GOPROXY by itself, over `file://` or any web server. */
export async function writeIndexFiles(store: ObjectStore, path: string): Promise<void> {
  // Another process may store a version at the same time: whoever wrote last looks whether what he wrote is still all.
  for (let written: Buffer | undefined, isFirst = true; ; isFirst = false) {
    const { list, latest } = await expectedIndex(store, path);
    if (!isFirst && (list === undefined ? written === undefined : written?.equals(list) === true)) return;
    for (const [name, bytes] of [
      [`${versionsFolder(path)}list`, list],
      [`${escapePath(path)}/@latest`, latest],
    ] as const) {
      if (bytes === undefined) await store.remove(name);
      else await store.write(name, bytes);
    }
    written = list;
  }
}
