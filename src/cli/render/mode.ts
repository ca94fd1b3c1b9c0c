import { printablePath } from "../../archive/index.ts";
import { tableLines, wrapColumns, type Translator } from "../../i18n/index.ts";
import { dependsOnVersion, type Decision, type Evidence, type ModeReport, type Refusal, type Step, versionText } from "../../mode/index.ts"; // prettier-ignore
import { differingLines, importLines, sourceLines, type ModeView } from "./mode-imports.ts";
import type { Style } from "./style.ts";

const columns = 100;

function evidenceLines(evidence: readonly Evidence[], t: Translator, style: Style): string[] {
  return evidence.map(({ where, line, text }) => {
    const place =
      where === "environment" || where === "default"
        ? t.text(`mode.${where}`)
        : printablePath(where) + (line === undefined ? "" : `:${line}`);
    return style.dim(`       ${place}${text === undefined ? "" : `  ${printablePath(text)}`}`);
  });
}

function stepText({ code, params }: Step, t: Translator): string {
  const { there } = params;
  const state = there === undefined ? undefined : (t.lookup(`mode.there.${there}`) ?? "");
  return t.lookup(`mode.step.${code}`, { ...params, ...(state === undefined ? {} : { state }) }) ?? code;
}

function refusalText({ code, params }: Refusal, t: Translator): string {
  return t.lookup(`mode.refusal.${code}`, params) ?? code;
}

/** A mode in a few words. */
function kindText({ kind, mains }: Decision, t: Translator): string {
  if (kind === "module") return t.text("mode.kind.module", { module: mains[0]?.parsed?.module ?? "?" });
  if (kind === "workspace") return t.text("mode.kind.workspace", { count: mains.length });
  return t.text(`mode.kind.${kind}`);
}

function shortText(decision: Decision, t: Translator): string {
  const mod = decision.buildMod === undefined ? "" : ` (-mod=${decision.buildMod})`;
  const { refusal } = decision;
  if (refusal === undefined) return kindText(decision, t) + mod;
  return `${kindText(decision, t)} — ${t.text("mode.row.refused")}: ${refusalText(refusal, t)}`;
}

function numbered(text: string, mark: string, style: Style): string[] {
  const [first = "", ...rest] = wrapColumns(text, columns - 5);
  return [`${style.bold(mark.padStart(4))} ${first}`, ...rest.map((line) => `     ${line}`)];
}

function summaryRows({ facts, decision }: ModeReport, t: Translator): string[][] {
  const { version, goroot, gomod, gowork, buildMod, vendor } = decision;
  const go = version === undefined ? t.text("mode.row.goUnknown") : versionText(version);
  const rows = [
    [t.text("mode.row.mode"), kindText(decision, t)],
    [t.text("mode.row.go"), goroot === undefined || facts.go.program === undefined ? go : `${go} (${printablePath(goroot)})`], // prettier-ignore
  ];
  if (gomod !== "" && gomod !== "/dev/null") rows.push([t.text("mode.row.gomod"), printablePath(gomod)]);
  if (gowork !== "" && gowork !== "off") rows.push([t.text("mode.row.gowork"), printablePath(gowork)]);
  if (buildMod !== undefined) rows.push([t.text("mode.row.mod"), buildMod]);
  if (vendor !== undefined) rows.push([t.text("mode.row.vendor"), printablePath(vendor.folder)]);
  return rows;
}

function span(languages: readonly string[]): string {
  const [first = "", last = first] = [languages[0], languages.at(-1)];
  return first === last ? first : `${first} – ${last}`;
}

export type { ModeView };

/** What `module explain` shows: the answer first, then how it came about, then what would be otherwise. */
export function renderMode(report: ModeReport, view: ModeView, t: Translator, style: Style): string {
  const { facts, decision, byVersion, bySetting } = report;
  const out = [
    style.bold(t.text("mode.title", { folder: printablePath(facts.folder) })),
    ...tableLines(summaryRows(report, t), "  "),
  ];
  out.push("", style.bold(t.text("mode.why")));
  for (const [index, step] of decision.steps.entries())
    out.push(...numbered(stepText(step, t), `${index + 1}.`, style), ...evidenceLines(step.evidence, t, style));
  const tell = (title: string, each: Refusal): void => {
    out.push("", title, ...numbered(refusalText(each, t), "!", style), ...evidenceLines(each.evidence, t, style));
  };
  for (const each of decision.warnings) tell(style.yellow(t.text("mode.warns")), each);
  if (decision.refusal !== undefined) tell(style.red(t.text("mode.stops")), decision.refusal);
  for (const fault of decision.faults) {
    const { code, module, other, file, line } = fault;
    const where = file === undefined ? [] : [{ where: file, line }];
    out.push(...numbered(t.text(`mode.vendor.${code}`, { module, other }), "-", style), ...evidenceLines(where, t, style)); // prettier-ignore
  }
  out.push(...importLines(report, view, t, style), ...sourceLines(report, view, t, style));
  if (dependsOnVersion(report)) {
    const rows = byVersion.map((each) => [`Go ${span(each.languages)}`, shortText(each.decision, t)]);
    out.push("", style.bold(t.text("mode.byVersion")), ...tableLines(rows, "  "));
  }
  const settings = Object.entries(bySetting).map(([name, each]) => [name, shortText(each.decision, t)]);
  out.push("", style.bold(t.text("mode.changes")), ...tableLines([[t.text("mode.now"), shortText(decision, t)], ...settings], "  ")); // prettier-ignore
  out.push(...differingLines(report, view, t, style));
  return out.join("\n");
}
