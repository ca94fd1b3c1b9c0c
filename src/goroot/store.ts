import { lstat, readdir, readFile, readlink, rename, rm } from "node:fs/promises";
import { basename, dirname, isAbsolute, join } from "node:path";
import { fromSystemError, systemCode } from "../core/errors.ts";
import {
  compareGoVersions,
  parseGoVersion,
  parseToolchainName,
  toolchainName,
  type Platform,
} from "../core/go-version.ts";
import { mergeEvidence, type Evidence } from "../core/evidence.ts";
import { REBUILT_UNMATCHED, TRUST_LEVELS } from "../core/toolchain-words.ts";
import { cleanUp, replaceLink, syncFolder, withLock, withStaging, type Layout } from "../state/index.ts";
import type { LinkedFile, StoredToolchain, StoreRecord } from "./types.ts";

function isLinked(value: Partial<NonNullable<StoreRecord["linked"]>> | null): boolean {
  if (value === null || typeof value.target !== "string" || !isAbsolute(value.target)) return false;
  const texts = (file: Partial<LinkedFile> | null): readonly unknown[] => [file?.path, file?.stamp, file?.sha256];
  return (
    Array.isArray(value.files) &&
    value.files.some((file: Partial<LinkedFile> | null) => file?.path === "VERSION") &&
    value.files.every((file: Partial<LinkedFile> | null) => texts(file).every((each) => typeof each === "string"))
  );
}

function parseRecord(text: string): StoreRecord | undefined {
  try {
    const value = JSON.parse(text) as Partial<StoreRecord> | null;
    const trusted = [...TRUST_LEVELS, REBUILT_UNMATCHED].some((level) => level === value?.trust);
    if (value?.schema !== "medkit/stored-toolchain/v1" || !trusted || typeof value.h1 !== "string") return undefined;
    if (value.linked !== undefined && !isLinked(value.linked)) return undefined;
    return value as StoreRecord;
  } catch {
    return undefined;
  }
}

/** All that spoke for a toolchain when it was installed or made, weakest first. */
export function evidenceOf(record: Partial<StoreRecord>): readonly Evidence[] {
  const { trust, rebuilt, evidence = [] } = record;
  if (trust !== "rebuilt" || rebuilt === undefined) return evidence;
  const { match, source, bootstrap } = rebuilt;
  return mergeEvidence(evidence, [{ level: "rebuilt", by: match, source: source.name, bootstrap: bootstrap.name }]);
}

/** One toolchain of the store; undefined where it is not there. */
export async function findStored(
  layout: Layout,
  version: string,
  platform: Platform,
): Promise<StoredToolchain | undefined> {
  const name = toolchainName({ version, platform });
  const folder = layout.toolchain(name);
  let text: string;
  try {
    text = await readFile(join(folder, "toolchain.json"), "utf8");
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return undefined;
    throw fromSystemError(error, folder);
  }
  const record = parseRecord(text);
  return { name, version, platform, goroot: record?.linked?.target ?? join(folder, "goroot"), record };
}

/** Every complete toolchain of the store, newest first. A home that is not there has none. */
export async function listStored(layout: Layout): Promise<readonly StoredToolchain[]> {
  let names: readonly string[];
  try {
    names = await readdir(layout.toolchains);
  } catch (error) {
    if (systemCode(error) === "ENOENT") return [];
    throw fromSystemError(error, layout.toolchains);
  }
  const found: StoredToolchain[] = [];
  for (const name of names) {
    const parsed = parseToolchainName(name);
    const stored = parsed === undefined ? undefined : await findStored(layout, parsed.version, parsed.platform);
    if (stored !== undefined) found.push(stored);
  }
  return found.toSorted((a, b) => newestFirst(a.version, b.version) || (a.name < b.name ? -1 : 1));
}

export function newestFirst(a: string, b: string): number {
  const [left, right] = [parseGoVersion(a), parseGoVersion(b)];
  return left === undefined || right === undefined ? 0 : compareGoVersions(right, left);
}

/** The toolchain that `current` points to; undefined where it points nowhere, or to something that is gone. */
export async function readCurrent(layout: Layout): Promise<StoredToolchain | undefined> {
  let target: string;
  try {
    target = await readlink(layout.current);
  } catch (error) {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "EINVAL") return undefined;
    throw fromSystemError(error, layout.current);
  }
  const parsed = parseToolchainName(basename(dirname(target)));
  return parsed === undefined ? undefined : findStored(layout, parsed.version, parsed.platform);
}

/**
 * Milliseconds that short acts on the store wait for one another. A switch takes a few: whoever holds the lock longer has stopped.
 */
const patience = 15_000;

/** Runs a short act that no other change of the store, nor a switch, may interleave with. LOCKED where another one does not end. */
export function withStoreLock<T>(layout: Layout, purpose: string, work: () => Promise<T>): Promise<T> {
  return withLock(layout.lock("toolchains"), work, { purpose, wait: patience });
}

/** Removes what commands that were killed left behind: staging folders, half-made links. Call it under the store's lock. */
export async function repairStore(layout: Layout): Promise<readonly string[]> {
  const removed = [...(await cleanUp(layout)).removed];
  for (const name of await readdir(layout.home)) {
    if (!/^\.current\.\d+-[0-9a-f]+\.tmp$/.test(name)) continue;
    // Every switch is made under the lock that we hold: the one that made this link is dead.
    await rm(join(layout.home, name), { force: true });
    removed.push(join(layout.home, name));
  }
  return removed;
}

/** Points `current` at a toolchain of the store. The link is relative, so that a home can be moved. */
export async function switchCurrent(layout: Layout, stored: StoredToolchain): Promise<void> {
  await replaceLink(join("toolchains", stored.name, "goroot"), layout.current);
}

/**
 * Takes a toolchain out of the store: first its name goes, in one step, then its files. Whoever looks sees it complete or not at all.
 * Absent is fine.
 */
export async function removeStored(layout: Layout, name: string): Promise<void> {
  const folder = layout.toolchain(name);
  if ((await lstat(folder).catch(() => undefined)) === undefined) return;
  await withStaging(layout.work, "remove-toolchain", async (staging) => {
    try {
      await rename(folder, join(staging.path, name));
    } catch (error) {
      if (systemCode(error) === "ENOENT") return;
      throw fromSystemError(error, folder);
    }
    await syncFolder(layout.toolchains);
  });
}
