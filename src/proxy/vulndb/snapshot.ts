import { readdir, readFile, readlink } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { sha256Hex } from "../../core/digest.ts";
import { fromSystemError, MedkitError, systemCode } from "../../core/errors.ts";
import type { VulnerabilityLookup } from "../policy/types.ts";
import { indexFiles, indexNames } from "./index-files.ts";
import { openLookup, rangesText } from "./lookup.ts";
import { parseEntry, type VulnEntry } from "./osv.ts";

/**
 * A mirrored database: `current` is a link to a folder below `snapshots/`, which never changes once it has its name. In it lie `index/` and `ID/` as clients
 * read them, `ranges.json` for policies, `snapshot.json` that says where it came from, and `SHA256SUMS` over all of them.
 */
export interface Snapshot {
  readonly folder: string;
  /** Name of the folder: it changes with every change of the database. */
  readonly id: string;
}

/** Where a snapshot came from: `snapshot.json`. */
export interface SnapshotFacts {
  readonly schema: "medkit/vulndb-snapshot/v1";
  readonly source: string;
  /** `sum.golang.org#123456` where it came as a module. */
  readonly proven?: string;
  /** RFC 3339. */
  readonly syncedAt: string;
  /** RFC 3339: the newest change. */
  readonly modified: string;
  readonly entries: number;
}

export const current = "current";
export const snapshots = "snapshots";
export const sumsName = "SHA256SUMS";

async function orAbsent<Result>(path: string, work: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await work();
  } catch (error) {
    if (["ENOENT", "ENOTDIR", "EINVAL"].includes(systemCode(error) ?? "")) return undefined;
    throw fromSystemError(error, path);
  }
}

/** The snapshot that counts; undefined where nothing was mirrored yet. */
export async function currentSnapshot(folder: string): Promise<Snapshot | undefined> {
  const target = await orAbsent(folder, () => readlink(join(folder, current)));
  const id = /^snapshots\/([0-9A-Za-z-]+)$/.exec(target ?? "")?.[1];
  return id === undefined ? undefined : { folder: join(folder, snapshots, id), id };
}

/** A file of a snapshot; undefined where it is not there. */
export function readSnapshotFile(snapshot: Snapshot, name: string): Promise<Buffer | undefined> {
  return orAbsent(join(snapshot.folder, name), () => readFile(join(snapshot.folder, name)));
}

/** The digests that a snapshot was made with, by file. VULNDB_DAMAGED. */
export async function readSums(snapshot: Snapshot): Promise<ReadonlyMap<string, string>> {
  const text = (await readSnapshotFile(snapshot, sumsName))?.toString("utf8") ?? "";
  const lines = [...text.matchAll(/^([0-9a-f]{64}) {2}([A-Za-z0-9][A-Za-z0-9/._-]*)\n/gm)];
  if (lines.length === 0 || lines.map(([line]) => line).join("") !== text)
    throw new MedkitError("VULNDB_DAMAGED", { files: sumsName });
  return new Map(lines.map(([, digest = "", name = ""]) => [name, digest]));
}

async function readProven(snapshot: Snapshot, sums: ReadonlyMap<string, string>, name: string): Promise<Buffer> {
  const bytes = await readSnapshotFile(snapshot, name);
  if (bytes === undefined || sha256Hex(bytes) !== sums.get(name))
    throw new MedkitError("VULNDB_DAMAGED", { files: name });
  return bytes;
}

/** Opens what a policy has to know. VULNDB_DAMAGED. */
export async function openSnapshotLookup(snapshot: Snapshot): Promise<VulnerabilityLookup> {
  const name = "ranges.json";
  return openLookup((await readProven(snapshot, await readSums(snapshot), name)).toString("utf8"), name);
}

/** VULNDB_DAMAGED. */
export async function readFacts(snapshot: Snapshot): Promise<SnapshotFacts> {
  const name = "snapshot.json";
  const value: unknown = JSON.parse((await readProven(snapshot, await readSums(snapshot), name)).toString("utf8"));
  // Its digest is right, so it is what we wrote.
  return value as SnapshotFacts;
}

/** The entries of a snapshot. VULNDB_DAMAGED, VULNDB_INVALID. */
export async function readEntries(snapshot: Snapshot): Promise<readonly VulnEntry[]> {
  const entries: VulnEntry[] = [];
  for (const name of [...(await readSums(snapshot)).keys()].toSorted()) {
    const id = /^ID\/(.+)\.json$/.exec(name)?.[1];
    if (id === undefined) continue;
    const bytes = await readSnapshotFile(snapshot, name);
    if (bytes === undefined) throw new MedkitError("VULNDB_DAMAGED", { files: name });
    entries.push(parseEntry(bytes, id));
  }
  return entries;
}

/** What is wrong with a snapshot's files, by name; nothing where it is whole. Reads all of it. VULNDB_DAMAGED where its digests cannot be read. */
export async function damagedFiles(snapshot: Snapshot): Promise<readonly string[]> {
  const sums = await readSums(snapshot);
  const wrong = new Set<string>();
  const entries: VulnEntry[] = [];
  const found = new Map<string, Buffer>();
  for (const [name, digest] of sums) {
    const bytes = await readSnapshotFile(snapshot, name);
    if (bytes === undefined || sha256Hex(bytes) !== digest) wrong.add(name);
    else if (name.startsWith("index/") || name === "ranges.json") found.set(name, bytes);
    else if (name.startsWith("ID/") && name.endsWith(".json")) entries.push(parseEntry(bytes, name.slice(3, -5)));
  }
  for (const name of await filesBelow(snapshot.folder)) if (!sums.has(name) && name !== sumsName) wrong.add(name);
  if (wrong.size > 0) return [...wrong].toSorted();
  // Digests that were made for other contents too would pass until here.
  const index = indexFiles(entries);
  for (const name of indexNames) {
    if (found.get(`index/${name}`)?.toString("utf8") !== index[name]) wrong.add(`index/${name}`);
    const packed = found.get(`index/${name}.gz`);
    if (packed === undefined || gunzipSync(packed).toString("utf8") !== index[name]) wrong.add(`index/${name}.gz`);
  }
  if (found.get("ranges.json")?.toString("utf8") !== rangesText(entries)) wrong.add("ranges.json");
  return [...wrong].toSorted();
}

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((each) => !each.isDirectory())
    .map((each) => join(each.parentPath, each.name).slice(folder.length + 1));
}
