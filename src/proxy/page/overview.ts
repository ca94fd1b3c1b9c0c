import { escapeHtml } from "../../core/html.ts";
import { formatBytes } from "../../core/format-bytes.ts";
import { escapePath } from "../../module/index.ts";
import type { UseLedger } from "../use/types.ts";
import type { StoreIndex } from "./store-index.ts";
import type { DatabaseState, IndexedModule, PageKey, Say } from "./types.ts";
import { breakable, grouped, when } from "./words.ts";

/** Rows of one page. */
const perPage = 100;

export const sortKeys = ["path", "versions", "size", "stored", "used"] as const;
export type SortKey = (typeof sortKeys)[number];

/** What a reader asked the overview for. */
export interface Wanted {
  /** Part of a module's path; empty: all. */
  readonly search: string;
  readonly sort: SortKey;
  readonly down: boolean;
  /** From 1. */
  readonly page: number;
}

export function readWanted(query: URLSearchParams): Wanted {
  const sort = sortKeys.find((key) => key === query.get("sort")) ?? "path";
  const page = /^[1-9][0-9]{0,6}$/.exec(query.get("page") ?? "")?.[0] ?? "1";
  return {
    search: (query.get("q") ?? "").trim().slice(0, 200),
    sort,
    down: (query.get("down") ?? (sort === "path" ? "0" : "1")) === "1",
    page: Number(page),
  };
}

export interface Row extends IndexedModule {
  readonly lastUsed: Date | undefined;
  readonly clients: readonly string[];
}

/** The modules that match, sorted, each with who used it last. */
export function findRows(index: StoreIndex, use: UseLedger, { search, sort, down }: Wanted): readonly Row[] {
  const uses = new Map<string, { last: string; clients: Set<string> }>();
  for (const { path, last, clients } of use.uses()) {
    const known = uses.get(path) ?? { last: "", clients: new Set<string>() };
    if (last > known.last) known.last = last;
    for (const client of clients) known.clients.add(client);
    uses.set(path, known);
  }
  const needle = search.toLowerCase();
  const rows: Row[] = [];
  for (const module of index.modules) {
    if (needle !== "" && !module.path.toLowerCase().includes(needle)) continue;
    const used = uses.get(module.path);
    const lastUsed = used === undefined ? undefined : new Date(used.last);
    rows.push({ ...module, lastUsed, clients: [...(used?.clients ?? [])] });
  }
  const value: Record<SortKey, (row: Row) => number> = {
    path: () => 0,
    versions: (row) => row.versions.length,
    size: (row) => row.size,
    stored: (row) => row.storedAt,
    used: (row) => row.lastUsed?.getTime() ?? 0,
  };
  const byPath = (a: Row, b: Row): number => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0);
  const by = value[sort];
  rows.sort((a, b) =>
    sort === "path" ? byPath(a, b) * (down ? -1 : 1) : (by(a) - by(b)) * (down ? -1 : 1) || byPath(a, b),
  );
  return rows;
}

/** A link to the overview with some of what is wanted changed. */
function linkTo(wanted: Wanted, change: Partial<Wanted>): string {
  const { search, sort, down, page } = { ...wanted, ...change };
  const query = new URLSearchParams();
  if (search !== "") query.set("q", search);
  if (sort !== "path" || down) {
    query.set("sort", sort);
    query.set("down", down ? "1" : "0");
  }
  if (page > 1) query.set("page", String(page));
  const text = query.toString();
  return escapeHtml(text === "" ? "/" : `/?${text}`);
}

export interface OverviewFacts {
  readonly say: Say;
  readonly now: Date;
  readonly index: StoreIndex;
  readonly use: UseLedger;
  readonly database: DatabaseState;
  readonly showsClients: boolean;
}

