import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import { ensureFolder, writeFileAtomic, type Layout } from "../state/index.ts";
import { ChecksumDatabase, type DatabaseOps } from "./checksum-database.ts";
import { databaseFetcher } from "./database-source.ts";
import type { DatabaseSetting } from "./gosumdb.ts";

async function readOrNothing(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch {
    // Absent or unreadable: whoever asked looks elsewhere.
    return undefined;
  }
}

/** Files of a checksum database that were proven before, under medkit's home. */
export function databaseOps(layout: Layout, name: string, fetch: DatabaseOps["fetch"]): DatabaseOps {
  const root = layout.sumdb(name);
  return {
    fetch,
    readCache: (path) => readOrNothing(join(root, path)),
    writeCache: async (path, data) => {
      const file = join(root, path);
      await ensureFolder(dirname(file));
      await writeFileAtomic(file, data, { durable: path === "latest" });
    },
  };
}

export interface KeptDatabaseOptions {
  /** GOPROXY; its proxies may relay the database. */
  readonly goproxy: string;
  /** What GOSUMDB says. */
  readonly setting: Extract<DatabaseSetting, { kind: "database" }>;
  /** Folders that hold `latest`, `lookup/` and `tile/` of databases by name: what the go command has fetched before. */
  readonly folders: readonly string[];
  /** Take lookups and tiles out of these folders before the network is asked; each is proven like an answer. */
  readonly foldersFirst?: boolean;
}

/**
 * A checksum database that medkit's home remembers. Where it cannot be reached (`--offline`, a closed network), what was fetched before stands in, proven
 * like everything else: only a newer record is then missing.
 */
export function openKeptDatabase(
  ports: Pick<Ports, "fetch" | "signal">,
  layout: Layout,
  { goproxy, setting, folders, foldersFirst }: KeptDatabaseOptions,
): ChecksumDatabase {
  const { verifier, url } = setting;
  const online = databaseFetcher(ports, goproxy, verifier.name, url === undefined ? {} : { url });
  const kept = async (path: string): Promise<Buffer | undefined> => {
    for (const folder of [layout.sumdb(verifier.name), ...folders.map((each) => join(each, verifier.name))]) {
      const found = await readOrNothing(join(folder, path));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  const fetch = async (path: string): Promise<Buffer | undefined> => {
    try {
      return await online(path);
    } catch (error) {
      const unreachable =
        error instanceof MedkitError && (error.code === "OFFLINE" || error.code === "DATABASE_UNAVAILABLE");
      const found = unreachable ? await kept(path) : undefined;
      if (found === undefined) throw error;
      return found;
    }
  };
  const ops = databaseOps(layout, verifier.name, fetch);
  // `latest` is what medkit itself has seen: the go command's is no memory of ours.
  const readFirst: DatabaseOps["readCache"] = (path) => (path === "latest" ? ops.readCache(path) : kept(path));
  return new ChecksumDatabase(verifier, foldersFirst === true ? { ...ops, readCache: readFirst } : ops, {
    movesOn: true,
  });
}
