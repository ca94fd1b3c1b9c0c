import type { KeyObject } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Ports } from "../core/ports.ts";
import type { ChecksumDatabase, DatabaseOps } from "../module/index.ts";
import { ensureFolder, writeFileAtomic, type Layout } from "../state/index.ts";
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
/** Files of a checksum database that were proven before, under medkit's home. */
export function databaseOps(layout: Layout, name: string, fetch: DatabaseOps["fetch"]): DatabaseOps {
  const root = layout.sumdb(name);
  return {
    fetch,
    readCache: async (path) => {
      try {
        return await readFile(join(root, path));
      } catch {
        return undefined;
      }
    },
    writeCache: async (path, data) => {
      const file = join(root, path);
      await ensureFolder(dirname(file));
      await writeFileAtomic(file, data, { durable: path === "latest" });
    },
  };
}
