import { dropOldest } from "../../core/drop-oldest.ts";
import { moduleName, type ModuleVersion } from "../../module/index.ts";
import { MedkitError } from "../../core/errors.ts";
import { storedPath } from "../store/index-files.ts";
import { readInfo } from "../store/info-file.ts";
import type { ObjectStore, Upstream } from "../types.ts";
import type { ReleaseTime } from "./types.ts";

/** So many times are remembered at most; the oldest goes first. */
const mostKept = 50_000;

/** The time that the text of an `.info` names. */
export function timeOfInfo(bytes: Buffer | undefined): ReleaseTime {
  if (bytes === undefined) return "none";
  try {
    const value = JSON.parse(bytes.toString("utf8")) as { readonly Time?: unknown } | null;
    return timeOf(value?.Time);
  } catch {
    // Whatever lies there, it tells no time.
    return "none";
  }
}

function timeOf(text: unknown): Exclude<ReleaseTime, "unasked"> {
  const time = typeof text === "string" ? new Date(text) : undefined;
  // Go writes year 1 for "no time".
  if (time === undefined || Number.isNaN(time.getTime()) || time.getUTCFullYear() <= 1) return "none";
  return time;
}

/** When versions were published: from the stored `.info`, else from upstream, where it may be asked. They never change, and so are remembered. */
export class ReleaseTimes {
  readonly #store: ObjectStore;
  readonly #upstream: Upstream | undefined;
  readonly #kept = new Map<string, Date>();

  constructor(store: ObjectStore, upstream: Upstream | undefined) {
    this.#store = store;
    this.#upstream = upstream;
  }

  /** `none` too where upstream fails: what cannot be judged is not offered. */
  async get(module: ModuleVersion, mayFetch: boolean): Promise<Exclude<ReleaseTime, "unasked">> {
    const key = moduleName(module);
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const time = await this.#find(module, mayFetch);
    if (time === "none") return time;
    this.#kept.set(key, time);
    dropOldest(this.#kept, mostKept);
    return time;
  }

  async #find(module: ModuleVersion, mayFetch: boolean): Promise<Exclude<ReleaseTime, "unasked">> {
    const stored = await readInfo(this.#store, storedPath(module, "info"), module.version);
    const time = stored === "damaged" ? "none" : timeOfInfo(stored);
    if (stored !== undefined && stored !== "damaged" && time !== "unasked") return time;
    if (!mayFetch || this.#upstream === undefined) return "none";
    try {
      return timeOf((await this.#upstream.info(module))?.time);
    } catch (error) {
      if (error instanceof MedkitError) return "none";
      throw error;
    }
  }
}