export function renderOverview(facts: OverviewFacts, wanted: Wanted): string {
  const { say, index, use, database, now } = facts;
  const text = (key: PageKey): string => escapeHtml(say(key));
  const { modules, versions, octets } = index.totals;
  const tile = (value: string, label: PageKey): string =>
    `<div class="tile"><b>${escapeHtml(value)}</b><span>${text(label)}</span></div>`;
  const head = database.size === undefined ? "–" : grouped(database.size);
  const seen =
    database.size === undefined
      ? text("headNone")
      : `${escapeHtml(say("head", { name: database.name }))} · ${when(say, now, database.seenAt)}`;
  const rows = findRows(index, use, wanted);
  const last = Math.max(1, Math.ceil(rows.length / perPage));
  const page = Math.min(wanted.page, last);
  const shown = rows.slice((page - 1) * perPage, page * perPage);
  const whole = index.isWhole ? "" : `<p class="note" role="status">${text("scanning")}</p>`;
  return `<h1>${text("stored")}</h1>${whole}
<div class="tiles">${tile(grouped(modules), "modules")}${tile(grouped(versions), "versions")}${tile(formatBytes(octets), "space")}
<div class="tile"><b>${head}</b><span>${seen}</span></div></div>
<form action="/" role="search"><label><span class="skip">${text("search")}</span><input type="search" name="q" value="${escapeHtml(wanted.search)}" placeholder="${text("search")}" maxlength="200"></label><button>${text("find")}</button></form>
${shown.length === 0 ? `<div class="card"><p class="empty">${text(wanted.search === "" ? "noModules" : "noMatch")}</p></div>` : renderTable(facts, wanted, shown)}
${renderPages(say, wanted, rows.length, page, last)}`;
}

function renderTable({ say, now, showsClients }: OverviewFacts, wanted: Wanted, rows: readonly Row[]): string {
  const column = (key: PageKey, sort: SortKey, figure = false): string => {
    const isSorted = wanted.sort === sort;
    const down = isSorted ? !wanted.down : sort !== "path";
    const mark = isSorted ? (wanted.down ? " ↓" : " ↑") : "";
    const sorted = isSorted ? ` aria-sort="${wanted.down ? "descending" : "ascending"}"` : "";
    const title = escapeHtml(say("sortBy", { column: say(key) }));
    const href = linkTo(wanted, { sort, down, page: 1 });
    return `<th scope="col"${figure ? ' class="n"' : ""}${sorted}><a href="${href}" title="${title}">${escapeHtml(say(key))}${mark}</a></th>`;
  };
  const plain = (key: PageKey): string => `<th scope="col">${escapeHtml(say(key))}</th>`;
  const head = [
    column("module", "path"),
    plain("newest"),
    column("versions", "versions", true),
    column("size", "size", true),
    plain("proven"),
    column("storedAt", "stored"),
    column("lastUsed", "used"),
    ...(showsClients ? [plain("askedBy")] : []),
  ];
  const body = rows.map((row) => {
    const newest = row.versions.at(-1)?.version ?? "";
    const by = [...new Set(row.versions.map((each) => each.by))].join(", ");
    const clients = row.clients.slice(-3).join(", ") + (row.clients.length > 3 ? ` +${row.clients.length - 3}` : "");
    return `<tr><td class="p"><a href="${escapeHtml(modulePage(row.path))}">${breakable(row.path)}</a></td><td class="w">${escapeHtml(newest)}</td><td class="n">${row.versions.length}</td><td class="n">${formatBytes(row.size)}</td><td class="w">${escapeHtml(by)}</td><td>${when(say, now, new Date(row.storedAt))}</td><td>${when(say, now, row.lastUsed)}</td>${showsClients ? `<td class="w">${escapeHtml(clients)}</td>` : ""}</tr>`;
  });
  return `<div class="card"><table><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}

function renderPages(say: Say, wanted: Wanted, count: number, page: number, last: number): string {
  if (count === 0) return "";
  const from = (page - 1) * perPage + 1;
  const to = Math.min(count, page * perPage);
  const step = (key: PageKey, target: number, rel: string): string =>
    target < 1 || target > last
      ? ""
      : `<a rel="${rel}" href="${linkTo(wanted, { page: target })}">${escapeHtml(say(key))}</a>`;
  const showing = escapeHtml(say("showing", { from: grouped(from), to: grouped(to), count: grouped(count) }));
  return `<p class="pages"><span>${showing}</span>${step("previous", page - 1, "prev")}${step("next", page + 1, "next")}</p>`;
}

/** Where a module's own page is: its escaped path, as in the protocol. */
export function modulePage(path: string): string {
  return `/module/${escapePath(path)}`;
}
