import type { KeyObject } from "node:crypto";
import type { Ports } from "../core/ports.ts";
import type { ChecksumDatabase } from "../module/index.ts";
import type { Layout } from "../state/index.ts";
import type { BuildPlaces } from "./build-modules.ts";
import type { KitPlan } from "./types.ts";

export interface BuildOptions {
  /** Folder for the archive. */
  readonly out: string;
  readonly signKey: KeyObject | undefined;
  /** Folder with medkit's executables, as `npm run package` fills it; absent: the kit goes without. */
  readonly tools: string | undefined;
  /** The signed tree head to prove against; absent: the newest one. */
  readonly head: string | undefined;
  /** Seconds since 1970: the time of every file in the kit. Absent: that of the newest input. */
  readonly sourceDate: number | undefined;
  /** medkit's version and runtime, as the manifest names them. */
  readonly madeBy: { readonly tool: string; readonly runtime: string };
}
/** What all steps of one build share. */
export interface Build {
  readonly ports: Ports;
  readonly layout: Layout;
  readonly plan: KitPlan;
  readonly options: BuildOptions;
  readonly places: BuildPlaces;
  readonly database: ChecksumDatabase;
  readonly reused: string[];
}
