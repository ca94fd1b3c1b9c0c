import type { FaultReport } from "./faults/report.ts";
import type { Distribution } from "./statistics.ts";

/** The shells that a person may be in when the page comes. `ash` is busybox's. */
export type ShellName = "dash" | "bash" | "zsh" | "ash";

export const SHELLS: readonly ShellName[] = ["dash", "bash", "zsh", "ash"];

/** A scenario in one shell with one Go version of the kit: one cell of the matrix. */
export interface Cell {
  readonly scenario: string;
  readonly shell: ShellName;
  readonly goVersion: string;
}

export interface PlannedRun extends Cell {
  /** From 1. */
  readonly number: number;
}

export interface SkippedCell extends Cell {
  /** What the host or the kit lacks. */
  readonly reason: string;
}

/** Which run rehearses what; plain data, the same for the same facts, options and seed. */
export interface DrillPlan {
  readonly seed: number;
  /** Cells that can be rehearsed here. More runs than cells start over, fewer leave some out. */
  readonly cells: number;
  readonly runs: readonly PlannedRun[];
  readonly skipped: readonly SkippedCell[];
}

/** How runs are kept apart from the host and its network. */
export type Isolation = "namespaces" | "none";

/** How a run gives up root. */
export type Drop = "setpriv" | "user-namespace" | "not-root" | "none";

/** What this host has for a drill. */
export interface HostFacts {
  readonly kernel: string;
  readonly platform: string;
  readonly cores: number;
  readonly processor: string;
  readonly memoryBytes: number;
  readonly isolation: Isolation;
  /** Why not `namespaces`, in the host's own words. */
  readonly isolationReason?: string;
  readonly drop: Drop;
  /** True where root is had through a user namespace of its own. */
  readonly userNamespace: boolean;
  /** True where the namespaces allow mounts; never without them. */
  readonly mounts: boolean;
  readonly staticBusybox: boolean;
  readonly busyboxApplets: readonly string[];
  /** Absolute paths of the commands that scenarios and sandbox may need, by name. */
  readonly commands: Readonly<Record<string, string>>;
  /** Folder that a run's files appear at inside the sandbox, so that every run sees the same paths. */
  readonly base: string;
}

/** What the drill has to know about the kit before it starts. */
export interface KitFacts {
  /** Name of the archive's top folder. */
  readonly top: string;
  readonly name: string;
  readonly version: string;
  /** Go versions for this host's platform, newest first; the first is what activation takes by default. */
  readonly goVersions: readonly string[];
  readonly hasModules: boolean;
  readonly hasChecksumDatabase: boolean;
  /** Name of that database, as its folder in the kit has it; empty where there is none. */
  readonly databaseName: string;
  readonly hasCache: boolean;
}

export interface StepTiming {
  readonly step: string;
  readonly milliseconds: number;
}

export type Outcome = "recovered" | "not-recovered" | "skipped";

export interface RunResult extends PlannedRun {
  readonly outcome: Outcome;
  readonly steps: readonly StepTiming[];
  /** From the first byte unpacked to the answer of the service's `/healthz`, all checks on the way included. */
  readonly recoveryMilliseconds?: number;
  readonly totalMilliseconds: number;
  /** What the run told about itself: how `/healthz` was asked, how many packages were compiled, … */
  readonly facts: Readonly<Record<string, string>>;
  /** Why it did not recover, or what it lacked. */
  readonly failure?: { readonly step: string; readonly reason: string };
  /** File below the report's folder; kept for failures. */
  readonly transcript?: string;
}

export interface StepStatistics extends Distribution {
  readonly step: string;
}

export interface ScenarioStatistics {
  readonly id: string;
  readonly title: string;
  readonly proves: string;
  readonly runs: number;
  readonly recovered: number;
  readonly notRecovered: number;
  readonly skipped: number;
  readonly shells: readonly ShellName[];
  readonly recovery?: Distribution;
}

/** What `medkit drill` writes as `drill.json`. Times are milliseconds; percentiles are nearest-rank. */
export interface DrillReport {
  readonly schema: "medkit/drill/v1";
  readonly kit: {
    readonly file: string;
    readonly sha256: string;
    readonly bytes: number;
    readonly name: string;
    readonly version: string;
    readonly goVersions: readonly string[];
  };
  readonly started: string;
  readonly finished: string;
  readonly seed: number;
  /** What was asked for, to type again. */
  readonly command: string;
  readonly host: Omit<HostFacts, "commands" | "base" | "busyboxApplets"> & { readonly shells: readonly ShellName[] };
  readonly summary: {
    readonly planned: number;
    readonly recovered: number;
    readonly notRecovered: number;
    readonly skipped: number;
    readonly cells: number;
    readonly recovery?: Distribution;
  };
  readonly steps: readonly StepStatistics[];
  readonly scenarios: readonly ScenarioStatistics[];
  readonly runs: readonly RunResult[];
  readonly skipped: readonly SkippedCell[];
  /** What rescue did with injected faults; absent where none were asked for. */
  readonly faults?: FaultReport;
}
