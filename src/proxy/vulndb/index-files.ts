import type { VulnEntry } from "./osv.ts";
import { latestFixed } from "./ranges.ts";

/** Names of a database's index files, below `index/`. */
export const indexNames = ["db.json", "modules.json", "vulns.json"] as const;

/** Order of text by its code units, as Go sorts ASCII. */
const byText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

/** The time of the newest change, as an entry has it. */
export function newestChange(entries: readonly Pick<VulnEntry, "modified">[]): string {
  const [first, ...rest] = entries.map((each) => each.modified);
  return rest.reduce((newest, each) => (Date.parse(each) > Date.parse(newest) ? each : newest), first ?? "");
}

/** The three index files of a database with these entries, by name (https://go.dev/security/vuln/database#api), as Go's own generator writes them. */
export function indexFiles(entries: readonly VulnEntry[]): Readonly<Record<(typeof indexNames)[number], string>> {
  const sorted = entries.toSorted((a, b) => byText(a.id, b.id));
  const modules = new Map<string, { id: string; modified: string; fixed?: string }[]>();
  for (const { id, modified, affected } of sorted) {
    for (const { path, ranges } of affected) {
      const fixed = latestFixed(ranges);
      modules.set(path, [...(modules.get(path) ?? []), { id, modified, ...(fixed === "" ? {} : { fixed }) }]);
    }
  }
  const paths = [...modules.keys()].toSorted(byText);
  const vulns = sorted.map(({ id, modified, aliases }) =>
    aliases.length === 0 ? { id, modified } : { id, modified, aliases },
  );
  return {
    "db.json": JSON.stringify({ modified: newestChange(sorted) }),
    "modules.json": JSON.stringify(paths.map((path) => ({ path, vulns: modules.get(path) }))),
    "vulns.json": JSON.stringify(vulns),
  };
}
