import { asMedkitError } from "./error.ts";
import type { Translator } from "../../i18n/index.ts";
import type { Change, EngineEvent, Evidence, Remedy, RescueReport } from "../../rescue/index.ts";
import type { Style } from "./style.ts";

/** A remedy in words. */
export function remedyText(remedy: Pick<Remedy, "kind" | "params">, t: Translator): string {
  return t.lookup(`rescue.remedy.${remedy.kind}`, remedy.params) ?? remedy.kind;
}

export function evidenceText({ source, subject, text }: Evidence, t: Translator): string {
  return t.lookup(`rescue.evidence.${source}`, { subject, text }) ?? text;
}

export function changeText({ kind, name, before, after }: Change, t: Translator): string {
  if (kind === "limit") return t.text("rescue.change.limit", { name, after: after ?? "" });
  if (kind === "scratch") return t.text("rescue.change.scratch", { name });
  if (kind === "file") return t.text("rescue.change.file", { name });
  if (after === undefined) return t.text("rescue.change.unset", { name, before: before ?? "" });
  if (before === undefined) return t.text("rescue.change.set", { name, after });
  return t.text("rescue.change.setFrom", { name, after, before });
}

/** What is said while a rescue is under way. */
export function eventLine(event: EngineEvent, t: Translator, style: Style): string {
  switch (event.type) {
    case "cause": {
      const { code, params, evidence } = event.diagnosis;
      const { title, said } = t.cause(code, params);
      const rows = evidence.map((each) => `\n  ${style.dim(evidenceText(each, t))}`).join("");
      return `${style.yellow(t.text("rescue.cause", { title, said }))} ${style.dim(`[${code}]`)}${rows}`;
    }
    case "remedy":
      return t.text("rescue.trying", { what: remedyText(event.remedy, t) });
    case "taken-back":
      return t.text("rescue.takenBack", { what: remedyText(event.remedy, t) });
    case "failed-remedy": {
      const error = asMedkitError(event.error);
      const problem = t.error(error.code, error.params).message;
      return t.text("rescue.failedRemedy", { what: remedyText(event.remedy, t), problem });
    }
  }
}

function verdictLine(report: RescueReport, t: Translator, style: Style): string {
  switch (report.verdict) {
    case "healthy":
      return "";
    case "recovered":
      return style.green(t.text("rescue.verdict.recovered"));
    case "code": {
      const line = report.symptoms.find((symptom) => symptom.kind.startsWith("code."))?.line ?? "";
      return t.text(report.changes.length > 0 ? "rescue.verdict.code.after" : "rescue.verdict.code", { line });
    }
    case "not-recovered":
    case "denied":
      return style.red(t.text(`rescue.verdict.${report.verdict}`));
    case "unknown":
      return t.text(report.changes.length > 0 ? "rescue.verdict.unknown.after" : "rescue.verdict.unknown");
    case "interrupted":
      return t.text("rescue.verdict.interrupted");
  }
}

/** The last words of a rescue, line by line; none where nothing was wrong. */
export function rescueText(report: RescueReport, t: Translator, style: Style, dryRun: boolean): readonly string[] {
  if (report.verdict === "healthy" || (report.verdict === "interrupted" && report.changes.length === 0)) return [];
  const lines = [verdictLine(report, t, style)];
  for (const cause of report.causes) {
    const { said, todo } = t.cause(cause.code, cause.params);
    if (report.verdict === "recovered") lines.push(`  ${said} ${style.dim(`[${cause.code}]`)}`);
    if (dryRun)
      lines.push(
        cause.remedy === null
          ? `  ${t.text("rescue.dryRun.nothing")}`
          : `  ${t.text("rescue.dryRun", { what: remedyText(cause.remedy, t) })}`,
      );
    lines.push(`  ${t.text("rescue.permanent")} ${todo}`);
  }
  if (report.changes.length > 0) {
    lines.push(t.text("rescue.changed"), ...report.changes.map((change) => `  ${changeText(change, t)}`));
    lines.push(report.undo === null ? t.text("rescue.undo.nothing") : t.text("rescue.undo", { command: report.undo }));
  }
  if (report.bundle !== null) lines.push(t.text("rescue.bundle", { path: report.bundle }));
  return lines;
}
