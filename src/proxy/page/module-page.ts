import { escapeHtml } from "../../core/html.ts";
import { formatBytes } from "../../core/format-bytes.ts";
import type { UseLedger } from "../use/types.ts";
import type { PageKey, Say, VersionFacts } from "./types.ts";
import { grouped, when } from "./words.ts";

export interface ModuleFacts {
  readonly say: Say;
  readonly now: Date;
  readonly path: string;
  readonly versions: readonly VersionFacts[];
  readonly use: UseLedger;
  readonly showsClients: boolean;
}

/** The versions of one module, the newest first, each with its proof. */
export function renderModule({ say, now, path, versions, use, showsClients }: ModuleFacts): string {
  const text = (key: PageKey): string => escapeHtml(say(key));
  if (versions.length === 0)
    return `<h1>${escapeHtml(path)}</h1><div class="card"><p class="empty">${text("notStored")}</p></div>`;
  const newest = versions.at(-1);
  const columns: readonly (readonly [PageKey, string?])[] = [
    ["version"],
    ["size", "n"],
    ["proven"],
    ["storedAt"],
    ["lastUsed"],
    ["times", "n"],
    ...(showsClients ? ([["askedBy"]] as const) : []),
  ];
  const head = columns.map(
    ([key, kind]) => `<th scope="col"${kind === undefined ? "" : ` class="${kind}"`}>${text(key)}</th>`,
  );
  const body = versions.toReversed().map((each) => {
    const used = use.use(each);
    const last = used === undefined ? undefined : new Date(used.last);
    return `<tr><td class="p">${escapeHtml(each.version)}<span class="h1">${escapeHtml(each.h1)}</span></td><td class="n">${formatBytes(each.size)}</td><td class="w">${escapeHtml(each.proven)}<span class="h1">${text("source")} ${escapeHtml(each.source)}</span></td><td>${when(say, now, new Date(each.storedAt))}</td><td>${when(say, now, last)}</td><td class="n">${used === undefined ? "–" : grouped(used.count)}</td>${showsClients ? `<td class="c">${escapeHtml((used?.clients ?? []).join(", "))}</td>` : ""}</tr>`;
  });
  return `<h1>${escapeHtml(path)}</h1>
<p class="note">${text("versions")}: ${versions.length} · ${formatBytes(versions.reduce((sum, each) => sum + each.size, 0))}</p>
<div class="card"><table><thead><tr>${head.join("")}</tr></thead><tbody>${body.join("\n")}</tbody></table></div>
<h2>${text("howToUse")}</h2><pre class="use" tabindex="0">${escapeHtml(`go get ${path}@${newest?.version ?? "latest"}`)}</pre>`;
}
