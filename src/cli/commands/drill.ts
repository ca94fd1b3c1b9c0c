import { fileURLToPath } from "node:url";
import { drillExit, drillKit, planKitDrill, SCENARIOS, type DrillReport } from "../../drill/index.ts";
import type { Translator } from "../../i18n/index.ts";
import type { CommandContext } from "../context.ts";
import type { Style } from "../render/style.ts";
import { inertData } from "../render/printable.ts";
import { json, type CommandResult } from "../result.ts";
import type { Input } from "../routes.ts";

const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

function describeFaults(
  { summary, results }: NonNullable<DrillReport["faults"]>,
  t: Translator,
  style: Style,
): string[] {
  const { recoverable, recovered, diagnosed, harmful, pairs, pairsPassed, toPassing, failed, skipped, runs } = summary;
  const { programs, programsLeftAlone, toLeaveAlone } = summary;
  const text = t.text("drill.faults", { recovered, recoverable, diagnosed, runs: runs - pairs, harmful, pairs: pairsPassed, allPairs: pairs }); // prettier-ignore
  const left = t.text("drill.programs", { leftAlone: programsLeftAlone, programs, maximum: seconds(toLeaveAlone?.max ?? 0) }); // prettier-ignore
  return [
    ...(runs === 0 ? [] : [failed === 0 ? style.green(text) : style.red(text)]),
    ...(programs === 0 ? [] : [programsLeftAlone === programs ? style.green(left) : style.red(left)]),
    ...(toPassing === undefined
      ? []
      : [t.text("drill.faults.time", { mean: seconds(toPassing.mean), median: seconds(toPassing.median), maximum: seconds(toPassing.max) })]), // prettier-ignore
    ...inertData(results)
      .filter((each) => each.outcome === "failed")
      .map((each) => style.red(`  ${each.faults.join(" + ")} go${each.goVersion}: ${each.reason ?? ""}`)),
    ...(skipped === 0 ? [] : [style.yellow(`  ${t.text("drill.faults.skipped", { count: skipped })}`)]),
  ];
}

export function describeDrill(report: DrillReport, t: Translator, style: Style): string {
  const { summary, host } = report;
  const { recovered, notRecovered, skipped, recovery } = summary;
  const summaryText = t.text("drill.summary", { recovered, total: recovered + notRecovered, skipped });
  const lines = [
    ...(report.runs.length === 0 && report.faults !== undefined ? [] : [notRecovered === 0 && recovered > 0 ? style.green(summaryText) : style.red(summaryText)]), // prettier-ignore
    t.text(host.isolation === "namespaces" ? "drill.isolated" : "drill.notIsolated"),
  ];
  if (recovery !== undefined) {
    const { min, median, p95, max } = recovery;
    lines.push(
      t.text("drill.recovery", {
        minimum: seconds(min),
        median: seconds(median),
        p95: seconds(p95),
        maximum: seconds(max),
      }),
    );
  }
  for (const failed of inertData(report.runs.filter((each) => each.outcome === "not-recovered").slice(0, 10))) {
    lines.push(
      style.red(
        `  ${failed.number} ${failed.scenario} ${failed.shell} go${failed.goVersion}: ${failed.failure?.step ?? ""}: ${failed.failure?.reason ?? ""}`,
      ),
    );
  }
  if (report.faults !== undefined) lines.push(...describeFaults(report.faults, t, style));
  const reasons = new Set(report.skipped.map((cell) => `${cell.scenario}: ${cell.reason}`));
  for (const reason of reasons) lines.push(style.yellow(`  ${t.text("drill.skipped", { reason })}`));
  return lines.join("\n");
}

/** The example service of the checkout, for kits that do not carry it. */
export function exampleFolder(): string {
  return fileURLToPath(new URL("../../../examples/service", import.meta.url));
}

export async function run(context: CommandContext, input: Input<"drill">): Promise<CommandResult> {
  const { flags, args } = input;
  const seed = flags.seed ?? 1;
  const options = {
    archive: args.kit,
    runs: flags.runs ?? 0,
    scenarios: flags.scenario,
    seed,
    example: exampleFolder(),
  };
  // Without --runs: every cell of the matrix that this host can rehearse, once.
  const plan =
    flags.runs === undefined || context.flags.dryRun
      ? await planKitDrill(context.ports, { ...options, runs: flags.runs ?? 1 })
      : undefined;
  const all = flags.scenario.includes("all");
  // With every fault besides, each recovery scenario once is enough.
  const runs = flags.runs ?? (all ? SCENARIOS.length : plan?.cells) ?? 1;
  if (context.flags.dryRun && plan !== undefined) {
    return {
      data: json(plan),
      text: (t) =>
        [
          t.text("drill.plan", { runs, cells: plan.cells }),
          ...plan.runs.map((each) => `  ${each.number} ${each.scenario} ${each.shell} go${each.goVersion}`),
        ].join("\n"),
    };
  }
  const report = await drillKit(context.ports, {
    ...options,
    runs,
    ...(flags.out === undefined ? {} : { out: flags.out }),
  });
  const exit = drillExit(report);
  return { data: json(report), ...(exit === 0 ? {} : { exit }), text: (t, style) => describeDrill(report, t, style) };
}
