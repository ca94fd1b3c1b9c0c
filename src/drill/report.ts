import { EXIT, type ExitStatus } from "../core/exit.ts";
import type { FaultReport } from "./faults/report.ts";
import { chooseScenarios } from "./plan.ts";
import type { Scenario } from "./scenarios/types.ts";
import { describe } from "./statistics.ts";
import {
  SHELLS,
  type DrillPlan,
  type DrillReport,
  type HostFacts,
  type RunResult,
  type ScenarioStatistics,
  type StepStatistics,
} from "./types.ts";

export interface ReportInput {
  readonly kit: DrillReport["kit"];
  readonly started: Date;
  readonly finished: Date;
  readonly command: string;
  readonly host: HostFacts;
  readonly plan: DrillPlan;
  readonly wanted: readonly string[];
  readonly results: readonly RunResult[];
  readonly scenarios: readonly Scenario[];
  readonly faults?: FaultReport;
}

/** Steps in the order in which sessions take them; only runs that recovered are counted, failed ones have no honest time. */
function stepStatistics(recovered: readonly RunResult[]): readonly StepStatistics[] {
  const values = new Map<string, number[]>();
  for (const run of recovered) {
    for (const { step, milliseconds } of run.steps) {
      const list = values.get(step) ?? [];
      list.push(milliseconds);
      values.set(step, list);
    }
  }
  return [...values].flatMap(([step, list]) => {
    const distribution = describe(list);
    return distribution === undefined ? [] : [{ step, ...distribution }];
  });
}

function recoveryOf(results: readonly RunResult[]): ReturnType<typeof describe> {
  return describe(
    results.flatMap((run) =>
      run.outcome === "recovered" && run.recoveryMilliseconds !== undefined ? [run.recoveryMilliseconds] : [],
    ),
  );
}

function count(results: readonly RunResult[], outcome: RunResult["outcome"]): number {
  return results.filter((run) => run.outcome === outcome).length;
}

function scenarioStatistics(scenario: Scenario, results: readonly RunResult[]): ScenarioStatistics {
  const own = results.filter((run) => run.scenario === scenario.id);
  const recovery = recoveryOf(own);
  return {
    id: scenario.id,
    title: scenario.title,
    proves: scenario.proves,
    runs: own.length,
    recovered: count(own, "recovered"),
    notRecovered: count(own, "not-recovered"),
    skipped: count(own, "skipped"),
    shells: SHELLS.filter((shell) => own.some((run) => run.shell === shell)),
    ...(recovery === undefined ? {} : { recovery }),
  };
}

/** The report of a drill; touches neither clock nor disk. */
export function makeReport(input: ReportInput): DrillReport {
  const { results, plan, host } = input;
  const recovered = results.filter((run) => run.outcome === "recovered");
  const recovery = recoveryOf(results);
  const { commands, base: _base, busyboxApplets: _applets, ...facts } = host;
  return {
    schema: "medkit/drill/v1",
    kit: input.kit,
    started: input.started.toISOString(),
    finished: input.finished.toISOString(),
    seed: plan.seed,
    command: input.command,
    host: { ...facts, shells: SHELLS.filter((shell) => commands[shell === "ash" ? "busybox" : shell] !== undefined) },
    summary: {
      planned: plan.runs.length,
      recovered: recovered.length,
      notRecovered: count(results, "not-recovered"),
      skipped: count(results, "skipped"),
      cells: plan.cells,
      ...(recovery === undefined ? {} : { recovery }),
    },
    steps: stepStatistics(recovered),
    scenarios: chooseScenarios(input.scenarios, input.wanted).map((scenario) => scenarioStatistics(scenario, results)),
    runs: results,
    skipped: plan.skipped,
    ...(input.faults === undefined ? {} : { faults: input.faults }),
  };
}

/** 0 where every run that took place recovered; 3 where one did not; 6 where the host let none take place. A skipped run proves nothing. */
export function drillExit(report: DrillReport): ExitStatus {
  const faults = report.faults?.summary;
  if (report.summary.notRecovered > 0 || (faults?.failed ?? 0) > 0) return EXIT.answerIsNo;
  return report.summary.recovered + (faults?.passed ?? 0) > 0 ? EXIT.done : EXIT.hostUnfit;
}
