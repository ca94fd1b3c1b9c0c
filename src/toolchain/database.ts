import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { MedkitError } from "../core/errors.ts";
import { meetsTrust } from "../core/evidence.ts";
import type { Ports } from "../core/ports.ts";
import type { TrustLevel } from "../core/toolchain-words.ts";
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
import { toolchainModule, toolchainModuleVersion } from "./tree.ts";
import type { ToolchainRequest } from "./types.ts";

/** Whoever gives records of the checksum database, each proven to be in its tree. A ChecksumDatabase is one. */
export interface RecordSource {
  /** Name of the database, where it is known. */
  readonly databaseName?: string;
  lookup(module: ModuleVersion): Promise<ProvenRecord>;
}

/** What means that the database could not speak, and not that it spoke against something. */
const unheard = new Set(["OFFLINE", "DATABASE_UNAVAILABLE", "TOOLCHAIN_UNAVAILABLE"]);

/**
 * The record of a toolchain. Where the database has none or cannot be asked, and less than its proof is demanded, undefined, and `onMissing` hears why;
 * else what the lookup throws. An answer that lies is an error in every case.
 */
export async function findRecord(
  records: RecordSource,
  { version, platform }: ToolchainRequest,
  minimum: TrustLevel,
  onMissing: (reason: string) => void,
): Promise<ProvenRecord | undefined> {
  try {
    return await records.lookup({ path: toolchainModule, version: toolchainModuleVersion(version, platform) });
  } catch (error) {
    if (meetsTrust(minimum, "checksum-database") || !(error instanceof MedkitError) || !unheard.has(error.code))
      throw error;
    onMissing(String(error.params["reasons"] ?? error.code));
    return undefined;
  }
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
