import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import type { Ports } from "../core/ports.ts";
import {
  ChecksumDatabase,
  databaseFetcher,
  databaseKey,
  parseGosumdb,
  type DatabaseOps,
  type ModuleVersion,
  type ProvenRecord,
} from "../module/index.ts";
import { ensureFolder, writeFileAtomic, type Layout } from "../state/index.ts";

/** Whoever gives records of the checksum database, each proven to be in its tree. A ChecksumDatabase is one. */
export interface RecordSource {
  lookup(module: ModuleVersion): Promise<ProvenRecord>;
}

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

export interface ToolchainDatabaseOptions {
  /** GOPROXY; its proxies may relay the database. */
  readonly goproxy: string;
  /** GOSUMDB. `off` and nothing stand for Go's own database: a toolchain that nobody vouches for is not installed. */
  readonly gosumdb: string | undefined;
  /** Folders that hold `latest`, `lookup/` and `tile/` of databases by name: what the go command has fetched before. */
  readonly folders: readonly string[];
}

/**
 * The checksum database for toolchains. Where it cannot be reached (`--offline`, a closed network), what was fetched before stands in, proven
 * like everything else: only a newer record is then missing.
 */
export function openToolchainDatabase(
  ports: Pick<Ports, "fetch" | "signal">,
  layout: Layout,
  { goproxy, gosumdb, folders }: ToolchainDatabaseOptions,
): ChecksumDatabase {
  const text = gosumdb === undefined || gosumdb.trim() === "" || gosumdb.trim() === "off" ? "sum.golang.org" : gosumdb;
  const setting = parseGosumdb(text);
  const verifier = databaseKey(text);
  const url = setting.kind === "database" ? setting.url : undefined;
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
  return new ChecksumDatabase(verifier, databaseOps(layout, verifier.name, fetch), { movesOn: true });
}
