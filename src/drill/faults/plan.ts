import { CAUSE_FACTS } from "../../core/causes/index.ts";
import { seededRandom, shuffled } from "../plan.ts";
import type { Fault } from "./types.ts";

/** One fault, or two at once, on a host with this Go. */
export interface PlannedFault {
  readonly faults: readonly [Fault, ...Fault[]];
  readonly goVersion: string;
}

/** Every fault with every Go version. */
export function planFaults(faults: readonly Fault[], goVersions: readonly string[]): readonly PlannedFault[] {
  return faults.flatMap((fault) => goVersions.map((goVersion) => ({ faults: [fault] as const, goVersion })));
}

/** Two faults fit together where neither takes the other's place: one command, one folder, no shared variable, one server. */
function fit(a: Fault, b: Fault): boolean {
  if (a.cause === b.cause || a.expect !== "recovered" || b.expect !== "recovered") return false;
  if ((a.command !== undefined || a.cwd !== undefined) && (b.command !== undefined || b.cwd !== undefined))
    return false;
  // Each sets what modules are fetched from: only one of two would be there.
  const [first, second] = [a, b].map(({ cause }) => (cause === undefined ? undefined : CAUSE_FACTS[cause].family));
  if (first === "network" && second === "network") return false;
  if (a.server !== undefined && b.server !== undefined) return false;
  return a.pairs !== false && b.pairs !== false;
}

/** Pairs of recoverable faults, at random; the same seed gives the same. Fewer where there are not as many. */
export function planPairs(
  faults: readonly Fault[],
  goVersions: readonly string[],
  count: number,
  seed: number,
): readonly PlannedFault[] {
  const random = seededRandom(seed);
  const all = faults.flatMap((a, index) =>
    faults.slice(index + 1).flatMap((b) => (fit(a, b) ? [[a, b] as const] : [])),
  );
  return shuffled(all, random)
    .slice(0, count)
    .map((pair, index) => ({ faults: pair, goVersion: goVersions[index % goVersions.length] ?? "" }));
}
