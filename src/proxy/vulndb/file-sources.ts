import { closeSync, openSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fromSystemError, MedkitError, systemCode } from "../../core/errors.ts";
import { fileSource, openZip, type ZipEntry } from "../../module/index.ts";
import { parseVulnsIndex } from "./index-list.ts";
import type { ListedEntry, VulnSource } from "./source.ts";

const entryFile = /^(?:|.*\/)(?:ID\/|data\/osv\/)?(GO-\d{4}-\d{4,})\.json$/;
const limits = { maxFile: 1024 ** 3, maxContent: 4 * 1024 ** 3, maxEntries: 500_000 };

export interface Origin {
  readonly name: string;
  readonly proven?: string;
  readonly stamp?: string;
}

/** A folder: a mirrored database, a checkout of golang.org/x/vulndb, or just entries. */
export async function folderSource(folder: string): Promise<VulnSource> {
  const names = async (below: string): Promise<readonly string[]> => {
    try {
      return await readdir(join(folder, below));
    } catch (error) {
      if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return [];
      throw fromSystemError(error, folder);
    }
  };
  for (const below of ["ID", "data/osv", ""]) {
    const ids = (await names(below)).flatMap((name) => /^(GO-\d{4}-\d{4,})\.json$/.exec(name)?.[1] ?? []);
    if (ids.length === 0) continue;
    return {
      name: folder,
      list: () => listOf(ids, () => readFile(join(folder, "index/vulns.json"))),
      read: (id) => readFile(join(folder, below, `${id}.json`)),
      [Symbol.asyncDispose]: () => Promise.resolve(),
    };
  }
  throw new MedkitError("VULNDB_INVALID", { what: folder, problem: "no entries (GO-2024-1234.json) in it" });
}

/** A zip with the same contents: `vulndb.zip` of vuln.go.dev, or the module golang.org/x/vulndb. */
export function zipSource(file: string, origin: Origin): VulnSource {
  const descriptor = openSync(file, "r");
  try {
    const zip = openZip(fileSource(descriptor), limits);
    const entries = new Map<string, ZipEntry>();
    let index: ZipEntry | undefined;
    for (const entry of zip.entries) {
      if (entry.name === "index/vulns.json") index = entry;
      const id = entryFile.exec(entry.name)?.[1];
      if (id === undefined || /(?:^|\/)(?:testdata|data\/(?!osv\/)[^/]+)\//.test(entry.name)) continue;
      if (entries.has(id))
        throw new MedkitError("VULNDB_INVALID", { what: origin.name, problem: `${id} is there twice` });
      if (entry.size > 1024 * 1024) throw new MedkitError("VULNDB_INVALID", { what: id, problem: "it is too large" });
      entries.set(id, entry);
    }
    if (entries.size === 0)
      throw new MedkitError("VULNDB_INVALID", { what: origin.name, problem: "no entries (GO-2024-1234.json) in it" });
    const listed = index;
    return {
      ...origin,
      list: () =>
        listOf([...entries.keys()], listed === undefined ? undefined : () => Promise.resolve(zip.read(listed))),
      read: (id) => {
        const entry = entries.get(id);
        if (entry === undefined)
          return Promise.reject(new MedkitError("VULNDB_INVALID", { what: id, problem: "it is in the index only" }));
        return Promise.resolve(zip.read(entry));
      },
      [Symbol.asyncDispose]: async () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

/** The index where there is one, which has to name the same entries; else their ids. */
async function listOf(
  ids: readonly string[],
  index: (() => Promise<Uint8Array>) | undefined,
): Promise<readonly ListedEntry[]> {
  let bytes: Uint8Array | undefined;
  try {
    bytes = await index?.();
  } catch (error) {
    if (!["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) throw error;
  }
  if (bytes === undefined) return ids.map((id) => ({ id, modified: undefined }));
  const listed = parseVulnsIndex(bytes);
  const known = new Set(listed.map((each) => each.id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined)
    throw new MedkitError("VULNDB_INVALID", { what: "index/vulns.json", problem: `${missing} is not in it` });
  return listed;
}
