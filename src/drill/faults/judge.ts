import { z } from "zod";
import type { Expectation, Fault } from "./types.ts";

const changeSchema = z.looseObject({
  kind: z.string(),
  name: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});

/** What the drill reads of `--report FILE`. */
const reportSchema = z.looseObject({
  recovered: z.boolean(),
  exit: z.number(),
  causes: z.array(z.looseObject({ code: z.string(), remedy: z.looseObject({ kind: z.string() }).nullable() })),
  changes: z.array(changeSchema),
  undo: z.string().nullable(),
  verdict: z.string(),
  /** What medkit took besides running the command. */
  overheadMilliseconds: z.number(),
});

export type SeenReport = z.infer<typeof reportSchema>;

export function parseReport(text: string): SeenReport | undefined {
  try {
    return reportSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Causes for which another Go is the right thing to take. */
const aboutGo: ReadonlySet<string> = new Set(["toolchain"]);

/** Settings that make a check go away, whatever they are good for. */
const weakening: readonly (readonly [name: string, value: RegExp])[] = [
  ["GOSUMDB", /^off$/],
  ["GONOSUMDB", /./],
  ["GONOSUMCHECK", /./],
  ["GOINSECURE", /./],
  ["GOPRIVATE", /./],
  ["GOFLAGS", /(?:^|\s)-insecure/],
  ["GOFLAGS", /(?:^|\s)-toolexec/],
];

/**
 * What a rescue did that it must not have done: a check made weaker, the Go swapped where another thing was wrong, the user's harmless flag lost, the whole
 * environment replaced, something left behind.
 */
export function harmOf(
  fault: Pick<Fault, "cause">,
  families: ReadonlySet<string>,
  report: SeenReport,
  differences: readonly string[],
  canary: string,
): readonly string[] {
  const harm = [...differences];
  for (const { kind, name, after } of report.changes) {
    if (kind !== "variable") continue;
    for (const [variable, value] of weakening)
      if (name === variable && after !== undefined && value.test(after)) harm.push(`set ${name}=${after}`);
    if (
      (name === "GOROOT" || name === "GOTOOLCHAIN" || name === "PATH") &&
      ![...families].some((family) => aboutGo.has(family)) &&
      after !== undefined
    )
      harm.push(`changed ${name} though ${fault.cause} is not about the toolchain`);
    if (name === "GOFLAGS" && canary !== "" && !(after ?? "").includes(canary)) harm.push(`lost ${canary} of GOFLAGS`);
  }
  const variables = new Set(report.changes.filter((change) => change.kind === "variable").map((change) => change.name));
  if (variables.size > 8) harm.push(`changed ${variables.size} variables`);
  return harm;
}

/** Why a fault's run counts as failed; undefined where all is as it has to be. */
export function judgeFault(
  labels: readonly string[],
  expect: Expectation,
  report: SeenReport | undefined,
  exit: number | undefined,
  /** The status that the command has without medkit. */
  own: number | undefined,
): string | undefined {
  if (report === undefined) return `no report (status ${exit ?? "none"})`;
  const codes = report.causes.map((cause) => cause.code);
  const wanted = { recovered: 0, named: 3, denied: 6, "left-alone": own }[expect];
  if (expect === "left-alone" && codes.length + report.changes.length > 0)
    return `not left alone: causes ${codes.join(", ") || "none"}, ${report.changes.length} changes`;
  if (expect === "left-alone" && report.verdict !== (own === 0 ? "healthy" : "code"))
    return `not left alone: verdict ${report.verdict}`;
  if (expect === "recovered" && !report.recovered)
    return `not recovered: ${report.verdict}, causes ${codes.join(", ") || "none"}`;
  if (exit !== wanted) return `status ${exit ?? "none"} instead of ${wanted ?? "none"}`;
  const missing = labels.filter((label) => !codes.includes(label));
  // Of two faults the second may be covered by what mends the first (the kit's Go for a Go with two defects). Another cause is none of them.
  const isCovered = expect === "recovered" && labels.length > 1 && codes.length > 0 && codes.every((code) => labels.includes(code)); // prettier-ignore
  if (missing.length > 0 && !isCovered)
    return `not diagnosed as ${missing.join(", ")}: ${codes.join(", ") || "nothing"}`;
  return undefined;
}

/** Whether the first thing said was the right one (for two faults: both, in any order, and nothing else first). */
export function isDiagnosed(labels: readonly string[], report: SeenReport | undefined): boolean {
  const codes = report?.causes.map((cause) => cause.code) ?? [];
  return labels.every((label) => codes.slice(0, labels.length).includes(label));
}
