import { formatBytes } from "../../core/format-bytes.ts";
import { tableLines, type Translator } from "../../i18n/index.ts";
import type { Fault, SyncPlan, Trouble } from "../../mirror/index.ts";
import { inertData } from "./printable.ts";
import type { Style } from "./style.ts";

/** Lines of a list that are shown. */
const shown = 40;

/** The beginning of a long list, and how much more there is. */
export function cutList(lines: readonly string[], t: Translator): string[] {
  if (lines.length <= shown + 1) return [...lines];
  return [...lines.slice(0, shown), `  ${t.text("mirror.more", { count: lines.length - shown })}`];
}

export function troubleLines(troubles: readonly Trouble[], t: Translator, style: Style): string[] {
  const rows = inertData(troubles).map(
    ({ subject, code, reason }) => `  ${subject}: ${code}${reason === "" ? "" : ` (${reason})`}`,
  );
  return rows.length === 0 ? [] : [style.red(t.text("mirror.refused")), ...cutList(rows, t)];
}

/** What a sync would do, or is about to do. */
export function syncPlanLines(plan: SyncPlan, store: string, t: Translator, style: Style): string[] {
  const { sources, versions, refused } = inertData(plan);
  const fresh = versions.filter((each) => each.state === "new");
  const present = versions.filter((each) => each.state === "present");
  const rows = fresh.map((each) => [`+ ${each.path}`, each.version, ...(each.zip ? [] : [t.text("mirror.modOnly")])]);
  const bytes = present.reduce((sum, each) => sum + each.bytes, 0);
  const counts = {
    fresh: fresh.length,
    modOnly: fresh.filter((each) => !each.zip).length,
    present: present.length,
    size: formatBytes(bytes),
  };
  return [
    ...sources.map(({ name, kind, modules }) =>
      t.text("mirror.source", { name: `${name} (${t.text(`mirror.kind.${kind}`)})`, count: modules }),
    ),
    ...(rows.length === 0 ? [] : [style.bold(t.text("mirror.new", { store })), ...cutList(tableLines(rows, "  "), t)]),
    ...troubleLines(refused, t, style),
    fresh.length === 0 && refused.length === 0 ? t.text("mirror.nothingNew") : t.text("mirror.counts", counts),
  ];
}

export function faultLines(faults: readonly Fault[], t: Translator): string[] {
  const rows = inertData(faults).map(
    ({ path, kind, detail }) =>
      `  ${path}: ${t.text(`mirror.fault.${kind}`)}${detail === undefined ? "" : ` (${detail})`}`,
  );
  return cutList(rows, t);
}
