import type { ModuleVersion } from "../../module/index.ts";
import type { AccessRecord } from "../types.ts";

/** How a stored version was used, as far as it is remembered. */
export interface VersionUse extends ModuleVersion {
  /** When it was asked for first, and last. RFC 3339. */
  readonly first: string;
  readonly last: string;
  /** When its zip was asked for last: what builds need. Its `.mod` and `.info` are asked for by every module graph that it is in. */
  readonly lastZip?: string;
  /** Requests for its files that were answered. */
  readonly count: number;
  /** Who asked, the latest last: as access records name them, at most 16. */
  readonly clients: readonly string[];
}

/** A request that was refused, in the words that the client got. Not those for something that is not there: the go command tries many paths. */
export interface Refusal {
  /** RFC 3339. */
  readonly time: string;
  readonly client: string;
  readonly path: string;
  readonly status: number;
  readonly reason: string;
  readonly module?: string;
  readonly version?: string;
}

export type UsedFile = "any" | "zip";

/** Who uses what, remembered between runs. Losing it after a crash costs some minutes of memory, never a module. */
export interface UseLedger {
  note(record: AccessRecord): void;
  /** When a version was asked for last, by any client of any replica. */
  lastUse(module: ModuleVersion, file?: UsedFile): Date | undefined;
  use(module: ModuleVersion): VersionUse | undefined;
  /** All that is remembered, in no order. */
  uses(): Iterable<VersionUse>;
  /** The latest ones, oldest first, at most 500. */
  refusals(): readonly Refusal[];
  /** Drops a version that is stored no longer. */
  forget(module: ModuleVersion): void;
  /** Reads what other replicas wrote meanwhile. */
  refresh(): Promise<void>;
  /** Writes what is new, if anything is. */
  flush(): Promise<void>;
}
