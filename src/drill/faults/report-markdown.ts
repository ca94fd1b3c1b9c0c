import { formatDuration } from "../format.ts";
import type { FaultResult } from "./inject.ts";
import type { FaultReport } from "./report.ts";

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

const outcomes = { recovered: "recovered", named: "named, status 3", denied: "named, status 6" } as const;

function faultRows({ faults, results }: FaultReport): readonly (readonly string[])[] {
  return faults.map(({ id, title, cause }) => {
    const own = results.filter((each) => each.faults.length === 1 && each.faults[0] === id);
    const ran = own.filter((each) => each.outcome !== "skipped");
    const times = ran.flatMap((each) => each.rescueMilliseconds ?? []);
    const expect = [...new Set(ran.map((each) => outcomes[each.expect]))].join(" / ");
    return [
      `\`${id}\``,
      title,
      `\`${cause}\``,
      expect,
      [...new Set(ran.flatMap((each) => each.remedies))].join(", ") || "–",
      ran.map((each) => each.goVersion).join(", ") || "–",
      ran.length === 0 ? "not injected" : `${ran.filter((each) => each.outcome === "passed").length} of ${ran.length}`,
      times.length === 0 ? "–" : formatDuration(Math.max(...times)),
    ];
  });
}

function failed(results: readonly FaultResult[]): string {
  const rows = results.filter((each) => each.outcome === "failed").map((each) => [each.faults.map((id) => `\`${id}\``).join(" + "), each.goVersion, each.reason ?? ""]); // prettier-ignore
  return rows.length === 0 ? "" : `\n\n### Failed\n\n${table(["fault", "Go", "why"], rows)}`;
}

/** What rescue did with injected faults, as `drill.md` has it. */
export function renderFaultMarkdown(report: FaultReport): string {
  const { summary } = report;
  const { recoverable, recovered, diagnosed, runs, pairs, pairsPassed, harmful, toPassing, skipped } = summary;
  const time =
    toPassing === undefined
      ? ""
      : ` From the first word of \`medkit rescue\` to its end, the failing run included: mean ${formatDuration(toPassing.mean)}, median ${formatDuration(toPassing.median)}, most ${formatDuration(toPassing.max)}.`;
  const pairRows = report.results.filter((each) => each.faults.length > 1 && each.outcome !== "skipped").map((each) => [each.faults.map((id) => `\`${id}\``).join(" + "), each.goVersion, each.outcome]); // prettier-ignore
  return `## Faults, and what rescue did

**${recovered} of ${recoverable} recoverable faults recovered, ${diagnosed} of ${runs - pairs} diagnosed as what they are, ${harmful} harmful actions, ${pairsPassed} of ${pairs} pairs.**${time} ${skipped} were not injected: the Go at hand does not know the matter.

Each fault breaks a healthy host for real, the command is seen to fail, \`medkit rescue\` runs it, what it left is undone, and home and environment are compared.

${table(["fault", "what is broken", "label", "has to be", "remedy", "host's Go", "as it has to be", "longest"], faultRows(report))}${pairRows.length === 0 ? "" : `\n\n### Two faults at once\n\n${table(["faults", "Go", "outcome"], pairRows)}`}${failed(report.results)}
`;
}
