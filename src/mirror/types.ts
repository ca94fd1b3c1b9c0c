import type { ErrorCode } from "../core/error-codes.ts";
import type { GoSumLine, ModuleVersion, Replacement } from "../module/index.ts";

/** A program, or what stands for one: the versions that it requires, and how its module graph is read. */
export interface GraphRoot {
  readonly required: readonly ModuleVersion[];
  /** Paths of main modules: no version of theirs is fetched. */
  readonly own: readonly string[];
  /** Those of go.work before those of the modules; `folder` is where relative ones start from. */
  readonly replacements: readonly (Replacement & { readonly folder: string })[];
  readonly excluded: readonly ModuleVersion[];
  /** Since `go 1.17` the graph is read as far as the go.mod files of direct requirements only. */
  readonly isPruned: boolean;
}

/** What a person named as wanted. */
export interface SyncSource {
  /** As it is shown: a path, or `path@version`. */
  readonly name: string;
  readonly kind: "module" | "workspace" | "binary" | "list" | "query" | "toolchain";
  readonly roots: readonly GraphRoot[];
  /** `build-list`: the content of every module of the build list; `required`: of what is required only. */
  readonly content: "build-list" | "required";
  /** Lines of go.sum: files that are wanted besides. */
  readonly sums: readonly Pick<GoSumLine, "path" | "version" | "subject">[];
  /** Versions without a graph: toolchains. */
  readonly alone: readonly ModuleVersion[];
}

/** A version, and how much of it: its go.mod always, its zip where it is built. */
export interface WantedVersion extends ModuleVersion {
  readonly zip: boolean;
}

/** Why a version, or a file of it, cannot be had. */
export interface Trouble {
  readonly subject: string;
  readonly code: ErrorCode;
  /** For people and logs; no credentials. */
  readonly reason: string;
}

export interface PlannedVersion extends WantedVersion {
  /** `new`: something of it is to be fetched. */
  readonly state: "new" | "present";
  /** Octets of what is stored of it. */
  readonly bytes: number;
}

/** What a sync would do: plain data. */
export interface SyncPlan {
  readonly sources: readonly { readonly name: string; readonly kind: SyncSource["kind"]; readonly modules: number }[];
  readonly versions: readonly PlannedVersion[];
  /** What is known to be unobtainable before anything is fetched. */
  readonly refused: readonly Trouble[];
}

export interface SyncResult {
  readonly fetched: number;
  /** Octets that were stored. */
  readonly bytes: number;
  readonly failed: readonly Trouble[];
  /** Records of the checksum database that an offline client can prove from the store. */
  readonly records: number;
}

/**
 * What is wrong with a file of the store. `changed`: its bytes are not those that were proven; `missing`: a proof without its file, or a part of a version; `unproven`: a
 * file without a proof; `proof`: a proof that is torn or was changed; `record`: the database's record says something else, or does not verify; `unprovable`: what would prove it
 * is not there; `index`: not what is stored; `tile`, `head`: of the database, and do not verify; `extra`: no file of a store.
 */
export type FaultKind =
  | "changed"
  | "missing"
  | "unproven"
  | "proof"
  | "record"
  | "unprovable"
  | "index"
  | "tile"
  | "head"
  | "extra";

export interface Fault {
  /** Below the store's root. */
  readonly path: string;
  readonly kind: FaultKind;
  readonly detail?: string;
  /** Of which version it is. */
  readonly module?: ModuleVersion;
}

export interface StoreCheck {
  /** Versions and octets that were read. */
  readonly versions: number;
  readonly bytes: number;
  /** Records of the database that were proven again. */
  readonly records: number;
  readonly tiles: number;
  readonly faults: readonly Fault[];
}
