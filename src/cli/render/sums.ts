import { relative } from "node:path";
import { printablePath } from "../../archive/index.ts";
import { tableLines, wrapColumns, type Translator } from "../../i18n/index.ts";

import type { CachedCheck, JudgedLine, SumsReport, VendorCheck } from "../../sums/index.ts";
import type { Style } from "./style.ts";

/** Lines of a section that are shown without `--all`. */
const shown = 40;
const columns = 80;

interface View {
  readonly all: boolean;
  readonly good: boolean;
}

/** Shows the beginning of a long list, and how much more there is. */
function cut(lines: readonly string[], all: boolean, t: Translator): string[] {
  if (all || lines.length <= shown) return [...lines];
  return [...lines.slice(0, shown), `  ${t.text("sums.more", { count: lines.length - shown })}`];
}

function lineRows(lines: readonly JudgedLine[], root: string, t: Translator): string[] {
  const rows = tableLines(
    lines.map((each) => {
      const subject = each.subject === "go.mod" ? "/go.mod" : "";
      const reason = each.state === "forged" || each.state === "unasked" ? ` [${each.reason ?? ""}]` : "";
      const name = each.version === "" ? each.path : `${each.path} ${each.version}${subject}`;
      return [`${relative(root, each.file)}:${each.line}`, t.text(`sums.state.${each.state}`) + reason, name];
    }),
    "  ",
  );
  return lines.flatMap(({ state, published, hash }, index) => [
    rows[index] ?? "",
    ...(state === "different" && published !== undefined
      ? [`      ${t.text("sums.published", { hash, published })}`]
      : []),
  ]);
}

function cacheRows(checks: readonly CachedCheck[], t: Translator): string[] {
  return checks.flatMap((each) => [
    `  ${each.path} ${each.version}: ${each.faults.map((fault) => t.text(`sums.fault.${fault}`)).join("; ")}`,
    ...fileRows(each.files, t),
  ]);
}

/** The first files of a list, each with what is wrong with it. */
function fileRows(files: CachedCheck["files"], t: Translator): string[] {
  return [
    ...files.slice(0, 20).map((file) => `      ${printablePath(file.path)}: ${t.text(`sums.file.${file.kind}`)}`),
    ...(files.length > 20 ? [`      ${t.text("sums.more", { count: files.length - 20 })}`] : []),
  ];
}

function vendorRows(vendor: VendorCheck | undefined, all: boolean, t: Translator): string[] {
  if (vendor === undefined) return [];
  const listed = vendor.modules.filter((each) => each.state === "changed" || (all && each.state === "uncompared"));
  const strays = vendor.strays.map((path) => ({ path, kind: "extra" as const }));
  return [
    ...listed.flatMap(({ path, from, reason, files }) => [
      `  ${from === undefined ? path : `${from.path} ${from.version}`}${reason === undefined ? "" : `: ${t.text(`sums.vendor.${reason}`)}`}`,
      ...fileRows(files, t),
    ]),
    ...(strays.length === 0 ? [] : [`  ${t.text("sums.vendor.strays")}`, ...fileRows(strays, t)]),
  ];
}

function vendorCounts({ modules }: VendorCheck): Record<"same" | "changed" | "uncompared", number> {
  const count = (state: (typeof modules)[number]["state"]): number => modules.filter((each) => each.state === state).length; // prettier-ignore
  return { same: count("same"), changed: count("changed"), uncompared: count("uncompared") };
}

function summary(report: SumsReport, t: Translator): string[] {
  const { lines, database, buildList, cache, vendor, settings } = report;
  const proven = lines.filter((each) => each.state === "proven").length;
  const by =
    database === undefined
      ? t.text("sums.databaseOff", { where: settings.gosumdb.where })
      : database.treeSize === undefined
        ? t.text("sums.databaseName", { database: database.name })
        : t.text("sums.database", { database: database.name, size: database.treeSize });
  const reason = buildList.reason?.startsWith("@") === true ? t.lookup(buildList.reason.slice(1)) : buildList.reason;
  const count = buildList.modules.length;
  const checks = (state: CachedCheck["state"]): number => cache.modules.filter((each) => each.state === state).length;
  return [
    t.text("sums.counts", { total: lines.length, proven, open: lines.length - proven, by }),
    t.lookup(`sums.buildList.${buildList.source}`, { count, ...(reason === undefined || reason === "" ? {} : { reason }) }) ?? "", // prettier-ignore
    cache.folder === undefined
      ? t.text("sums.cacheNone")
      : t.text("sums.cache", { ok: checks("ok"), changed: checks("changed"), absent: checks("absent") }),
    ...(vendor === undefined ? [] : [t.text("sums.vendor", vendorCounts(vendor))]),
  ];
}

/** What `module explain --sums` shows: the sum first, then only what is not proven, then what follows from it. */
export function renderSums(report: SumsReport, view: View, t: Translator, style: Style): string {
  const { tree, lines, buildList, cache, vendor, findings } = report;
  const out = [style.bold(t.text("sums.title", { path: tree.root })), ...summary(report, t)];
  const section = (title: string, rows: readonly string[]): void => {
    if (rows.length > 0) out.push("", style.bold(title), ...cut(rows, view.all, t));
  };
  const listed = view.all ? lines : lines.filter((each) => each.state !== "proven" && each.state !== "ignored");
  section(t.text(view.all ? "sums.allLines" : "sums.lines"), lineRows(listed, tree.root, t));
  section(
    t.text("sums.missing"),
    buildList.missing.map((each) => `  ${each.path} ${each.version}${each.subject === "go.mod" ? "/go.mod" : ""}`),
  );
  section(t.text("sums.cacheChanged"), cacheRows(cache.modules.filter((each) => each.state === "changed"), t)); // prettier-ignore
  section(t.text("sums.vendorChanged"), vendorRows(vendor, view.all, t));
  out.push("", style.bold(t.text("sums.openings")));
  if (findings.length === 0) out.push(`  ${t.text("sums.noOpenings")}`);
  for (const each of findings) {
    const [first = "", ...rest] = wrapColumns(t.lookup(`sums.finding.${each.code}`, each.params) ?? each.code, columns - 4); // prettier-ignore
    out.push(`${each.grave ? style.red("  !") : "  -"} ${first}`, ...rest.map((line) => `    ${line}`));
  }
  if (view.good) out.push("", style.green(t.text("sums.passed")));
  return out.join("\n");
}
