import { compareSemver } from "../../module/index.ts";
import { versionOf, type AffectedModule, type RangeEvent } from "./osv.ts";

type Ranges = AffectedModule["ranges"];

/** Whether a version (`v1.2.3`) lies in the ranges (golang.org/x/vuln/internal/semver/affects.go). None: every version does. */
export function isAffected(ranges: Ranges, version: string): boolean {
  return ranges.length === 0 || ranges.some((events) => events.length === 0 || lies(events, version));
}

function lies(events: readonly RangeEvent[], version: string): boolean {
  let affected = false;
  for (const event of events) {
    const isBefore = versionOf(event) !== "0" && compareSemver(version, `v${versionOf(event)}`) < 0;
    if ("introduced" in event) affected ||= !isBefore;
    else affected &&= isBefore;
  }
  return affected;
}

/** The lowest fixed version above an affected one that is affected by none of the ranges, without `v`; undefined where there is none. */
export function fixFor(ranges: Ranges, version: string): string | undefined {
  return ranges
    .flat()
    .flatMap((event) => ("fixed" in event ? [event.fixed] : []))
    .filter((fixed) => compareSemver(`v${fixed}`, version) > 0 && !isAffected(ranges, `v${fixed}`))
    .toSorted((a, b) => compareSemver(`v${a}`, `v${b}`))[0];
}

/**
 * The version from which on nothing is affected any more, without `v`; empty where there is none: what `index/modules.json` tells clients, who then
 * need not read the entry (golang.org/x/vulndb/internal/osvutils/fixed.go).
 */
export function latestFixed(ranges: Ranges): string {
  const all = ranges.flat();
  const fixes = all.flatMap((event) => ("fixed" in event ? [event.fixed] : []));
  const latest = fixes.toSorted((a, b) => compareSemver(`v${a}`, `v${b}`)).at(-1);
  return latest === undefined || isOpen(ranges, latest) ? "" : latest;
}

/** Whether something is affected at or above a version. */
function isOpen(ranges: Ranges, version: string): boolean {
  if (isAffected(ranges, `v${version}`)) return true;
  return ranges.some(
    (events) =>
    events.some((event) => "introduced" in event && event.introduced !== "0" && compareSemver(`v${event.introduced}`, `v${version}`) > 0), // prettier-ignore
  );
}
