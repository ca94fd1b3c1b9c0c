import { printablePath } from "../../archive/index.ts";
import { tableLines, wrapColumns, type Translator } from "../../i18n/index.ts";
import type { ModeReport, ModuleSource, Problem, ResolvedImport } from "../../mode/index.ts";
import type { Style } from "./style.ts";

/** Rows of a section that are shown without `--all`. */
const shown = 40;
const columns = 100;

export interface ModeView {
  /** What the imports import in turn too. */
  readonly deps: boolean;
  /** Nothing is cut short. */
  readonly all: boolean;
}

function cut(rows: readonly string[], { all }: ModeView, t: Translator): string[] {
  if (all || rows.length <= shown) return [...rows];
  return [...rows.slice(0, shown), `  ${t.text("mode.imports.more", { count: rows.length - shown })}`];
}

function problemText({ code, params }: Problem, t: Translator): string {
  return t.lookup(`mode.problem.${code}`, params) ?? code;
}

function originText({ origin, module }: ResolvedImport, t: Translator): string {
  const to = module?.replacement;
  const params = {
    ...(module === undefined ? {} : { module: module.path, version: module.version }),
    ...(to === undefined ? {} : { to: [to.path, to.version].filter((each) => each !== "").join(" ") }),
  };
  return t.lookup(`mode.origin.${origin}`, params) ?? origin;
}

function importRow(each: ResolvedImport, t: Translator): string[] {
  return [printablePath(each.path), originText(each, t), ...(each.folder === undefined ? [] : [printablePath(each.folder)])]; // prettier-ignore
}

function problemLines(each: ResolvedImport, t: Translator, style: Style): string[] {
  if (each.problem === undefined) return [];
  const [first = "", ...rest] = wrapColumns(problemText(each.problem, t), columns - 5);
  const { from } = each;
  return [
    `${style.red("   !")} ${first}`,
    ...rest.map((line) => `     ${line}`),
    ...(from === undefined ? [] : [style.dim(`       ${printablePath(from.file)}:${from.line}`)]),
  ];
}

/** Where the imports lead: a table, then what leads nowhere, with the line that asks for it. */
export function importLines({ answer, facts }: ModeReport, view: ModeView, t: Translator, style: Style): string[] {
  const listed = answer.imports.filter((each) => view.deps || each.isAsked);
  const isNamed = listed.some((each) => each.isAsked && each.from === undefined);
  if (listed.length === 0 && answer.ignored.length === 0 && answer.importPath === undefined) return [];
  const out = ["", style.bold(t.text(isNamed ? "mode.imports.asked" : "mode.imports"))];
  if (answer.importPath !== undefined && !isNamed)
    out.push(`  ${t.text("mode.imports.path", { path: printablePath(answer.importPath) })}`);
  out.push(...cut(tableLines(listed.map((each) => importRow(each, t)), "  "), view, t)); // prettier-ignore
  if (answer.ignored.length > 0 && !isNamed)
    out.push(style.dim(`  ${t.text("mode.imports.ignored", { files: answer.ignored.map(printablePath).join(", ") })}`));
  out.push(...listed.flatMap((each) => problemLines(each, t, style)));
  const deeper = answer.imports.filter((each) => !listed.includes(each) && each.problem !== undefined);
  if (deeper.length > 0)
    out.push("", style.bold(t.text("mode.deeper")), ...deeper.flatMap((each) => problemLines(each, t, style)));
  for (const { by, module, has } of answer.behind) {
    const params = { module: module.path, version: module.version, has };
    const text = t.lookup("mode.behind", by === undefined ? params : { ...params, by: `${by.path} ${by.version}` });
    out.push(`${style.red("   !")} ${text ?? ""}`, style.dim(`       ${printablePath(facts.goMod?.path ?? "")}`));
  }
  return out;
}

/** What GO111MODULE would change for each import: only those that would lead elsewhere. */
export function differingLines({ bySetting }: ModeReport, view: ModeView, t: Translator, style: Style): string[] {
  const names = ["off", "auto", "on"] as const;
  const out: string[] = [];
  for (const [index, { path }] of bySetting.on.imports.entries()) {
    const texts = names.map((name) => {
      const each = bySetting[name].imports[index];
      if (each === undefined) return "";
      if (each.problem !== undefined) return problemText(each.problem, t);
      return each.folder === undefined ? originText(each, t) : printablePath(each.folder);
    });
    if (new Set(texts).size === 1) continue;
    out.push(`  ${printablePath(path)}`);
    for (const text of new Set(texts)) {
      const settings = names.filter((_, at) => texts[at] === text).join(", ");
      const [first = "", ...rest] = wrapColumns(text, columns - 15);
      out.push(`    ${settings.padEnd(9)}  ${first}`, ...rest.map((line) => `               ${line}`));
    }
  }
  return out.length === 0 ? [] : ["", style.bold(t.text("mode.differs")), ...cut(out, view, t)];
}

function proxyText({ isCached, proxies, isInsecure }: ModuleSource, t: Translator): string {
  const list = proxies.map(({ url, fallOn }, index) =>
    t.text(`mode.sources.${index === proxies.length - 1 ? "last" : fallOn}`, { url }),
  );
  const text = list.join(" → ");
  if (isCached) return t.text("mode.sources.cached", { list: text });
  return isInsecure ? t.text("mode.sources.insecure", { list: text }) : text;
}

/** Who is asked for each module, and who vouches: modules with the same answer together. */
export function sourceLines({ sources }: ModeReport, view: ModeView, t: Translator, style: Style): string[] {
  if (sources.length === 0) return [];
  const groups = new Map<string, string[]>();
  for (const each of sources) {
    const proof = t.lookup(`mode.proof.${each.proof}`, each.database === undefined ? {} : { database: each.database });
    const answer = `${proxyText(each, t)}; ${proof ?? each.proof}`;
    groups.set(answer, [...(groups.get(answer) ?? []), `${each.path} ${each.version}`]);
  }
  const out = ["", style.bold(t.text("mode.sources"))];
  for (const [answer, modules] of groups) {
    const rows = cut(modules.map((each) => `    ${each}`), view, t); // prettier-ignore
    out.push(`  ${answer}`, ...rows);
  }
  return out;
}
