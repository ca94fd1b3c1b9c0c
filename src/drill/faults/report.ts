import { describe, type Distribution } from "../statistics.ts";
import type { FaultResult } from "./inject.ts";
import type { Fault } from "./types.ts";

/** The figures that rescue is judged by. */
export interface FaultSummary {
  readonly runs: number;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Runs whose fault has a remedy, and those of them whose command passed in the end. */
  readonly recoverable: number;
  readonly recovered: number;
  /** Runs whose first words were the right ones. */
  readonly diagnosed: number;
  /** Runs that did something they must not. */
  readonly harmful: number;
  readonly pairs: number;
  readonly pairsPassed: number;
  /** Healthy projects and such whose code is at fault, and those of them that were left alone. */
  readonly programs: number;
  readonly programsLeftAlone: number;
  /** Milliseconds that medkit took besides the command, for what it left alone. */
  readonly toLeaveAlone?: Distribution;
  /** Milliseconds from `medkit rescue` to the passing command; single faults that recovered. */
  readonly toPassing?: Distribution & { readonly mean: number };
}

export interface FaultReport {
  readonly summary: FaultSummary;
  readonly faults: readonly { readonly id: string; readonly title: string; readonly cause?: string }[];
  readonly results: readonly FaultResult[];
}

/** Runs of a fault by itself that took place, and how many were as they have to be. */
export function runsOf(
  results: readonly FaultResult[],
  id: string,
): { readonly ran: readonly FaultResult[]; readonly passed: number } {
  const ran = results.filter(({ faults, outcome }) => faults.length === 1 && faults[0] === id && outcome !== "skipped");
  return { ran, passed: ran.filter((each) => each.outcome === "passed").length };
}

export function summarizeFaults(results: readonly FaultResult[]): FaultSummary {
  const ran = results.filter((each) => each.outcome !== "skipped");
  const programs = ran.filter((each) => each.expect === "left-alone");
  const single = ran.filter((each) => each.faults.length === 1 && each.expect !== "left-alone");
  const pairs = ran.filter((each) => each.faults.length > 1);
  const recoverable = single.filter((each) => each.expect === "recovered");
  const recovered = recoverable.filter((each) => each.outcome === "passed");
  const times = recovered.flatMap((each) => each.rescueMilliseconds ?? []);
  const distribution = describe(times);
  const leaving = describe(programs.flatMap((each) => each.overheadMilliseconds ?? []));
  return {
    runs: ran.length - programs.length,
    passed: ran.filter((each) => each.outcome === "passed").length,
    failed: ran.filter((each) => each.outcome === "failed").length,
    skipped: results.length - ran.length,
    recoverable: recoverable.length,
    recovered: recovered.length,
    diagnosed: single.filter((each) => each.diagnosed).length,
    harmful: ran.filter((each) => each.harm.length > 0).length,
    pairs: pairs.length,
    pairsPassed: pairs.filter((each) => each.outcome === "passed").length,
    programs: programs.length,
    programsLeftAlone: programs.filter((each) => each.outcome === "passed").length,
    ...(leaving === undefined ? {} : { toLeaveAlone: leaving }),
    ...(distribution === undefined
      ? {}
      : { toPassing: { ...distribution, mean: times.reduce((sum, each) => sum + each, 0) / times.length } }),
  };
}

export function makeFaultReport(faults: readonly Fault[], results: readonly FaultResult[]): FaultReport {
  return {
    summary: summarizeFaults(results),
    faults: faults.map(({ id, title, cause }) => ({ id, title, ...(cause === undefined ? {} : { cause }) })),
    results,
  };
}
