import type { Ports } from "../core/ports.ts";
import { carryOut, type DrillSetting } from "./run.ts";
import type { Scenario } from "./scenarios/types.ts";
import type { DrillPlan, RunResult } from "./types.ts";

/**
 * Carries the plan out, one run after the other, so that no run slows another down. Ctrl-C ends the run that is under way, whose sandbox
 * takes its processes and mounts with it, and rejects with INTERRUPTED.
 */
export async function applyPlan(
  ports: Ports,
  setting: DrillSetting,
  scenarios: readonly Scenario[],
  plan: DrillPlan,
): Promise<readonly RunResult[]> {
  const byId = new Map(scenarios.map((scenario) => [scenario.id, scenario]));
  const results: RunResult[] = [];
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step: "drill", detail: `${plan.runs.length} runs` });
  for (const run of plan.runs) {
    const scenario = byId.get(run.scenario);
    if (scenario === undefined) continue;
    const result = await carryOut(ports, setting, scenario, run);
    results.push(result);
    ports.progress.emit({
      type: "step-progress",
      step: "drill",
      done: results.length,
      total: plan.runs.length,
      unit: "runs",
    });
    if (result.outcome === "recovered") continue;
    const why = `${result.failure?.step ?? ""}: ${result.failure?.reason ?? ""}`;
    const text = `${run.scenario} in ${run.shell} with Go ${run.goVersion}: ${result.outcome}, ${why}`;
    ports.progress.emit({ type: "note", level: "warning", text });
  }
  ports.progress.emit({ type: "step-end", step: "drill", milliseconds: ports.clock.monotonic() - started });
  return results;
}
