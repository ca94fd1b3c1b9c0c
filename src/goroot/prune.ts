import { parseGoVersion, platformText } from "../core/go-version.ts";
import { newestFirst } from "./store.ts";
import type { StoredToolchain } from "./types.ts";

/**
 * What a newer patch of the same language version and platform has superseded, and nobody asked to keep. `kept` are names in the store (what `current` and
 * the system lead to), `versions` are versions that are asked for (by a project, or on the command line). Pure.
 */
export function planPrune(
  stored: readonly StoredToolchain[],
  kept: ReadonlySet<string>,
  versions: ReadonlySet<string>,
): readonly StoredToolchain[] {
  const newest = new Map<string, StoredToolchain>();
  for (const each of stored.toSorted((a, b) => newestFirst(a.version, b.version))) {
    const version = parseGoVersion(each.version);
    const line = `${version?.major}.${version?.minor} ${platformText(each.platform)}`;
    if (!newest.has(line)) newest.set(line, each);
  }
  const last = new Set([...newest.values()].map((each) => each.name));
  return stored.filter((each) => !last.has(each.name) && !kept.has(each.name) && !versions.has(each.version));
}
