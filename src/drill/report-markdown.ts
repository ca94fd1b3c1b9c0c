import { renderFaultMarkdown } from "./faults/report-markdown.ts";
import { formatDuration, formatMegabytes, groupSkipped } from "./format.ts";
import type { DrillReport } from "./types.ts";

function cell(text: string | number): string {
  return String(text).replaceAll("|", "\\|").replaceAll("\n", " ");
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.map(cell).join(" | ")} |`).join("\n");
}

/** What each step took, and how each host fared. */
function renderRecovery({ steps, summary: { recovery }, scenarios }: DrillReport): readonly string[] {
  return [
    "## Steps",
    "Percentiles are nearest-rank. Only runs that recovered are timed.",
    table(
      ["step", "runs", "least", "median", "p95", "most"],
      [...steps, ...(recovery === undefined ? [] : [{ step: "archive to answering service", ...recovery }])].map(
        (step) => [step.step, step.count, ...[step.min, step.median, step.p95, step.max].map(formatDuration)],
      ),
    ),
    "## Hosts",
    table(
      ["scenario", "host", "what it proves", "shells", "median", "recovered"],
      scenarios.map((one) => [
        `\`${one.id}\``,
        one.title,
        one.proves,
        one.shells.join(" "),
        one.recovery === undefined ? "–" : formatDuration(one.recovery.median),
        one.runs === one.skipped ? "not rehearsed" : `${one.recovered} of ${one.recovered + one.notRecovered}`,
      ]),
    ),
  ];
}

/** The report as `docs/drill.md` has it: figures, no paths. */
export function renderDrillMarkdown(report: DrillReport): string {
  const { summary, kit, host } = report;
  const ran = summary.recovered + summary.notRecovered;
  const recovery = summary.recovery;
  const figures =
    recovery === undefined
      ? ""
      : ` From archive to answering service: median ${formatDuration(recovery.median)}, 95th percentile ${formatDuration(recovery.p95)}, slowest ${formatDuration(recovery.max)}.`;
  const isolation =
    host.isolation === "namespaces"
      ? "in namespaces of the kernel whose only interface is loopback"
      : `without namespaces (${host.isolationReason ?? "unknown"}), so the network was not cut off by the kernel`;
  const failed = report.runs.filter((run) => run.outcome === "not-recovered");
  const skipped = groupSkipped([
    ...report.skipped,
    ...report.runs.flatMap((run) => (run.outcome === "skipped" ? [{ ...run, reason: run.failure?.reason ?? "" }] : [])),
  ]);
  // A drill of faults alone rehearses no recovery.
  const rehearsed = report.runs.length > 0;
  const parts = [
    "# Drill",
    ...(rehearsed ? [`**${summary.recovered} of ${ran} runs recovered.**${figures}`] : []),
    `Kit ${kit.name} ${kit.version} (${formatMegabytes(kit.bytes)}, SHA-256 \`${kit.sha256}\`), Go ${kit.goVersions.join(", ")}. ${report.started.slice(0, 10)}, ${host.platform}, kernel ${host.kernel}, ${host.cores} cores, shells ${host.shells.join(", ")}. Each run took place ${isolation}.`,
    `\`\`\`sh\n${report.command}\n\`\`\``,
    ...(rehearsed ? renderRecovery(report) : []),
    ...(failed.length === 0
      ? []
      : [
          "## Not recovered",
          table(
            ["run", "scenario", "shell", "Go", "step", "why"],
            failed.map((run) => [
              run.number,
              run.scenario,
              run.shell,
              run.goVersion,
              run.failure?.step ?? "",
              run.failure?.reason ?? "",
            ]),
          ),
        ]),
    ...(skipped.length === 0
      ? []
      : [
          "## Skipped",
          "What was skipped proves nothing, and is not counted as recovered.",
          table(
            ["scenario", "shells", "reason"],
            skipped.map((group) => [group.scenario, group.shells.join(" "), group.reason]),
          ),
        ]),
  ];
  const faults = report.faults === undefined ? "" : `\n${renderFaultMarkdown(report.faults)}`;
  return `${parts.join("\n\n")}\n${faults}`;
}
