import { formatDuration } from "../format.ts";
import type { FaultResult } from "./inject.ts";
import { runsOf, type FaultReport } from "./report.ts";

function row(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
}

function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  return [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");
}

/** What has to come of a fault, in words. */
export const OUTCOMES = { recovered: "recovered", named: "named, status 3", denied: "named, status 6", "left-alone": "left alone" } as const; // prettier-ignore

function faultRows({ faults, results }: FaultReport): readonly (readonly string[])[] {
  return faults.flatMap(({ id, title, cause }) => {
    if (cause === undefined) return [];
    const { ran, passed } = runsOf(results, id);
    const times = ran.flatMap((each) => each.rescueMilliseconds ?? []);
    const expect = [...new Set(ran.map((each) => OUTCOMES[each.expect]))].join(" / ");
    const cells = [
      `\`${id}\``,
      title,
      `\`${cause}\``,
      expect,
      [...new Set(ran.flatMap((each) => each.remedies))].join(", ") || "–",
      ran.map((each) => each.goVersion).join(", ") || "–",
      ran.length === 0 ? "not injected" : `${passed} of ${ran.length}`,
      times.length === 0 ? "–" : formatDuration(Math.max(...times)),
    ];
    return [cells];
  });
}

function failed(results: readonly FaultResult[]): string {
  const rows = results.filter((each) => each.outcome === "failed").map((each) => [each.faults.map((id) => `\`${id}\``).join(" + "), each.goVersion, each.reason ?? ""]); // prettier-ignore
  return rows.length === 0 ? "" : `\n\n### Failed\n\n${table(["fault", "Go", "why"], rows)}`;
}

/** What was to be left alone, and was. */
function renderPrograms({ summary, faults, results }: FaultReport): string {
  const { programs, programsLeftAlone, toLeaveAlone } = summary;
  if (programs === 0) return "";
  const time =
    toLeaveAlone === undefined
      ? ""
      : ` What medkit took besides the command: median ${formatDuration(toLeaveAlone.median)}, most ${formatDuration(toLeaveAlone.max)}.`;
  const rows = faults.flatMap(({ id, title, cause }) => {
    const { ran, passed } = runsOf(results, id);
    if (cause !== undefined || ran.length === 0) return [];
    const most = Math.max(...ran.map((each) => each.overheadMilliseconds ?? 0));
    return [[`\`${id}\``, title, `${passed} of ${ran.length}`, formatDuration(most)]]; // prettier-ignore
  });
  return `\n\n### Left alone\n\n**${programsLeftAlone} of ${programs} healthy or code-broken projects left alone:** no cause told, nothing changed, the command's own status.${time}\n\n${table(["project", "what it is", "left alone", "longest besides the command"], rows)}`;
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

${table(["fault", "what is broken", "label", "has to be", "remedy", "host's Go", "as it has to be", "longest"], faultRows(report))}${pairRows.length === 0 ? "" : `\n\n### Two faults at once\n\n${table(["faults", "Go", "outcome"], pairRows)}`}${renderPrograms(report)}${failed(report.results)}
`;
}
