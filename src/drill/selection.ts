import { MedkitError } from "../core/errors.ts";
import { FAULTS, LEFT_ALONE } from "./faults/registry.ts";
import type { Fault } from "./faults/types.ts";
import { SCENARIOS } from "./scenarios/registry.ts";

/** What a drill is to rehearse. */
export interface Selection {
  /** Ids of recovery scenarios; none: no recovery. */
  readonly scenarios: readonly string[];
  readonly faults: readonly Fault[];
  /** Whether pairs of faults are drilled too. */
  readonly pairs: boolean;
}

const groups: ReadonlySet<string> = new Set(["all", "recovery", "faults", "pairs", "programs"]);

/**
 * Reads `--scenario`: ids of recovery scenarios and of faults, and the groups `recovery` (what a kit is rehearsed with by default), `faults`, `pairs`,
 * `programs` (what rescue has to leave alone) and `all`. DRILL_SCENARIO_UNKNOWN.
 */
export function selectScenarios(wanted: readonly string[]): Selection {
  const asked = wanted.length === 0 ? ["recovery"] : wanted;
  const recovery = SCENARIOS.map((scenario) => scenario.id);
  const known = new Set([
    ...groups,
    ...recovery,
    ...FAULTS.map((fault) => fault.id),
    ...LEFT_ALONE.map((fault) => fault.id),
  ]);
  const unknown = asked.find((id) => !known.has(id));
  if (unknown !== undefined)
    throw new MedkitError("DRILL_SCENARIO_UNKNOWN", { scenario: unknown, known: [...known].join(", ") });
  const has = (...ids: readonly string[]): boolean => ids.some((id) => asked.includes(id));
  return {
    scenarios: has("all", "recovery") ? recovery : recovery.filter((id) => has(id)),
    faults: [
      ...FAULTS.filter((fault) => has("all", "faults", fault.id)),
      ...LEFT_ALONE.filter((fault) => has("all", "programs", fault.id)),
    ],
    pairs: has("all", "faults", "pairs"),
  };
}
