import { escapeHtml } from "../../core/html.ts";
import { formatBytes } from "../../core/format-bytes.ts";
import type { Refusal } from "../use/types.ts";
import type { StoreIndex } from "./store-index.ts";
import type { DatabaseState, PageKey, Say, ServerFacts } from "./types.ts";
import { age, breakable, grouped, when } from "./words.ts";

/** What was refused lately and why, the latest first. */
export function renderRefused(say: Say, now: Date, refusals: readonly Refusal[], showsClients: boolean): string {
  const text = (key: PageKey): string => escapeHtml(say(key));
  const intro = `<h1>${text("refused")}</h1><p class="note">${text("refusedIntro")}</p>`;
  if (refusals.length === 0) return `${intro}<div class="card"><p class="empty">${text("noRefusals")}</p></div>`;
  const columns: readonly PageKey[] = [
    "time",
    ...(showsClients ? (["client"] as const) : []),
    "wanted",
    "answer",
    "reason",
  ];
  const head = columns.map((key) => `<th scope="col">${text(key)}</th>`);
  const body = refusals.toReversed().map(({ time, client, path, status, reason, module, version }) => {
    const wanted = module === undefined ? path : version === undefined ? module : `${module}@${version}`;
    return `<tr><td>${when(say, now, new Date(time))}</td>${showsClients ? `<td class="w">${escapeHtml(client)}</td>` : ""}<td class="p">${breakable(wanted)}</td><td class="status">${status}</td><td class="why">${escapeHtml(reason)}</td></tr>`;
  });
  return `${intro}<div class="card"><table><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>`;
}

export interface AboutFacts {
  readonly say: Say;
  readonly now: Date;
  readonly server: ServerFacts;
  readonly database: DatabaseState;
  readonly index: StoreIndex;
  /** Where the reader has found us; undefined where the request does not say it plainly. */
  readonly address: string | undefined;
}

/** What serves here, from where, and how a client is pointed at it. */
export function renderAbout({ say, now, server, database, index, address }: AboutFacts): string {
  const text = (key: PageKey): string => escapeHtml(say(key));
  const { versions, octets } = index.totals;
  const head =
    database.size === undefined
      ? text("headNone")
      : `${escapeHtml(grouped(database.size))} · ${when(say, now, database.seenAt)}`;
  const upstream = server.upstream.length === 0 ? say("offline") : server.upstream.join(", ");
  const rows: readonly (readonly [PageKey, string])[] = [
    [
      "store",
      `${escapeHtml(server.store)}<br><span class="soft">${text("versions")}: ${escapeHtml(grouped(versions))} · ${formatBytes(octets)}</span>`,
    ],
    ["upstream", escapeHtml(upstream)],
    ["database", `${escapeHtml(database.name)}<br><span class="soft">${head}</span>`],
    ["running", escapeHtml(age(say, now.getTime() - server.started.getTime()))],
    ["medkit", escapeHtml(server.version)],
  ];
  const list = rows.map(([key, value]) => `<dt>${text(key)}</dt><dd>${value}</dd>`);
  const use =
    address === undefined
      ? ""
      : `<h2>${text("connect")}</h2><pre class="use" tabindex="0">${escapeHtml(`go env -w GOPROXY=${address}`)}</pre>`;
  const links = ["/healthz", "/readyz", "/metrics", "/api/modules", "/api/refusals"].map(
    (href) => `<a href="${href}">${href}</a>`,
  );
  return `<h1>${text("about")}</h1><p class="note">${text("aboutIntro")}</p><div class="card"><dl>${list.join("")}</dl></div>${use}
<h2>${text("asJson")}</h2><p>${links.join(" · ")}</p>`;
}
