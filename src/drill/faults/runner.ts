import type { Ports } from "../../core/ports.ts";
import { makeBed } from "./bed.ts";
import { injectFault, type FaultResult } from "./inject.ts";
import type { PlannedFault } from "./plan.ts";

/** What all injections of a drill share. */
export interface FaultSetting extends Omit<Parameters<typeof makeBed>[1], "goVersions"> {
  /** The report's folder. */
  readonly out: string;
  /** Milliseconds one may take. */
  readonly timeout: number;
}

/** Injects one after the other. INTERRUPTED, and the errors of {@link makeBed}. */
export async function runFaults(
  ports: Ports,
  setting: FaultSetting,
  planned: readonly PlannedFault[],
): Promise<readonly FaultResult[]> {
  if (planned.length === 0) return [];
  const started = ports.clock.monotonic();
  ports.progress.emit({ type: "step-start", step: "faults", detail: `${planned.length} faults` });
  const goVersions = [...new Set(planned.map((each) => each.goVersion))];
  const bed = await makeBed(ports, { ...setting, goVersions });
  const results: FaultResult[] = [];
  for (const [index, { faults, goVersion }] of planned.entries()) {
    const { out, timeout } = setting;
    const result = await injectFault(ports, { bed, goVersion, faults, number: index + 1, out, timeout });
    results.push(result);
    ports.progress.emit({
      type: "step-progress",
      step: "faults",
      done: results.length,
      total: planned.length,
      unit: "faults",
    });
    if (result.outcome === "failed")
      ports.progress.emit({
        type: "note",
        level: "warning",
        text: `${result.faults.join(" + ")} with Go ${goVersion}: ${result.reason ?? ""}`,
      });
  }
  ports.progress.emit({ type: "step-end", step: "faults", milliseconds: ports.clock.monotonic() - started });
  return results;
}
