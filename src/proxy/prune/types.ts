import type { ModuleVersion } from "../../module/index.ts";

/** What pruning has to know of a stored version. Times are milliseconds since 1970. */
export interface PrunableVersion extends ModuleVersion {
  /** Octets; 0 where there is none. */
  readonly mod: number;
  readonly zip: number;
  readonly storedAt: number;
  /** When any of its files was asked for or stored last, and when its zip was. */
  readonly last: number;
  readonly lastZip: number;
}

/** What goes. Each rule that is there counts; without any nothing goes. */
export interface PruneRules {
  /** Octets that may stay. */
  readonly size: number | undefined;
  /** What was neither asked for nor stored since then. */
  readonly unusedSince: number | undefined;
  /** What was stored before then, used or not. */
  readonly storedBefore: number | undefined;
  /** Which versions may go at all. */
  readonly mayGo: (module: ModuleVersion) => "all" | "zip" | "nothing";
}

export interface PruneItem extends ModuleVersion {
  /** Only its content, or its go.mod too. */
  readonly part: "zip" | "version";
  /** Octets that it frees. */
  readonly bytes: number;
  /** RFC 3339. */
  readonly last: string;
  readonly rule: "unused" | "old" | "size";
}

export interface PrunePlan {
  /** In the order in which they go: the longest unused first. */
  readonly items: readonly PruneItem[];
  /** Octets before and after. */
  readonly before: number;
  readonly after: number;
}
