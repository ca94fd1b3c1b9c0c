import { MedkitError } from "../core/errors.ts";
import { meetsTrust } from "../core/evidence.ts";
import type { Ports } from "../core/ports.ts";
import type { TrustLevel } from "../core/toolchain-words.ts";
import {
  openKeptDatabase,
  parseGosumdb,
  type ChecksumDatabase,
  type ModuleVersion,
  type ProvenRecord,
} from "../module/index.ts";
import type { Layout } from "../state/index.ts";
import { toolchainAsModule } from "./tree.ts";
import type { InclusionEvidence, ToolchainRequest } from "./types.ts";

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
  request: ToolchainRequest,
  minimum: TrustLevel,
  onMissing: (reason: string) => void,
): Promise<ProvenRecord | undefined> {
  try {
    return await records.lookup(toolchainAsModule(request));
  } catch (error) {
    if (meetsTrust(minimum, "checksum-database") || !(error instanceof MedkitError) || !unheard.has(error.code))
      throw error;
    onMissing(String(error.params["reasons"] ?? error.code));
    return undefined;
  }
}

export interface ToolchainDatabaseOptions {
  /** GOPROXY; its proxies may relay the database. */
  readonly goproxy: string;
  /** GOSUMDB. `off` and nothing stand for Go's own database: a toolchain that nobody vouches for is not installed. */
  readonly gosumdb: string | undefined;
  /** Folders that hold `latest`, `lookup/` and `tile/` of databases by name: what the go command has fetched before. */
  readonly folders: readonly string[];
}

/** The checksum database for toolchains, as {@link openKeptDatabase} keeps it. */
export function openToolchainDatabase(
  ports: Pick<Ports, "fetch" | "signal">,
  layout: Layout,
  { goproxy, gosumdb, folders }: ToolchainDatabaseOptions,
): ChecksumDatabase {
  const isUnset = gosumdb === undefined || gosumdb.trim() === "" || gosumdb.trim() === "off";
  const setting = parseGosumdb(isUnset ? "sum.golang.org" : gosumdb);
  if (setting.kind === "off") throw new MedkitError("UNEXPECTED", { detail: "GOSUMDB=off" });
  return openKeptDatabase(ports, layout, { goproxy, setting, folders });
}

/** The inclusion proof of a record, without what it proves. */
export function proofOf({ recordId, record, treeSize, hashes }: ProvenRecord): InclusionEvidence {
  return { recordId, record, treeSize, hashes };
}
